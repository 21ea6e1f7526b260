"""Archives as one list of titles for grouping, and the topics that a warehouse gave those titles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from warehouse.connection import Connection, in_memory
from warehouse.load.archive import printed_rows, read_instants
from warehouse.load.archive_file import open_archive
from warehouse.load.bounds import EARLIEST, latest
from warehouse.sql import quoted, read_sql


def gather(files: Sequence[Path], to: Path, now: datetime | None = None) -> None:
    """Write all rows of ``files`` that have a title to one Parquet file that can be imported.

    What makes a row no entry of a list makes it no less a title: a row without a rank, or with a rank
    that is taken, takes the next place of its instant; one whose instant cannot be read or been stands
    at the one before it. Raises ArchiveError for a file that cannot be read as a whole.
    """
    with in_memory() as con:
        for number, file in enumerate(files):
            printed_rows(con, open_archive(file), file, {})
            read_instants(con, None)
            made = "INSERT INTO gathered" if number else "CREATE TABLE gathered AS"
            con.execute(
                f"{made} SELECT {number} AS file, printed.*, instants.instant FROM printed "
                "LEFT JOIN instants ON instants.printed = printed.captured_at"
            )
        con.execute(
            f"COPY ({read_sql('load/gathered')}) TO {quoted(to)} (FORMAT parquet)",
            {"earliest": EARLIEST, "latest": latest(now)},
        )


def write_topics(
    con: Connection, gathered: Path, boards: Mapping[str, str], to: Path
) -> tuple[int, int]:
    """Write source and title as printed, each pair once, with its topic; how many pairs and topics.

    ``con`` is a warehouse that holds ``gathered`` and no more; ``boards`` is what it was imported with.
    """
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE printed_topics AS {read_sql('load/topics')}",
        {
            "file": str(gathered),
            "sources": list(boards),
            "boards": list(boards.values()),
        },
    )
    con.execute(f"COPY printed_topics TO {quoted(to)} (FORMAT parquet)")
    row = con.execute("SELECT count(*), count(DISTINCT topic_id) FROM printed_topics").fetchone()
    assert row is not None  # noqa: S101 - an aggregate has one row
    return int(row[0]), int(row[1])
