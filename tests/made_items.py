"""Made items for tests of topics: titles cut as the line cuts them, each on a board of its own."""

from datetime import datetime, timedelta

from pipelines.text.titles import clean_title, fold_title
from pipelines.text.tokens import tokenise
from pipelines.topics.grouping import Word
from pipelines.topics.similarity import NewItem

NOON = datetime(2025, 5, 20, 4)  # noqa: DTZ001 - naive UTC, as in the warehouse; noon in Shanghai
HOUR = timedelta(hours=1)


def item(item_id: int, title: str, at: datetime = NOON, source: str = "") -> NewItem:
    """An item first seen at ``at``; its source is another than that of any other item."""
    cleaned = clean_title(title)
    words = (Word(one.token, one.part_of_speech) for one in tokenise(cleaned) if one.is_keyword)
    return NewItem(
        item_id, at, source or f"made{item_id}", fold_title(cleaned), tuple(dict.fromkeys(words))
    )
