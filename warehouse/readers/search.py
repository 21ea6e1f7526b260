"""Finding stories of all history by a title, a keyword or a name."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.text.titles import clean_title, fold_title
from warehouse import query
from warehouse.connection import Connection

MOST_TEXTS = 8
"""Texts of one question, with blanks between: each is looked for in every title."""


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story, a title of it that has what was asked (None where a keyword or name is that), and its life.

    ``found_count`` counts all that were found, on whatever page. Instants are naive UTC.
    """

    topic_id: int
    label: str
    title: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    best_rank: int | None
    list_count: int
    found_count: int


def search(con: Connection, asked: str, shown: int, skipped: int) -> list[FoundStory]:
    """The stories of which one title has every word of ``asked``, whatever its case, width or script.

    Or whose keywords or names are those words; the last seen first.
    """
    words = (fold_title(word) for word in clean_title(asked).split()[:MOST_TEXTS])
    texts = list(dict.fromkeys(word for word in words if word))
    if not texts:
        return []
    return query.rows(con, FoundStory, "readers/search", texts=texts, shown=shown, skipped=skipped)
