"""What was expected of each topic on a list: a ledger that no build, rule or late archive changes."""

from collections.abc import Iterator
from datetime import UTC, datetime

from pipelines.forecast.topic_forecast import Expected, Forecast
from pipelines.rules import HORIZONS_HOURS, STAY_MINUTES
from warehouse import query
from warehouse.connection import Connection, transaction
from warehouse.declaration import Table
from warehouse.incremental import Lack, Ledger, Line, append_lines
from warehouse.ingredients import CUTTING, STARTING_MODEL, Library
from warehouse.instants import to_naive
from warehouse.load.bounds import latest
from warehouse.readers.forecasting import forecasts_at
from warehouse.readers.newest import newest_list
from warehouse.stores.calibrations import daily_calibration


def _speak(con: Connection, lack: Lack) -> list[Line]:
    """The forecasts of the newest list, where none were made of it or of a later one."""
    newest = newest_list(con)
    spoken = con.execute(
        # What was once said of an instant ahead of every clock keeps nobody silent.
        "SELECT max(made_at) FROM ops.forecast_runs WHERE NOT is_replayed AND made_at <= ?",
        [latest(None)],
    ).fetchone()
    if newest is None or (spoken and spoken[0] and spoken[0] >= newest):
        return []
    return _say(con, newest, lack.version, is_replayed=False)


def instants_between(
    con: Connection, since: datetime, until: datetime, minutes: int
) -> list[datetime]:
    """The captures in [since, until] (naive UTC) that builds so many minutes apart would have spoken at."""
    return query.column(
        con, "models/ops/forecasts.instants", since=since, until=until, minutes=minutes
    )


def replay(con: Connection, at: datetime, rule_version: str) -> int | None:
    """Tell ``at`` (naive UTC) by the rule of now, from what was known then, marked as replayed.

    How many topics were forecast; None where this rule told of that instant before. In one transaction.
    """
    told = con.execute(
        "SELECT count(*) FROM ops.forecast_runs "
        "WHERE made_at = ? AND is_replayed AND rule_version = ?",
        [at, rule_version],
    ).fetchone()
    if told and told[0]:
        return None
    with transaction(con):
        lines = _say(con, at, rule_version, is_replayed=True)
        append_lines(con, "ops.forecasts", TABLE.grain, lines)
    return len(lines)


def _say(con: Connection, at: datetime, rule_version: str, *, is_replayed: bool) -> list[Line]:
    """Lines of the ledger for ``at`` (naive UTC); that something was said then is noted beside it."""
    calibration = daily_calibration(con, at, rule_version, is_replayed=is_replayed)
    made = forecasts_at(con, at, calibration)
    con.execute(
        "INSERT INTO ops.forecast_runs BY NAME SELECT ? AS made_at, ? AS is_replayed, "
        "? AS rule_version, ? AS said_at, ? AS forecast_count",
        [at, is_replayed, rule_version, to_naive(datetime.now(UTC)), len(made)],
    )
    said = {"rule_version": rule_version, "is_replayed": is_replayed}
    return [_line(each) | said for each in made]


def _line(made: Forecast) -> dict[str, object]:
    return {
        "topic_id": made.topic_id,
        "made_at": made.made_at,
        **_expected(made.lead),
        "chance_spread_6h": made.chance_spread_6h,
        "stage": str(made.stage),
        "causes": [
            {"cause": cause.code, "figures": list(cause.figures.items())} for cause in made.causes
        ],
        "rank_gain": made.lead.rank_gain,
        "over_minutes": made.lead.over_minutes,
        "board_count": made.board_count,
        "is_rising": made.is_rising,
        "lists": [_expected(item) for item in made.lists],
    }


def _expected(item: Expected) -> dict[str, object]:
    def values() -> Iterator[object]:
        yield from (item.board, item.item_id, item.rank)
        yield from item.chance or (None, None, None)
        yield from item.peak
        yield item.peak_heat_share
        yield from item.left
        yield from item.stay or (None,) * len(STAY_MINUTES)
        yield from (item.raw_chance, item.raw_stay)
        yield from (item.model_id, item.is_honest)

    return dict(zip(EXPECTED, values(), strict=True))


EXPECTED = (
    "board",
    "item_id",
    "rank",
    *(f"chance_{hours}h" for hours in HORIZONS_HOURS),
    *("peak_rank_low", "peak_rank", "peak_rank_high"),
    "peak_heat_share",
    *("minutes_left_low", "minutes_left", "minutes_left_high"),
    *("stay_chance_30m", "stay_chance_1h", "stay_chance_3h", "stay_chance_6h"),
    *("raw_chances", "raw_stay_chances"),
    "model",
    "is_honest",
)
"""What is kept of an item on a list: of the one that leads, and of each in ``lists``."""

TABLE = Table(
    description="What was expected of each topic on a list, kept for good as it was said.",
    grain=("topic_id", "made_at", "is_replayed", "rule_version"),
    reads=(
        "core.entries",
        "core.list_hours",
        "core.servings",
        "core.spread_hours",
        "core.stay_tops",
        "core.stay_words",
        "core.stays",
        "core.topic_members",
        "ops.spread_models",
    ),
    code_version="5",
    growth=Ledger(_speak),
    made_with=(*CUTTING, Library("lightgbm"), STARTING_MODEL),
)
