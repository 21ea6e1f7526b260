"""Archives as one list of titles for grouping, and the topics that a warehouse gave those titles."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.load.archive import columns_of, select_list
from warehouse.load.bounds import EARLIEST, latest
from warehouse.sql import read_sql


def gather(files: Sequence[Path], to: Path, now: datetime | None = None) -> None:
    """Write all rows of ``files`` that have a title to one Parquet file that can be imported.

    What makes a row no entry of a list makes it no less a title: a row without a rank, or with a rank
    that is taken, takes the next place of its instant; one whose instant cannot be read or been stands
    at the one before it. Raises ArchiveError for a file that cannot be read as a whole.
    """
    with duckdb.connect(":memory:") as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET enable_progress_bar = false")
        for number, file in enumerate(files):
            reader, found = columns_of(con, file)
            made = "INSERT INTO printed" if number else "CREATE TABLE printed AS"
            con.execute(
                f"{made} SELECT {number} AS file, row_number() OVER () AS line, "
                f"{select_list(file, found, {})} FROM {reader}",
                {"file": str(file)},
            )
        target = str(to).replace("'", "''")
        con.execute(
            f"COPY ({read_sql('load/gathered')}) TO '{target}' (FORMAT parquet)",
            {"earliest": EARLIEST, "latest": latest(now)},
        )


def write_topics(
    con: duckdb.DuckDBPyConnection, gathered: Path, boards: Mapping[str, str], to: Path
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
    target = str(to).replace("'", "''")
    con.execute(f"COPY printed_topics TO '{target}' (FORMAT parquet)")
    row = con.execute("SELECT count(*), count(DISTINCT topic_id) FROM printed_topics").fetchone()
    assert row is not None  # noqa: S101 - an aggregate has one row
    return int(row[0]), int(row[1])
