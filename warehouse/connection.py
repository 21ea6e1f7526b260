"""Opening the warehouse: one writer, readers that never wait for it, and warehouses in memory.

A DuckDB file that one process has open for writing cannot be opened by another, not even to read. So only
loading, building and learning open the warehouse itself; whoever reads opens the published copy.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import duckdb

from warehouse.migrate import migrate

Connection: TypeAlias = duckdb.DuckDBPyConnection
"""What readers and tables are handed and hand on; outside ``warehouse`` nobody looks inside."""

WAREHOUSE_FILE = "warehouse.duckdb"
PUBLISHED_FILE = "fengkou.duckdb"

MEMORY_LIMIT = "4GiB"
"""Beyond this DuckDB spills to disk; a full build of 4.2 million entries stays within 6 GiB."""

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": MEMORY_LIMIT,
    # Else a file of another program in the warehouse's place sends DuckDB to fetch code for it.
    "autoinstall_known_extensions": False,
}

LOCK_WAIT_SECONDS = 120
"""A build of one tick takes seconds: waiting for it beats failing, waiting for ever does not."""


class WarehouseBusyError(RuntimeError):
    """Another process holds the warehouse for writing."""


class WarehouseDamagedError(RuntimeError):
    """The file cannot be opened, and not because somebody writes it."""


class NothingPublishedError(RuntimeError):
    """There is no copy that could be read."""


def expect_no_folder(*files: Path) -> None:
    """Raise WarehouseDamagedError where a folder stands in the place of one of these files."""
    for file in files:
        if file.is_dir():
            raise WarehouseDamagedError(
                f"{file}: found a folder, expected a file of Fengkou's own or nothing. Move the folder away, "
                "then run the command again."
            )


def log_of(file: Path) -> Path:
    """Where DuckDB keeps what is not yet in the file itself."""
    return file.with_name(f"{file.name}.wal")


def is_locked(error: duckdb.Error) -> bool:
    """Whether DuckDB says that another process has the file; a path may hold "lock" in a name."""
    return "could not set lock on file" in str(error).lower()


@contextmanager
def open_for_writing(
    folder: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS
) -> Iterator[Connection]:
    """The warehouse in ``folder``, made when missing, migrated to the newest schema and open for writing.

    Raises WarehouseBusyError when another process keeps it for longer than ``wait_seconds``, and
    WarehouseDamagedError for a file that is no warehouse.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / WAREHOUSE_FILE
    expect_no_folder(file, log_of(file))
    con = _open_waiting(file, wait_seconds)
    try:
        _settle(con)
        migrate(con)
        yield con
    finally:
        con.close()


@contextmanager
def open_published(folder: Path) -> Iterator[Connection]:
    """The published copy in ``folder``, read-only: it is there whatever is being written meanwhile.

    Raises NothingPublishedError where there is none yet, WarehouseDamagedError where it cannot be read.
    """
    file = folder / PUBLISHED_FILE
    expect_no_folder(file, log_of(file))
    if not file.is_file():
        raise NothingPublishedError(
            f"{file} does not exist: nothing was published yet. Collect and build first: fengkou collect, "
            "then fengkou build; or import an archive: fengkou import; or try the simulated boards: "
            "fengkou run."
        )
    try:
        con = duckdb.connect(str(file), read_only=True, config=CONFIG)
    except duckdb.Error as error:
        raise WarehouseDamagedError(
            f"{file} cannot be read ({str(error).splitlines()[0]}). It is a copy: publish it anew with "
            "fengkou publish."
        ) from error
    try:
        _settle(con)
        yield con
    finally:
        con.close()


@contextmanager
def in_memory() -> Iterator[Connection]:
    """A warehouse that is nowhere on disk and knows no table, for archives and for trying SQL."""
    con = duckdb.connect(":memory:", config=CONFIG)
    try:
        _settle(con)
        yield con
    finally:
        con.close()


@contextmanager
def transaction(con: Connection) -> Iterator[None]:
    """All of the body or none of it."""
    con.execute("BEGIN")
    try:
        yield
    except BaseException:
        con.execute("ROLLBACK")
        raise
    con.execute("COMMIT")


def _settle(con: Connection) -> None:
    # Instants are stored as UTC timestamps without a zone; the session must agree.
    con.execute("SET TimeZone = 'UTC'")
    # The command line shows its own progress.
    con.execute("SET enable_progress_bar = false")


def _open_waiting(file: Path, wait_seconds: float) -> Connection:
    deadline = time.monotonic() + wait_seconds
    while True:
        try:
            return duckdb.connect(str(file), config=CONFIG)
        except duckdb.Error as error:
            if not is_locked(error):
                raise WarehouseDamagedError(
                    f"{file} cannot be opened for writing ({str(error).splitlines()[0]}). If it is damaged, "
                    "move it away and run fengkou build: what was landed is loaded again, imported "
                    "archives must be imported again."
                ) from error
            if time.monotonic() >= deadline:
                raise WarehouseBusyError(
                    f"{file}: another process has been writing for {wait_seconds:.0f} s "
                    f"({str(error).splitlines()[0]}). Wait for it, or stop it, then run the command again. "
                    "What only reads opens the published copy and does not wait."
                ) from error
            time.sleep(0.2)
