"""Every board by cadence: a simulated day through Scrapy, and weeks of misses beside those foretold."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from rich.console import Group
from rich.table import Table

from benchmarks.missed_titles import (
    TOLERATED,
    Missed,
    beside_plain,
    by_history,
    furthest,
    plain_shares,
)
from crawlers import catalog
from crawlers.run import collect
from crawlers.simulation import INSTANT_HEADER
from crawlers.simulation.server import Asked, serving
from crawlers.simulation.turnover import Turnover
from fengkou import operations
from fengkou.cadences import bounds, due, planned, stays_at
from fengkou.home import Home
from fengkou.settings import settings
from pipelines.boards.cadence import INTERVALS, Cadence, Stays
from pipelines.captures import Entry
from pipelines.rules import SHANGHAI_HOURS, STAY_GAP_HOURS
from warehouse.connection import Connection
from warehouse.graph import upstream

START = datetime(2026, 3, 1, 16, tzinfo=UTC)  # midnight in Shanghai
SHANGHAI = timedelta(hours=SHANGHAI_HOURS)
DAY = 24 * 60
"""Minutes; all times below are minutes since START."""
SEEDS = (9001, 9002, 9003)
"""Worlds that nobody looked at while the estimator was made; those were other numbers."""
HISTORIES = (1, 3, 7)
"""Days that a board was looked at before its misses are foretold; the warehouse looks back a week."""
MEASURED_DAYS = 20
"""Of a board that is by its description looked at every half hour; slower ones longer, for as many titles."""
RETURNS_AFTER = STAY_GAP_HOURS * 60

Minutes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lived:
    """Every tenure on a board, those of a title together and in order: whose, from when, to when."""

    titles: NDArray[np.int64]
    begins: Minutes
    ends: Minutes

    @classmethod
    def of(cls, world: Turnover, board: str) -> "Lived":
        tenures = [
            (tenure.number, _minutes(tenure.begins_at), _minutes(tenure.ends_at))
            for them in world.tenures(board).values()
            for tenure in them
        ]
        titles, begins, ends = np.array(tenures).T
        return cls(titles.astype(np.int64), begins, ends)

    def stays(self, board: str, looks: Minutes) -> Stays:
        """What the warehouse would know of the board after these looks."""
        lows, highs = np.searchsorted(looks, self.begins), np.searchsorted(looks, self.ends)
        met = highs > lows
        first: dict[int, tuple[int, int, bool]] = {}
        for title, low, high in zip(
            self.titles[met].tolist(), lows[met].tolist(), (highs[met] - 1).tolist(), strict=True
        ):
            came, left, is_first = first.get(title, (low, low, True))
            is_first &= looks[low] - looks[left] <= RETURNS_AFTER
            first[title] = (came, high if is_first else left, is_first)
        counts: Counter[tuple[float, float]] = Counter()
        standing: Counter[tuple[float, float]] = Counter()
        for came, left, _ in first.values():
            if came:
                seen = float(looks[came] - looks[came - 1]), float(looks[left] - looks[came])
                counts[seen] += 1
                standing[seen] += left == len(looks) - 1
        return Stays(board, counts, float(looks[-1] - looks[0]) / DAY, standing)

    def missed(self, looks: Minutes, since: float, until: float) -> tuple[int, int]:
        """The titles that first came in that time, and how many of them no look met.

        One that still stands there at the end may yet be seen: it counts once it is.
        """
        met = np.searchsorted(looks, self.ends) > np.searchsorted(looks, self.begins)
        starts = np.flatnonzero(np.diff(self.titles, prepend=-1))
        came = self.begins[starts]
        seen = np.logical_or.reduceat(met, starts)
        gone = np.maximum.reduceat(self.ends, starts) <= until
        new = (came > since) & (came <= until)
        return int((new & (seen | gone)).sum()), int((new & ~seen & gone).sum())


class Worlds:
    """A world for each board, that lasts until its misses can be told."""

    def __init__(self, seed: int) -> None:
        self.days = {
            bound.board: round(MEASURED_DAYS * max(1.0, bound.usual_minutes / 30))
            for bound in bounds()
        }
        self.of = {
            board: Turnover(START, hours=24 * (HISTORIES[-1] + days), seed=seed)
            for board, days in self.days.items()
        }
        self.lived = {board: Lived.of(world, board) for board, world in self.of.items()}

    def ranked(self, board: str, at: datetime) -> Sequence[Entry]:
        return self.of[board].ranked(board, at)


def _minutes(at: datetime) -> float:
    return (at - START) / timedelta(minutes=1)


def _pattern(intervals: Mapping[str, int]) -> dict[str, Minutes]:
    """The minutes of a day, 5 to 1440, at which each board is due; none for those that only stand in."""
    ticks = range(INTERVALS[0], DAY + 1, INTERVALS[0])
    found: dict[str, list[int]] = {}
    for tick in ticks:
        for board in due(START + SHANGHAI + timedelta(minutes=tick), intervals):
            found.setdefault(board, []).append(tick)
    return {board: np.array(them, dtype=float) for board, them in found.items()}


def _days(pattern: Minutes, first: int, count: int) -> Minutes:
    """A day's looks, repeated from that day on."""
    return np.concatenate([pattern + DAY * day for day in range(first, first + count)])


