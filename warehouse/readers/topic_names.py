"""What people called topics, as it was known at an instant."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from warehouse import query
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class _Named:
    topic_id: int
    names: list[str]


def names_at(con: Connection, topic_ids: Sequence[int], at: datetime) -> dict[int, tuple[str, ...]]:
    """The names of some topics at ``at`` (naive UTC), the newest first; none of those that nobody named."""
    named = query.rows(con, _Named, "readers/topic_names", topic_ids=topic_ids, at=at)
    return {row.topic_id: tuple(row.names) for row in named}
