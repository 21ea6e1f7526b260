"""The stories of the day before an instant, on all their lists, from what was known then."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.digest.prospects import prospect
from pipelines.digest.reach import BANDS, Reach, Seen, learn
from pipelines.digest.sections import Standing, Story
from pipelines.topics.cards import asks
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware
from warehouse.readers.told_forecasts import ToldForecast

DAY = timedelta(days=1)

HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class _Standing:
    topic_id: int
    board: str
    first_at: datetime
    last_at: datetime
    best_rank: int
    best_at: datetime
    high_at: datetime | None
    reach_hours: float
    rank_now: int | None
    list_length: int | None
    worth_now: float | None
    served_by: str
    position: int
    title: str
    seen_at: datetime
    lists_of_day: int
    lists_now: int
    unread_since: datetime | None


@dataclass(frozen=True, slots=True)
class _Presence:
    topic_id: int
    first_seen_at: datetime
    first_board: str
    present_since_at: datetime
    last_before_at: datetime | None
    watched_at: datetime | None


def reach_at(con: Connection, at: datetime) -> Reach:
    """What the places of each list are worth, as known at ``at`` (naive UTC)."""
    return learn(query.rows(con, Seen, "readers/digest.reach", at=at))


def stories_at(con: Connection, at: datetime, expected: Mapping[int, ToldForecast]) -> list[Story]:
    """The stories of the 24 hours before ``at`` (naive UTC); ``expected`` holds the forecasts of then."""
    reach = reach_at(con, at)
    standings: defaultdict[int, list[Standing]] = defaultdict(list)
    seen: dict[int, _Standing] = {}
    for row in _standings(con, at, reach):
        seen[row.topic_id] = row
        standings[row.topic_id].append(
            Standing(
                board=row.board,
                first_at=to_aware(row.first_at),
                last_at=to_aware(row.last_at),
                best_rank=row.best_rank,
                best_at=to_aware(row.best_at),
                high_at=to_aware(row.high_at) if row.high_at else None,
                reach_hours=row.reach_hours,
                rank_now=row.rank_now,
                list_length=row.list_length,
                worth_now=row.worth_now,
                served_by=row.served_by,
                position=row.position,
                asks=asks(row.title),
            )
        )
    presences = query.rows(
        con, _Presence, "readers/digest.presence", at=at, topic_ids=list(standings)
    )
    return [
        Story(
            topic_id=row.topic_id,
            first_seen_at=to_aware(row.first_seen_at),
            first_board=row.first_board,
            is_watched=row.watched_at is not None,
            present_since_at=to_aware(row.present_since_at),
            last_before_at=to_aware(row.last_before_at) if row.last_before_at else None,
            standings=tuple(standings[row.topic_id]),
            seen_at=to_aware(seen[row.topic_id].seen_at),
            lists_of_day=seen[row.topic_id].lists_of_day,
            lists_now=seen[row.topic_id].lists_now,
            unread_since=to_aware(unread) if (unread := seen[row.topic_id].unread_since) else None,
            prospect=prospect(told.lists, len(standings[row.topic_id]), told.stay_chance(HALF_HOUR))
            if (told := expected.get(row.topic_id))
            else None,
        )
        for row in presences
    ]


def _standings(con: Connection, at: datetime, reach: Reach) -> list[_Standing]:
    worths = [
        (board, band, worth)
        for board, bands in reach.by_list.items()
        for band, worth in zip(range(BANDS), bands, strict=True)
    ]
    return query.rows(
        con,
        _Standing,
        "readers/digest.stories",
        at=at,
        since=at - DAY,
        boards=[board for board, _, _ in worths],
        bands=[band for _, band, _ in worths],
        worths=[worth for _, _, worth in worths],
        elsewhere=list(reach.elsewhere),
    )
