"""How often to look at each board: as often as it changes, within its bounds and one budget for all.

A title that stays for L minutes is missed by looks that are D minutes apart, at a random phase, with the
chance max(0, 1 - L / D). So the stays that were seen tell what any interval would miss, and the budget
is spent where one more request an hour saves the most titles (greedy on a convex loss, Fox 1966).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from math import expm1
from typing import TypeAlias

import numpy as np

INTERVALS = (5, 10, 15, 20, 30, 60, 120, 240)
"""Minutes between looks that a schedule ticking every five minutes can keep; each divides the day."""

SHOWN_INTERVALS = (5, 10, 30, 60, 120)
"""The intervals that people compare."""

ENOUGH_SHARE = 0.02
"""A board of which no more new titles are missed than this is looked at often enough."""

LIVES_IN_GAPS = tuple(2.0**n for n in range(10))
"""The mean lives that a list's titles are taken to be mixed of; of shorter ones too few are seen to tell."""

ROUNDS = 300
"""Steps of the fit until it stands: cut short, it keeps some of the short lives that it began with."""

Seen: TypeAlias = tuple[float, float]
"""Minutes from the look before to the first look that saw a title, and from that to the last that did."""


@dataclass(frozen=True)
class Stays:
    """How long new titles stayed on a board, as counts of those that were seen alike.

    ``standing`` counts those of all that the last look still saw; ``days`` is the time they were seen in.
    Looks are taken to have gone on as far apart as they were when the title came.
    """

    board: str
    counts: Mapping[Seen, int]
    days: float
    standing: Mapping[Seen, int] = field(default_factory=dict)

    @property
    def title_count(self) -> int:
        return sum(self.counts.values())

    @property
    def new_per_hour(self) -> float:
        """New titles an hour, seen or not."""
        return sum(self.born.values()) / (self.days * 24) if self.days else 0.0

    @cached_property
    def born(self) -> dict[float, float]:
        """Gap between looks -> the titles that came in such gaps, seen or not."""
        seen: Counter[float] = Counter()
        for (gap, _), count in self.counts.items():
            seen[gap] += count
        return {gap: count / (1 - self.unseen_share(gap)) for gap, count in seen.items()}

    def unseen_share(self, interval_minutes: float) -> float:
        """The share of lives that begin and end between two looks, by ``lives``."""
        return sum(
            share * (1 + mean / interval_minutes * expm1(-interval_minutes / mean))
            for mean, share in self.lives
        )

    @cached_property
    def lives(self) -> list[tuple[float, float]]:
        """How long titles live, seen or not, as a mixture of exponential laws: mean minutes, share.

        A life of mean m that begins at a random moment meets a look, g minutes after the last, with the
        chance m / g * (1 - exp(-g / m)), and goes on from there as if new. The shares that make what was
        seen likeliest are found by EM, the unseen lives being put beside the seen (Dempster 1977, 4.2).
        """
        gaps, minutes, counts = np.array([(*seen, n) for seen, n in self.counts.items()]).T
        standing = np.array([self.standing.get(seen, 0) for seen in self.counts])
        means = float(np.median(np.repeat(gaps, counts.astype(int)))) * np.array(LIVES_IN_GAPS)
        ends = -np.expm1(-gaps[:, None] / means)
        met = means / gaps[:, None] * ends
        stood = met * np.exp(-minutes[:, None] / means)
        # Longer than the longest life: its likelihood is too small for a float.
        stood = np.maximum(stood, np.finfo(float).tiny)
        gone = np.maximum(stood * ends, np.finfo(float).tiny)
        shares = 1 / met.mean(axis=0)
        shares /= shares.sum()
        for _ in range(ROUNDS):
            born = (
                standing / (stood @ shares) @ stood
                + (counts - standing) / (gone @ shares) @ gone
                + counts / (met @ shares) @ (1 - met)
            ) * shares
            shares = born / born.sum()
        return list(zip(means.tolist(), shares.tolist(), strict=True))


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

    Up to the gap between the looks it is that of the lives that the stays were mixed of, for nothing was
    seen so closely; above it, those seen are told to have been missed one by one, and the unseen stay so.
    A stay lasted between nothing and two gaps longer than it was seen, and is taken to have lasted one.
    """
    if not stays.counts:
        return 0.0
    seen: dict[float, float] = dict.fromkeys(stays.born, 0.0)
    for (gap, minutes), count in stays.counts.items():
        seen[gap] += count * min(1.0, (minutes + gap) / interval_minutes)
    total = 0.0
    for gap, born in stays.born.items():
        closer = min(interval_minutes, gap)
        everything = born * (1 - stays.unseen_share(gap))
        total += born * (1 - stays.unseen_share(closer)) * seen[gap] / everything
    return max(0.0, 1 - total / sum(stays.born.values()))


def plan(
    bounds: Iterable[Bounds], stays: Mapping[str, Stays], requests_per_hour: float
) -> list[Cadence]:
    """An interval for each board, by name, with at most ``requests_per_hour`` for all together.

    Every board begins at its longest interval and one of which nothing is known at its usual one; when
    even that is over the budget the longest intervals stand, for a board is never left out.
    """
    boards = sorted(bounds, key=lambda each: each.board)
    chosen = {
        each.board: each.longest_minutes if each.board in stays else each.usual_minutes
        for each in boards
    }
    left = requests_per_hour - sum(60 / minutes for minutes in chosen.values())

    @cache
    def missed(board: str, minutes: int) -> float:
        return missed_share(stays[board], minutes)

    while True:
        best: tuple[float, str, int] | None = None
        for each in boards:
            now = chosen[each.board]
            minutes = max((i for i in INTERVALS if each.shortest_minutes <= i < now), default=None)
            if (
                minutes is None
                or each.board not in stays
                or missed(each.board, now) <= ENOUGH_SHARE
            ):
                continue
            saved = missed(each.board, now) - missed(each.board, minutes)
            saved *= stays[each.board].new_per_hour
            cost = 60 / minutes - 60 / now
            if cost <= left and (best is None or saved / cost > best[0]):
                best = (saved / cost, each.board, minutes)
        if best is None:
            break
        left -= 60 / best[2] - 60 / chosen[best[1]]
        chosen[best[1]] = best[2]
    return [
        Cadence(
            each.board,
            chosen[each.board],
            missed(each.board, chosen[each.board]) if each.board in stays else None,
        )
        for each in boards
    ]
