"""Making a digest from the warehouse as it stood at an instant."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipelines.boards.standing import list_standings
from pipelines.digest.contents import (
    Digest,
    Outlook,
    Period,
    Placement,
    Reason,
    TopicCard,
    TracePoint,
)
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware, to_naive
from warehouse.readers.boards import boards_at
from warehouse.readers.record import record_at
from warehouse.readers.told_forecasts import ToldForecast, told_forecasts
from warehouse.readers.topic_cards import cards_at

TOPICS_SHOWN = {Period.HOUR: 15, Period.DAY: 30}
"""What an editor reads through before deciding: minutes for an hour's digest, a meeting for a day's."""

KEYWORDS_SHOWN = 5

SPAN = {Period.HOUR: timedelta(hours=1), Period.DAY: timedelta(days=1)}

COMPARED_OVER = timedelta(hours=6)
"""Where a topic stood an hour ago is read from the captures of so long: an hourly board may miss some."""

NEW_FOR = timedelta(hours=1)
"""A topic first seen within this time is called new."""


@dataclass(frozen=True, slots=True)
class _Place:
    topic_id: int
    board: str
    served_by: str
    rank: int | None
    list_length: int
    rank_before: int | None
    minutes_before: float | None
    gap_minutes: float | None
    title_id: int
    position: int
    heat: float | None
    heat_before: float | None
    since_at: datetime | None
    best_rank: int | None
    minutes_since: float | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class _Printed:
    board: str
    captured_at: datetime
    position: int
    clean_title: str
    url: str | None
    heat_unit: str | None
    name_zh: str
    name_en: str


@dataclass(frozen=True, slots=True)
class _Trace:
    topic_id: int
    board: str
    at_instant: datetime
    rank: int | None


@dataclass(frozen=True, slots=True)
class _Beginning:
    topic_id: int
    first_seen_at: datetime


def make_digest(con: Connection, at: datetime, period: Period) -> Digest:
    """The digest of ``at`` (aware), from what was known then and nothing later."""
    instant = to_naive(at)
    places = query.rows(
        con, _Place, "readers/digest.standings", at=instant, since=instant - COMPARED_OVER
    )
    standing = {place.topic_id for place in places}
    made = [told for told in told_forecasts(con, instant) if told.topic_id in standing]
    chosen = [told for told in made if told.is_rising]
    if period is Period.DAY:
        chosen += [told for told in made if not told.is_rising]
    chosen = chosen[: TOPICS_SHOWN[period]]
    return Digest(
        at=at.astimezone(UTC),
        since=at.astimezone(UTC) - SPAN[period],
        period=period,
        boards=list_standings(boards_at(con, instant)),
        topics=tuple(_cards(con, chosen, places, instant)),
        record=record_at(con, at) if period is Period.DAY else None,
    )


def _cards(
    con: Connection, chosen: Sequence[ToldForecast], places: Sequence[_Place], at: datetime
) -> list[TopicCard]:
    ids = [told.topic_id for told in chosen]
    wanted = set(ids)
    standing: dict[int, list[_Place]] = defaultdict(list)
    for place in places:
        if place.topic_id in wanted:
            standing[place.topic_id].append(place)
    printed = _printed(con, [place for group in standing.values() for place in group], at)
    cards_of = cards_at(con, ids, at)
    traces: dict[int, list[TracePoint]] = defaultdict(list)
    for row in query.rows(con, _Trace, "readers/digest.traces", at=at, topic_ids=ids):
        traces[row.topic_id].append(TracePoint(to_aware(row.at_instant), row.board, row.rank))
    beginnings = {
        row.topic_id: to_aware(row.first_seen_at)
        for row in query.rows(con, _Beginning, "readers/digest.beginnings", at=at, topic_ids=ids)
    }
    cards = []
    for told in chosen:
        placements = _in_order(
            [_placement(place, printed) for place in standing[told.topic_id]], told.board
        )
        began = beginnings.get(told.topic_id, placements[0].since_at)
        card = cards_of[told.topic_id]
        cards.append(
            TopicCard(
                topic_id=told.topic_id,
                title=card.label,
                outlook=_outlook(told, placements[0]),
                first_seen_at=began,
                placements=tuple(placements),
                keywords=card.keywords[:KEYWORDS_SHOWN],
                category=card.category,
                reason=_reason(told, is_new=to_aware(at) - began <= NEW_FOR),
                trace=tuple(traces[told.topic_id]),
            )
        )
    return cards


def _in_order(placements: Sequence[Placement], lead: str) -> list[Placement]:
    """The list that the forecast is about first, then by rank."""
    return sorted(placements, key=lambda place: (place.board != lead, place.rank or 0))


def _printed(
    con: Connection, places: Sequence[_Place], at: datetime
) -> dict[tuple[str, datetime, int], _Printed]:
    if not places:
        return {}
    found = query.rows(
        con,
        _Printed,
        "readers/digest.placements",
        boards=[place.served_by for place in places],
        instants=[place.seen_at for place in places],
        positions=[place.position for place in places],
        since=min(place.seen_at for place in places),
        at=at,
    )
    return {(line.board, line.captured_at, line.position): line for line in found}


def _placement(place: _Place, printed: Mapping[tuple[str, datetime, int], _Printed]) -> Placement:
    line = printed[place.served_by, place.seen_at, place.position]
    return Placement(
        board=place.board,
        name_zh=line.name_zh,
        name_en=line.name_en,
        title=line.clean_title,
        url=line.url,
        since_at=to_aware(place.since_at or place.seen_at),
        seen_at=to_aware(place.seen_at),
        rank=place.rank,
        rank_before=place.rank_before,
        best_rank=place.best_rank,
        heat=place.heat,
        heat_before=place.heat_before,
        heat_unit=line.heat_unit,
    )


def _outlook(told: ToldForecast, lead: Placement) -> Outlook:
    return Outlook(
        stage=told.stage,
        board=told.board,
        name_zh=lead.name_zh,
        name_en=lead.name_en,
        rank=told.rank,
        peak_rank=told.peak_rank,
        minutes_left=told.minutes_left,
        chances=told.chances,
        spread_chance=told.chance_spread_6h,
        peak_heat_share=told.peak_heat_share,
        model_id=told.model,
        is_honest=told.is_honest,
    )


def _reason(told: ToldForecast, *, is_new: bool) -> Reason:
    return Reason(
        board_count=told.board_count,
        is_new=is_new,
        causes=told.causes,
        rank_gain=told.rank_gain,
        over_minutes=told.over_minutes,
        said_zh=told.said_zh,
        said_en=told.said_en,
    )
