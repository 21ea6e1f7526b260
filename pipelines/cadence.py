"""How often to look at each board: as often as it changes, within its bounds and one budget for all.

A title that stays for L minutes is missed by looks that are D minutes apart, at a random phase, with the
chance max(0, 1 - L / D). So the stays that were seen tell what any interval would miss, and the budget
is spent where one more request an hour saves the most titles (greedy on a convex loss, Fox 1966).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import expm1

import numpy as np

INTERVALS = (5, 10, 15, 20, 30, 60, 120, 240)
"""Minutes between looks that a schedule ticking every five minutes can keep; each divides the day."""

SHOWN_INTERVALS = (5, 10, 30, 60, 120)
"""The intervals that people compare."""

ENOUGH_SHARE = 0.02
"""A board of which no more new titles are missed than this is looked at often enough."""

LIVES_IN_GAPS = tuple(2.0**n for n in range(10))
"""The mean lives that a list's titles are taken to be mixed of; of shorter ones too few are seen to tell."""

ROUNDS = 30
"""Steps of the fit: enough to settle, too few to follow chance."""


@dataclass(frozen=True)
class Stays:
    """How long new titles stayed on a board, as counts: minutes from first look to last -> titles.

    ``gap_minutes`` is the usual time between the looks that saw them, ``days`` the time they were seen
    in, ``standing`` counts those of all that the last look still saw. A stay of one look lasted between
    nothing and two gaps, so each is taken to be a gap longer than from its first look to its last.
    """

    board: str
    counts: Mapping[float, int]
    gap_minutes: float
    days: float
    standing: Mapping[float, int] = field(default_factory=dict)

    @property
    def title_count(self) -> int:
        return sum(self.counts.values())

    @property
    def new_per_hour(self) -> float:
        """New titles an hour that were seen."""
        return self.title_count / (self.days * 24) if self.days else 0.0

    @cached_property
    def lives(self) -> list[tuple[float, float]]:
        """How long titles live, seen or not, as a mixture of exponential laws: mean minutes, share.

        A life that was met at a random moment goes on as if new, so the looks that saw it are
        geometrically distributed; the shares that make them likeliest are found by EM (Jewell 1982).
        A life of mean m meets a look with the chance m / gap * (1 - exp(-gap / m)): shares of the seen
        are divided by that.
        """
        looks: Counter[tuple[int, bool]] = Counter()
        for minutes, count in self.counts.items():
            standing = self.standing.get(minutes, 0)
            looks[round(minutes / self.gap_minutes), False] += count - standing
            looks[round(minutes / self.gap_minutes), True] += standing
        means = np.array(LIVES_IN_GAPS)
        again = np.exp(-1 / means)
        more = np.array([number for number, _ in looks])[:, None]
        ended = np.array([not standing for _, standing in looks])[:, None]
        likely = again**more * np.where(ended, 1 - again, 1.0)
        counts = np.array(list(looks.values()), dtype=float)[:, None]
        shares = np.full(len(means), 1 / len(means))
        for _ in range(ROUNDS):
            parts = likely * shares
            # Longer than the longest life: its likelihood is too small for a float.
            parts /= np.maximum(parts.sum(axis=1, keepdims=True), np.finfo(float).tiny)
            shares = (counts * parts).sum(axis=0) / counts.sum()
        shares /= means * (1 - again)
        shares /= shares.sum()
        return [
            (m * self.gap_minutes, s) for m, s in zip(means.tolist(), shares.tolist(), strict=True)
        ]


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

    Up to the gap between looks it is that of the lives that the stays were mixed of, for nothing was seen
    so closely; above it, those seen are told to have been missed one by one, and the unseen stay so.
    """
    total = stays.title_count
    if not total:
        return 0.0
    unseen = _unseen(stays, min(interval_minutes, stays.gap_minutes))
    missed = sum(
        count * max(0.0, 1 - (minutes + stays.gap_minutes) / interval_minutes)
        for minutes, count in stays.counts.items()
    )
    return 1 - (1 - unseen) * (1 - missed / total)


def _unseen(stays: Stays, interval_minutes: float) -> float:
    """The share of lives that begin and end between two looks."""
    return sum(
        share * (1 + mean / interval_minutes * expm1(-interval_minutes / mean))
        for mean, share in stays.lives
    )


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
