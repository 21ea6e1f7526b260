"""The loads that a warehouse is made of, and taking one out again."""

from dataclasses import dataclass
from datetime import datetime

from fengkou import operations, reads
from fengkou.home import Home
from warehouse import query
from warehouse.load.unload import Unloaded, unload


@dataclass(frozen=True, slots=True)
class Load:
    """A line of ops.loads; instants are naive UTC."""

    load_id: int
    origin: str
    loaded_at: datetime
    rows_in: int
    rows_kept: int
    rows_rejected: int
    rows_known: int
    snapshot_count: int
    earliest_captured_at: datetime | None
    latest_captured_at: datetime | None
    unloaded_at: datetime | None


def newest_loads(home: Home, count: int) -> list[Load]:
    """The newest loads that are built, as the published copy has them."""
    with reads.reading(home) as con:
        return query.rows(con, Load, "readers/loads", shown=count)


def take_out(home: Home, load_id: int) -> Unloaded:
    """Take a load out; the next build makes everything anew. Raises NoSuchLoadError."""
    with operations.opened(home) as con:
        return unload(con, load_id)
