"""Items as grouping sees them: a title with its keywords."""

from collections.abc import Sequence
from datetime import datetime
from itertools import starmap
from typing import Protocol

from pipelines.topics.contradictions import Word
from pipelines.topics.similarity import NewItem


class TaggedItem(Protocol):
    """A row of any query that tells an item's title and words; instants are naive UTC."""

    @property
    def item_id(self) -> int: ...
    @property
    def source(self) -> str: ...
    @property
    def first_seen_at(self) -> datetime: ...
    @property
    def folded_title(self) -> str: ...
    @property
    def tokens(self) -> Sequence[str] | None: ...
    @property
    def tags(self) -> Sequence[str] | None: ...


def new_item(row: TaggedItem) -> NewItem:
    """The item of a row; ``tokens`` and ``tags`` are as long as each other, None without a keyword."""
    pairs = zip(row.tokens or (), row.tags or (), strict=True)
    return NewItem(
        row.item_id,
        row.first_seen_at,
        row.source,
        row.folded_title,
        tuple(dict.fromkeys(starmap(Word, pairs))),
    )
