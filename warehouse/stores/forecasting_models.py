"""Keeping what was learnt: a line of ``ops.models`` for each model that was tried, with its figures."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

import duckdb

from warehouse.connection import transaction


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A line of ops.models, in the order of its columns; instants are naive UTC."""

    model_id: str
    trained_at: datetime
    known_until: datetime
    known_since: datetime
    boards: list[str]
    line_count: int
    judged_since: datetime
    judged_line_count: int
    judged_top_count: int
    champion_id: str
    is_accepted: bool
    sentence_zh: str
    sentence_en: str
    model: bytes | None


def keep_model(
    con: duckdb.DuckDBPyConnection,
    one: KeptModel,
    figures: Sequence[tuple[str, float, float, float | None]],
) -> None:
    """Add a model and (forecaster, auc, average precision, calibration error); kept again, it is replaced."""
    with transaction(con):
        con.execute(
            f"INSERT OR REPLACE INTO ops.models VALUES ({', '.join('?' * len(astuple(one)))})",
            list(astuple(one)),
        )
        for row in figures:
            con.execute(
                "INSERT OR REPLACE INTO ops.model_figures VALUES (?, ?, ?, ?, ?)",
                [one.model_id, *row],
            )
