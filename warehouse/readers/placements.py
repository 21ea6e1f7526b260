"""Where topics stand on present lists at an instant, and what is printed there."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from pipelines.digest.contents import Placement
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware

COMPARED_OVER = timedelta(hours=6)
"""Where a topic stood an hour ago is read from the captures of so long: an hourly board may miss some."""


class LineKey(NamedTuple):
    """A line of a capture; the instant is naive UTC."""

    board: str
    captured_at: datetime
    position: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A placement, and the item whose line it is."""

    item_id: int
    placement: Placement


@dataclass(frozen=True, slots=True)
class _Place:
    topic_id: int
    board: str
    served_by: str
    rank: int
    list_length: int
    rank_before: int | None
    minutes_before: float | None
    gap_minutes: float | None
    item_id: int
    title_id: int
    position: int
    heat: float | None
    heat_before: float | None
    since_at: datetime | None
    best_rank: int | None
    minutes_since: float | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Printed:
    """What a line prints."""

    board: str
    captured_at: datetime
    position: int
    clean_title: str
    url: str | None
    heat_unit: str | None
    name_zh: str
    name_en: str


def placements_at(
    con: Connection, topic_ids: Collection[int], at: datetime
) -> dict[int, list[Placed]]:
    """Where each of the topics that stand on present lists at ``at`` (naive UTC) stands, by list."""
    places = query.rows(
        con,
        _Place,
        "readers/digest.standings",
        topic_ids=list(topic_ids),
        at=at,
        since=at - COMPARED_OVER,
    )
    lines = printed(
        con, [LineKey(place.served_by, place.seen_at, place.position) for place in places]
    )
    found: dict[int, list[Placed]] = defaultdict(list)
    for place in places:
        found[place.topic_id].append(Placed(place.item_id, _placement(place, lines)))
    return dict(found)


def printed(con: Connection, lines: Sequence[LineKey]) -> Mapping[LineKey, Printed]:
    """What some lines print."""
    if not lines:
        return {}
    instants = [line.captured_at for line in lines]
    found = query.rows(
        con,
        Printed,
        "readers/digest.placements",
        boards=[line.board for line in lines],
        instants=instants,
        positions=[line.position for line in lines],
        since=min(instants),
        at=max(instants),
    )
    return {LineKey(line.board, line.captured_at, line.position): line for line in found}


def _placement(place: _Place, lines: Mapping[LineKey, Printed]) -> Placement:
    line = lines[LineKey(place.served_by, place.seen_at, place.position)]
    return Placement(
        board=place.board,
        name_zh=line.name_zh,
        name_en=line.name_en,
        title=line.clean_title,
        url=line.url,
        since_at=to_aware(place.since_at or place.seen_at),
        seen_at=to_aware(place.seen_at),
        rank=place.rank,
        list_length=place.list_length,
        rank_before=place.rank_before,
        minutes_before=place.minutes_before,
        best_rank=place.best_rank,
        heat=place.heat,
        heat_before=place.heat_before,
        heat_unit=line.heat_unit,
    )
