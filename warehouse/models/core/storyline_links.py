"""Which topics belong to one big story."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from pipelines.topics.bursting_names import NamedTopics
from pipelines.topics.similarity import NewItem
from pipelines.topics.storylines import Joined, Link, Storylines
from warehouse import query
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, MadeSince
from warehouse.ingredients import CUTTING, WordList
from warehouse.readers.new_items import new_item


@dataclass(frozen=True, slots=True)
class _PastName:
    token: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Item:
    item_id: int
    topic_id: int
    joined_at: datetime
    source: str
    first_seen_at: datetime
    folded_title: str
    tokens: list[str] | None
    tags: list[str] | None


@dataclass(frozen=True, slots=True)
class _Founder:
    item_id: int
    source: str
    first_seen_at: datetime
    folded_title: str
    tokens: list[str] | None
    tags: list[str] | None
    held_names: list[str] | None


@dataclass(frozen=True, slots=True)
class _Known:
    topic_id: int
    storyline_id: int
    from_at: datetime
    strength: float
    names: list[str]
    born_at: datetime


def _link(con: Connection, lack: Lack) -> pa.Table:
    since = lack.since
    past = query.rows(con, _PastName, "models/core/storyline_links.past_names", since=since)
    (past_topics,) = query.column(con, "models/core/storyline_links.past_topics", since=since)
    topics = NamedTopics({name.token: name.weight for name in past}, past_topics)
    _recall_topics(con, topics, since)
    storylines = Storylines(topics)
    for known in query.rows(con, _Known, "models/core/storyline_links.known", since=since):
        link = Link(
            known.topic_id, known.from_at, known.storyline_id, known.strength, tuple(known.names)
        )
        storylines.recall(known.topic_id, known.storyline_id, link, known.born_at)
    return to_arrow(
        [
            (link.topic_id, link.from_at, link.storyline_id, link.strength, list(link.names))
            for link in storylines.follow(_joins(con, since))
        ],
        TABLE.schema,
    )


def _recall_topics(con: Connection, topics: NamedTopics, since: datetime) -> None:
    for founder in query.rows(con, _Founder, "models/core/storyline_links.founders", since=since):
        topics.recall_founder(new_item(founder))
        topics.hold(founder.item_id, set(founder.held_names or ()))
    members: dict[int, None] = {}
    for row in query.rows(con, _Item, "models/core/storyline_links.members", since=since):
        topics.recall(new_item(row), row.topic_id, row.joined_at)
        members[row.topic_id] = None
    for topic_id in members:
        topics.tell_anew(topic_id)


def _joins(con: Connection, since: datetime) -> Iterator[Joined]:
    items: dict[int, NewItem] = {}
    for row in query.rows(con, _Item, "models/core/storyline_links.joins", since=since):
        item = items.setdefault(row.item_id, new_item(row))
        yield Joined(row.joined_at, item, row.topic_id)


TABLE = Table(
    description=(
        "When each topic became part of a storyline: when its names told so, or its storyline was found to "
        "be part of another one."
    ),
    grain=("topic_id", "from_at"),
    columns={
        "topic_id": (pa.int64(), "the topic"),
        "from_at": (
            pa.timestamp("us"),
            "from when on it is part of it, UTC; nothing seen later decided it",
        ),
        "storyline_id": (
            pa.int64(),
            "the storyline, named by the topic that founded it; null where the topic left it or ended",
        ),
        "strength": (
            pa.float64(),
            "sum of the bursts of the names that hold it: 30 reads like five standard deviations",
        ),
        "names": (pa.list_(pa.string()), "the names that hold it to the storyline"),
    },
    reads=("core.clean_titles", "core.items", "core.title_tokens", "core.topic_items"),
    code_version="3",
    growth=MadeSince("from_at", _link),
    made_with=(*CUTTING, WordList("opposites"), WordList("outcomes")),
)
