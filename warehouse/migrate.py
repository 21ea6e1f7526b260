"""Numbered migrations of raw and ops: applied in order, each once, each whole."""

from importlib.resources import files

import duckdb

LEDGER = """
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.migrations (
    number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL
);
"""


class MigrationError(RuntimeError):
    """The migrations on disk and those in the warehouse disagree."""


def migrations() -> list[tuple[int, str, str]]:
    """(number, name, sql) of each migration, in order, numbered from 1 without a gap."""
    found = []
    for path in files("warehouse").joinpath("migrations").iterdir():
        if path.name.endswith(".sql"):
            number, name = path.name.removesuffix(".sql").split("_", 1)
            found.append((int(number), name, path.read_text(encoding="utf-8")))
    found.sort()
    if [number for number, _, _ in found] != list(range(1, len(found) + 1)):
        raise MigrationError(
            f"warehouse/migrations is numbered {[n for n, _, _ in found]}; "
            "expected 1, 2, 3 … without a gap. Rename the new file."
        )
    return found


def migrate(con: duckdb.DuckDBPyConnection) -> int:
    """Apply what is missing; how many were applied."""
    con.execute(LEDGER)
    row = con.execute("SELECT coalesce(max(number), 0) FROM ops.migrations").fetchone()
    done = row[0] if row else 0
    known = migrations()
    if done > len(known):
        raise MigrationError(
            f"this warehouse is at migration {done}, this program knows {len(known)}. "
            "It was written by a newer Fengkou: install that one."
        )
    for number, name, sql in known[done:]:
        con.execute("BEGIN")
        try:
            con.execute(sql)
            con.execute(
                "INSERT INTO ops.migrations VALUES (?, ?, now()::TIMESTAMP)", [number, name]
            )
        except BaseException:
            con.execute("ROLLBACK")
            raise
        con.execute("COMMIT")
    return len(known) - done
