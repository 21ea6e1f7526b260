"""Which topic each item belongs to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from pipelines.clock import start_of_hour
from pipelines.topics.grouping import Hour, Topics
from pipelines.topics.hands import Hand
from pipelines.topics.similarity import NewItem
from warehouse import query
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, MadeSince
from warehouse.ingredients import CUTTING, WordList
from warehouse.readers.new_items import new_item
from warehouse.readers.past_terms import past_terms
from warehouse.readers.topic_hands import topic_hands


@dataclass(frozen=True, slots=True)
class _Fresh:
    item_id: int
    source: str
    first_seen_at: datetime
    folded_title: str
    tokens: list[str] | None
    tags: list[str] | None


@dataclass(frozen=True, slots=True)
class _Live:
    item_id: int
    topic_id: int
    source: str
    first_seen_at: datetime
    is_past: bool
    folded_title: str
    tokens: list[str] | None
    tags: list[str] | None


def _assign(con: Connection, lack: Lack) -> pa.Table:
    since = lack.since
    past = past_terms(con, since)
    grouping = Topics(past.words, past.characters, past.item_count)
    said = topic_hands(con)
    named = _named(said, since)
    for row in query.rows(con, _Live, "models/core/topic_items.live", since=since, named=named):
        grouping.recall(new_item(row), row.topic_id, row.is_past)
    for hand in said:
        if hand.said_at < since:
            grouping.believe(hand)
    return to_arrow(
        [
            (
                assigned.item_id,
                assigned.topic_id,
                assigned.joined_at,
                assigned.chance,
                assigned.is_merge,
                assigned.hand,
            )
            for assigned in grouping.group(_hours(con, since, said))
        ],
        TABLE.schema,
    )


def _named(said: Sequence[Hand], since: datetime) -> list[int]:
    """The items of which people speak from ``since`` on, and those of a hand that they then undo."""
    by_number = {hand.number: hand for hand in said}
    return sorted(
        {
            title.item_id
            for hand in said
            if hand.said_at >= since
            for part in by_number.get(hand.undoes or 0, hand).parts
            for title in part
        }
    )


def _hours(con: Connection, since: datetime, said: Sequence[Hand]) -> Iterator[Hour]:
    new: dict[datetime, list[NewItem]] = {}
    for row in query.rows(con, _Fresh, "models/core/topic_items.new", since=since):
        start = start_of_hour(row.first_seen_at)
        new.setdefault(start, []).append(new_item(row))
    spoken: dict[datetime, list[Hand]] = {}
    for hand in said:
        if hand.said_at >= since:
            spoken.setdefault(start_of_hour(hand.said_at), []).append(hand)
    for start in sorted({*new, *spoken}):
        yield Hour(start, tuple(new.get(start, ())), tuple(spoken.get(start, ())))


TABLE = Table(
    description=(
        "Which topic each item was assigned to: when first seen, and when a merger or a person moved it."
    ),
    grain=("item_id", "joined_at"),
    columns={
        "item_id": (pa.int64(), "the item"),
        "topic_id": (pa.int64(), "the topic, named by the item that founded it"),
        "joined_at": (
            pa.timestamp("us"),
            "from when on it belongs there, UTC; nothing seen later decided it",
        ),
        "chance": (
            pa.float64(),
            "how likely they tell one story, 0 to 1; 1 for the founder, the same title, a person's word",
        ),
        "is_merge": (
            pa.bool_(),
            "whether it came with its topic, when that was merged into this one",
        ),
        "hand": (
            pa.int32(),
            "the number of the hand that moved it: a person said so; null where the rule did",
        ),
    },
    reads=(
        "core.items",
        "core.title_tokens",
        "core.clean_titles",
        "core.topic_hand_titles",
        "raw.topic_hands",
    ),
    code_version="8",
    growth=MadeSince("joined_at", _assign),
    made_with=(*CUTTING, WordList("opposites"), WordList("outcomes")),
)
