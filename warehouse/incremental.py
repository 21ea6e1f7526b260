"""Building core and mart from raw: each table from the first instant that new loads touched.

Every table is a function of raw alone. A table remembers the newest load that is in it; what later
loads brought begins at some instant, and from that hour on the table is made again. So a tick costs
what it brought, an archive older than everything rebuilds everything, and doing it twice, or again
after a kill, ends with the same rows.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import md5
from importlib.resources import files

import duckdb
import pyarrow as pa

from warehouse.connection import transaction
from warehouse.load.bounds import latest, present

Connection = duckdb.DuckDBPyConnection
"""What the steps are handed and hand on; they do not look inside."""

BEGINNING = datetime(1, 1, 1)  # noqa: DTZ001 - instants in the warehouse are naive UTC
NEVER = datetime(9999, 1, 1)  # noqa: DTZ001

REFERENCE = re.compile(r"\b(?:raw|core|mart|ops)\.[a-z_]+\b")


class ModelError(ValueError):
    """A model file that breaks the conventions: what was found, what was expected."""


@dataclass(frozen=True, slots=True)
class Model:
    """One SQL model: a view, or a table whose rows from ``$since`` on are made again."""

    table: str
    description: str
    grain: tuple[str, ...]
    columns: dict[str, str]
    since: str | None
    select: str

    @property
    def layer(self) -> str:
        return self.table.split(".")[0]

    @property
    def depends(self) -> tuple[str, ...]:
        """The tables it reads, in name order."""
        return tuple(sorted(set(REFERENCE.findall(self.select)) - {self.table}))


def _parse(table: str, text: str) -> Model:
    header = [line.removeprefix("--").strip() for line in text.splitlines() if line[:2] == "--"]
    fields = dict(
        line.split(": ", 1) for line in header if re.match(r"(grain|since|column \w+): ", line)
    )
    prose = [line for line in header if not re.match(r"(grain|since|column \w+): ", line)]
    if "grain" not in fields or not prose:
        raise ModelError(
            f"models/{table.replace('.', '/')}.sql has no description or no '-- grain: …' line; "
            "a model begins with what it is, its grain, and a line for each column."
        )
    return Model(
        table,
        " ".join(prose),
        tuple(fields["grain"].split(", ")),
        {k.removeprefix("column "): v for k, v in fields.items() if k.startswith("column ")},
        fields.get("since"),
        "\n".join(line for line in text.splitlines() if line[:2] != "--").strip().rstrip(";"),
    )


@cache
def models() -> tuple[Model, ...]:
    """Every model, each after those it reads."""
    found: dict[str, Model] = {}
    for layer in files("warehouse").joinpath("models").iterdir():
        for path in layer.iterdir() if layer.is_dir() else ():
            if path.name.endswith(".sql"):
                table = f"{layer.name}.{path.name.removesuffix('.sql')}"
                found[table] = _parse(table, path.read_text(encoding="utf-8"))
    ordered: dict[str, Model] = {}

    def visit(table: str, above: tuple[str, ...]) -> None:
        if table in above:
            raise ModelError(f"models read each other in a circle: {' > '.join((*above, table))}")
        if table in found and table not in ordered:
            for upstream in found[table].depends:
                visit(upstream, (*above, table))
            ordered[table] = found[table]

    for table in sorted(found):
        visit(table, ())
    return tuple(ordered.values())


def model(table: str) -> Model:
    """The model of that table. Raises ModelError for a table that has none."""
    for one in models():
        if one.table == table:
            return one
    raise ModelError(f"{table} has no model; there are {', '.join(m.table for m in models())}")


@dataclass(frozen=True, slots=True)
class Span:
    """What a table lacks: the loads after ``after_load`` up to ``upto_load``, from ``since`` on."""

    after_load: int
    upto_load: int
    since: datetime

    @property
    def is_empty(self) -> bool:
        return self.after_load >= self.upto_load


def span(con: duckdb.DuckDBPyConnection, table: str, version: str) -> Span:
    """What ``table`` lacks; everything, when its rule is no longer the one it was built by."""
    newest = con.execute("SELECT coalesce(max(load_id), 0) FROM ops.loads").fetchone()
    built = con.execute(
        "SELECT built_load_id FROM ops.tables WHERE table_name = ? AND version = ?",
        [table, version],
    ).fetchone()
    upto = newest[0] if newest else 0
    if built is None:
        return Span(0, upto, BEGINNING)
    touched = con.execute(
        "SELECT date_trunc('hour', min(captured_at)) FROM raw.snapshots WHERE load_id > ?",
        [built[0]],
    ).fetchone()
    since = touched[0] if touched and touched[0] else NEVER
    return Span(built[0], upto, since)


def _is_built(con: duckdb.DuckDBPyConnection, table: str, version: str) -> bool:
    built = con.execute("SELECT version FROM ops.tables WHERE table_name = ?", [table]).fetchone()
    return built is not None and built[0] == version


def _mark(con: duckdb.DuckDBPyConnection, table: str, version: str, load_id: int) -> None:
    con.execute("INSERT OR REPLACE INTO ops.tables VALUES (?, ?, ?)", [table, version, load_id])


def version_of(con: duckdb.DuckDBPyConnection, rule: str, depends: Sequence[str]) -> str:
    """Changes when the rule's own text changes, or the version of anything it is made from."""
    known = dict(con.execute("SELECT table_name, version FROM ops.tables").fetchall())
    text = "\n".join((rule, *(known.get(table, "") for table in depends)))
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _comments(one: Model) -> Iterator[str]:
    kind = "TABLE" if one.since else "VIEW"
    grain = ", ".join(one.grain)

    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    yield f"COMMENT ON {kind} {one.table} IS {quoted(f'{one.description} Grain: {grain}.')}"
    for column, meaning in one.columns.items():
        yield f"COMMENT ON COLUMN {one.table}.{column} IS {quoted(meaning)}"


