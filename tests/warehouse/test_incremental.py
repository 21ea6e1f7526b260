from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from fengkou import operations
from fengkou.home import Home
from pipelines.digest.contents import Period
from tests.warehouse.captures import BOARDS, Fingerprints
from warehouse.checks import claims, violations
from warehouse.graph import downstream
from warehouse.readers.digest import make_digest

Read = Callable[[Home], Fingerprints]
Land = Callable[[Path, str, datetime], Path]


def without_forecasts(found: Fingerprints) -> Fingerprints:
    """Each build forecasts at its own newest instant: forecasts and what came of them may differ."""
    told = {"ops.forecasts", *(step.table for step in downstream("ops.forecasts"))}
    return {table: rows for table, rows in found.items() if table not in told}


@pytest.mark.slow
def test_building_twice_changes_nothing(built_home: Home, fingerprints: Read) -> None:
    once = fingerprints(built_home)
    again = operations.build(built_home)
    assert fingerprints(built_home) == once
    assert again.loaded.snapshot_count == 0
    assert set(again.rows.values()) == {0}


@pytest.mark.slow
def test_tick_by_tick_ends_with_the_tables_of_one_go(
    built_home: Home, tmp_path: Path, land: Land, instants: list[datetime], fingerprints: Read
) -> None:
    ticking = Home(tmp_path / "ticking")
    for n, at in enumerate(instants):
        for board in BOARDS:
            land(ticking.landing, board, at)
        if n % 5 == 0 or at == instants[-1]:
            operations.build(ticking)
    one_go, ticked = fingerprints(built_home), fingerprints(ticking)
    assert ticked["ops.forecasts"][0] > one_go["ops.forecasts"][0]
    assert without_forecasts(ticked) == without_forecasts(one_go)


@pytest.mark.slow
def test_captures_that_arrive_late_end_with_the_same_tables(
    built_home: Home, tmp_path: Path, land: Land, instants: list[datetime], fingerprints: Read
) -> None:
    late = Home(tmp_path / "late")
    for some in (instants[20:], instants[:20]):
        for board in BOARDS:
            for at in some:
                land(late.landing, board, at)
        operations.build(late)
    in_time, belated = fingerprints(built_home), fingerprints(late)
    del in_time["ops.verdicts"], belated["ops.verdicts"]  # what was judged stays as it was judged
    assert without_forecasts(belated) == without_forecasts(in_time)


def test_a_tick_writes_only_what_its_hour_holds(
    built_home: Home, land: Land, instants: list[datetime]
) -> None:
    land(built_home.landing, BOARDS[0], instants[-1] + timedelta(minutes=20))
    tick = operations.build(built_home)
    assert 0 < tick.rows["core.entries"] <= 4 * 3 * 60


def test_a_story_is_one_topic_on_all_boards_and_after_midnight(built_home: Home) -> None:
    with operations.opened(built_home) as con:
        row = con.execute(
            "SELECT max(board_count), max(last_seen_at - first_seen_at) > INTERVAL 3 HOUR, "
            "bool_or((first_seen_at + INTERVAL 8 HOUR)::DATE < (last_seen_at + INTERVAL 8 HOUR)::DATE) "
            "FROM mart.topics WHERE item_count > 1"
        ).fetchone()
    assert row == (len(BOARDS), True, True)


def test_every_claim_holds(built_home: Home) -> None:
    with operations.opened(built_home) as con:
        found = {claim.name: violations(con, claim, 5).shown for claim in claims()}
    assert set(found.values()) == {"none"}, found


@pytest.mark.slow
def test_a_digest_of_the_past_knows_nothing_later(
    built_home: Home, tmp_path: Path, land: Land, instants: list[datetime]
) -> None:
    then = instants[17]
    cut = Home(tmp_path / "cut")
    for board in BOARDS:
        for at in instants[:18]:
            land(cut.landing, board, at)
    operations.build(cut)
    with operations.opened(built_home) as whole, operations.opened(cut) as known:
        for period in Period:
            assert make_digest(whole, then, period) == make_digest(known, then, period)
