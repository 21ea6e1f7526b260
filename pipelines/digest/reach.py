"""How far a place of a list reaches: what it is worth to a story to stand there.

No one counts the readers of a list. What its places say of the world outside can be counted: on how many
other lists the stories that stood there stood on the same day. First places of lists that everybody reads
reach far; the top ten of a list of twenty, or of one that goes its own way, does not.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipelines.rules import REACH_BAND_EDGES

OWN_LIST = 0.25
"""What a place is worth for its own list alone, in further lists: nothing would hide a list that is read by
its own public."""

PRIOR_HOURS = 200
"""A list is believed over all lists together when it was seen in a place for more hours than this: two days
of a band of five lines."""

BANDS = len(REACH_BAND_EDGES) + 1


@dataclass(frozen=True, slots=True)
class Seen:
    """Of a list's places in one band: hours with a story, and the other lists that these stories had."""

    board: str
    band: int
    hour_count: int
    other_list_count: int


@dataclass(frozen=True, slots=True)
class Reach:
    """The worth of each place, in lists; ``by_list`` holds the bands of a list from the first place down."""

    by_list: Mapping[str, tuple[float, ...]]
    elsewhere: tuple[float, ...]

    def of(self, board: str, rank: int) -> float:
        return self.by_list.get(board, self.elsewhere)[band_of(rank)]


def band_of(rank: int) -> int:
    """The band of a rank, 0 for the first place."""
    return sum(edge < rank for edge in REACH_BAND_EDGES)


def learn(seen: Iterable[Seen]) -> Reach:
    """The worth of places from what was seen of them: each list's own mean, drawn to that of all lists.

    Where nothing was seen yet a place counts by the discount of its rank (1 / log2(1 + rank), Järvelin and
    Kekäläinen 2002).
    """
    hours: defaultdict[str, list[int]] = defaultdict(lambda: [0] * BANDS)
    others: defaultdict[str, list[int]] = defaultdict(lambda: [0] * BANDS)
    for each in seen:
        hours[each.board][each.band] += each.hour_count
        others[each.board][each.band] += each.other_list_count
    of_all = tuple(
        (sum(other[band] for other in others.values()) + PRIOR_HOURS * _discount(band))
        / (sum(hour[band] for hour in hours.values()) + PRIOR_HOURS)
        for band in range(BANDS)
    )
    by_list = {
        board: tuple(
            OWN_LIST
            + (others[board][band] + PRIOR_HOURS * of_all[band])
            / (hours[board][band] + PRIOR_HOURS)
            for band in range(BANDS)
        )
        for board in hours
    }
    return Reach(by_list, tuple(OWN_LIST + mean for mean in of_all))


def _discount(band: int) -> float:
    first = REACH_BAND_EDGES[band - 1] + 1 if band else 1
    return 1 / math.log2(1 + first)
