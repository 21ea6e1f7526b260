"""What each topic is about."""

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from pipelines.topics.cards import by_hour
from pipelines.topics.categories import CATEGORIES
from warehouse import query
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, MadeSince
from warehouse.ingredients import CATEGORY_WEIGHTS, CUTTING, WordList
from warehouse.readers.topic_cards import card_titles


@dataclass(frozen=True, slots=True)
class _Assignment:
    item_id: int
    topic_id: int
    joined_at: datetime


CARD_FIELDS = ("label", "keywords", "people", "places", "bodies", "other_names", "category")


def _tell(con: Connection, lack: Lack) -> pa.Table:
    assignments = [
        (row.joined_at, row.item_id, row.topic_id)
        for row in query.rows(
            con, _Assignment, "models/core/topic_cards.assignments", since=lack.since
        )
    ]
    titles = card_titles(con, {item_id for _, item_id, _ in assignments})
    return to_arrow(
        [
            (topic_id, window_start, count, *(getattr(card, name) for name in CARD_FIELDS))
            for window_start, topic_id, count, card in by_hour(assignments, titles, lack.since)
        ],
        TABLE.schema,
    )


TABLE = Table(
    description="What each topic was about at the end of each hour in which it changed.",
    grain=("topic_id", "window_start"),
    columns={
        "topic_id": (pa.int64(), "the topic"),
        "window_start": (pa.timestamp("us"), "start of the hour, UTC"),
        "title_count": (pa.int32(), "items that tell it at the end of the hour"),
        "label": (
            pa.string(),
            "the title that has most in common with the others and reads as a statement",
        ),
        "keywords": (
            pa.list_(pa.string()),
            "whole words and names that its titles share, most shared first",
        ),
        "people": (pa.list_(pa.string()), "names of people that its titles share"),
        "places": (pa.list_(pa.string()), "names of places that its titles share"),
        "bodies": (pa.list_(pa.string()), "names of bodies: companies, clubs, offices"),
        "other_names": (pa.list_(pa.string()), "names of works, products and other things"),
        "category": (
            pa.string(),
            "society, sports, … as listed in pipelines/text/lexicon/categories; null where that is unsure",
        ),
    },
    reads=(
        "core.item_categories",
        "core.items",
        "core.new_words",
        "core.title_tokens",
        "core.titles",
        "core.topic_items",
    ),
    code_version="2",
    growth=MadeSince("window_start", _tell),
    made_with=(
        *CUTTING,
        CATEGORY_WEIGHTS,
        WordList("frames"),
        WordList("alone"),
        WordList("surnames"),
        *(WordList(f"categories/{name}") for name in (*CATEGORIES, "boards", "printed")),
    ),
)
