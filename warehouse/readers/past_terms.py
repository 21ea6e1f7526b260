"""How often words and characters stood in titles of the past: what makes a term rare."""

from dataclasses import dataclass
from datetime import datetime

from warehouse import query
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class PastTerms:
    """Term -> in how many items' first titles it stood, and how many items there were."""

    words: dict[str, int]
    characters: dict[str, int]
    item_count: int


def past_terms(con: Connection, since: datetime) -> PastTerms:
    """What the past told of terms when the hour ``since`` (naive UTC) began."""
    words, characters = (
        dict(zip(found["term"].to_pylist(), found["item_count"].to_pylist(), strict=True))
        for found in (
            query.table(con, name, since=since)
            for name in ("queries/word_counts", "queries/character_counts")
        )
    )
    (item_count,) = query.column(con, "queries/item_count", since=since)
    return PastTerms(words, characters, item_count)
