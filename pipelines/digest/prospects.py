"""What is to be expected of a story, from what is expected of it on each of its lists.

A forecast is about one list. A story rises on any: on another one, under another title, or on one that it
fell from. The chances of its lists joined as if they knew nothing of one another say too much where they are
great, for they tell one story, and too little where they are small, for none of them counts the other ways.
So they are joined, and moved to what came of stories: by as much in 2025 as in 2026 (docs/model-card.md).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import expit, logit

from pipelines.rules import TOP_RANK

RISE_SLOPE = 0.8
RISE_PER_LISTS = 0.5
RISE_ONCE_UP = 0.9
"""Log odds that a story comes to a top ten where it is not within three hours: so much for those of its
lists joined, for the logarithm of its lists of the day, and for having been up on one that it fell on."""

STAYS_SLOPE, STAYS_SHIFT = 0.9, -0.2
"""Log odds that half an hour later a list has it, by those of its lists joined: what is gone from one is
more likely gone from the others."""

LEAST = 1e-4
"""Nothing nearer to nought or one has odds to move."""


@dataclass(frozen=True, slots=True)
class OnList:
    """What is expected of a story on one list: the chance of the top ten within three hours, None where it
    is or was there in its stay; the chance of being on it still in half an hour, None where none is told."""

    rank: int
    chance: float | None
    stays: float | None

    @property
    def has_fallen(self) -> bool:
        return self.chance is None and self.rank > TOP_RANK


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is expected of a story: the chance that it comes to a top ten where it is not within three hours,
    None where it is or was in all of them; the chance that it is on a list still in half an hour."""

    chance: float | None
    stays: float


def prospect(lists: Sequence[OnList], list_count: int, stays: float) -> Prospect:
    """What is expected of a story that stands on ``lists``, of ``list_count`` that it had in the day;
    ``stays`` is its chance of staying where no list tells one."""
    staying = [each.stays for each in lists if each.stays is not None] or [stays]
    there = float(expit(STAYS_SLOPE * _odds_of_any(staying) + STAYS_SHIFT))
    chances = [each.chance for each in lists if each.chance is not None]
    if not chances:
        return Prospect(None, there)
    odds = RISE_SLOPE * _odds_of_any(chances) + RISE_PER_LISTS * math.log(max(list_count, 1))
    odds += RISE_ONCE_UP * any(each.has_fallen for each in lists)
    return Prospect(float(expit(odds)), there)


def _odds_of_any(chances: Sequence[float]) -> float:
    """Log odds that one of them comes true, as if none knew of the others."""
    joined = 1 - math.prod(1 - chance for chance in chances)
    return float(logit(min(max(joined, LEAST), 1 - LEAST)))
