"""An invented web in which only the stays of titles matter: who stood on which list, and for how long."""

import random
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from crawlers import catalog
from crawlers.simulation import vocabulary
from crawlers.simulation.draws import draw
from crawlers.simulation.stories import CLOCK, SHANGHAI_OFFSET_HOURS
from crawlers.simulation.tales import invented_tale
from pipelines.captures import Entry, Kind


@dataclass(frozen=True, slots=True)
class Tenure:
    """One title on one place of a list, from an instant up to another; it may come back later."""

    number: int
    title: str
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Turnover:
    """Every board there is, each a list of so many places, each place taken by title after title.

    Who was there and for how long is known, so that what a visitor missed can be counted.
    """

    start: datetime
    hours: int = 48
    seed: int = 1

    def ranked(self, board: str, at: datetime) -> list[Entry]:
        """The titles that stand on a board at an instant, the hottest first."""
        heated: list[tuple[int, Tenure]] = []
        for begins, tenures in _places(self, board):
            tenure = tenures[max(0, bisect_right(begins, at) - 1)]
            age = (at - tenure.begins_at) / (tenure.ends_at - tenure.begins_at)
            strength = draw(tenure.title) / 2**32
            heated.append((100 + round(1e6 * strength * (1.05 - abs(2 * age - 1))), tenure))
        heated.sort(key=lambda pair: (-pair[0], pair[1].number))
        return [
            Entry(n, Kind.RANKED, n, tenure.title, heat=str(heat), native_id=str(tenure.number))
            for n, (heat, tenure) in enumerate(heated, start=1)
        ]

    def tenures(self, board: str) -> dict[str, list[Tenure]]:
        """When each title stood on a board, in order."""
        found: dict[str, list[Tenure]] = {}
        for _, tenures in _places(self, board):
            for tenure in tenures:
                found.setdefault(tenure.title, []).append(tenure)
        return found


# How long titles stay: Lomax's law, many for minutes and a few for days. With this shape it says what a
# year-old archive of Weibo by the minute shows: 5 % under 9 minutes, half over 144, a tenth over 700.
LIFE_SHAPE = 4.0
LIFE_IN_CADENCES = (1.0, 4.0)
"""Their median in cadences; real lists are ten times calmer, but a day of them has too few to count."""
RETURNS = 0.08  # of the titles that left a place, those that take it again after the next


@cache
def _places(world: Turnover, board: str) -> tuple[tuple[list[datetime], list[Tenure]], ...]:
    """For each place of a list, who took it: when they came, and who they were."""
    described = catalog.board(board)
    dice = random.Random(f"turnover {world.seed} {board}")  # noqa: S311 - as above
    median = described.cadence_minutes * dice.uniform(*LIFE_IN_CADENCES)
    scale = median / (2 ** (1 / LIFE_SHAPE) - 1)
    ends_at = world.start + timedelta(hours=world.hours)
    places = []
    number = 0
    for _ in range(sum(described.expected_count) // 2):
        # Early enough for the places to have lost step when the world begins.
        at = world.start - timedelta(minutes=20 * median * dice.random())
        tenures: list[Tenure] = []
        while at <= ends_at:
            awake = CLOCK[(at.hour + SHANGHAI_OFFSET_HOURS) % 24]
            life = timedelta(minutes=scale * (dice.paretovariate(LIFE_SHAPE) - 1) / awake)
            if len(tenures) > 1 and dice.random() < RETURNS:
                who, title = tenures[-2].number, tenures[-2].title
            else:
                number += 1
                who, title = number, f"{invented_tale(dice).full}·{_invented_name(board, number)}"
            tenures.append(Tenure(who, title, at, at + life))
            at += life
        places.append(([tenure.begins_at for tenure in tenures], tenures))
    return tuple(places)


def _invented_name(board: str, number: int) -> str:
    """A word of four characters that no other number of the board has."""
    left = (draw(board) + number) % len(vocabulary.SYLLABLES) ** 4
    name = ""
    for _ in range(4):
        left, place = divmod(left, len(vocabulary.SYLLABLES))
        name += vocabulary.SYLLABLES[place]
    return name