def build_model(con: duckdb.DuckDBPyConnection, table: str) -> int:
    """Bring one model up to the newest load; how many rows were written (0 for a view)."""
    one = model(table)
    version = version_of(con, f"{one.select}\n{one.since}", one.depends)
    if one.since is None:
        if not _is_built(con, table, version):
            with transaction(con):
                con.execute(f"CREATE OR REPLACE VIEW {table} AS {one.select}")
                for comment in _comments(one):
                    con.execute(comment)
                _mark(con, table, version, 0)
        return 0
    lacking = span(con, table, version)
    if lacking.is_empty:
        return 0
    parameters = {"since": lacking.since} if "$since" in one.select else {}
    with transaction(con):
        if lacking.since == BEGINNING:
            con.execute(f"CREATE OR REPLACE TABLE {table} AS {one.select}", parameters)
            for comment in _comments(one):
                con.execute(comment)
        else:
            con.execute(f"DELETE FROM {table} WHERE {one.since} >= ?", [lacking.since])
            con.execute(f"INSERT INTO {table} BY NAME {one.select}", parameters)
        rows = con.execute(
            f"SELECT count(*) FROM {table} WHERE {one.since} >= ?", [lacking.since]
        ).fetchone()
        _mark(con, table, version, lacking.upto_load)
    return int(rows[0]) if rows else 0


def append_missing(
    con: duckdb.DuckDBPyConnection,
    table: str,
    version: str,
    missing: str,
    make: Callable[[pa.Table], pa.Table],
) -> int:
    """Grow a table that holds one row per distinct thing printed: cut, read or identify the new ones.

    ``missing`` is a query with ``$after_load`` for the things not yet there; ``make`` turns them into
    rows of ``table``. When ``version`` changes, all are made again. How many rows were added.
    """
    lacking = span(con, table, version)
    if lacking.is_empty:
        return 0
    with transaction(con):
        if lacking.after_load == 0:
            con.execute(f"DELETE FROM {table}")
        found = con.execute(missing, {"after_load": lacking.after_load}).to_arrow_table()
        made = make(found)
        con.register("made", made)
        con.execute(f"INSERT INTO {table} BY NAME FROM made")
        con.unregister("made")
        _mark(con, table, version, lacking.upto_load)
    return int(made.num_rows)


def rebuild_since(
    con: duckdb.DuckDBPyConnection,
    table: str,
    since_column: str,
    version: str,
    make: Callable[[datetime], pa.Table],
) -> int:
    """Make again the rows of ``table`` from the first touched instant on; how many were written.

    ``make`` is called with that instant after the rows from there on are gone, so that what it reads
    is the table as it stood before.
    """
    lacking = span(con, table, version)
    if lacking.is_empty:
        return 0
    with transaction(con):
        con.execute(f"DELETE FROM {table} WHERE {since_column} >= ?", [lacking.since])
        made = make(lacking.since)
        con.register("made", made)
        con.execute(f"INSERT INTO {table} BY NAME FROM made")
        con.unregister("made")
        _mark(con, table, version, lacking.upto_load)
    return int(made.num_rows)


