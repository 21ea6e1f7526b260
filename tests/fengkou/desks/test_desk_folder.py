"""The desks of a home: a faulty file stops none, a file that is gone ends one."""

import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from fengkou.desks.desk_folder import desks, keep_running
from fengkou.home import Home

GOOD = "desk: tech\nwatch: [{id: chips, any: [芯片]}]\n"
CHANGED = GOOD.replace("芯片", "光刻机")
FAULTY = GOOD.replace("any", "ani")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path)
    made.desks.mkdir()
    return made


def write(home: Home, text: str, name: str = "tech.yaml") -> None:
    (home.desks / name).write_text(text, encoding="utf-8")


def words(home: Home) -> list[str]:
    return [str(rule.any_of) for desk in desks(home).running for rule in desk.rules]


def test_a_home_without_the_folder_has_no_desk(tmp_path: Path) -> None:
    found = desks(Home(tmp_path))
    assert (found.running, found.faults) == ((), ())


def test_the_text_that_ran_runs_on_while_its_file_is_faulty(home: Home) -> None:
    write(home, GOOD)
    ran = desks(home)
    keep_running(home, ran)
    write(home, FAULTY)
    found = desks(home)
    assert found.running == ran.running
    assert found.older == {"tech"}
    assert [str(fault) for fault in found.faults] == [
        f"{home.desks}/tech.yaml:2:9: watch: found neither any nor all, expected words to look for. "
        "Write any: [芯片]; what a whole desk does not want stands in not beside watch.",
        f"{home.desks}/tech.yaml:2:21: watch.ani: there is no such key here. Did you mean any?",
    ]
    write(home, CHANGED)
    assert "光刻机" in words(home)[0]
    assert not desks(home).older


def test_of_several_texts_the_one_that_ran_last_runs_on(home: Home) -> None:
    for text in (GOOD, CHANGED, GOOD):
        write(home, text)
        keep_running(home, desks(home))
    write(home, FAULTY)
    assert "芯片" in words(home)[0]


def test_what_never_ran_does_not_run(home: Home) -> None:
    write(home, GOOD)
    desks(home)
    write(home, FAULTY)
    assert not desks(home).running


def test_a_desk_ends_with_its_file(home: Home) -> None:
    write(home, GOOD)
    keep_running(home, desks(home))
    (home.desks / "tech.yaml").unlink()
    keep_running(home, desks(home))
    assert not desks(home).running
    write(home, FAULTY)
    assert not desks(home).running, "it came back by an old text though it had ended"


def test_one_faulty_desk_is_nothing_to_the_others(home: Home) -> None:
    write(home, FAULTY)
    write(home, GOOD.replace("tech", "other"), "other.yaml")
    assert [desk.name for desk in desks(home).running] == ["other"]


def test_a_board_that_has_gone_does_not_stop_what_ran(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGKOU_HOME", str(home.root))
    monkeypatch.delenv("FENGKOU_BOARDS")
    boards = home.root / "boards.toml"
    boards.write_text("[boards.example_hot]\n")
    write(home, GOOD + "boards: [example_hot]\n")
    keep_running(home, desks(home))
    boards.unlink()
    found = desks(home)
    assert found.older == {"tech"}
    assert "there is no board 'example_hot'" in str(found.faults[0])


def test_the_desk_and_the_file_have_one_name(home: Home) -> None:
    write(home, GOOD, "technology.yaml")
    (fault,) = desks(home).faults
    said = "desk: found 'tech' in technology.yaml. Rename the desk or the file: they are one."
    assert str(fault).endswith(f"technology.yaml:1:7: {said}")


def test_a_file_of_nearly_the_right_name_is_not_passed_over(home: Home) -> None:
    write(home, GOOD, "tech.yml")
    (fault,) = desks(home).faults
    assert str(fault).endswith("tech.yml:1:1: found tech.yml. Rename it: tech.yaml.")


@pytest.mark.parametrize(
    "make",
    [
        Path.mkdir,
        os.mkfifo,
        lambda file: file.symlink_to(file),
        lambda file: file.symlink_to("/dev/zero"),
        lambda file: file.symlink_to("nowhere.yaml"),
        lambda file: file.write_bytes(b"\xff\xfe\xfd"),
        lambda file: file.write_bytes(b""),
    ],
    ids=[
        "a folder",
        "a pipe",
        "a link to itself",
        "a device",
        "a link to nothing",
        "no UTF-8",
        "empty",
    ],
)
def test_what_is_no_file_of_a_desk_is_told_and_what_ran_runs_on(
    home: Home, make: Callable[[Path], object]
) -> None:
    write(home, GOOD)
    keep_running(home, desks(home))
    (home.desks / "tech.yaml").unlink()
    make(home.desks / "tech.yaml")
    found = desks(home)
    assert found.older == {"tech"}
    (fault,) = found.faults
    assert str(fault).startswith(f"{home.desks}/tech.yaml:1:1: ")


def test_a_kept_text_that_is_damaged_is_as_none(home: Home) -> None:
    write(home, GOOD)
    keep_running(home, desks(home))
    (kept,) = home.desk_texts.glob("tech.*.yaml")
    for damaged in (b"", b"\xff", FAULTY.encode(), CHANGED.encode()):
        kept.write_bytes(damaged)
        write(home, FAULTY)
        assert not desks(home).running
    (home.desk_texts / "running.json").write_text("[")
    assert not desks(home).running


def test_a_desk_of_two_hundred_rules_is_read_at_once(home: Home) -> None:
    rules = "".join(
        f"  - id: r{n}\n    any: [芯片{n}, 光刻机{n}, mac{n}*, {{near: [出口{n}, 管制], within: 12}}]\n"
        for n in range(200)
    )
    write(home, f"desk: tech\nwatch:\n{rules}")
    began = process_time()
    assert len(desks(home).running[0].rules) == 200
    assert process_time() - began < 2


def test_an_editors_own_files_are_no_desks(home: Home) -> None:
    write(home, FAULTY, ".tech.yaml")
    write(home, FAULTY, "tech.yaml~")
    assert not desks(home).faults


def test_texts_are_kept_for_good(home: Home) -> None:
    for text in (GOOD, CHANGED):
        write(home, text)
        keep_running(home, desks(home))
    (home.desks / "tech.yaml").unlink()
    keep_running(home, desks(home))
    kept = {file.read_text(encoding="utf-8") for file in home.desk_texts.glob("tech.*.yaml")}
    assert kept == {GOOD, CHANGED}
