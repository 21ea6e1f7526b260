"""What was said stays said: no new rule, no second build and no late archive changes a line of a ledger."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from tests.warehouse.captures import BOARDS, START
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.graph import steps
from warehouse.incremental import version_of
from warehouse.models.ops import forecasts, verdicts

LEDGERS = ("ops.forecasts", "ops.forecast_runs", "ops.spread_models", "ops.verdicts")
Land = Callable[[Path, str, datetime], Path]
Said = dict[str, set[str]]


@pytest.fixture
def said(built_home: Home) -> Said:
    """Every line of every ledger after the first build."""
    return all_lines(built_home)


def all_lines(home: Home) -> Said:
    with operations.opened(home) as con:
        return {
            ledger: {
                line for (line,) in con.execute(f"SELECT l::VARCHAR FROM {ledger} AS l").fetchall()
            }
            for ledger in LEDGERS
        }


@pytest.fixture
def later(built_home: Home, land: Land, instants: list[datetime]) -> datetime:
    """An instant after all others, at which every board was captured; not built yet."""
    at = instants[-1] + timedelta(minutes=20)
    for board in BOARDS:
        land(built_home.landing, board, at)
    return at


def build_by_another_rule(con: Connection, ledger: str, declared: Table) -> str:
    """Build with that ledger's rule of another version, as a release would bring it; the version."""
    changed = replace(declared, code_version="another")
    for step in steps():
        if step.table != ledger:
            step.build(con)
            continue
        version = version_of(con, changed.code_version, changed.made_with, changed.reads)
        changed.growth.bring_up(con, ledger, changed, version)
    return version


@pytest.mark.parametrize(
    "declared", [forecasts.TABLE, verdicts.TABLE], ids=["forecasts", "verdicts"]
)
def test_a_new_rule_says_the_next_and_leaves_what_was_said(
    built_home: Home, said: Said, later: datetime, declared: Table
) -> None:
    is_forecast = declared is forecasts.TABLE
    ledger, instant = (
        ("ops.forecasts", "made_at") if is_forecast else ("ops.verdicts", "captured_at")
    )
    operations.load(built_home)
    with operations.opened(built_home) as con:
        version = build_by_another_rule(con, ledger, declared)
        spoken = con.execute(
            f"SELECT DISTINCT {instant} FROM {ledger} WHERE starts_with(rule_version, ?)", [version]
        ).fetchall()
    assert spoken == [(later.replace(tzinfo=None),)]
    assert said[ledger] < all_lines(built_home)[ledger]


def test_building_twice_adds_no_line(built_home: Home, said: Said) -> None:
    operations.build(built_home)
    assert all_lines(built_home) == said


def test_a_late_archive_changes_no_line(built_home: Home, said: Said, tmp_path: Path) -> None:
    earlier = START - timedelta(hours=5)
    world = World(start=earlier, hours=18, story_count=80)
    file = tmp_path / "late.jsonl"
    with file.open("w", encoding="utf-8") as archive:
        for board in BOARDS:
            # From before the first capture on, and between those that are there.
            for at in (earlier + timedelta(minutes=30 * n + 7) for n in range(16)):
                for entry in world.ranked(board, at):
                    row = {"source": board, "captured_at": at.isoformat(), "rank": entry.rank}
                    archive.write(json.dumps({**row, "title": entry.title}) + "\n")
    loaded = operations.import_files(built_home, [file], {}, {})[file].loaded
    built = operations.build(built_home)
    assert loaded.snapshot_count == len(BOARDS) * 16
    assert built.rows["core.topic_items"] > loaded.snapshot_count
    now = all_lines(built_home)
    assert now["ops.forecasts"] == said["ops.forecasts"]
    assert now["ops.forecast_runs"] == said["ops.forecast_runs"]
    assert said["ops.verdicts"] < now["ops.verdicts"]
    assert len(now["ops.verdicts"]) == len(said["ops.verdicts"]) + loaded.snapshot_count