def _plans(lived: Mapping[str, Lived]) -> list[tuple[list[Cadence], dict[str, Stays]]]:
    """What is planned after each of HISTORIES, each being looked at as the one before planned."""
    pattern = _pattern({})
    looks = {board: np.array([0.0]) for board in pattern}
    plans, day = [], 0
    for history in HISTORIES:
        for board, them in pattern.items():
            looks[board] = np.concatenate([looks[board], _days(them, day, history - day)])
        day = history
        stays = {board: life.stays(board, looks[board]) for board, life in lived.items()}
        plans.append((planned(stays), stays))
        pattern = _pattern({chosen.board: chosen.interval_minutes for chosen in plans[-1][0]})
    return plans


def _misses(
    worlds: Worlds, plan: Iterable[Cadence], stays: Mapping[str, Stays], day: int
) -> list[Missed]:
    """The misses of each board in the days after a plan, nobody changing it."""
    chosen = list(plan)
    pattern = _pattern({each.board: each.interval_minutes for each in chosen})
    found = []
    for chosen_board in chosen:
        days = worlds.days[chosen_board.board]
        looks = _days(pattern[chosen_board.board], day, days)
        new, missed = worlds.lived[chosen_board.board].missed(looks, day * DAY, (day + days) * DAY)
        known = stays[chosen_board.board]
        share = chosen_board.missed_share or 0.0
        plain = plain_shares(known, chosen_board.interval_minutes)
        found.append(
            Missed(
                chosen_board.board, chosen_board.interval_minutes, new, missed, share,
                known.title_count, plain,
            )
        )  # fmt: skip
    return found


def _collect(home: Home, origin: str, looks: Mapping[str, Sequence[datetime]]) -> int:
    """Fetch every look and count what landed; boards that are due at the same instants share a child."""
    alike: dict[tuple[datetime, ...], list[str]] = {}
    for board, instants in looks.items():
        alike.setdefault(tuple(instants), []).append(board)
    return sum(
        outcome.status == "ok"
        for instants, boards in alike.items()
        for outcome in collect(home.landing, boards, origin=origin, instants=instants)
    )


def _build_stays(con: Connection) -> None:
    """Build the tables that the stays are asked of, and no others."""
    for step in upstream("core.item_hours", "core.snapshots"):
        step.build(con)


def _loaded(con: Connection) -> Counter[tuple[str, datetime]]:
    """How often the warehouse has each capture."""
    rows = con.execute("SELECT board, captured_at FROM raw.snapshots").fetchall()
    return Counter((board, at.replace(tzinfo=UTC)) for board, at in rows)


