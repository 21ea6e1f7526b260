"""What desks need of the warehouse to see their stories at the instants of a span."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.desks.stories import Expected, Line
from pipelines.desks.timeline import (
    AWAY,
    Capture,
    Foretold,
    Founded,
    Membership,
    Named,
    PastOfStories,
    Sighting,
    Stayed,
)
from pipelines.desks.told_story import BoardName
from pipelines.forecast.stages import Stage
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware, to_naive
from warehouse.readers.placements import LineKey, printed
from warehouse.readers.topic_cards import card_titles


@dataclass(frozen=True, slots=True)
class SeenTitle:
    """A title that stood on a list in a span."""

    title_id: int
    title: str


@dataclass(frozen=True, slots=True)
class _Membership:
    item_id: int
    topic_id: int
    at_instant: datetime


@dataclass(frozen=True, slots=True)
class _Founded:
    item_id: int
    at_instant: datetime
    board: str


@dataclass(frozen=True, slots=True)
class _Capture:
    board: str
    served_by: str
    at_instant: datetime


@dataclass(frozen=True, slots=True)
class _Sighting:
    board: str
    at_instant: datetime
    item_id: int
    rank: int
    title: str
    position: int


@dataclass(frozen=True, slots=True)
class _Foretold:
    topic_id: int
    at_instant: datetime
    stage: str
    board: str
    rank: int
    chance_1h: float | None
    chance_3h: float | None
    minutes_left: float


@dataclass(frozen=True, slots=True)
class _Stayed:
    item_id: int
    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class _Named:
    item_id: int
    name: str
    at_instant: datetime
    until_instant: datetime | None


@dataclass(frozen=True, slots=True)
class _ListName:
    board: str
    name_zh: str
    name_en: str


Wanted = Callable[[Sequence[SeenTitle]], Iterable[int]]
"""Of the titles of a span, the ids of those that some desk may watch for."""


def captures(con: Connection, since: datetime, at: datetime) -> list[Capture]:
    """The captures that served lists from ``since`` to ``at`` (aware), in time order."""
    return [
        Capture(row.board, row.served_by, to_aware(row.at_instant))
        for row in query.rows(
            con, _Capture, "readers/desk_stories.captures", since=to_naive(since), at=to_naive(at)
        )
    ]


def list_names(con: Connection) -> dict[str, BoardName]:
    """What lists are called, by board."""
    return {
        row.board: BoardName(row.name_zh, row.name_en)
        for row in query.rows(con, _ListName, "readers/desk_stories.list_names")
    }


def addresses(con: Connection, lines: Mapping[int, Line]) -> dict[int, str]:
    """By the same keys, the addresses that some lines lead to; none of those that lead nowhere."""
    keys = {
        key: LineKey(line.served_by, to_naive(line.seen_at), line.position)
        for key, line in lines.items()
    }
    found = printed(con, list(keys.values()))
    return {key: url for key, line in keys.items() if line in found and (url := found[line].url)}


def past_of_stories(
    con: Connection, since: datetime, at: datetime, wanted: Wanted
) -> PastOfStories:
    """All that is known of the stories that bear a wanted title, for instants of a span (aware).

    What came after ``at`` is not in it.
    """
    span = {"since": to_naive(since - AWAY), "at": to_naive(at)}
    until = {"at": span["at"]}
    seen = query.rows(con, SeenTitle, "readers/desk_stories.titles", **span)
    memberships = query.rows(
        con,
        _Membership,
        "readers/desk_stories.memberships",
        title_ids=_listed(wanted(seen)),
        **span,
    )
    items = _listed(dict.fromkeys(row.item_id for row in memberships))
    topics = _listed(dict.fromkeys(row.topic_id for row in memberships))
    of_items = {"item_ids": items}
    return PastOfStories(
        captures=captures(con, since - AWAY, at),
        sightings=[
            Sighting(
                row.board, to_aware(row.at_instant), row.item_id, row.rank, row.title, row.position
            )
            for row in query.rows(
                con, _Sighting, "readers/desk_stories.sightings", **of_items, **span
            )
        ],
        memberships=[
            Membership(row.item_id, row.topic_id, to_aware(row.at_instant)) for row in memberships
        ],
        founded=[
            Founded(row.item_id, to_aware(row.at_instant), row.board)
            for row in query.rows(con, _Founded, "readers/desk_stories.founded", **of_items)
        ],
        titles=card_titles(con, dict.fromkeys(row.item_id for row in memberships)),
        forecast_runs=[
            to_aware(made_at)
            for made_at in query.column(con, "readers/desk_stories.forecast_runs", **span)
        ],
        foretold=[
            Foretold(
                row.topic_id,
                to_aware(row.at_instant),
                Expected(
                    Stage(row.stage),
                    row.board,
                    row.rank,
                    row.chance_1h,
                    row.chance_3h,
                    row.minutes_left,
                ),
            )
            for row in query.rows(
                con, _Foretold, "readers/desk_stories.foretold", topic_ids=topics, **span
            )
        ],
        stays=[
            Stayed(row.item_id, to_aware(row.began_at), to_aware(row.ended_at))
            for row in query.rows(con, _Stayed, "readers/desk_stories.stays", **of_items, **until)
        ],
        names=[
            Named(
                row.item_id,
                row.name,
                to_aware(row.at_instant),
                to_aware(row.until_instant) if row.until_instant else None,
            )
            for row in query.rows(con, _Named, "readers/desk_stories.names", **until)
        ],
    )


def _listed(ids: Iterable[int]) -> str:
    return " ".join(map(str, ids))
