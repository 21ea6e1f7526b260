"""Importing archives as if they had been collected, one row an entry: what can be an entry is one, and the
rest is kept with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pyarrow as pa

from pipelines.text.instants import read_instant
from pipelines.text.ranks import read_rank
from warehouse.connection import Connection, transaction
from warehouse.load.archive_file import ArchiveError, ArchiveFile, open_archive
from warehouse.load.bounds import EARLIEST, latest
from warehouse.load.landing import Loaded, next_load_id
from warehouse.sql import read_sql

REQUIRED = ("source", "captured_at", "rank", "title")
OPTIONAL = ("url", "heat", "native_id", "label", "category", "excerpt", "extra")
OURS = (*REQUIRED, *OPTIONAL)

WITH_A_NAME = r"^[^/?#]*[/\\]{2}[^/?#\\]*@"
"""Addresses with a name or password, which are secrets or read as a host that they are not: none is kept."""


__all__ = [
    "ArchiveError",
    "ArchiveMap",
    "Imported",
    "RejectCount",
    "import_archive",
    "printed_rows",
]


@dataclass(frozen=True, slots=True)
class ArchiveMap:
    """How an archive's names become ours: ``columns`` ours -> theirs, ``boards`` source -> board.

    ``zone`` is that of instants that print none; None takes them for UTC, and says so.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    boards: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo | None = None


