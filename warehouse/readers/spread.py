"""Topics on one list or two, as they were known at some instants, and the chance that they come to three."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
import pyarrow as pa

from pipelines.forecast import spread
from warehouse import query
from warehouse.connection import Connection
from warehouse.stores.forecasting_models import UNREADABLE

AT_ONCE = 24
"""Instants of one query: more of them only cost memory."""


@dataclass(frozen=True, slots=True)
class _Learnt:
    known_until: datetime
    model: bytes | None


def chances(con: Connection, at: datetime) -> Callable[[int, int, float], float]:
    """The chance of three lists within six hours at ``at`` (naive UTC), by (topic, lists, age in minutes).

    By what the newest Monday's learning found to be better than the base rate; else by that.
    """
    rate = spread.base_rate(query.rows(con, spread.Counted, "readers/spread.rates", at=at))
    learnt = _learnt_by(con, at)
    if learnt is None:
        return lambda _, count, age: rate(count, age)
    lines = lines_at(con, [at])
    told = dict(zip(lines.topic.tolist(), learnt.of(lines).tolist(), strict=True))
    return lambda topic_id, count, age: (
        round(told[topic_id], 6) if topic_id in told else rate(count, age)
    )


def lines_at(con: Connection, instants: Sequence[datetime]) -> spread.Lines:
    """The topics on one list or two at each instant (naive UTC), as they were known then."""
    return spread.joined(
        [
            _lines(query.table(con, "readers/spread.lines", instants=some))
            for some in slices(instants) or [[]]
        ]
    )


def slices(instants: Sequence[datetime]) -> list[list[datetime]]:
    """The instants, in parts of as many as one query takes."""
    return [list(instants[begin : begin + AT_ONCE]) for begin in range(0, len(instants), AT_ONCE)]


def _lines(rows: pa.Table) -> spread.Lines:
    columns = [rows[name].cast(pa.float64()).to_numpy() for name in spread.NUMBERS]
    return spread.Lines(
        rows["topic_id"].to_numpy(),
        rows["made_at"].cast(pa.int64()).to_numpy(),
        rows["lists"].to_pylist(),
        np.stack(columns, axis=1),
    )


def _learnt_by(con: Connection, at: datetime) -> spread.Chance | None:
    found = query.rows(con, _Learnt, "readers/spread.model_at", at=at)
    return _model(found[0].model) if found and found[0].model else None


@lru_cache(maxsize=2)
def _model(data: bytes) -> spread.Chance | None:
    """What was learnt, or None where another version of the program kept it in another form."""
    try:
        return spread.from_bytes(data)
    except UNREADABLE:
        return None
