"""Whether a word that no dictionary has is new: absent where its lists were read, and by no chance.

A warehouse that begins today meets every name of the day for the first time: most of them are as old as the
people who bear them. So a word is new only where one can say that it was not there before. A day is what is
counted: one story fills a day with a word, and says no more of how usual the word is with ten titles than
with two.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.rules import WORD_MEMORY_DAYS

DAYS_BEFORE = WORD_MEMORY_DAYS
"""Days without it that come before anything is called new: names that make news come again within weeks. Of
986 words of seven weeks 65 in a hundred had been on the lists nine months before; of those that came after
four weeks 34."""

CHANCE = 0.05
"""One in twenty: of a word that was always as busy as it is since it came, how often it comes so late."""


@dataclass(frozen=True, slots=True)
class Novelty:
    """Why a word is new from the day ``told_on`` on: it came on ``days_seen`` of ``days_since`` days, and on
    none of the ``days_before`` on which its first list was read; ``chance`` is how often that is so by
    chance."""

    told_on: date
    days_before: int
    days_since: int
    days_seen: int
    chance: float


def novelty(read: Collection[date], seen: Sequence[date], found_on: date) -> Novelty | None:
    """What makes a word new, as of the first day on which it can be said; None where it cannot.

    ``read`` are the days on which the list was read that had it first; ``seen`` are the days with new titles
    that have it, in order; before ``found_on``, one of them, it was not known for a word.
    """
    first = seen[0]
    before = sum(day < first for day in read)
    if before < DAYS_BEFORE:
        return None
    days = sorted({*(day for day in read if day >= first), *seen})
    since_of = {day: place for place, day in enumerate(days, 1)}
    for count, day in enumerate(seen, 1):
        since = since_of[day]
        chance = chance_of_coming_late(before, since, count)
        if day >= found_on and chance < CHANCE:
            return Novelty(day, before, since, count, chance)
    return None


def chance_of_coming_late(before: int, since: int, seen: int) -> float:
    """Of ``seen`` days of ``before + since``, of which the first is the first of ``since``: how often all of
    the others lie behind it, if any day is as likely as another.

    One day tells nothing: each word has a first.
    """
    chance = 1.0
    for place in range(1, seen):
        chance *= (since - place) / (before + since - place)
    return chance
