"""Which model forecasts at an instant: the newest that was taken into use and knew nothing later."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from pipelines.forecast.forecasting_model import Model, from_bytes, starting_model
from warehouse import query
from warehouse.incremental import Connection

STARTING = "starting"
"""The model that ships with the project."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A model by its name in ``ops.models``; ``is_honest`` where it knew nothing later than asked for."""

    model_id: str
    model: Model
    is_honest: bool


def model_at(con: Connection, at: datetime) -> Chosen:
    """The model in use at ``at`` (naive UTC), as far as its features are still those of today.

    The starting model speaks where none was learnt by then, whatever it knows: ``is_honest`` says.
    """
    starting = starting_model()
    for row in query.rows(con, "models_at", at=at):
        kept = _model(row["model_id"], row["model"])
        if kept is not None and kept.names == starting.names:
            return Chosen(row["model_id"], kept, is_honest=True)
    until = datetime.fromtimestamp(starting.trained_until / 1e6, UTC).replace(tzinfo=None)
    return Chosen(STARTING, starting, is_honest=until <= at)


@lru_cache(maxsize=4)
def _model(_: str, data: bytes) -> Model | None:
    """The model, or None where another version of the program kept it in another form."""
    try:
        return from_bytes(data)
    except (KeyError, TypeError, ValueError):
        return None
