"""What people said of topics, each title as the item that it is now."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.topics.hands import Hand, HandKind, HandTitle
from warehouse import query
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class _Said:
    number: int
    kind: str
    said_at: datetime
    said_by: str
    topic_ids: list[int]
    name: str
    undoes: int | None


@dataclass(frozen=True, slots=True)
class _Title:
    hand: int
    part: int
    item_id: int
    source: str
    folded_title: str
    first_seen_at: datetime


def topic_hands(con: Connection) -> list[Hand]:
    """All hands in the order in which they were said."""
    said = query.rows(con, _Said, "readers/topic_hands")
    if not said:
        return []  # most warehouses: nothing is looked up
    parts: dict[int, dict[int, list[HandTitle]]] = {}
    for row in query.rows(con, _Title, "readers/topic_hands.titles"):
        title = HandTitle(row.item_id, row.source, row.folded_title, row.first_seen_at)
        parts.setdefault(row.hand, {}).setdefault(row.part, []).append(title)
    return [
        Hand(
            row.number,
            HandKind(row.kind),
            row.said_at,
            row.said_by,
            tuple(row.topic_ids),
            tuple(tuple(titles) for titles in parts.get(row.number, {}).values()),
            row.name,
            row.undoes,
        )
        for row in said
    ]
