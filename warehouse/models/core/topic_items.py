"""Which topic each item belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from pipelines.clock import start_of_hour
from pipelines.topics.grouping import Hour, Topics
from pipelines.topics.similarity import NewItem
from warehouse import query
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, MadeSince
from warehouse.ingredients import WordList
from warehouse.readers.new_items import new_item
from warehouse.readers.past_terms import past_terms


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


@dataclass(frozen=True, slots=True)
class _Presence:
    window_start: datetime
    item_ids: list[int]


def _assign(con: Connection, lack: Lack) -> pa.Table:
    since = lack.since
    past = past_terms(con, since)
    grouping = Topics(past.words, past.characters, past.item_count)
    for row in query.rows(con, _Live, "models/core/topic_items.live", since=since):
        grouping.recall(new_item(row), row.topic_id, row.is_past)
    hours = list(_hours(con, since))
    for hour in hours:
        if hour.window_start < since:
            grouping.seen(hour.present, hour.window_start)
    fresh = [hour for hour in hours if hour.window_start >= since]
    return to_arrow(
        [
            (
                assigned.item_id,
                assigned.topic_id,
                assigned.joined_at,
                assigned.chance,
                assigned.is_merge,
            )
            for assigned in grouping.group(fresh)
        ],
        TABLE.schema,
    )


def _hours(con: Connection, since: datetime) -> Iterator[Hour]:
    new: dict[datetime, list[NewItem]] = {}
    for row in query.rows(con, _Fresh, "models/core/topic_items.new", since=since):
        start = start_of_hour(row.first_seen_at)
        new.setdefault(start, []).append(new_item(row))
    for hour in query.rows(con, _Presence, "models/core/topic_items.presence", since=since):
        start = hour.window_start
        yield Hour(start, tuple(new.get(start, ())), tuple(hour.item_ids))


TABLE = Table(
    description=(
        "Which topic each item was assigned to: when first seen, and when its topic merged."
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
            "how likely they tell one story, 0 to 1; 1 for the founder, and for the same title",
        ),
        "is_merge": (
            pa.bool_(),
            "whether it came with its topic, when that was merged into this one",
        ),
    },
    reads=(
        "core.items",
        "core.item_hours",
        "core.title_tokens",
        "core.clean_titles",
    ),
    code_version="1",
    growth=MadeSince("joined_at", _assign),
    made_with=(WordList("opposites"), WordList("outcomes")),
)
