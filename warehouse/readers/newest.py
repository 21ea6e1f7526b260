"""How far the warehouse reaches."""

from datetime import datetime

from warehouse.connection import Connection
from warehouse.load.bounds import latest, present

NEWEST = """
SELECT coalesce(max(captured_at) FILTER (captured_at <= $now), min(captured_at))
FROM {captures} AS captures WHERE captured_at <= $latest
"""
"""A capture ahead of the clock is not now, as long as there is any other."""

BUILT = """
(FROM raw.snapshots WHERE load_id <= (SELECT coalesce(max(built_load_id), 0) FROM ops.tables))
"""


def newest_list(con: Connection, now: datetime | None = None) -> datetime | None:
    """The newest capture up to ``now`` (aware; else the clock's) that yielded a list, naive UTC.

    None in an empty warehouse.
    """
    return _newest(con, "core.snapshots", now)


def newest_attempt(con: Connection, now: datetime | None = None) -> datetime | None:
    """The newest capture up to ``now`` (aware; else the clock's) that is built, good or bad, naive UTC.

    None before the first build.
    """
    return _newest(con, BUILT, now)


def _newest(con: Connection, captures: str, now: datetime | None) -> datetime | None:
    row = con.execute(
        NEWEST.format(captures=captures), {"now": present(now), "latest": latest(now)}
    ).fetchone()
    return row[0] if row else None
