"""How a table is brought up to the newest load: four ways, and a version that says when to begin anew.

A table remembers the newest load that is in it and the version it was made by. What later loads brought
begins at some instant, and from that hour on the table is made again. So a tick costs what it brought, an
archive older than everything rebuilds everything, and doing it twice, or again after a kill, ends with the
same rows. A ledger alone is never made again: it says what was said.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import md5
from typing import TypeAlias

import pyarrow as pa

from warehouse.connection import Connection, transaction
from warehouse.declaration import SqlModel, Table
from warehouse.ingredients import Ingredient
from warehouse.sql import quoted, read_sql

BEGINNING = datetime(1, 1, 1)  # noqa: DTZ001 - instants in the warehouse are naive UTC
NEVER = datetime(9999, 1, 1)  # noqa: DTZ001

Line: TypeAlias = Mapping[str, object]
"""A line of a ledger: column -> value; a column that is not named is null."""

LEDGER = "ledger"
"""The version of every ledger: a new rule changes nothing that was said, nor what is made from it."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What a table lacks: the loads after ``after_load`` up to ``upto_load``, from ``since`` on.

    ``since`` is the hour of the first capture they brought, naive UTC; ``version`` is that of the rule.
    """

    after_load: int
    upto_load: int
    since: datetime
    version: str

    @property
    def is_empty(self) -> bool:
        return self.after_load >= self.upto_load

    @property
    def is_everything(self) -> bool:
        return self.after_load == 0


# --- what is lacking ----------------------------------------------------------------------------


def version_of(
    con: Connection, code_version: str, made_with: Sequence[Ingredient], reads: Sequence[str]
) -> str:
    """``<code version>-<hash>``: another one when the code's, an ingredient's or an upstream table's is."""
    known: dict[str, str] = dict(
        con.execute("SELECT table_name, version FROM ops.tables").fetchall()
    )
    parts = [item.fingerprint() for item in made_with] + [known.get(table, "") for table in reads]
    return f"{code_version}-{md5(chr(0).join(parts).encode(), usedforsecurity=False).hexdigest()}"


def lacking(con: Connection, table: str, version: str) -> Lack:
    """What ``table`` lacks; everything, when it was not made by this version."""
    (newest,) = con.execute("SELECT coalesce(max(load_id), 0) FROM ops.loads").fetchone() or (0,)
    built = con.execute(
        "SELECT built_load_id FROM ops.tables WHERE table_name = ? AND version = ?",
        [table, version],
    ).fetchone()
    if built is None:
        return Lack(0, newest, BEGINNING, version)
    touched = con.execute(
        "SELECT date_trunc('hour', min(earliest_captured_at)) FROM ops.loads WHERE load_id > ?",
        [built[0]],
    ).fetchone()
    return Lack(built[0], newest, touched[0] if touched and touched[0] else NEVER, version)


def mark(con: Connection, table: str, version: str, load_id: int) -> None:
    """Note that ``table`` holds everything up to that load, made by that version."""
    con.execute("INSERT OR REPLACE INTO ops.tables VALUES (?, ?, ?)", [table, version, load_id])


def forget(con: Connection, tables: Sequence[str]) -> None:
    """Let the next build make ``tables`` anew."""
    con.execute("DELETE FROM ops.tables WHERE list_contains(?, table_name)", [list(tables)])


def is_built_by(con: Connection, table: str, version: str) -> bool:
    """Whether ``table`` was last made by that version."""
    built = con.execute("SELECT version FROM ops.tables WHERE table_name = ?", [table]).fetchone()
    return built is not None and built[0] == version


# --- the ways to grow ---------------------------------------------------------------------------


def bring_up_model(con: Connection, model: SqlModel, version: str) -> int:
    """Make a view where its rule is another one, or a table's rows from ``$since`` on; how many rows."""
    if model.since is None:
        if not is_built_by(con, model.table, version):
            with transaction(con):
                con.execute(f"CREATE OR REPLACE VIEW {model.table} AS {model.select}")
                _describe(con, "VIEW", model.table, model)
                mark(con, model.table, version, 0)
        return 0
    lack = lacking(con, model.table, version)
    if lack.is_empty:
        return 0
    parameters = {"since": lack.since} if "$since" in model.select else {}
    with transaction(con):
        if lack.is_everything:
            con.execute(f"CREATE OR REPLACE TABLE {model.table} AS {model.select}", parameters)
            _describe(con, "TABLE", model.table, model)
        else:
            con.execute(f"DELETE FROM {model.table} WHERE {model.since} >= ?", [lack.since])
            con.execute(f"INSERT INTO {model.table} BY NAME {model.select}", parameters)
        written = con.execute(
            f"SELECT count(*) FROM {model.table} WHERE {model.since} >= ?", [lack.since]
        ).fetchone()
        mark(con, model.table, version, lack.upto_load)
    return int(written[0]) if written else 0


