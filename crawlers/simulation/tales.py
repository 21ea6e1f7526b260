"""What may happen in the invented world, in several wordings that share their names, as headlines do."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from crawlers.simulation.vocabulary import NAMES, invented

GOALS = range(2, 6)  # of who scores more
COUNTS = range(6, 40)

Thing = TypeVar("Thing")

SLOT = re.compile(r"{(\w+)}")


@dataclass(frozen=True, slots=True)
class Tale:
    """Something that happens: as told in full, in short, and from another side."""

    full: str
    short: str
    aside: str


@cache
def frames() -> tuple[Tale, ...]:
    """Tales whose names are to be filled in: places in braces, in file order."""
    return tuple(Tale(*line.split("|")) for line in invented("tales"))


def different_tales() -> int:
    """How many tales there are that no other is told like in short."""
    return sum(len(NAMES[_hero(frame)]) for frame in frames())


def told_tales(dice: random.Random) -> Iterator[Tale]:
    """All different tales in random order: of names and happenings first those that were told of least.

    A day's news is of many things: what is like another in all but a name is seldom told twice in it.
    """
    told: Counter[str] = Counter()
    left = {frame: _shuffled(NAMES[_hero(frame)], dice) for frame in frames()}
    while left:
        for frame in _shuffled([*left], dice):
            hero = min(left[frame], key=told.__getitem__)
            left[frame].remove(hero)
            if not left[frame]:
                del left[frame]
            yield _filled(frame, hero, dice, told)


def invented_tale(dice: random.Random) -> Tale:
    """Any of them, with any names."""
    frame = dice.choice(frames())
    return _filled(frame, dice.choice(NAMES[_hero(frame)]), dice, Counter())


def _hero(frame: Tale) -> str:
    """Whose story it is: who is named first in short."""
    return str(SLOT.findall(frame.short)[0])


def _shuffled(things: Sequence[Thing], dice: random.Random) -> list[Thing]:
    return dice.sample(things, len(things))


def _filled(frame: Tale, hero: str, dice: random.Random, told: Counter[str]) -> Tale:
    goals = dice.choice(GOALS)
    names = {
        "n": str(dice.choice(COUNTS)),
        "score": f"{goals}比{dice.randrange(goals)}",
        _hero(frame): hero,
    }
    told[hero] += 1
    for slot in SLOT.findall(frame.full + frame.aside):
        if slot not in names:
            others = [name for name in NAMES[slot] if name != hero]
            names[slot] = min(_shuffled(others, dice), key=told.__getitem__)
            told[names[slot]] += 1
    return Tale(*(wording.format_map(names) for wording in (frame.full, frame.short, frame.aside)))
