"""Items, the topics that they belong to, and what those are about."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import starmap
from typing import Any

import pyarrow as pa

from pipelines.text import titles as clean
from pipelines.topics import cards
from pipelines.topics import grouping as topics
from warehouse import incremental
from warehouse import query as read
from warehouse.arrow import columns
from warehouse.incremental import Connection
from warehouse.sql import read_sql


def build_item_references(con: Connection, version: str) -> int:
    """Say which item each printed (id, address, title) means; how many were new."""

    def make(found: pa.Table) -> pa.Table:
        rows = []
        for one in found.to_pylist():
            kind, identity = clean.item_identity(
                one["native_id"] or None, one["url"] or None, one["folded_title"]
            )
            item_id = clean.stable_id(one["source"], kind, identity)
            rows.append(
                (one["reference_id"], item_id, one["title_id"], one["source"], kind, identity)
            )
        return columns(
            rows,
            reference_id=pa.uint64(),
            item_id=pa.int64(),
            title_id=pa.int64(),
            source=pa.string(),
            identity_kind=pa.string(),
            identity=pa.string(),
        )

    return incremental.append_missing(
        con,
        "core.item_references",
        version,
        read_sql("queries/new_references"),
        make,
    )


def build_topic_items(con: Connection, version: str) -> int:
    """Assign the items first seen since the last build to topics; how many were assigned."""

    def make(since: datetime) -> pa.Table:
        (past,) = read.rows(con, "item_count", since=since)
        words, characters = (
            {row["term"]: row["item_count"] for row in read.rows(con, query, since=since)}
            for query in ("word_counts", "character_counts")
        )
        grouping = topics.Topics(words, characters, past["item_count"])
        for row in read.rows(con, "live_topic_items", since=since):
            grouping.recall(new_item(row), row["topic_id"], row["is_past"])
        hours = list(_hours(con, since))
        for hour in hours:
            if hour.window_start < since:
                grouping.seen(hour.present, hour.window_start)
        fresh = [hour for hour in hours if hour.window_start >= since]
        return columns(
            [
                (one.item_id, one.topic_id, one.joined_at, one.chance, one.is_merge)
                for one in grouping.group(fresh)
            ],
            item_id=pa.int64(),
            topic_id=pa.int64(),
            joined_at=pa.timestamp("us"),
            chance=pa.float64(),
            is_merge=pa.bool_(),
        )

    return incremental.rebuild_since(con, "core.topic_items", "joined_at", version, make)


def new_item(row: Mapping[str, Any]) -> topics.NewItem:
    pairs = zip(row["tokens"] or (), row["tags"] or (), strict=True)
    return topics.NewItem(
        row["item_id"],
        row["first_seen_at"],
        row["source"],
        row["folded_title"],
        tuple(dict.fromkeys(starmap(topics.Word, pairs))),
    )


def _hours(con: Connection, since: datetime) -> Iterator[topics.Hour]:
    new: dict[datetime, list[topics.NewItem]] = {}
    for row in read.rows(con, "items_to_group", since=since):
        item = new_item(row)
        start = item.first_seen_at.replace(minute=0, second=0, microsecond=0)
        new.setdefault(start, []).append(item)
    for row in read.rows(con, "item_presence", since=since):
        start = row["window_start"]
        yield topics.Hour(start, tuple(new.get(start, ())), tuple(row["item_ids"]))


def card_titles(con: Connection, item_ids: Iterable[int]) -> list[cards.Title]:
    """What items said when they were first seen, in that order."""
    return [
        cards.Title(
            row["item_id"],
            row["title"],
            row["board"],
            row["printed"],
            tuple(map(cards.Said, row["tokens"] or (), row["tags"] or (), row["keywords"] or ())),
        )
        for row in read.rows(con, "card_titles", item_ids=" ".join(map(str, item_ids)))
    ]


def cards_at(con: Connection, topic_ids: Sequence[int], at: datetime) -> dict[int, cards.Card]:
    """The cards of topics at ``at`` (naive UTC), from the titles known then."""
    members = read.rows(con, "card_members", topic_ids=topic_ids, at=at)
    topic_of = {row["item_id"]: row["topic_id"] for row in members}
    told: dict[int, list[cards.Title]] = {}
    for title in card_titles(con, topic_of):
        told.setdefault(topic_of[title.item_id], []).append(title)
    return {topic_id: cards.card(titles) for topic_id, titles in told.items()}


CARD_FIELDS = {
    "label": pa.string(),
    "keywords": pa.list_(pa.string()),
    "people": pa.list_(pa.string()),
    "places": pa.list_(pa.string()),
    "bodies": pa.list_(pa.string()),
    "other_names": pa.list_(pa.string()),
    "category": pa.string(),
}


def build_topic_cards(con: Connection, version: str) -> int:
    """Tell what each topic that changed is about, hour by hour; how many cards were made."""

    def make(since: datetime) -> pa.Table:
        assignments = [
            (row["joined_at"], row["item_id"], row["topic_id"])
            for row in read.rows(con, "card_assignments", since=since)
        ]
        titles = card_titles(con, {item_id for _, item_id, _ in assignments})
        told = cards.by_hour(assignments, titles, since)
        return columns(
            [
                (topic_id, window_start, count, *(getattr(card, name) for name in CARD_FIELDS))
                for window_start, topic_id, count, card in told
            ],
            topic_id=pa.int64(),
            window_start=pa.timestamp("us"),
            title_count=pa.int32(),
            **CARD_FIELDS,
        )

    return incremental.rebuild_since(con, "core.topic_cards", "window_start", version, make)
