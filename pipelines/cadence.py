"""How often to look at each board: as often as it changes, within its bounds and one budget for all.

A title that stays for L minutes is missed by looks that are D minutes apart, at a random phase, with the
chance max(0, 1 - L / D). So the stays that were seen tell what any interval would miss, and the budget
is spent where one more request an hour saves the most titles (greedy on a convex loss, Fox 1966).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

INTERVALS = (5, 10, 15, 20, 30, 60, 120, 240)
"""Minutes between looks that a schedule ticking every five minutes can keep; each divides the day."""

SHOWN_INTERVALS = (5, 10, 30, 60, 120)
"""The intervals that people compare."""

ENOUGH_SHARE = 0.02
"""A board of which no more new titles are missed than this is looked at often enough."""


@dataclass(frozen=True, slots=True)
class Stays:
    """How long new titles stayed on a board, as counts: minutes -> titles.

    ``gap_minutes`` is the usual time between the looks that saw them, ``days`` the time they were seen
    in. A stay of one look lasted between nothing and two gaps, so each is taken to be a gap longer than
    from its first look to its last.
    """

    board: str
    counts: Mapping[float, int]
    gap_minutes: float
    days: float

    @property
    def new_per_hour(self) -> float:
        """New titles an hour that were seen."""
        return sum(self.counts.values()) / (self.days * 24) if self.days else 0.0


@dataclass(frozen=True, slots=True)
class Bounds:
    """How often a board may be looked at, and how often it is while nothing is known of it."""

    board: str
    shortest_minutes: int
    longest_minutes: int
    usual_minutes: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """A board's interval and the share of its new titles that it misses; None while unknown."""

    board: str
    interval_minutes: int
    missed_share: float | None


def missed_share(stays: Stays, interval_minutes: float) -> float:
    """The share of all new titles never seen at that interval, 0 to 1.

    Titles that no look has seen are part of all: where stays shorter than the gap are spread evenly, as
    many are missed as are seen once, so half the titles seen in one look stand for those (Horvitz and
    Thompson 1952). Between two looks nothing is known; below the gap the share falls evenly to none.
    """
    total = sum(stays.counts.values())
    if not total:
        return 0.0
    once = sum(count for minutes, count in stays.counts.items() if minutes == 0)
    unseen = once / 2 / (total + once / 2)
    if interval_minutes <= stays.gap_minutes:
        return unseen * interval_minutes / stays.gap_minutes
    missed = sum(
        count * max(0.0, 1 - (minutes + stays.gap_minutes) / interval_minutes)
        for minutes, count in stays.counts.items()
    )
    return 1 - (1 - unseen) * (1 - missed / total)


def plan(
    bounds: Iterable[Bounds], stays: Mapping[str, Stays], requests_per_hour: float
) -> list[Cadence]:
    """An interval for each board, by name, with at most ``requests_per_hour`` for all together.

    Every board begins at its longest interval and one of which nothing is known at its usual one; when
    even that is over the budget the longest intervals stand, for a board is never left out.
    """
    boards = sorted(bounds, key=lambda one: one.board)
    chosen = {
        one.board: one.longest_minutes if one.board in stays else one.usual_minutes
        for one in boards
    }
    left = requests_per_hour - sum(60 / minutes for minutes in chosen.values())
    while True:
        best: tuple[float, str, int] | None = None
        for one in boards:
            step = _next_step(one, chosen[one.board], stays.get(one.board))
            if step is None:
                continue
            minutes, saved = step
            cost = 60 / minutes - 60 / chosen[one.board]
            if cost <= left and (best is None or saved / cost > best[0]):
                best = (saved / cost, one.board, minutes)
        if best is None:
            break
        left -= 60 / best[2] - 60 / chosen[best[1]]
        chosen[best[1]] = best[2]
    return [
        Cadence(
            one.board,
            chosen[one.board],
            missed_share(stays[one.board], chosen[one.board]) if one.board in stays else None,
        )
        for one in boards
    ]


def _next_step(bounds: Bounds, minutes: int, stays: Stays | None) -> tuple[int, float] | None:
    """The next shorter interval and the titles an hour that it saves; None when there is no need."""
    shorter = [i for i in INTERVALS if bounds.shortest_minutes <= i < minutes]
    if stays is None or not shorter or missed_share(stays, minutes) <= ENOUGH_SHARE:
        return None
    saved = missed_share(stays, minutes) - missed_share(stays, shorter[-1])
    return shorter[-1], saved * stays.new_per_hour
