"""A simulated day by cadence: what was asked and landed, what was missed and what was foretold."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.table import Table

from crawlers.loopback import serving
from crawlers.run import collect
from crawlers.simulate import LOOKS, World
from dagster_project import line
from dagster_project.cadences import bounds, budget, due, stays_at
from dagster_project.home import Home
from pipelines.cadence import Cadence, missed_share, plan
from pipelines.model import Kind

START = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Shanghai
SHANGHAI = timedelta(hours=8)
TICK = timedelta(minutes=5)
DAY = timedelta(days=1)
LEARNT_EVERY = timedelta(minutes=10)

Titles = dict[str, set[str]]


def _ticks(start: datetime, every: timedelta) -> list[datetime]:
    return [start + n * every for n in range(DAY // every)]


def _titles(world: World, board: str, instants: Sequence[datetime]) -> set[str]:
    return {
        entry.title
        for at in instants
        for entry in world.ranked(board, at)
        if entry.kind is Kind.RANKED
    }


def _learn(home: Home, origin: str, boards: Sequence[str]) -> list[Cadence]:
    """A day of looks ten minutes apart, and the intervals that follow from it."""
    collect(home.landing, boards, origin=origin, instants=_ticks(START, LEARNT_EVERY))
    line.build(home)
    with line.opened(home) as con:
        stays = stays_at(con, (START + DAY).replace(tzinfo=None))
    mine = [one for one in bounds() if one.board in boards]
    # Every board here is one that changes; the whole catalogue shares the budget.
    share = budget() * len(mine) / len(bounds())
    return [
        Cadence(
            one.board, one.interval_minutes, missed_share(stays[one.board], one.interval_minutes)
        )
        for one in plan(mine, stays, share)
    ]


def measure(work: Path) -> Table:
    """The next day, looked at as planned: requests, captures, and new titles missed."""
    home = Home(work / "cadence")
    boards = sorted(LOOKS)
    world = World(start=START, hours=48, story_count=400)
    second = START + DAY
    with serving(world) as origin:
        chosen = {one.board: one for one in _learn(home, origin, boards)}
        intervals = {board: one.interval_minutes for board, one in chosen.items()}
        looks: dict[str, list[datetime]] = {board: [] for board in boards}
        for tick in _ticks(second, TICK):
            for board in due(tick + SHANGHAI, intervals):
                if board in looks:
                    looks[board].append(tick)
        for board, instants in looks.items():
            collect(home.landing, [board], origin=origin, instants=instants)
    asked = sum(map(len, looks.values()))
    loaded = line.load(home)
    table = Table(
        "board", "every, min", "captures asked = landed", "new titles", "missed", "foretold",
        title=f"a day by cadence: {asked:,} captures asked, {loaded.snapshot_count:,} landed; "
        f"{asked / 24:.0f} requests an hour",
        title_justify="left",
    )  # fmt: skip
    for board in boards:
        before = _titles(world, board, _ticks(START, TICK))
        new = _titles(world, board, _ticks(second, TICK)) - before
        seen = _titles(world, board, looks[board])
        missed = len(new - seen) / len(new) if new else 0.0
        landed = len(list((home.landing / board).rglob("2*.json"))) - DAY // LEARNT_EVERY
        foretold = chosen[board].missed_share or 0.0
        table.add_row(
            board, str(intervals[board]), f"{len(looks[board])} = {landed}", str(len(new)),
            f"{missed:.1%}", f"{foretold:.1%}",
        )  # fmt: skip
    return table
