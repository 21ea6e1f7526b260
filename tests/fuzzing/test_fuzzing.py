"""What was found by fuzzing stays mended, and the fuzzer still finds."""

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from fuzzing import __main__ as fuzzing
from fuzzing import changes
from fuzzing.targets import TARGETS
from tests.fuzzing import broken_readers

FOUND = [
    pytest.param(name, data, id=f"{name}-{number}")
    for name in TARGETS
    for number, data in enumerate(fuzzing.kept(name))
]
BROKEN = broken_readers.__name__


def test_every_kept_input_belongs_to_a_target() -> None:
    assert {folder.name for folder in fuzzing.KEPT.iterdir()} <= set(TARGETS)
    assert FOUND


@pytest.mark.parametrize(("name", "data"), FOUND)
def test_what_was_found_stays_mended(name: str, data: bytes) -> None:
    TARGETS[name].read(data)


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_and_changes_of_them_are_read_or_refused(name: str) -> None:
    target, random = TARGETS[name], Random(1)
    for seed in list(target.seeds())[:5]:
        target.read(seed)
        changed = [target.changed(seed, random) for _ in range(20)]
        assert any(changed)
        for made in changed[:5]:
            target.read(made or b"")


def test_a_change_is_of_the_same_shape_and_the_same_for_the_same_draws() -> None:
    page = json.dumps({"data": {"list": [{"title": "bridge", "heat": 7}] * 5}}).encode()
    made = [changes.json_text(page, Random(number)) for number in range(200)]
    assert made == [changes.json_text(page, Random(number)) for number in range(200)]
    assert len(set(made) - {page}) > 100
    for text in made:
        json.loads(text)


def ran(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> tuple[int, str]:
    code = fuzzing.main(arguments)
    return code, capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "said"), [("raises", "KeyError: 'a row that is no text'"), ("hangs", "timeout")]
)
def test_a_find_is_written_to_a_file_with_how_to_see_it_again(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pytest.importorskip("atheris", reason="no wheel for this machine")
    monkeypatch.setattr(fuzzing, "INPUT_SECONDS", 1)
    options = ["--module", BROKEN, "--found", str(tmp_path)]
    code, out = ran(capsys, [*options, "--seconds", "30", "--seed", "1", name])
    assert code == 1
    assert said in out
    (found,) = [path for path in (tmp_path / name).iterdir() if path.name != "log.txt"]
    assert f"--repeat {found} {name}" in out
    if name == "raises":
        with pytest.raises(KeyError, match="a row"):
            fuzzing.main(["--module", BROKEN, "--repeat", str(found), name])


@pytest.mark.slow
def test_so_many_inputs_of_one_seed_are_tried_and_nothing_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("atheris", reason="no wheel for this machine")
    targets = ["json_pages", "landed_files", "parquet_archives"]
    options = ["--seconds", "360", "--seed", "1", "--inputs", "150", "--found", str(tmp_path)]
    code, out = ran(capsys, [*options, *targets])
    assert code == 0, out
    assert out.splitlines() == [f"{target}: nothing found in 150 inputs" for target in targets]


@pytest.mark.slow
def test_runs_of_one_seed_draw_the_same_inputs_and_other_runs_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("atheris", reason="no wheel for this machine")

    def drawn(name: str, seed: str) -> bytes:
        options = ["--module", BROKEN, "--found", str(tmp_path / name), "--seed", seed]
        assert ran(capsys, [*options, "--seconds", "60", "raises"])[0] == 1
        (found,) = (tmp_path / name / "raises").glob("crash-*")
        return found.read_bytes()

    first = drawn("first", "1")
    assert drawn("again", "1") == first
    assert drawn("other", "2") != first
