"""The models that forecast: what was learnt is kept for good, the newest that is in use speaks."""

import zlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from functools import lru_cache

from pipelines.forecast.forecasting_model import STARTING, Model, from_bytes, starting_model
from warehouse import query
from warehouse.connection import Connection, transaction
from warehouse.instants import from_microseconds

UNREADABLE = (EOFError, KeyError, OSError, TypeError, ValueError, zlib.error)
"""What reading a model that another version packed may raise: gzip alone has three errors of its own."""


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """A model by its name in ``ops.models``; ``is_honest`` where it knew nothing later than asked for."""

    model_id: str
    model: Model
    is_honest: bool


@dataclass(frozen=True, slots=True)
class TriedModel:
    """A line of ops.models; instants are naive UTC. ``figures`` tell ``decision``, by name."""

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
    decision: str
    decision_figures: dict[str, float]
    model: bytes | None


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """How one forecaster did on the days that a model was judged by; no calibration of a baseline."""

    forecaster: str
    auc: float
    average_precision: float
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class _KeptModel:
    model_id: str
    known_until: datetime
    model: bytes


def keep_model(con: Connection, tried: TriedModel, figures: Sequence[ModelFigures]) -> None:
    """Add a model with its figures; one that is kept already stays as it is."""
    columns = [field.name for field in fields(TriedModel)]
    with transaction(con):
        con.execute(
            f"INSERT INTO ops.models ({', '.join(columns)}) "
            f"VALUES ({', '.join('?' * len(columns))}) ON CONFLICT DO NOTHING",
            list(astuple(tried)),
        )
        for row in figures:
            con.execute(
                "INSERT INTO ops.model_figures VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [tried.model_id, *astuple(row)],
            )


def model_at(con: Connection, at: datetime) -> ChosenModel:
    """The model in use at ``at`` (naive UTC), as far as its features are still those of today.

    The starting model speaks where none was learnt by then, whatever it knows: ``is_honest`` says.
    """
    starting = starting_model()
    for row in query.rows(con, _KeptModel, "stores/forecasting_models.at", at=at):
        kept = _model(row.model_id, row.model)
        if kept is not None and kept.names == starting.names:
            return ChosenModel(row.model_id, kept, is_honest=True)
    until = from_microseconds(starting.trained_until)
    return ChosenModel(STARTING, starting, is_honest=until <= at)


@lru_cache(maxsize=4)
def _model(_: str, data: bytes) -> Model | None:
    """The model, or None where another version of the program kept it in another form."""
    try:
        return from_bytes(data)
    except UNREADABLE:
        return None
