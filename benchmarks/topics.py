"""Topics: against labelled pairs and stories beside simple baselines; the largest; speed as they grow."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
from pyarrow import parquet
from rich.table import Table

from benchmarks.topic_quality import quality
from benchmarks.topic_speed import distinct_titles, group, in_a_child, speed
from fengkou import operations
from fengkou.home import Home
from pipelines.rules import SHANGHAI_HOURS


def _largest(home: Home) -> Table:
    """The ten topics with most titles; a day is one in Shanghai."""
    table = Table(
        "founding title", "titles", "on its busiest day", "of that day's titles", "from", "to",
        title="topics: the ten largest", title_justify="left",
    )  # fmt: skip
    with operations.opened(home) as con:
        rows = con.execute(
            f"""
            WITH told AS (
                SELECT members.topic_id, items.first_title_id AS title_id, items.first_seen_at,
                       (items.first_seen_at + INTERVAL {SHANGHAI_HOURS} HOUR)::DATE AS day
                FROM (SELECT item_id, arg_max(topic_id, joined_at) AS topic_id
                      FROM core.topic_items GROUP BY item_id) AS members
                INNER JOIN core.items AS items USING (item_id)
            ),
            days AS (SELECT day, count(DISTINCT title_id) AS titles FROM told GROUP BY day),
            each AS (SELECT topic_id, day, count(DISTINCT title_id) AS titles FROM told GROUP BY ALL),
            busiest AS (SELECT topic_id, max(each.titles) AS most,
                               max(each.titles / days.titles) AS share
                        FROM each INNER JOIN days USING (day) GROUP BY topic_id)
            SELECT any_value(titles.clean_title), count(DISTINCT told.title_id) AS title_count,
                   any_value(most), any_value(share), min(told.day)::VARCHAR, max(told.day)::VARCHAR
            FROM told INNER JOIN busiest USING (topic_id)
            INNER JOIN core.items AS founder ON founder.item_id = told.topic_id
            INNER JOIN (SELECT DISTINCT title_id, clean_title FROM core.titles) AS titles
                ON titles.title_id = founder.first_title_id
            GROUP BY told.topic_id ORDER BY title_count DESC, told.topic_id LIMIT 10
            """
        ).fetchall()
    for title, count, most, share, begin, end in rows:
        table.add_row(title[:30], f"{count}", f"{most}", f"{share:.2%}", begin, end)
    return table


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
    yield _largest(home)
    yield speed(main, finest, work, (count, grouping, took))