@dataclass(frozen=True, slots=True)
class Distinct:
    """One row for each distinct thing printed: those not yet there are read, and no row ever changes.

    ``missing`` is a query with ``$after_load`` for them, ``make`` turns its rows into rows of the table.
    """

    missing: str
    make: Callable[[pa.Table], pa.Table]

    def bring_up(self, con: Connection, name: str, table: Table, version: str) -> int:
        return _bring_up(con, name, table, version, self._renewed)

    def _renewed(self, con: Connection, name: str, lack: Lack) -> pa.Table:
        if lack.is_everything:
            con.execute(f"DELETE FROM {name}")
        found = con.execute(read_sql(self.missing), {"after_load": lack.after_load})
        return self.make(found.to_arrow_table())


@dataclass(frozen=True, slots=True)
class MadeSince:
    """Rows from the first touched hour on are made again, by the instant in ``column``.

    ``make`` is called after the rows from there on are gone: what it reads is the table as it stood before.
    """

    column: str
    make: Callable[[Connection, Lack], pa.Table]

    def bring_up(self, con: Connection, name: str, table: Table, version: str) -> int:
        return _bring_up(con, name, table, version, self._renewed)

    def _renewed(self, con: Connection, name: str, lack: Lack) -> pa.Table:
        con.execute(f"DELETE FROM {name} WHERE {self.column} >= ?", [lack.since])
        return self.make(con, lack)


def _bring_up(
    con: Connection,
    name: str,
    table: Table,
    version: str,
    renewed: Callable[[Connection, str, Lack], pa.Table],
) -> int:
    """Take out what is outdated and put in what ``renewed`` gives for it; how many rows."""
    lack = lacking(con, name, version)
    if lack.is_empty:
        return 0
    if lack.is_everything:
        shape(con, name, table)
    with transaction(con):
        made = renewed(con, name, lack)
        insert(con, name, made)
        mark(con, name, version, lack.upto_load)
    return int(made.num_rows)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was said is appended, and no build, rule or late archive changes a line.

    ``make`` gives lines, each with the version of the rule that made it; those whose grain is there already
    are left out. The table is shaped in ``warehouse/migrations``, for it can never be made anew.
    """

    make: Callable[[Connection, Lack], Sequence[Line]]

    def bring_up(self, con: Connection, name: str, table: Table, version: str) -> int:
        lack = lacking(con, name, LEDGER)
        if lack.is_empty:
            return 0
        with transaction(con):
            written = append_lines(
                con, name, table.grain, self.make(con, replace(lack, version=version))
            )
            mark(con, name, LEDGER, lack.upto_load)
        return written


def append_lines(con: Connection, name: str, grain: Sequence[str], lines: Sequence[Line]) -> int:
    """Append the lines whose grain the ledger does not hold yet; how many there were."""
    shape = con.execute(f"FROM {name} LIMIT 0").to_arrow_table().schema
    con.register("lines", pa.Table.from_pylist(list(lines), shape))
    added = con.execute(
        f"INSERT INTO {name} BY NAME FROM lines ANTI JOIN {name} USING ({', '.join(grain)})"
    ).fetchone()
    con.unregister("lines")
    return int(added[0]) if added else 0


# --- tables and their comments ------------------------------------------------------------------


def shape(con: Connection, name: str, table: Table) -> None:
    """See to it that the table stands there as it is declared; what it held stays where it fits.

    In a transaction of its own: DuckDB 1.5.5 hides rows that were written in the one that made a table and
    commented on it, until the next checkpoint.
    """
    con.register("declared", table.schema.empty_table())
    con.execute("CREATE OR REPLACE TEMP TABLE wanted AS FROM declared")
    con.unregister("declared")
    columns = (
        "SELECT list((column_name, data_type) ORDER BY column_index) FROM duckdb_columns() "
        "WHERE schema_name || '.' || table_name = ?"
    )
    (wanted,) = con.execute(columns, ["main.wanted"]).fetchone() or (None,)
    (found,) = con.execute(columns, [name]).fetchone() or (None,)
    if wanted != found:
        with transaction(con):
            con.execute(f"CREATE OR REPLACE TABLE {name} AS FROM wanted")
            _describe(con, "TABLE", name, table)
    con.execute("DROP TABLE wanted")


def insert(con: Connection, name: str, made: pa.Table) -> None:
    """Append rows, column by column of the same name."""
    con.register("made", made)
    con.execute(f"INSERT INTO {name} BY NAME FROM made")
    con.unregister("made")


def _describe(con: Connection, kind: str, name: str, table: Table | SqlModel) -> None:
    said = f"{table.description} Grain: {', '.join(table.grain)}."
    con.execute(f"COMMENT ON {kind} {name} IS {quoted(said)}")
    for column, meaning in table.meanings.items():
        con.execute(f"COMMENT ON COLUMN {name}.{column} IS {quoted(meaning)}")