NEWEST = """
SELECT coalesce(max(captured_at) FILTER (captured_at <= $now), min(captured_at))
FROM {captures} AS captures WHERE captured_at <= $latest
"""
"""A capture ahead of the clock is not now, as long as there is any other."""


def newest_instant(con: duckdb.DuckDBPyConnection, now: datetime | None = None) -> datetime | None:
    """The newest capture up to ``now`` (aware; else the clock's) that yielded a list, naive UTC.

    None in an empty warehouse.
    """
    return _newest(con, "core.snapshots", now)


def newest_attempt(con: duckdb.DuckDBPyConnection, now: datetime | None = None) -> datetime | None:
    """The newest capture up to ``now`` (aware; else the clock's) that is built, good or bad, naive UTC.

    None before the first build.
    """
    built = (
        "(FROM raw.snapshots WHERE load_id <= "
        "(SELECT coalesce(max(built_load_id), 0) FROM ops.tables))"
    )
    return _newest(con, built, now)


def _newest(con: duckdb.DuckDBPyConnection, captures: str, now: datetime | None) -> datetime | None:
    row = con.execute(
        NEWEST.format(captures=captures), {"now": present(now), "latest": latest(now)}
    ).fetchone()
    return row[0] if row else None


def judge_at_newest(
    con: duckdb.DuckDBPyConnection,
    table: str,
    version: str,
    make: Callable[[datetime], pa.Table],
) -> int:
    """Add the judgement at the newest capture to ``table``; when a rule or the past changed, redo.

    The instants of judgement are kept in ops.forecast_instants, so that the table can be made again:
    those from the first new capture on are, each with what was known at it. What was said before it
    stands as it was said.
    """
    lacking = span(con, table, version)
    newest = newest_instant(con)
    if lacking.is_empty or newest is None:
        return 0
    touched = con.execute(
        "SELECT min(captured_at) FROM raw.snapshots WHERE load_id > ?", [lacking.after_load]
    ).fetchone()
    since = (
        max(lacking.since, touched[0])
        if touched and touched[0] and lacking.after_load
        else BEGINNING
    )
    rows = 0
    with transaction(con):
        con.execute("INSERT OR IGNORE INTO ops.forecast_instants VALUES (?)", [newest])
        con.execute(f"DELETE FROM {table} WHERE made_at >= ?", [since])
        instants = con.execute(
            "SELECT made_at FROM ops.forecast_instants WHERE made_at >= ? ORDER BY made_at", [since]
        ).fetchall()
        for (at,) in instants:
            made = make(at)
            con.register("made", made)
            con.execute(f"INSERT INTO {table} BY NAME FROM made")
            con.unregister("made")
            rows += made.num_rows
        _mark(con, table, version, lacking.upto_load)
    return rows


def replace_boards(con: duckdb.DuckDBPyConnection, rows: Sequence[tuple[object, ...]]) -> int:
    """Make ops.boards say what the catalogue says now; how many boards.

    Which board stands in for which is a rule: where that changes, what is made by it is made again.
    """
    with transaction(con):
        con.execute("DELETE FROM ops.boards")
        if rows:
            # At once: each value that is bound costs as much as all of a table.
            columns = [pa.array(values) for values in zip(*rows, strict=True)]
            con.register("made", pa.table(columns, [*map(str, range(len(columns)))]))
            con.execute("INSERT INTO ops.boards FROM made")
            con.unregister("made")
        stand_ins = con.execute(
            "SELECT board, list_board, place FROM ops.boards WHERE place > 0 ORDER BY board"
        ).fetchall()
        _mark(con, "ops.boards", version_of(con, str(stand_ins), ()), 0)
    return len(rows)


def replace_listed_words(con: duckdb.DuckDBPyConnection, listed: Sequence[str]) -> int:
    """Make ops.listed_words hold the words that people listed now; how many."""
    rows = [[word] for word in sorted(set(listed))]
    with transaction(con):
        con.execute("DELETE FROM ops.listed_words")
        if rows:
            con.executemany("INSERT INTO ops.listed_words VALUES (?)", rows)
    return len(rows)
