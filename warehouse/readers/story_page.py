"""A story for the page that tells all of it: ranks, titles, what was expected, what desks were told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.digest.contents import TracePoint
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware, to_naive
from warehouse.readers.newest import newest_list
from warehouse.readers.storylines import storylines_at
from warehouse.readers.topic import TopicBoard, TopicCard, TopicMerge, TopicPart

POINTS_OF_A_LINE = 200
"""Two for each that is drawn: where a line turns stays, whatever lies between."""

FINEST_STEP = 5
"""Minutes: no list is read more often."""

FORECASTS_SHOWN = 72
DELIVERIES_SHOWN = 50
TITLES_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Story:
    """A topic as it is now: its card, its lists, what was merged into it, other parts of its storyline."""

    card: TopicCard
    spread: tuple[TopicBoard, ...]
    merged: tuple[TopicMerge, ...]
    other_parts: tuple[TopicPart, ...]


@dataclass(frozen=True, slots=True)
class StoryTitle:
    """A title of a story, where it led, and how sure it was when it joined (0 to 1); naive UTC."""

    item_id: int
    source: str
    title: str
    url: str | None
    joined_at: datetime
    chance: float


@dataclass(frozen=True, slots=True)
class ToldAndCame:
    """A forecast of a story at an instant (naive UTC), and what came; chances are 0 to 1.

    ``has_reached_3h`` and what follows are None as long as nobody can know, and of what cannot come any more.
    """

    made_at: datetime
    is_replayed: bool
    is_honest: bool
    board: str
    rank: int
    stage: str
    chance_1h: float | None
    chance_3h: float | None
    chance_6h: float | None
    minutes_left: float | None
    peak_rank: float | None
    has_reached_3h: bool | None
    minutes_to_top: float | None
    minutes_left_actual: float | None
    peak_rank_actual: int | None


@dataclass(frozen=True, slots=True)
class ToldDesk:
    """What a desk was told of a story on a channel; instants are naive UTC."""

    desk: str
    channel: str | None
    kind: str
    title: str
    rules: list[str]
    decided_at: datetime
    sent_at: datetime | None
    failure: str | None
    best_rank: int | None
    list_count: int
    chance_3h: float | None
    top_ten_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Resolved:
    topic_id: int


@dataclass(frozen=True, slots=True)
class _Rank:
    board: str
    read_at: datetime
    rank: int | None


def topic_of(con: Connection, story_id: int) -> int | None:
    """The topic that an id leads to now, whichever it was when it was told; None where none ever was."""
    found = query.rows(con, _Resolved, "readers/story_page.resolved", story_id=story_id)
    return found[0].topic_id if found else None


def story_of(con: Connection, topic_id: int) -> Story:
    """The topic ``topic_id``, which must be a present one."""
    newest = newest_list(con)
    storyline = storylines_at(con, [topic_id], newest).get(topic_id) if newest else None
    parts = storyline.parts if storyline else ()
    return Story(
        query.one_row(con, TopicCard, "readers/topic.card", topic_id=topic_id),
        tuple(query.rows(con, TopicBoard, "readers/topic.spread", topic_id=topic_id)),
        tuple(query.rows(con, TopicMerge, "readers/topic.merged", topic_id=topic_id)),
        tuple(TopicPart(part.topic_id, part.title, to_naive(part.first_seen_at)) for part in parts),
    )


def ranks_of(
    con: Connection, topic_id: int, since: datetime, until: datetime
) -> tuple[TracePoint, ...]:
    """Where a topic stood on its lists in [since, until] (naive UTC), in steps that a drawing can show."""
    span = (until - since) / timedelta(minutes=1)
    rows = query.rows(
        con,
        _Rank,
        "readers/story_page.ranks",
        topic_id=topic_id,
        since=since,
        until=until,
        step_minutes=max(FINEST_STEP, round(span / POINTS_OF_A_LINE)),
    )
    return tuple(TracePoint(to_aware(row.read_at), row.board, row.rank) for row in rows)


def titles_of(con: Connection, topic_id: int) -> list[StoryTitle]:
    """The titles of a topic, the first to join first."""
    return query.rows(
        con, StoryTitle, "readers/story_page.titles", topic_id=topic_id, shown=TITLES_SHOWN
    )


def forecasts_of(con: Connection, topic_ids: Sequence[int]) -> list[ToldAndCame]:
    """What was expected of a topic by any of its ids, and what came; the newest first."""
    return query.rows(
        con,
        ToldAndCame,
        "readers/story_page.forecasts",
        topic_ids=list(topic_ids),
        shown=FORECASTS_SHOWN,
    )


def deliveries_of(con: Connection, topic_id: int) -> list[ToldDesk]:
    """What desks were told of a topic, the newest first."""
    return query.rows(
        con, ToldDesk, "readers/story_page.deliveries", topic_id=topic_id, shown=DELIVERIES_SHOWN
    )
