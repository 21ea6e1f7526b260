"""Opening the warehouse: one writer, found out early and told plainly."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.migrate import migrate

WAREHOUSE_FILE = "warehouse.duckdb"

MEMORY_LIMIT = "4GiB"
"""Beyond this DuckDB spills to disk; a full build of 4.2 million entries stays within 6 GiB."""

LOCK_WAIT_SECONDS = 120
"""A build of one tick takes seconds: waiting for it beats failing, waiting for ever does not."""


class WarehouseBusyError(RuntimeError):
    """Another process holds the warehouse for writing."""


def _open(path: Path, wait_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(str(path), config={"memory_limit": MEMORY_LIMIT})
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise
            if time.monotonic() >= deadline:
                raise WarehouseBusyError(
                    f"{path}: another process has been writing for {wait_seconds:.0f} s "
                    f"({error}). Wait for it, or stop it, then run the command again. "
                    "To read while it writes, open the published copy instead."
                ) from error
            time.sleep(0.2)


@contextmanager
def connect(
    home: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse under ``home``, migrated to the newest schema and open for writing.

    Raises WarehouseBusyError when another process keeps it for longer than ``wait_seconds``.
    """
    home.mkdir(parents=True, exist_ok=True)
    con = _open(home / WAREHOUSE_FILE, wait_seconds)
    try:
        # Instants are stored as UTC timestamps without a zone; the session must agree.
        con.execute("SET TimeZone = 'UTC'")
        # The command line shows its own progress.
        con.execute("SET enable_progress_bar = false")
        migrate(con)
        yield con
    finally:
        con.close()


@contextmanager
def transaction(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of the body or none of it."""
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")