def _a_day(work: Path, worlds: Worlds, plan: Iterable[Cadence]) -> Table:
    """The day after the first, as planned, asked for over HTTP by Scrapy, loaded and built."""
    began = monotonic()
    home = Home(work / "cadence")
    pattern = _pattern({each.board: each.interval_minutes for each in plan})
    looks = {
        board: [START + timedelta(minutes=DAY + minute) for minute in minutes.tolist()]
        for board, minutes in pattern.items()
    }
    asked: list[Asked] = []
    with serving(worlds, asked=asked) as origin:
        landed = _collect(home, origin, looks)
    loaded, again = operations.load(home).snapshot_count, operations.load(home).snapshot_count
    with operations.opened(home) as con:
        _build_stays(con)
        kept = _loaded(con)
        known = stays_at(con, (START + timedelta(days=2)).replace(tzinfo=None))
    same = sum(
        known.get(board) == worlds.lived[board].stays(board, DAY + minutes)
        for board, minutes in pattern.items()
    )
    wanted = {(board, at) for board, instants in looks.items() for at in instants}
    hours = Counter(
        request.headers[INSTANT_HEADER][:13]
        for request in asked
        if INSTANT_HEADER in request.headers
    )
    lost = len(wanted - set(kept))
    doubled = sum(count - 1 for count in kept.values()) + again
    hosts = {urlsplit(catalog.board(board).start_urls[0]).netloc for board in looks}
    held = (
        len(wanted) == landed == loaded == len(kept)
        and not doubled + lost
        and max(hours.values()) + len(hosts) <= settings().requests_per_hour
        and same == len(looks)
    )
    table = Table(
        "cadence", "figure", "what",
        title=f"a day of {len(looks)} boards by cadence, as planned from the day before",
        title_justify="left",
    )  # fmt: skip
    table.add_row("asked", f"{len(wanted):,}", "captures that the schedule wanted")
    table.add_row("landed", f"{landed:,}", "fetched by Scrapy over HTTP, status ok")
    table.add_row("loaded", f"{loaded:,}", f"{lost} lost, {doubled} doubled; loaded twice over")
    table.add_row(
        "requests an hour", f"{max(hours.values())}",
        f"at most, {sum(hours.values()) / 24:.0f} usually; robots.txt of {len(hosts)} hosts once a day "
        f"more; budget {settings().requests_per_hour:.0f}",
    )  # fmt: skip
    table.add_row("stays", f"{same}", "boards of which the warehouse tells what is counted below")
    table.add_row(
        "seconds", f"{monotonic() - began:.0f}", "fetched and loaded, and built as far as the stays"
    )
    table.add_row("bar", "held" if held else "NOT HELD", "each capture once, within the budget")
    return table


def measure(work: Path) -> Group:
    """A day over HTTP, and the misses of weeks, which the worlds themselves tell without it."""
    began = monotonic()
    found: dict[int, list[Missed]] = {history: [] for history in HISTORIES}
    for seed in SEEDS:
        worlds = Worlds(seed)
        plans = _plans(worlds.lived)
        for history, (plan, stays) in zip(HISTORIES, plans, strict=True):
            found[history] += _misses(worlds, plan, stays, history)
        if seed == SEEDS[0]:
            day = _a_day(work, worlds, plans[0][0])
    known = found[HISTORIES[-1]]
    near = sum(board.is_near for board in known)
    beyond = [board.board for board in known if board.is_beyond]
    verdict = (
        f"bar, each board within {TOLERATED:.0%} of what {HISTORIES[-1]} days foretell: "
        f"{'held' if near == len(known) else 'NOT HELD'}, {near} of {len(known)}; "
        f"{len(known) - near - len(beyond)} more within chance, {len(beyond)} beyond "
        f"({', '.join(beyond) or 'none'}), where chance alone puts {len(known) / 100:.0f}. "
        f"{monotonic() - began:.0f} seconds in all"
    )
    title = (
        f"misses of {MEASURED_DAYS} days or more beside those foretold from some days: "
        f"{len(SEEDS)} worlds, none of which the estimator was made on"
    )
    return Group(
        day, by_history(found, title), beside_plain(found), furthest(known, HISTORIES[-1]), verdict
    )
