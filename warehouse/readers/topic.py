"""A topic as it is known: its card, where it stood, its titles, its hours, what was merged into it."""

from dataclasses import dataclass
from datetime import datetime

from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_naive
from warehouse.readers.newest import newest_list
from warehouse.readers.storylines import storylines_at


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A line of mart.topics; instants are naive UTC."""

    topic_id: int
    former_ids: list[int]
    title: str
    label: str
    told_label: str
    named_by: str | None
    older_names: list[str]
    keywords: list[str]
    people: list[str]
    places: list[str]
    bodies: list[str]
    other_names: list[str]
    category: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    first_board: str
    board_count: int
    item_count: int
    best_rank: int | None
    entry_count: int


@dataclass(frozen=True, slots=True)
class TopicBoard:
    """A board on which the topic stood."""

    board: str
    name_zh: str
    name_en: str
    first_seen_at: datetime
    last_seen_at: datetime
    best_rank: int | None
    entry_count: int


@dataclass(frozen=True, slots=True)
class TopicTitle:
    """A title of the topic, and how sure it was when it joined (0 to 1)."""

    item_id: int
    source: str
    title: str
    joined_at: datetime
    chance: float


@dataclass(frozen=True, slots=True)
class TopicHour:
    """The topic in one hour, which begins at ``window_start``."""

    window_start: datetime
    board_count: int
    best_rank: int | None
    new_item_count: int


@dataclass(frozen=True, slots=True)
class TopicMerge:
    """A topic that was merged into it, directly or not, with the title that founded it."""

    topic_id: int
    into_topic_id: int
    merged_at: datetime
    chance: float
    title: str


@dataclass(frozen=True, slots=True)
class TopicHand:
    """What a person said of it; instants are naive UTC."""

    hand: int
    kind: str
    said_at: datetime
    said_by: str
    name: str
    undoes: int | None
    undone_at: datetime | None
    moved_count: int


@dataclass(frozen=True, slots=True)
class TopicPart:
    """Another topic of its storyline that was on a list in the last two days; instants are naive UTC."""

    topic_id: int
    title: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class TopicHistory:
    """All that is known of a topic; each part in time order, but ``other_parts``, the newest first.

    ``storyline_id`` is None of what is part of no bigger story.
    """

    card: TopicCard
    spread: tuple[TopicBoard, ...]
    told: tuple[TopicTitle, ...]
    timeline: tuple[TopicHour, ...]
    merged: tuple[TopicMerge, ...]
    hands: tuple[TopicHand, ...]
    storyline_id: int | None
    other_parts: tuple[TopicPart, ...]


def topic_history(con: Connection, topic_id: int) -> TopicHistory:
    """What is known of the topic ``topic_id``, which must be a present one."""
    newest = newest_list(con)
    storyline = storylines_at(con, [topic_id], newest).get(topic_id) if newest else None
    parts = storyline.parts if storyline else ()
    return TopicHistory(
        query.one_row(con, TopicCard, "readers/topic.card", topic_id=topic_id),
        tuple(query.rows(con, TopicBoard, "readers/topic.spread", topic_id=topic_id)),
        tuple(query.rows(con, TopicTitle, "readers/topic.told", topic_id=topic_id)),
        tuple(query.rows(con, TopicHour, "readers/topic.timeline", topic_id=topic_id)),
        tuple(query.rows(con, TopicMerge, "readers/topic.merged", topic_id=topic_id)),
        tuple(query.rows(con, TopicHand, "readers/topic.hands", topic_id=topic_id)),
        storyline.storyline_id if storyline else None,
        tuple(TopicPart(part.topic_id, part.title, to_naive(part.first_seen_at)) for part in parts),
    )
