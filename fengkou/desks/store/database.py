"""The file of the desks' ledger: SQLite, which loses nothing that it acknowledged, also by a power cut."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from fengkou.desks.store.schema import METADATA
from fengkou.errors import FengkouError

BUSY_SECONDS = 60
"""A second process waits so long for the one that is deciding."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class LedgerError(FengkouError):
    """The desks' ledger cannot be opened, read or written."""


class Database:
    """A ledger's file; it and its tables are made where they are not there yet, unless it is only read."""

    def __init__(self, file: Path, *, is_read_only: bool = False) -> None:
        """Raises LedgerError where the file is no ledger or cannot be made."""
        self.file = file
        address = f"file:{quote(str(file))}?mode=ro&uri=true" if is_read_only else str(file)
        self._engine = sa.create_engine(
            f"sqlite:///{address}",
            connect_args={"timeout": BUSY_SECONDS},
            poolclass=sa.pool.NullPool,
        )
        sa.event.listen(self._engine, "connect", _begin_when_told)
        if is_read_only:
            sa.event.listen(self._engine, "begin", _begin_reading)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        sa.event.listen(self._engine, "connect", _prepare)
        sa.event.listen(self._engine, "begin", _begin)
        with self.writing() as con:
            METADATA.create_all(con)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that nobody else writes in; kept whole at its end, or not at all.

        Raises LedgerError where the file cannot be read or written.
        """
        try:
            with self._engine.begin() as con:
                yield con
        except sa.exc.DatabaseError as error:
            raise LedgerError(
                f"{self.file}: {error.orig}. Expected the desks' ledger, a SQLite file that this user can "
                "write. Put it back from a backup; without it every story is told anew."
            ) from error

    reading = writing
    """Readers begin as writers do: what they saw holds until they end."""


def kept_ledger(file: Path) -> Database | None:
    """The ledger in a file, to read and no more: it holds up nobody who decides. None where there is none."""
    return Database(file, is_read_only=True) if file.exists() else None


def _begin_when_told(connection: sqlite3.Connection, _: object) -> None:
    # Transactions begin when we say so, not when the driver sees the first change.
    connection.isolation_level = None


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _begin_reading(con: sa.Connection) -> None:
    con.exec_driver_sql("BEGIN")


def _begin(con: sa.Connection) -> None:
    con.exec_driver_sql("BEGIN IMMEDIATE")


def microseconds(at: datetime) -> int:
    """An aware instant as the ledger keeps it."""
    return (at - EPOCH) // timedelta(microseconds=1)


def instant(count: int) -> datetime:
    """An aware UTC instant from the ledger's count."""
    return EPOCH + timedelta(microseconds=count)
