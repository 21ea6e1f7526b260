"""The record of our forecasts as it stood at an instant: what was called, what came, what was missed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.digest.contents import Bin, Call, CallVerdict, Record
from warehouse import query
from warehouse.incremental import Connection

SHANGHAI = ZoneInfo("Asia/Shanghai")

CURVES_OF = timedelta(days=28)
"""The appendix tells of so many days: one day has too few calls for a curve."""


def record_at(con: Connection, at: datetime) -> Record | None:
    """The record of the day in Shanghai before ``at`` (aware), by what was known at it.

    None where no forecast was made on that day.
    """
    today = at.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    since = today - timedelta(days=1)
    instants = {"since": _naive(since), "until": _naive(today), "at": _naive(at)}
    calls = tuple(_call(row) for row in query.rows(con, "record_calls", **instants))
    (made,) = query.rows(con, "record_made", **instants)
    if not made["forecast_count"]:
        return None
    curves = {"since": _naive(today - CURVES_OF), "at": _naive(at)}
    return Record(
        since=since.astimezone(UTC),
        until=today.astimezone(UTC),
        calls=calls,
        bins=tuple(Bin(**row) for row in query.rows(con, "record_bins", **curves)),
        bins_days=CURVES_OF.days,
        leads=tuple(row["lead_minutes"] for row in query.rows(con, "record_leads", **curves)),
    )


def _call(row: Mapping[str, Any]) -> Call:
    called_at, top_at = row["called_at"], row["top_at"]
    return Call(
        title=row["title"],
        board=row["board"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        verdict=CallVerdict(row["verdict"]),
        called_at=called_at.replace(tzinfo=UTC) if called_at else None,
        chance=row["chance"],
        rank=row["rank"],
        top_at=top_at.replace(tzinfo=UTC) if top_at else None,
        lead_minutes=row["lead_minutes"],
    )


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
