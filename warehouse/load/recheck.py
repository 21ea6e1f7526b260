"""Rows of raw that the door would refuse today: let in before it had its bounds, or put there by hand."""

from dataclasses import dataclass
from datetime import datetime

from warehouse import query
from warehouse.connection import Connection, transaction
from warehouse.load.bounds import AHEAD, EARLIEST, present
from warehouse.sql import read_sql

MOVE = ("refused_rejects", "refused_entries", "refused_captures", "refused_loads")
"""Statements, in their order."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows that a load had brought and that are rejects now, and what one of them says."""

    load_id: int
    origin: str
    reason: str
    row_count: int
    example: str


def recheck(con: Connection, now: datetime | None = None) -> list[Refused]:
    """Move what no capture can have had from raw to raw.rejects; all tables are made anew after it.

    An instant is judged by the later of ``now`` (aware; else the clock's) and of when it was loaded: a
    clock that went wrong refuses nothing that came in by a right one.
    """
    bounds = {
        "earliest": EARLIEST,
        "now": present(now),
        "ahead_hours": AHEAD.total_seconds() / 3600,
    }
    con.execute(read_sql("load/refused_rows"), bounds)
    found = query.rows(con, Refused, "load/refused")
    if found:
        with transaction(con):
            for statement in MOVE:
                con.execute(read_sql(f"load/{statement}"))
            # Ledgers say what was said; every other table is made anew.
            con.execute("DELETE FROM ops.tables WHERE version <> 'ledger'")
    con.execute("DROP TABLE refused_rows")
    return found
