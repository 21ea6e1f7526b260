"""Topics: against labelled pairs and stories beside simple baselines; the largest; speed as they grow."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
from pyarrow import parquet
from rich.table import Table

from benchmarks import largest_topics
from benchmarks.topic_quality import quality
from benchmarks.topic_speed import distinct_titles, group, in_a_child, speed
from fengkou import operations
from fengkou.home import Home


def _count(file: Path, what: str) -> int:
    with duckdb.connect() as con:
        row = con.execute(f"SELECT {what} FROM read_parquet('{file}')").fetchone()
    assert row is not None
    return int(row[0])


def measure(files: Sequence[Path], labels: Path | None, work: Path) -> Iterator[Table]:
    """Tables: quality where there are labels, the largest topics, and speed.

    Grouped is the archive with most distinct titles, which is that of the labels; it grows by titles made
    from those of the archive with most lines.
    """
    main = max(files, key=lambda file: _count(file, "count(DISTINCT title)"))
    finest = max(files, key=lambda file: _count(file, "count(*)"))
    home, to = Home(work / "topics"), work / "topics.parquet"
    (count, grouping), took = in_a_child(group, home.root, [main], to)
    if labels:
        rows = parquet.read_table(to).to_pylist()
        topic_of = {(row["source"], row["title"]): row["topic_id"] for row in rows}
        yield quality(labels, topic_of, distinct_titles(main))
    with operations.opened(home) as con:
        yield largest_topics.table(con)
    yield speed(main, finest, work, (count, grouping, took))
