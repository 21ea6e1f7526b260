"""The record of our forecasts as it stood at an instant: what was called, what came, what was missed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from pipelines.clock import SHANGHAI
from pipelines.forecast.record import Bin, Call, CallVerdict, Record
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware, to_naive

CURVES_OF = timedelta(days=28)
"""The appendix tells of so many days: one day has too few calls for a curve."""


@dataclass(frozen=True, slots=True)
class _Call:
    board: str
    name_zh: str
    name_en: str
    title: str
    called_at: datetime | None
    chance: float | None
    rank: int | None
    top_at: datetime | None
    lead_minutes: float | None
    verdict: str


def record_at(con: Connection, at: datetime) -> Record | None:
    """The record of the day in Shanghai before ``at`` (aware), by what was known at it.

    None where no forecast was made on that day.
    """
    today = at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    since = today - timedelta(days=1)
    instants = {"since": to_naive(since), "until": to_naive(today), "at": to_naive(at)}
    (forecast_count,) = query.column(con, "readers/record.made", **instants)
    if not forecast_count:
        return None
    curves = {"since": to_naive(today - CURVES_OF), "at": to_naive(at)}
    return Record(
        since=since.astimezone(UTC),
        until=today.astimezone(UTC),
        calls=tuple(map(_call, query.rows(con, _Call, "readers/record.calls", **instants))),
        bins=tuple(query.rows(con, Bin, "readers/record.bins", **curves)),
        bins_days=CURVES_OF.days,
        leads=tuple(query.column(con, "readers/record.leads", **curves)),
    )


def _call(row: _Call) -> Call:
    return Call(
        title=row.title,
        board=row.board,
        name_zh=row.name_zh,
        name_en=row.name_en,
        verdict=CallVerdict(row.verdict),
        called_at=to_aware(row.called_at) if row.called_at else None,
        chance=row.chance,
        rank=row.rank,
        top_at=to_aware(row.top_at) if row.top_at else None,
        lead_minutes=row.lead_minutes,
    )
