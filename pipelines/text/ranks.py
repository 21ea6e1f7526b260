"""Ranks as archives print them: 2, 2.0, 第2名, No.2, TOP2; half a rank, a share or a date is none."""

import re
import unicodedata
from dataclasses import dataclass

from pipelines.rules import DEEPEST_RANK

LONGEST = 64
"""No rank is printed in more characters."""

UNREADABLE = "rank_unreadable"
OUT_OF_RANGE = "rank_out_of_range"

PRINTED = re.compile(
    r"(?:第|no\.?|top|rank|#)?\s?(?P<place>\d+)(?:\.0*)?\s?(?:名|位|st|nd|rd|th)?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Rank:
    """``place`` as it is printed, from 0 up; None with a ``reason``."""

    place: int | None
    reason: str = ""


def read_rank(text: str) -> Rank:
    """The place that a text prints; one that no list is as long as is refused for that."""
    if len(text) > LONGEST:
        return Rank(None, UNREADABLE)
    found = PRINTED.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return Rank(None, UNREADABLE)
    place = int(found["place"])
    return Rank(place) if place <= DEEPEST_RANK else Rank(None, OUT_OF_RANGE)
