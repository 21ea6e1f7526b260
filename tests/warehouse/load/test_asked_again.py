"""What a crawl that died left undone and a later one captured is kept once, as it was captured."""

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from crawlers.landing import write
from crawlers.run import land_failure
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Outcome, Status
from pipelines.landing_format import CRAWL_DIED
from tests.warehouse.captures import BOARDS, Fingerprints
from warehouse.instants import to_naive

LATE = 9
"""The capture that is made late, of those of its board: lists stand before it and after it."""


@pytest.fixture
def died(landed_home: Home, instants: Sequence[datetime], tmp_path: Path) -> tuple[Home, Path]:
    """A home in which a dead crawl left one capture undone, and the folder that holds what it was."""
    captured = tmp_path / "captured"
    for file in landed_home.landing.glob(f"{BOARDS[0]}/*/{stem(instants[LATE])}.*"):
        captured.mkdir(exist_ok=True)
        shutil.move(file, captured / file.name)
    land_failure(landed_home.landing, BOARDS[0], instants[LATE], CRAWL_DIED, "it died")
    return landed_home, captured


def stem(at: datetime) -> str:
    return at.strftime("%Y%m%dT%H%M%S.%fZ")


def asked_again(home: Home, at: datetime, captured: Path) -> None:
    day = home.landing / BOARDS[0] / at.date().isoformat()
    (day / f"{stem(at)}.json").unlink()
    for file in captured.iterdir():
        shutil.copy(file, day)


def captures_of(home: Home, at: datetime) -> list[tuple[str, str]]:
    with operations.opened(home) as con:
        return con.execute(
            "SELECT status, reason FROM raw.snapshots WHERE board = ? AND captured_at = ?",
            [BOARDS[0], to_naive(at)],
        ).fetchall()


def test_the_capture_that_was_made_takes_the_place_of_the_one_that_was_not(
    died: tuple[Home, Path], instants: Sequence[datetime]
) -> None:
    home, captured = died
    at = instants[LATE]
    operations.load(home)
    assert captures_of(home, at) == [("failed", CRAWL_DIED)]
    assert operations.load(home).snapshot_count == 0
    asked_again(home, at, captured)
    assert operations.load(home).snapshot_count == 1
    assert operations.load(home).snapshot_count == 0
    assert captures_of(home, at) == [("ok", "")]


def test_any_other_failure_stays_what_was_captured(
    landed_home: Home, instants: Sequence[datetime]
) -> None:
    at = instants[0]
    file = next(landed_home.landing.glob(f"{BOARDS[0]}/*/{stem(at)}.json"))
    listed = file.read_bytes()
    file.unlink()
    write(landed_home.landing, Outcome(BOARDS[0], at, Status.FAILED, "", reason="http_403"))
    operations.load(landed_home)
    file.unlink()
    file.write_bytes(listed)
    assert operations.load(landed_home).snapshot_count == 0
    assert captures_of(landed_home, at) == [("failed", "http_403")]


@pytest.mark.slow
def test_all_that_is_made_of_it_is_as_if_no_crawl_had_died(
    died: tuple[Home, Path],
    built: Home,
    instants: Sequence[datetime],
    fingerprints: Callable[[Home], Fingerprints],
) -> None:
    home, captured = died
    at = instants[LATE]
    operations.build(home)
    asked_again(home, at, captured)
    operations.build(home)
    now, whole = fingerprints(home), fingerprints(built)
    made = [table for table in whole if table.startswith(("raw.", "core."))]
    assert made
    assert {t: now[t] for t in made} == {t: whole[t] for t in made}
    with operations.opened(home) as con:
        said = con.execute(
            "SELECT verdict, claims FROM ops.verdicts WHERE board = ? AND captured_at = ?",
            [BOARDS[0], to_naive(at)],
        ).fetchall()
    assert said == [("failed", ["no_list"])]
