"""What happens in the invented world: each story's tale, and how it rises and fades on each board."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawlers.simulation.looks import DELAYS
from crawlers.simulation.tales import Tale

SHANGHAI_OFFSET_HOURS = 8

# How much of the evening's attention is awake in each hour of the Shanghai day.
CLOCK = (0.5, 0.35, 0.25, 0.2, 0.18, 0.2, 0.3, 0.45, 0.6, 0.68, 0.72, 0.75,
         0.8, 0.78, 0.72, 0.7, 0.72, 0.78, 0.85, 0.92, 1.0, 1.0, 0.9, 0.7)  # fmt: skip

FADED = 0.02  # a story below this share of its peak is gone


@dataclass(frozen=True, slots=True)
class Story:
    """One thing that happens, and when each board begins to see it."""

    number: int
    tale: Tale
    shape: str
    born_at: datetime
    rise: timedelta
    half_life: timedelta
    strength: float
    """Share of the hottest story's heat at its peak."""
    delays: Mapping[str, timedelta] = field(default_factory=dict)

    def peaks_at(self, board: str) -> datetime:
        """When its share of a board is greatest; the hour of day then bends its heat."""
        return self.born_at + self.delays[board] + self.rise

    def share(self, board: str, at: datetime) -> float:
        """Its part of a board's hottest heat; 0 before it is seen and once it has faded."""
        if board not in self.delays:
            return 0.0
        age = at - self.born_at - self.delays[board]
        if age < timedelta(0):
            return 0.0
        if age < self.rise:
            grown = age / self.rise
            return self.strength * grown * grown * (3 - 2 * grown)
        left = 0.5 ** ((age - self.rise) / self.half_life)
        return self.strength * left if left > FADED else 0.0


def invented_story(
    number: int, tale: Tale, dice: random.Random, start: datetime, hours: int
) -> Story:
    """A story of a world that begins at ``start`` and lasts so many hours; some are older than it."""
    shape = dice.choices(("flash", "news", "evergreen"), (3, 6, 1))[0]
    rise, half_life = {
        "flash": (dice.uniform(20, 70), dice.uniform(40, 120)),
        "news": (dice.uniform(60, 300), dice.uniform(120, 360)),
        "evergreen": (dice.uniform(360, 720), dice.uniform(900, 1_500)),
    }[shape]
    # Most stories stay small; a few take the top. Some are older than the world.
    strength = 0.04 + 0.96 * dice.random() ** 2.5
    reach = min(len(DELAYS), 1 + int(strength * 5 + dice.random() * 4))
    return Story(
        number=number,
        tale=tale,
        shape=shape,
        born_at=start + timedelta(minutes=round(dice.uniform(-8 * 60, hours * 60))),
        rise=timedelta(minutes=round(rise)),
        half_life=timedelta(minutes=round(half_life)),
        strength=strength,
        delays={
            board: timedelta(minutes=round(DELAYS[board] * dice.uniform(0.4, 1.8)))
            for board in dice.sample(sorted(DELAYS), reach)
        },
    )
