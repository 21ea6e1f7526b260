"""Importing archives as if they had been collected: Parquet, CSV or JSON lines, one row an entry."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.connection import transaction
from warehouse.load.bounds import EARLIEST, latest
from warehouse.load.landing import Loaded, next_load_id
from warehouse.sql import read_sql

REQUIRED = ("source", "captured_at", "rank", "title")
OPTIONAL = ("url", "heat", "native_id", "label", "category", "excerpt", "extra")
READERS = {
    ".parquet": "read_parquet($file)",
    ".csv": "read_csv($file, all_varchar = true, header = true, store_rejects = true)",
    ".jsonl": "read_json($file, format = 'newline_delimited', ignore_errors = true)",
    ".ndjson": "read_json($file, format = 'newline_delimited', ignore_errors = true)",
}


class ArchiveError(ValueError):
    """An archive that cannot be imported: what was found, what was expected, what to do."""


@dataclass(frozen=True, slots=True)
class ArchiveMap:
    """How an archive's names become ours: ``columns`` ours -> theirs, ``boards`` source -> board."""

    columns: Mapping[str, str] = field(default_factory=dict)
    boards: Mapping[str, str] = field(default_factory=dict)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def columns_of(con: duckdb.DuckDBPyConnection, file: Path) -> tuple[str, dict[str, str]]:
    """How ``$file`` is read, as SQL, and its columns -> type; raises ArchiveError when it cannot be."""
    if not file.is_file():
        raise ArchiveError(f"{file}: no such file. Give the path of a Parquet, CSV or JSONL file.")
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        endings = ", ".join(READERS)
        raise ArchiveError(f"{file}: unknown ending {file.suffix!r}. Expected one of {endings}.")
    try:
        rows = con.execute(f"DESCRIBE FROM {reader}", {"file": str(file)}).fetchall()
    except duckdb.Error as error:
        raise ArchiveError(
            f"{file}: cannot be read as {file.suffix} ({str(error).splitlines()[0]}). "
            "Check that the file is whole; its ending says how it is read."
        ) from error
    return reader, {str(name): str(kind) for name, kind, *_ in rows}


def select_list(file: Path, found: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The SELECT list that turns the file's columns into ours, as text."""
    missing = [name for name in REQUIRED if names.get(name, name) not in found]
    if missing:
        raise ArchiveError(
            f"{file}: no column {', '.join(missing)}; the file has {', '.join(found)}. "
            f"Say which is which, for instance --map {missing[0]}={next(iter(found), 'column')}."
        )
    parts = []
    for ours in (*REQUIRED, *OPTIONAL):
        theirs = names.get(ours, ours)
        column = _quoted(theirs)
        if theirs not in found:
            parts.append(f"NULL::VARCHAR AS {ours}")
        elif found[theirs] in ("DOUBLE", "FLOAT"):
            # A whole number that was stored as a float is printed as the whole number it was.
            whole = f"{column} = floor({column}) AND abs({column}) < 9e15"
            text = f"if({whole}, {column}::BIGINT::VARCHAR, {column}::VARCHAR)"
            parts.append(f"{text} AS {ours}")
        elif found[theirs].startswith(("STRUCT", "MAP")) or found[theirs].endswith("[]"):
            parts.append(f"to_json({column})::VARCHAR AS {ours}")
        else:
            parts.append(f"{column}::VARCHAR AS {ours}")
    return ", ".join(parts)


def import_archive(
    con: duckdb.DuckDBPyConnection,
    file: Path,
    archive_map: ArchiveMap | None = None,
    now: datetime | None = None,
) -> Loaded:
    """Append the snapshots of ``file`` that raw does not hold yet, in one transaction.

    Columns: source, captured_at (ISO text or timestamp, UTC unless it says otherwise), rank, title
    [, url, heat, native_id, label, category, excerpt, extra (JSON)]. A row without a rank is pinned,
    or paid when ``extra.ad`` is true. Rows that cannot be entries are kept in raw.rejects,
    those from after the day that follows ``now`` (aware; else the clock's) among them.
    Raises ArchiveError when the file as a whole cannot be read.
    """
    archive_map = archive_map or ArchiveMap()
    reader, found = columns_of(con, file)
    select = select_list(file, found, archive_map.columns)
    names: dict[str, object] = {
        "sources": list(archive_map.boards),
        "boards": list(archive_map.boards.values()),
    }
    with transaction(con):
        load_id = next_load_id(con)
        values = {"origin": file.name, "load_id": load_id}
        con.execute(
            "CREATE OR REPLACE TEMP TABLE printed AS "
            f"SELECT row_number() OVER () AS line, {select} FROM {reader}",
            {"file": str(file)},
        )
        con.execute(read_sql("load/judged"), names | {"earliest": EARLIEST, "latest": latest(now)})
        con.execute(read_sql("load/entries"), {"load_id": load_id})
        con.execute(read_sql("load/rejects"), values)
        con.execute(read_sql("load/snapshots"), values)
        con.execute(read_sql("load/ledger"), values)
        if file.suffix.lower() == ".csv":
            lines = len(con.execute(read_sql("load/unreadable_lines"), values).fetchall())
            con.execute(
                "UPDATE ops.loads SET rows_in = rows_in + $lines, "
                "rows_rejected = rows_rejected + $lines WHERE load_id = $load_id",
                {"lines": lines, "load_id": load_id},
            )
        for table in ("printed", "judged"):
            con.execute(f"DROP TABLE {table}")
        row = con.execute(
            "SELECT rows_in, rows_kept, rows_rejected, rows_known, snapshot_count "
            "FROM ops.loads WHERE load_id = ?",
            [load_id],
        ).fetchone()
    assert row is not None  # noqa: S101 - the ledger line was just written
    return Loaded(*row)
