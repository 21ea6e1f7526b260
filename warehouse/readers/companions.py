"""What words stand with in the titles of a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from warehouse import query
from warehouse.connection import Connection

COMPANIONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Companion:
    token: str
    companion: str


def companions_at(con: Connection, words: Sequence[str], at: datetime) -> dict[str, list[str]]:
    """For each of some words (folded) the keywords that most often stand with it, the most frequent first.

    Of titles first seen in the 24 hours before ``at`` (naive UTC), where two or more have both.
    """
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in query.rows(
        con, _Companion, "readers/companions", words=list(words), at=at, shown=COMPANIONS_SHOWN
    ):
        found[row.token].append(row.companion)
    return dict(found)
