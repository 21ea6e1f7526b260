"""Titles that no look met, beside those that were foretold: by the mixture of lives, and by plain counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

import numpy as np
from rich.table import Table

from pipelines.boards.cadence import Stays

TOLERATED = 0.2
"""How far the misses may be from those foretold, as a share of them."""

CERTAINTY = 2.6
"""Standard errors that are chance: of a hundred boards one is further off without any cause."""

MANY = 1_000
"""Titles seen of a board, from which on chance in what was foretold is below what is tolerated."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A board's new titles, how many of them no look met, the share foretold, and from how many titles.

    ``plain`` are the shares that PLAIN would have foretold.
    """

    board: str
    interval_minutes: int
    new: int
    missed: int
    foretold: float
    learnt_from: int
    plain: tuple[float, float]

    @property
    def expected(self) -> float:
        """The misses foretold, in titles."""
        return self.foretold * self.new

    @property
    def error(self) -> float:
        """How far the misses are from those foretold, as a share of them, of one title at least."""
        return (self.missed - self.expected) / max(self.expected, 1.0)

    @property
    def counting(self) -> float:
        """The standard error of the count of misses, as a share of those foretold."""
        return sqrt(max(self.missed, 1)) / max(self.expected, 1.0)

    @property
    def chance(self) -> float:
        """The standard error of ``error``: of the count, and of a share learnt from so few titles.

        Nobody knows a share of what was not seen better than if it had been counted.
        """
        return sqrt(self.counting**2 + 1 / max(self.foretold * self.learnt_from, 1.0))

    @property
    def is_near(self) -> bool:
        return abs(self.error) <= TOLERATED

    @property
    def is_beyond(self) -> bool:
        return abs(self.error) > max(TOLERATED, CERTAINTY * self.chance)


PLAIN = ("stays seen for less than the interval", "of each stay, as long as it was seen and a gap")
"""What the mixture of lives is held against: counts of what was seen, with no thought for what was not."""


def plain_shares(stays: Stays, interval_minutes: float) -> tuple[float, float]:
    """The shares of new titles missed at an interval, by each of PLAIN."""
    gaps, minutes, counts = np.array([(*seen, n) for seen, n in stays.counts.items()]).T
    lost = np.maximum(0.0, 1 - (minutes + gaps) / interval_minutes)
    shares = np.average(np.stack([minutes < interval_minutes, lost]), axis=1, weights=counts)
    return float(shares[0]), float(shares[1])


def by_history(found: Mapping[int, Sequence[Missed]], title: str) -> Table:
    """How near the misses were to those foretold, after each number of days."""
    table = Table(
        "days seen", "boards", "within 20 %", "and by chance", "median", "worst", "together",
        f"{MANY:,} titles seen",
        title=title,
        title_justify="left",
    )  # fmt: skip
    for history, them in found.items():
        near = sum(board.is_near for board in them)
        many = [board for board in them if board.learnt_from >= MANY]
        worst = max(them, key=lambda board: abs(board.error))
        missed, expected = (
            sum(board.missed for board in them),
            sum(board.expected for board in them),
        )
        table.add_row(
            str(history), str(len(them)), f"{near}, {near / len(them):.0%}",
            f"{sum(not board.is_beyond for board in them)}",
            f"{median(abs(board.error) for board in them):.0%}", f"{worst.error:+.0%}",
            f"{missed / expected - 1:+.0%}",
            f"{sum(board.is_near for board in many)} of {len(many)} within",
        )  # fmt: skip
    return table


def beside_plain(found: Mapping[int, Sequence[Missed]]) -> Table:
    """How far the shares foretold were off, by each way, after each number of days."""
    table = Table(
        "days seen", "by", "off by, points of all new titles", "worst", "together",
        title="shares foretold by the mixture of lives, and by plain counts of what was seen",
        title_justify="left",
    )  # fmt: skip
    for history, them in found.items():
        new = np.array([board.new for board in them], float)
        true = np.array([board.missed for board in them]) / np.maximum(new, 1)
        told = np.array([(board.foretold, *board.plain) for board in them]).T
        for name, shares in zip(("the mixture", *PLAIN), told, strict=True):
            off = 100 * np.abs(shares - true)
            table.add_row(
                str(history), name, f"{off.mean():.1f}", f"{off.max():.1f}",
                f"{(shares @ new) / (true @ new) - 1:+.0%}",
            )  # fmt: skip
    return table


def furthest(them: Sequence[Missed], days: int) -> Table:
    """The boards whose misses were furthest from those foretold from so many days."""
    table = Table(
        "board", "every, min", "titles seen", "new", "missed", "foretold", "error", "by chance",
        title=f"furthest from what was foretold from {days} days; the misses themselves are "
        f"counted to {median(board.counting for board in them):.0%} in the middle",
        title_justify="left",
    )  # fmt: skip
    for board in sorted(them, key=lambda board: -abs(board.error))[:10]:
        table.add_row(
            board.board, str(board.interval_minutes), f"{board.learnt_from:,}", f"{board.new:,}",
            f"{board.missed}", f"{board.expected:.0f}", f"{board.error:+.0%}", f"± {board.chance:.0%}",
        )  # fmt: skip
    return table
