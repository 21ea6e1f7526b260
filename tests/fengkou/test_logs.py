"""The line can be followed: quiet unless asked, as lines or as JSON, on standard error."""

import io
import json
import logging
from pathlib import Path

import pytest

from fengkou import operations
from fengkou.cli.terminal import PlainConsole
from fengkou.home import Home
from fengkou.logs import log_to


class Kept:
    """A printer that keeps its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def print(self, text: str, *, soft_wrap: bool = False) -> None:
        assert soft_wrap
        self.lines.append(text)


@pytest.fixture
def kept() -> Kept:
    return Kept()


def test_nothing_is_said_of_what_goes_well_unless_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logging.getLogger("fengkou.operations").info("table built")
    assert capsys.readouterr() == ("", "")


def test_a_line_has_its_fields(kept: Kept) -> None:
    log_to(kept, 1)
    logging.getLogger("fengkou").info(
        "table built", extra={"table": "core.entries", "seconds": 0.4}
    )
    logging.getLogger("fengkou").debug("not asked for")
    (line,) = kept.lines
    assert line.endswith("table built  table=core.entries seconds=0.40")


def test_json_is_an_object_a_line(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGKOU_LOG_FORMAT", "json")
    log_to(kept, 2)
    logging.getLogger("warehouse.load").debug("loading", extra={"rows": 3})
    row = json.loads(kept.lines[0])
    assert (row["event"], row["rows"], row["level"], row["logger"]) == (
        *("loading", 3, "debug", "warehouse.load"),
    )
    assert row["at"].endswith("+00:00")


def test_asking_twice_says_nothing_twice_and_never_less(kept: Kept) -> None:
    log_to(kept, 2)
    log_to(kept, 1)
    logging.getLogger("fengkou").debug("once")
    assert len(kept.lines) == 1


def test_unasked_for_a_warning_is_shown_with_its_fields_and_nothing_else(kept: Kept) -> None:
    log_to(kept)
    logging.getLogger("fengkou").info("table built")
    logging.getLogger("fengkou").warning("taken as empty", extra={"file": "words.txt"})
    (line,) = kept.lines
    assert line.endswith("warning: taken as empty  file=words.txt")


def test_a_load_is_followed(kept: Kept, tmp_path: Path) -> None:
    log_to(kept, 1)
    operations.load(Home(tmp_path))
    assert any("loaded  snapshots=0" in line for line in kept.lines)


def test_what_a_title_says_is_not_obeyed(kept: Kept) -> None:
    console = PlainConsole()
    written = io.StringIO()
    console.file = written
    log_to(console, 1)
    logging.getLogger("fengkou").info("seen", extra={"title": "\x1b[2J[bold]"})
    assert "\x1b" not in written.getvalue()
    assert "[bold]" in written.getvalue()
