"""The word memory as it stood at some hours: a build goes on from the newest before what it makes."""

from datetime import datetime

import duckdb

KEPT = 8
"""So many newest are kept: two days of four a day, and the first capture that comes late finds one."""


def newest_memory(
    con: duckdb.DuckDBPyConnection, version: str, before: datetime
) -> tuple[datetime, bytes] | None:
    """The newest memory of that rule from before an instant; those after it, or of other rules, go."""
    con.execute(
        "DELETE FROM ops.word_memories WHERE version <> ? OR known_until >= ?", [version, before]
    )
    row = con.execute(
        "SELECT known_until, state FROM ops.word_memories ORDER BY known_until DESC LIMIT 1"
    ).fetchone()
    return (row[0], row[1]) if row else None


def keep_memory(
    con: duckdb.DuckDBPyConnection, version: str, known_until: datetime, state: bytes
) -> None:
    """Keep a memory, and of those before only the newest."""
    con.execute("INSERT INTO ops.word_memories VALUES (?, ?, ?)", [known_until, version, state])
    con.execute(
        "DELETE FROM ops.word_memories WHERE known_until NOT IN "
        "(SELECT known_until FROM ops.word_memories ORDER BY known_until DESC LIMIT ?)",
        [KEPT],
    )
