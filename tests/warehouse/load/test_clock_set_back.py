"""A clock that jumps between two collects, forward and back: nothing is lost or doubled, and builds go on."""

from datetime import timedelta

import pytest

from benchmarks.home_state import state
from benchmarks.kill_steps import BOARDS, START, WORLD
from crawlers import landing
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Outcome, Page, Status

MINUTES = (0, 20, 80, 25, 80, 200, 100)
"""As the clock said: an hour forward, an hour back, the same instant again, two hours forward, back."""

TOLD_ONCE = ("ops.", "mart.forecast", "mart.spread", "mart.rising")
"""Ledgers, and what is read from them: they tell what was said at each build."""


def land(home: Home, minutes: int) -> None:
    at = START + timedelta(minutes=minutes)
    for board in BOARDS:
        page = Page(tuple(WORLD.ranked(board, at)))
        landing.write(home.landing, Outcome(board, at, Status.OK, "made", page=page), durable=False)


def tables(home: Home) -> dict[str, str]:
    found = state(home).items()
    names = (
        (name.removeprefix("warehouse: "), told) for name, told in found if "warehouse: " in name
    )
    return {name: told for name, told in names if not name.startswith(TOLD_ONCE)}


@pytest.mark.slow
def test_captures_of_a_jumping_clock_are_built_as_those_of_a_steady_one(home: Home) -> None:
    steady = Home(home.root.with_name("steady"))
    for minutes in MINUTES:
        land(home, minutes)
        operations.build(home)
    for minutes in sorted(MINUTES):
        land(steady, minutes)
    operations.build(steady)
    assert tables(home) == tables(steady)
    assert "core.topic_items" in tables(home)
    with operations.opened(home) as con:
        count = con.execute(
            "SELECT count(DISTINCT (board, captured_at)) FROM raw.snapshots"
        ).fetchone()
    assert count == (len(BOARDS) * len(MINUTES),)
