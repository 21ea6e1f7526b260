"""Small files of state after what disks and people do to them: each reader says so, or does without."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.boards import boards_toml
from crawlers.boards.errors import CatalogError
from crawlers.http.robots_cache import KeptRules
from fengkou import cadences
from fengkou.bad_standing import bad_standing
from fengkou.digests import write_digest
from fengkou.home import Home
from pipelines.landing_format import FILE_BYTES_LIMIT
from pipelines.language import Language
from pipelines.text.lexicon import parse_words
from tests.pipelines.digest.made_digests import DIGEST

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
HANGS_AFTER_SECONDS = 10


def hole(path: Path) -> None:
    path.touch()
    os.truncate(path, FILE_BYTES_LIMIT + 1)


FOUND: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": Path.mkdir,
    "a terabyte of nothing": hole,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
    "nothing": Path.touch,
    "a list": lambda path: path.write_text("[1]"),
    "too deep": lambda path: path.write_text('{"a":' * 100_000),
    "a mapping of lists": lambda path: path.write_text("a = " + "[" * 100_000),
    "no UTF-8": lambda path: path.write_bytes('{"渡": 1}'.encode("gb18030")),
    "a number without end": lambda path: path.write_text(f'{{"a": {"9" * 9_999}}}'),
}


READ_AS_WORDS = {"a list", "too deep", "a mapping of lists", "a number without end"}


@pytest.fixture(autouse=True)
def no_hang() -> Iterator[None]:
    def hangs(*_: object) -> None:
        raise AssertionError("it is still being read")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANGS_AFTER_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def placed(path: Path, found: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    FOUND[found](path)
    return path


@pytest.mark.parametrize("found", FOUND)
def test_a_choice_that_cannot_be_read_is_as_none(
    home: Home, found: str, caplog: pytest.LogCaptureFixture
) -> None:
    for name, read in (("cadences.json", cadences.kept), ("bad_standing.json", bad_standing)):
        placed(home.published / name, found)
        caplog.clear()
        assert read(home) == {}
        assert len(caplog.records) == 1


@pytest.mark.parametrize("minutes", [0, -10, 1, 1.5, "10", None, True, []])
def test_an_interval_that_is_none_is_not_kept(home: Home, minutes: object) -> None:
    file = home.published / "cadences.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"thepaper_hot": minutes}))
    assert cadences.kept(home) == {}
    assert "thepaper_hot" in cadences.due(NOW, cadences.kept(home))


@pytest.mark.parametrize("found", FOUND)
def test_rules_that_cannot_be_read_are_asked_for_again(tmp_path: Path, found: str) -> None:
    rules = KeptRules(tmp_path)
    placed(rules.file("https://lists.example.org"), found)
    assert rules.of("https://lists.example.org", NOW) is None
    if found != "a folder":
        rules.keep("https://lists.example.org", "User-agent: *", NOW, timedelta(hours=1))
        assert rules.of("https://lists.example.org", NOW) == "User-agent: *"


@pytest.mark.parametrize("found", FOUND)
def test_words_that_cannot_be_read_are_as_none(home: Home, found: str) -> None:
    file = placed(home.root / "words.txt", found)
    assert home.listed_words == (parse_words(file.read_text()) if found in READ_AS_WORDS else ())


@pytest.mark.parametrize("found", [found for found in FOUND if found != "a folder"])
@pytest.mark.parametrize(
    "name", ["hour.json", "hour/2025-01-01T0800.json", "hour/2025-01-01T0800.atom"]
)
def test_a_digest_that_cannot_be_read_is_passed_over(home: Home, name: str, found: str) -> None:
    folder = home.digests / "latest" if name == "hour.json" else home.digests
    placed(folder / name, found)
    write_digest(DIGEST, home.digests, Language.ZH)
    latest = json.loads((home.digests / "latest" / "hour.json").read_bytes())
    assert latest["at"] == DIGEST.at.isoformat()


@pytest.mark.parametrize("found", [found for found in FOUND if found != "nothing"])
def test_boards_that_cannot_be_read_are_told_with_the_file(home: Home, found: str) -> None:
    file = placed(home.root / "boards.toml", found)
    with boards_toml.using(file), pytest.raises(CatalogError, match=str(file)):
        boards_toml.names()
