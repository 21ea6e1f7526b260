"""A simulated day of every board by cadence: what was kept, what was missed and what was foretold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import sqrt
from pathlib import Path
from statistics import median
from time import monotonic
from urllib.parse import urlsplit

from rich.console import Group
from rich.table import Table

from crawlers import catalog
from crawlers.loopback import INSTANT_HEADER, Asked, serving
from crawlers.run import collect
from crawlers.simulate import Turnover
from dagster_project import line
from dagster_project.cadences import budget, due, plan_now, stays_at
from dagster_project.home import Home
from pipelines.cadence import INTERVALS
from warehouse.build import Connection

START = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Shanghai
SHANGHAI = timedelta(hours=8)
TICK = timedelta(minutes=INTERVALS[0])
DAY = timedelta(days=1)
TOLERATED = 0.2
"""How far the misses may be from those foretold, as a share of them."""
CERTAINTY = 2.6
"""Standard errors that are chance: of a hundred boards one is further off without any cause."""
ENOUGH = 10
"""Fewer misses than this have a standard error of a third and more: no share of them can be told."""

Looks = Mapping[str, Sequence[datetime]]


@dataclass(frozen=True, slots=True)
class Missed:
    """A board's new titles of a day, how many of them no capture has, and the share that was foretold.

    ``learnt_from`` is the number of titles that it was foretold from.
    """

    board: str
    interval_minutes: int
    new: int
    missed: int
    foretold: float
    learnt_from: int

    @property
    def expected(self) -> float:
        """The misses foretold, in titles."""
        return self.foretold * self.new

    @property
    def error(self) -> float:
        """How far the misses are from those foretold, as a share of them, of one title at least."""
        return (self.missed - self.expected) / max(self.expected, 1.0)

    @property
    def chance(self) -> float:
        """The standard error of ``error``: of the count, and of the share it is compared with."""
        share = max(self.foretold, 1 / max(self.new, 1))
        spread = share * (1 - share) * self.new * (1 + self.new / max(self.learnt_from, 1))
        return sqrt(max(spread, 0.0)) / max(self.expected, 1.0)

    @property
    def held(self) -> bool:
        return abs(self.error) <= max(TOLERATED, CERTAINTY * self.chance)


def _looks(first: datetime, last: datetime, intervals: Mapping[str, int]) -> Looks:
    """The instants at which the schedule finds each board due; none for those that only stand in."""
    looks: dict[str, list[datetime]] = {}
    for tick in (first + n * TICK for n in range((last - first) // TICK + 1)):
        for board in due(tick + SHANGHAI, intervals):
            looks.setdefault(board, []).append(tick)
    return looks


def _collect(home: Home, origin: str, looks: Looks) -> int:
    """Fetch every look and count what landed; boards that are due at the same instants share a child."""
    alike: dict[tuple[datetime, ...], list[str]] = {}
    for board, instants in looks.items():
        alike.setdefault(tuple(instants), []).append(board)
    return sum(
        one.status == "ok"
        for instants, boards in alike.items()
        for one in collect(home.landing, boards, origin=origin, instants=instants)
    )


def _kept(
    con: Connection, looks: Looks
) -> tuple[Counter[tuple[str, datetime]], dict[str, set[str]]]:
    """How often the warehouse has each capture of the day, and the titles of each board in them."""
    first, last = (at.replace(tzinfo=None) for at in _ends(looks))
    captures = con.execute(
        "SELECT board, captured_at FROM raw.snapshots WHERE captured_at BETWEEN ? AND ?",
        [first, last],
    ).fetchall()
    lines = con.execute(
        "SELECT DISTINCT board, title FROM raw.entries WHERE captured_at BETWEEN ? AND ?",
        [first, last],
    ).fetchall()
    seen: dict[str, set[str]] = {board: set() for board in looks}
    for board, title in lines:
        seen[board].add(title)
    return Counter((board, at.replace(tzinfo=UTC)) for board, at in captures), seen


def _ends(looks: Looks) -> tuple[datetime, datetime]:
    instants = {at for each in looks.values() for at in each}
    return min(instants), max(instants)


def _new_titles(world: Turnover, board: str, seen: set[str], since: datetime) -> tuple[int, int]:
    """The titles that first came in the day after an instant, and how many of them are in no capture.

    One that still stands there when the day ends may yet be seen: it counts once it is.
    """
    new = missed = 0
    for title, tenures in world.tenures(board).items():
        if since < tenures[0].begins_at <= since + DAY:
            gone = all(tenure.ends_at <= since + DAY for tenure in tenures)
            new += title in seen or gone
            missed += title not in seen and gone
    return new, missed


def _robots_per_hour(looks: Looks) -> float:
    """How many robots.txt runs of those boards ask for: one for each host in each run."""
    hosts = {
        (at, urlsplit(catalog.board(b).start_urls[0]).netloc) for b in looks for at in looks[b]
    }
    return len(hosts) / (DAY / timedelta(hours=1))


def _line_by_line(boards: Sequence[Missed]) -> Table:
    table = Table("board", "every, min", "new titles", "missed", "foretold", "error", "by chance")
    known = sorted((one for one in boards if one.expected >= ENOUGH), key=lambda one: -one.expected)
    rest = [one for one in boards if one not in known]
    for one in known:
        table.add_row(
            one.board, str(one.interval_minutes), f"{one.new:,}", f"{one.missed}",
            f"{one.expected:.0f}", f"{one.error:+.0%}", f"± {one.chance:.0%}",
        )  # fmt: skip
    table.add_row(
        f"{len(rest)} boards, together", "", f"{sum(one.new for one in rest):,}",
        f"{sum(one.missed for one in rest)}", f"{sum(one.expected for one in rest):.0f}", "", "",
    )  # fmt: skip
    return table


def measure(work: Path) -> Group:
    """A day looked at by the boards' descriptions, and the next as planned from what the first showed."""
    began = monotonic()
    home = Home(work / "cadence")
    world = Turnover(START)
    second = START + DAY
    asked: list[Asked] = []
    with serving(world, asked=asked) as origin:
        _collect(home, origin, _looks(START, second, {}))
        line.build(home)
        with line.opened(home) as con:
            chosen = {one.board: one for one in plan_now(con)}
            stays = stays_at(con, second.replace(tzinfo=None))
        asked.clear()
        began_second = monotonic()
        intervals = {board: one.interval_minutes for board, one in chosen.items()}
        looks = _looks(second + TICK, second + DAY, intervals)
        landed = _collect(home, origin, looks)
    loaded, again = line.load(home).snapshot_count, line.load(home).snapshot_count
    ended = monotonic()
    with line.opened(home) as con:
        kept, seen = _kept(con, looks)
    boards = [
        Missed(
            board,
            one.interval_minutes,
            *_new_titles(world, board, seen[board], second),
            one.missed_share or 0.0,
            stays[board].title_count if board in stays else 0,
        )
        for board, one in chosen.items()
        if board in looks
    ]
    wanted = {(board, at) for board, instants in looks.items() for at in instants}
    hours = Counter(
        one.headers[INSTANT_HEADER][:13] for one in asked if INSTANT_HEADER in one.headers
    )
    doubled = sum(count - 1 for count in kept.values()) + again
    lost = len(wanted - set(kept))
    missed, foretold = sum(one.missed for one in boards), sum(one.expected for one in boards)
    near = sum(abs(one.error) <= TOLERATED for one in boards)
    beyond = [one.board for one in boards if not one.held]
    errors = sorted(abs(one.error) for one in boards if one.expected >= ENOUGH)
    held = (
        len(wanted) == landed == loaded == len(kept)
        and not doubled + lost
        and max(hours.values()) <= budget()
        and abs(missed / foretold - 1) <= TOLERATED
        and not beyond
    )
    summary = Table(
        "cadence", "figure", "what",
        title=f"a day of {len(looks)} boards by cadence, after a day to learn from",
        title_justify="left",
    )  # fmt: skip
    summary.add_row("asked", f"{len(wanted):,}", "captures that the schedule wanted")
    summary.add_row("landed", f"{landed:,}", "fetched by Scrapy over HTTP, status ok")
    summary.add_row("loaded", f"{loaded:,}", f"{lost} lost, {doubled} doubled; loaded twice over")
    summary.add_row(
        "requests an hour", f"{max(hours.values())}",
        f"at most, {sum(hours.values()) / 24:.0f} usually; budget {budget():.0f}; "
        f"robots.txt {_robots_per_hour(looks):.0f} more",
    )  # fmt: skip
    summary.add_row(
        "missed", f"{missed:,}",
        f"of {sum(one.new for one in boards):,} new titles; {foretold:,.0f} foretold: "
        f"{missed / foretold - 1:+.0%}",
    )  # fmt: skip
    summary.add_row(
        "error of a board", f"{median(errors):.0%}",
        f"in the middle, {errors[-1]:.0%} at worst, where {ENOUGH} misses or more are foretold",
    )  # fmt: skip
    summary.add_row(
        "within", f"{len(boards) - len(beyond)}",
        f"{near} within {TOLERATED:.0%}, {len(boards) - near - len(beyond)} more within chance"
        + (f"; beyond: {', '.join(beyond)}" if beyond else ""),
    )  # fmt: skip
    summary.add_row(
        "seconds", f"{ended - began:.0f}", f"of which the day itself {ended - began_second:.0f}"
    )
    summary.add_row(
        "bar", "held" if held else "NOT HELD", "each capture once, the budget, the misses"
    )
    return Group(summary, _line_by_line(boards))
