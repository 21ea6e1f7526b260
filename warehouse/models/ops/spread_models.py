"""What each week taught of topics that come to three lists: a line for each Monday, and it stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from pipelines.forecast import spread
from pipelines.forecast.rank_history import Flags
from pipelines.rules import SPREAD_DAYS, SPREAD_LISTS
from warehouse import query
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, Ledger, Line
from warehouse.ingredients import CUTTING, Library
from warehouse.readers.spread import lines_at, slices

MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001 - instants in the warehouse are naive UTC
WEEK = timedelta(days=7)
"""Learning anew each Monday: trees told as well of the ten days after as of those they were judged by."""


@dataclass(frozen=True, slots=True)
class _Reach:
    first_at: datetime | None
    newest_at: datetime | None


def _learn_mondays(con: Connection, lack: Lack) -> list[Line]:
    """The Mondays after the first list, up to the newest, that nothing was learnt for yet."""
    reach = query.one_row(con, _Reach, "models/ops/spread_models.reach")
    kept = set(query.column(con, "models/ops/spread_models.kept"))
    mondays = []
    if reach.first_at and reach.newest_at:
        monday = MONDAY + (reach.first_at - MONDAY) // WEEK * WEEK + WEEK
        while monday <= reach.newest_at:
            if monday not in kept:
                mondays.append(monday)
            monday += WEEK
    return [_line(monday, learn_until(con, monday), lack.version) for monday in mondays]


def learn_until(con: Connection, until: datetime) -> spread.Learnt | None:
    """What the weeks before ``until`` (naive UTC) taught; None where they are too few days."""
    instants: list[datetime] = query.column(
        con,
        "models/ops/spread_models.instants",
        since=until - timedelta(days=SPREAD_DAYS),
        until=until,
        hours=spread.EVERY_HOURS,
    )
    if not instants or until - instants[0] < timedelta(days=spread.LEAST_DAYS):
        return None
    lines = lines_at(con, instants)
    return spread.learn(lines, came(con, lines, instants))


def came(con: Connection, lines: spread.Lines, instants: Sequence[datetime]) -> Flags:
    """Whether each line's topic was seen on three lists by six hours later, those of then among them."""
    later: dict[tuple[int, int], list[str]] = {}
    for some in slices(instants):
        rows = query.table(con, "models/ops/spread_models.outcomes", instants=some)
        at = rows["made_at"].cast(pa.int64()).to_pylist()
        keys = zip(at, rows["topic_id"].to_pylist(), strict=True)
        later |= dict(zip(keys, rows["lists"].to_pylist(), strict=True))
    asked = zip(lines.at.tolist(), lines.topic.tolist(), lines.lists, strict=True)
    return np.array(
        [len({*lists, *later.get((at, topic), ())}) >= SPREAD_LISTS for at, topic, lists in asked],
        bool,
    )


def _line(known_until: datetime, learnt: spread.Learnt | None, rule_version: str) -> Line:
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
        "rule_version": rule_version,
    }


TABLE = Table(
    description=(
        "What each week taught of topics that come to three lists, beside the base rate; kept as learnt."
    ),
    grain=("known_until",),
    reads=(
        "core.entries",
        "core.item_hours",
        "core.list_hours",
        "core.servings",
        "core.snapshots",
        "core.spread_hours",
        "core.topic_items",
        "core.topic_members",
    ),
    code_version="1",
    growth=Ledger(_learn_mondays),
    made_with=(*CUTTING, Library("lightgbm")),
)