@dataclass(frozen=True, slots=True)
class RejectCount:
    """How many rows were rejected for one reason, and what one of them was."""

    reason: str
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Stamped:
    """Lines that bear instants of their own: how many instants became how many captures, and how many lines
    stand alone within a minute after another capture of their board."""

    instant_count: int = 0
    capture_count: int = 0
    alone_count: int = 0


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    ``naive_example`` is an instant without a zone that was taken for UTC unasked; ``unused`` are values that
    nothing is computed with: heats that nothing has, which are kept as printed, and what known lines say
    otherwise than before.
    """

    load_id: int
    loaded: Loaded
    rejects: tuple[RejectCount, ...] = ()
    naive_example: str | None = None
    unused: tuple[RejectCount, ...] = ()
    stamped: Stamped = Stamped()

    @property
    def kept_nothing(self) -> bool:
        """Whether nothing of the file is in the warehouse now, though it holds rows."""
        return self.loaded.rows_in > 0 and not self.loaded.rows_kept + self.loaded.rows_known


def import_archive(
    con: Connection,
    file: Path,
    archive_map: ArchiveMap | None = None,
    now: datetime | None = None,
) -> Imported:
    """Append the rows of ``file`` that raw does not hold yet, in one transaction.

    Columns: source, captured_at (see pipelines.text.instants), rank, title [, url, heat, native_id, label,
    category, excerpt, extra (JSON)]. A row without a rank is pinned, or paid when ``extra.ad`` is true. Lines
    of a capture that were stamped one by one are joined. Ranks are judged by capture: those that count from 0
    are shifted, those that share a place are told apart by their order. A row is known where its capture
    holds its title; of a capture that was cut the rest is added. What cannot be an entry is kept in
    raw.rejects, rows from later than a day after ``now`` (aware; else the clock's) among them. Raises
    ArchiveError when the file as a whole cannot be read.
    """
    archive_map = archive_map or ArchiveMap()
    archive = open_archive(file)
    with transaction(con):
        load_id = next_load_id(con)
        origin = {"origin": file.name, "load_id": load_id}
        printed_rows(con, archive, file, archive_map.columns)
        naive_example = read_instants(con, archive_map.zone)
        read_ranks(con)
        con.execute(
            read_sql("load/sources"),
            {"sources": list(archive_map.boards), "boards": list(archive_map.boards.values())},
        )
        within = {"earliest": EARLIEST, "latest": latest(now)}
        con.execute(read_sql("load/joined"), within)
        con.execute(read_sql("load/judged"), within)
        con.execute(read_sql("load/entries"), {"load_id": load_id})
        con.execute(read_sql("load/rejects"), origin)
        con.execute(read_sql("load/snapshots"), origin)
        con.execute(read_sql("load/positions"))
        _reject_bad_lines(con, archive, file.name, load_id)
        con.execute(read_sql("load/ledger"), origin | {"bad_lines": len(archive.bad_lines)})
        rejects = con.execute(read_sql("load/reject_counts"), {"load_id": load_id}).fetchall()
        stamped = con.execute(read_sql("load/stamped")).fetchone() or (0, 0, 0)
        unused = con.execute(read_sql("load/unused_values")).fetchall()
        for table in ("printed", "sources", "instants", "ranks", "joined", "judged"):
            con.execute(f"DROP TABLE {table}")
        row = con.execute(
            "SELECT rows_in, rows_kept, rows_rejected, rows_known, snapshot_count "
            "FROM ops.loads WHERE load_id = ?",
            [load_id],
        ).fetchone()
    assert row is not None  # noqa: S101 - the ledger line was just written
    return Imported(
        load_id,
        Loaded(*row),
        tuple(RejectCount(*counted) for counted in rejects),
        naive_example,
        tuple(RejectCount(*counted) for counted in unused),
        Stamped(*stamped),
    )


def printed_rows(
    con: Connection, archive: ArchiveFile, file: Path, names: Mapping[str, str]
) -> None:
    """Write the file's rows as text into the temporary table ``printed``: line and a column for each of OURS.

    Raises ArchiveError where a column that is needed is missing.
    """
    theirs = _columns(archive, file, names)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE printed (line BIGINT, "
        f"{', '.join(f'{name} VARCHAR' for name in OURS)})"
    )
    for batch in archive.batches:
        nothing = pa.nulls(batch.num_rows, pa.string())
        columns = [batch.column(1 + theirs[name]) if name in theirs else nothing for name in OURS]
        con.register("batch", pa.Table.from_arrays([batch.column(0), *columns], ["line", *OURS]))
        con.execute(
            "INSERT INTO printed "
            "SELECT * REPLACE (if(regexp_matches(url, $secret), NULL, url) AS url) FROM batch",
            {"secret": WITH_A_NAME},
        )
        con.unregister("batch")


def _columns(archive: ArchiveFile, file: Path, names: Mapping[str, str]) -> dict[str, int]:
    """Ours -> the place of theirs, for the columns that the file has; the case of a name does not matter.

    Of two columns with one name the first counts.
    """
    found = {name.lower(): place for place, name in reversed([*enumerate(archive.columns)])}
    theirs = {
        ours: found[names.get(ours, ours).lower()]
        for ours in OURS
        if names.get(ours, ours).lower() in found
    }
    missing = [name for name in REQUIRED if name not in theirs]
    if missing:
        raise ArchiveError(
            f"{file}: no column {', '.join(missing)}; the file has {', '.join(archive.columns)}. "
            f"Say which is which, for instance --map {missing[0]}={next(iter(archive.columns), 'column')}."
        )
    return theirs


def read_ranks(con: Connection) -> None:
    """Read each distinct rank once, into the temporary table ``ranks``."""
    printed = _distinct(con, "rank")
    read = [read_rank(text) for text in printed.to_pylist()]
    _register_as(
        con,
        "ranks",
        {
            "printed": printed,
            "place": pa.array([rank.place for rank in read], pa.int32()),
            "reason": pa.array([rank.reason for rank in read], pa.string()),
        },
    )


def _distinct(con: Connection, column: str) -> pa.ChunkedArray:
    found = con.execute(
        f"SELECT DISTINCT {column} FROM printed WHERE {column} IS NOT NULL ORDER BY 1"
    )
    return found.to_arrow_table()[column]


def _register_as(
    con: Connection, table: str, columns: Mapping[str, pa.Array | pa.ChunkedArray]
) -> None:
    con.register("read_values", pa.table(columns))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM read_values")
    con.unregister("read_values")


def read_instants(con: Connection, zone: tzinfo | None) -> str | None:
    """Read each distinct instant once, into the temporary table ``instants``.

    The first that prints no zone, where none was asked for.
    """
    printed = _distinct(con, "captured_at")
    texts: list[str] = printed.to_pylist()
    read = [read_instant(text, zone or UTC) for text in texts]
    _register_as(
        con,
        "instants",
        {
            "printed": printed,
            "instant": pa.array([instant.at for instant in read], pa.timestamp("us")),
            "reason": pa.array([instant.reason for instant in read], pa.string()),
        },
    )
    if zone is not None:
        return None
    naive = (text for text, instant in zip(texts, read, strict=True) if instant.is_naive)
    return next(naive, None)


def _reject_bad_lines(con: Connection, archive: ArchiveFile, origin: str, load_id: int) -> None:
    if not archive.bad_lines:
        return
    bad = archive.bad_lines
    con.register(
        "bad_lines",
        pa.table(
            {
                "position": pa.array([line.line for line in bad], pa.int64()),
                "reason": [line.reason for line in bad],
                "found": [line.found for line in bad],
            }
        ),
    )
    con.execute(
        "INSERT INTO raw.rejects BY NAME "
        "SELECT '' AS board, *, ? AS origin, ? AS load_id FROM bad_lines",
        [origin, load_id],
    )
    con.unregister("bad_lines")
