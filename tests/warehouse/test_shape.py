"""A table stands there as its file declares it, and what is written to it can be read at once."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from warehouse.connection import Connection, open_for_writing
from warehouse.declaration import Columns, Table
from warehouse.incremental import Lack, MadeSince, shape

NAME = "core.things"
MANY = 300_000
"""More rows than two of DuckDB's row groups."""

BEFORE: Columns = {
    "seen_at": (pa.timestamp("us"), "when it was seen"),
    "words": (pa.list_(pa.string()), "its words"),
}
AFTER: Columns = {
    "seen_at": (pa.timestamp("us"), "when it was seen"),
    "words": (pa.list_(pa.int64()), "the numbers of its words"),
    "is_red": (pa.bool_(), "whether it is red"),
}
VALUES = {
    "seen_at": datetime(2026, 3, 1),  # noqa: DTZ001
    "is_red": True,
    pa.list_(pa.string()): ["甲", "乙"],
    pa.list_(pa.int64()): [1, 2],
}
"""By column, else by type."""


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    """A warehouse that holds one load of nothing."""
    with open_for_writing(tmp_path) as con:
        con.execute(
            "INSERT INTO ops.loads VALUES (1, 'made', now(), 0, 0, 0, 0, 0, NULL, NULL, NULL)"
        )
        yield con


def things(columns: Columns, count: int = 1, code_version: str = "1") -> Table:
    """A table of so many rows, all alike."""

    def make(_: Connection, lack: Lack) -> pa.Table:
        assert lack.is_everything
        return pa.table(
            {
                name: pa.array([VALUES.get(name) or VALUES[kind]] * count, kind)
                for name, (kind, _) in columns.items()
            }
        )

    return Table(
        description="Things.",
        grain=("seen_at",),
        reads=("raw.snapshots",),
        code_version=code_version,
        growth=MadeSince("seen_at", make),
        columns=columns,
    )


def build(con: Connection, table: Table) -> int:
    return table.growth.bring_up(con, NAME, table, table.code_version)


def described(con: Connection) -> list[tuple[str, str, str]]:
    return con.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() "
        "WHERE schema_name || '.' || table_name = ? ORDER BY column_index",
        [NAME],
    ).fetchall()


def test_a_table_whose_columns_changed_is_shaped_anew(con: Connection) -> None:
    build(con, things(BEFORE))
    assert described(con) == [
        ("seen_at", "TIMESTAMP", "when it was seen"),
        ("words", "VARCHAR[]", "its words"),
    ]
    assert build(con, things(AFTER, code_version="2")) == 1
    assert described(con) == [
        ("seen_at", "TIMESTAMP", "when it was seen"),
        ("words", "BIGINT[]", "the numbers of its words"),
        ("is_red", "BOOLEAN", "whether it is red"),
    ]
    assert con.execute(f"SELECT words, is_red FROM {NAME}").fetchall() == [([1, 2], True)]


def test_a_table_that_stands_as_declared_keeps_its_rows(con: Connection) -> None:
    build(con, things(BEFORE))
    shape(con, NAME, things(BEFORE))
    assert con.execute(f"SELECT count(*) FROM {NAME}").fetchone() == (1,)


def test_rows_of_one_build_are_seen_by_the_next_table(con: Connection) -> None:
    """DuckDB 1.5.5 hid them until a checkpoint where one transaction made, described and filled a table."""
    for code_version in ("1", "2"):
        assert build(con, things(BEFORE, MANY, code_version)) == MANY
        seen = con.execute(
            f"SELECT count(*), sum(len(words)), count_if(words[1] = '甲') FROM {NAME}"
        ).fetchone()
        assert seen == (MANY, 2 * MANY, MANY)
