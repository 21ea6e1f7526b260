"""Numbered migrations of raw and ops: applied in order, each once, all or none.

Tables of core and mart are no matter of migrations: each stands in its own file and is made anew when that
changes. Numbering begins at ``BASELINE``, the shape of the first release.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import duckdb

BASELINE = 11
"""What came before the first release was squashed into the migration of this number."""

LEDGER = """
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.migrations (
    number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE ops.migrations IS 'Which migrations were applied. Grain: number.';
COMMENT ON COLUMN ops.migrations.number IS 'number of the migration';
COMMENT ON COLUMN ops.migrations.name IS 'its name';
COMMENT ON COLUMN ops.migrations.applied_at IS 'when it was applied, UTC';
"""


class MigrationError(RuntimeError):
    """The migrations on disk and those in the warehouse disagree."""


@dataclass(frozen=True, slots=True)
class Migration:
    """``sql`` shapes; ``carry``, where there is any, brings over what a warehouse already held."""

    number: int
    name: str
    sql: str
    carry: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Each migration in order, from ``BASELINE`` on without a gap. Raises MigrationError for a gap."""
    texts = {
        path.name.removesuffix(".sql"): path.read_text(encoding="utf-8")
        for path in files("warehouse").joinpath("migrations").iterdir()
        if path.name.endswith(".sql")
    }
    found = [
        Migration(
            int(name.split("_", 1)[0]), name.split("_", 1)[1], sql, texts.get(f"{name}.carry", "")
        )
        for name, sql in sorted(texts.items())
        if not name.endswith(".carry")
    ]
    numbers = [migration.number for migration in found]
    if numbers != list(range(BASELINE, BASELINE + len(found))):
        raise MigrationError(
            f"warehouse/migrations is numbered {numbers}; expected {BASELINE}, {BASELINE + 1} … without "
            "a gap. Rename the new file."
        )
    return tuple(found)


def migrate(con: duckdb.DuckDBPyConnection) -> int:
    """Apply what is missing, all of it or nothing; how many were applied.

    A new warehouse is never seen half shaped: it would pass for one of an older program.

    Raises MigrationError for a warehouse of a newer program, or of one from before the first release.
    """
    con.execute(LEDGER)
    row = con.execute("SELECT coalesce(max(number), 0) FROM ops.migrations").fetchone()
    done = row[0] if row else 0
    known = migrations()
    if done > known[-1].number:
        raise MigrationError(
            f"this warehouse is at migration {done}, this program knows {known[-1].number}. "
            "It was written by a newer Fengkou: install that one."
        )
    if 0 < done < BASELINE:
        raise MigrationError(
            f"this warehouse is at migration {done}, and {BASELINE} is the oldest that this program can "
            "bring up to date. Run fengkou build of version 0.1.0 on it once, then this one."
        )
    missing = [migration for migration in known if migration.number > done]
    con.execute("BEGIN")
    try:
        for migration in missing:
            con.execute(migration.sql)
            if done and migration.carry:
                con.execute(migration.carry)
            con.execute(
                "INSERT INTO ops.migrations VALUES (?, ?, now()::TIMESTAMP)",
                [migration.number, migration.name],
            )
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
    return len(missing)
