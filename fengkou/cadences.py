"""Choosing how often each board is looked at, from the warehouse's own history, and keeping the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from crawlers import catalog
from fengkou.home import Home
from fengkou.kept_choices import keep_choice, read_kept
from fengkou.settings import settings
from pipelines.boards.cadence import (
    INTERVALS,
    SHOWN_INTERVALS,
    Bounds,
    Cadence,
    Stays,
    missed_share,
    plan,
)
from warehouse import query
from warehouse.connection import Connection
from warehouse.readers.newest import newest_attempt

DAYS_TO_TRUST = 1.0
"""Less history than a day has not seen the board's night."""

SLOWEST_MINUTES = 120
"""A board that is never looked at cannot show that it has become lively."""

FILE = "cadences.json"


def bounds() -> list[Bounds]:
    """Each board's bounds: no more than twice as often as its description says.

    Stand-ins have none: they are asked when the board before them fails.
    """
    return [
        Bounds(
            board=board.name,
            shortest_minutes=max(INTERVALS[0], board.cadence_minutes // 2),
            longest_minutes=max(SLOWEST_MINUTES, board.cadence_minutes),
            usual_minutes=board.cadence_minutes,
        )
        for board in catalog.facts()
        if not board.stands_in_for
    ]


@dataclass(frozen=True, slots=True)
class _Stay:
    board: str
    gap_minutes: float
    days: float
    minutes: float
    item_count: int
    standing_count: int


def stays_at(con: Connection, at: datetime) -> dict[str, Stays]:
    """How long new titles stayed on each board in the week before ``at`` (naive UTC)."""
    found: dict[str, list[_Stay]] = {}
    for row in query.rows(con, _Stay, "readers/stays", at=at):
        found.setdefault(row.board, []).append(row)
    return {
        board: Stays(
            board,
            counts={(row.gap_minutes, row.minutes): row.item_count for row in rows},
            days=rows[0].days,
            standing={(row.gap_minutes, row.minutes): row.standing_count for row in rows},
        )
        for board, rows in found.items()
    }


def plan_now(con: Connection) -> list[Cadence]:
    """The interval of each board, from what is built."""
    return planned(_stays_now(con))


def _stays_now(con: Connection) -> dict[str, Stays]:
    newest = newest_attempt(con)
    return stays_at(con, newest) if newest else {}


def planned(stays: Mapping[str, Stays]) -> list[Cadence]:
    """The interval of each board, from what is known of its stays."""
    trusted = {board: stay for board, stay in stays.items() if stay.days >= DAYS_TO_TRUST}
    return plan(bounds(), trusted, settings().requests_per_hour)


@dataclass(frozen=True, slots=True)
class Outlook:
    """A board's interval, and the share of new titles it would miss at each of SHOWN_INTERVALS.

    ``missed`` is None without a day of history.
    """

    board: str
    interval_minutes: int
    missed: Mapping[int, float] | None


def outlook(con: Connection) -> list[Outlook]:
    """What each interval would cost each board, measured from its own history."""
    stays = _stays_now(con)
    return [
        Outlook(
            chosen.board,
            chosen.interval_minutes,
            None
            if chosen.missed_share is None
            else {n: missed_share(stays[chosen.board], n) for n in SHOWN_INTERVALS},
        )
        for chosen in planned(stays)
    ]


def keep(home: Home, chosen: list[Cadence]) -> None:
    """Write the choice where the schedule reads it, without the warehouse's lock."""
    keep_choice(home.published / FILE, {each.board: each.interval_minutes for each in chosen})


def kept(home: Home) -> Mapping[str, int]:
    """Board -> interval in minutes, as last chosen; empty before the first choice."""
    found = read_kept(home.published / FILE)
    return {
        board: minutes
        for board, minutes in found.items()
        if isinstance(minutes, int) and minutes >= INTERVALS[0]
    }


def due(at: datetime, intervals: Mapping[str, int]) -> list[str]:
    """The boards whose interval divides the minute of the day; ``at`` in Shanghai time.

    A board without a chosen interval is due by its description; a stand-in is never due of itself.
    """
    minute = (at.hour * 60 + at.minute) // INTERVALS[0] * INTERVALS[0]
    return [
        board.name
        for board in catalog.facts()
        if not board.stands_in_for
        and minute % intervals.get(board.name, board.cadence_minutes) == 0
    ]
