"""The chance that topics come to three lists: learnt each week from the warehouse, given at an instant."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
import pyarrow as pa

from pipelines.forecast import spread
from pipelines.forecast.features import Flags
from warehouse import query
from warehouse.incremental import BEGINNING, Connection, newest_instant

EPOCH = datetime(1970, 1, 5)  # noqa: DTZ001 - a Monday; instants in the warehouse are naive UTC
WEEK = timedelta(days=7)
"""Learning anew each Monday: trees told as well of the ten days after as of those they were judged by."""

AT_ONCE = 24
"""Instants of one query: more of them only cost memory."""


def chances(con: Connection, at: datetime) -> Callable[[int, int, float], float]:
    """The chance of three lists within six hours at ``at`` (naive UTC), by (topic, lists, age in minutes).

    By what the newest Monday's learning found to be better than the base rate; else by that.
    """
    rate = spread.base_rate(query.rows(con, "spread_rates", at=at))
    learnt = _learnt_by(con, at)
    if learnt is None:
        return lambda _, count, age: rate(count, age)
    lines = lines_at(con, [at])
    told = dict(zip(lines.topic.tolist(), learnt.of(lines).tolist(), strict=True))
    return lambda topic_id, count, age: (
        round(told[topic_id], 6) if topic_id in told else rate(count, age)
    )


def _learnt_by(con: Connection, at: datetime) -> spread.Chance | None:
    found = query.rows(con, "spread_model_at", at=at)
    return _model(found[0]["model"]) if found and found[0]["model"] else None


@lru_cache(maxsize=2)
def _model(data: bytes) -> spread.Chance | None:
    """What was learnt, or None where another version of the program kept it in another form."""
    try:
        return spread.from_bytes(data)
    except (KeyError, TypeError, ValueError):
        return None


def lines_at(con: Connection, instants: Sequence[datetime]) -> spread.Lines:
    """The topics on one list or two at each instant (naive UTC), as they were known then."""
    parts = [
        _lines(query.table(con, "spread_lines", instants=list(instants[begin : begin + AT_ONCE])))
        for begin in range(0, max(len(instants), 1), AT_ONCE)
    ]
    return spread.joined(parts)


def _lines(rows: pa.Table) -> spread.Lines:
    columns = [rows[name].cast(pa.float64()).to_numpy() for name in spread.NUMBERS]
    return spread.Lines(
        rows["topic_id"].to_numpy(),
        rows["made_at"].cast(pa.int64()).to_numpy(),
        rows["lists"].to_pylist(),
        np.stack(columns, axis=1),
    )


def came(con: Connection, lines: spread.Lines, instants: Sequence[datetime]) -> Flags:
    """Whether each line's topic was seen on three lists by six hours later, those of then among them."""
    later: dict[tuple[int, int], list[str]] = {}
    for begin in range(0, len(instants), AT_ONCE):
        rows = query.table(con, "spread_outcomes", instants=list(instants[begin : begin + AT_ONCE]))
        at = rows["made_at"].cast(pa.int64()).to_pylist()
        keys = zip(at, rows["topic_id"].to_pylist(), strict=True)
        later |= dict(zip(keys, rows["lists"].to_pylist(), strict=True))
    asked = zip(lines.at.tolist(), lines.topic.tolist(), lines.lists, strict=True)
    return np.array(
        [len({*lists, *later.get((at, topic), ())}) >= spread.LISTS for at, topic, lists in asked],
        bool,
    )


def learn_until(con: Connection, until: datetime) -> spread.Learnt | None:
    """What the weeks before ``until`` (naive UTC) taught; None where they are too few days."""
    instants = [
        row["made_at"]
        for row in query.rows(
            con,
            "spread_instants",
            since=until - timedelta(days=spread.LEARNT_DAYS),
            until=until,
            hours=spread.EVERY_HOURS,
        )
    ]
    if not instants or until - instants[0] < timedelta(days=spread.LEAST_DAYS):
        return None
    lines = lines_at(con, instants)
    return spread.learn(lines, came(con, lines, instants))


def learn_mondays(con: Connection) -> pa.Table:
    """Rows of ops.spread_models for the Mondays after the newest that is kept, up to the newest capture."""
    (kept,) = query.rows(con, "spread_models_kept")
    newest = newest_instant(con) or BEGINNING
    last = kept["known_until"] or _monday(kept["first_at"] or newest)
    mondays = []
    while last + WEEK <= newest:
        last += WEEK
        mondays.append(last)
    return _table([(monday, learn_until(con, monday)) for monday in mondays])


def _monday(at: datetime) -> datetime:
    return EPOCH + (at - EPOCH) // WEEK * WEEK


def _table(rows: Sequence[tuple[datetime, spread.Learnt | None]]) -> pa.Table:
    def row(known_until: datetime, learnt: spread.Learnt | None) -> dict[str, object]:
        figures, base = (learnt.figures, learnt.base) if learnt else (None, None)
        return {
            "known_until": known_until,
            "line_count": learnt.line_count if learnt else 0,
            "topic_count": learnt.came_count if learnt else 0,
            "auc": figures and figures.auc,
            "average_precision": figures and figures.average_precision,
            "log_loss": figures and figures.log_loss,
            "base_auc": base and base.auc,
            "base_average_precision": base and base.average_precision,
            "base_log_loss": base and base.log_loss,
            "model": spread.to_bytes(learnt.chance) if learnt and learnt.chance else None,
        }

    measures = ("auc", "average_precision", "log_loss")
    return pa.Table.from_pylist(
        [row(*one) for one in rows],
        pa.schema(
            {
                "known_until": pa.timestamp("us"),
                "line_count": pa.int64(),
                "topic_count": pa.int64(),
                **{name: pa.float64() for name in measures},
                **{f"base_{name}": pa.float64() for name in measures},
                "model": pa.binary(),
            }
        ),
    )
