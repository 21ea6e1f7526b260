"""``python -m benchmarks.storylines HOME [WORD...]``: is a big story one storyline, are its links right?

A WORD names a story that a person knows of: topics with a title that prints it, in how many storylines they
are, and how many are in none. ``A,B`` is one story that either word names. Then come the sizes, the largest
storylines, and links drawn in hash order, each with titles of the storyline, for a person to judge.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from fengkou.home import Home
from pipelines.rules import SHANGHAI_HOURS
from pipelines.topics.short_id import short_id
from warehouse.connection import PUBLISHED_FILE

EDGES = (2, 3, 5, 10, 20, 50, 100)
"""Topics from which on a storyline counts for the next line of sizes."""

SAMPLES = 3
"""Titles of a storyline beside a link: what a reader needs to tell whether it belongs."""

WIDTH = 40
LARGEST_SHOWN = 10

TABLES = f"""
CREATE OR REPLACE TEMP TABLE told AS
SELECT members.topic_id, titles.clean_title AS title,
       items.first_seen_at + INTERVAL {SHANGHAI_HOURS} HOUR AS seen_at
FROM (SELECT item_id, arg_max(topic_id, joined_at) AS topic_id
      FROM core.topic_items GROUP BY item_id) AS members
INNER JOIN core.items AS items USING (item_id)
INNER JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id;
CREATE OR REPLACE TEMP TABLE topics AS
SELECT topic_id, any_value(labels.label) AS label, min(seen_at) AS seen_at,
       count(DISTINCT title) AS title_count
FROM told INNER JOIN (SELECT topic_id, arg_max(label, window_start) AS label
                      FROM core.topic_cards GROUP BY topic_id) AS labels USING (topic_id)
GROUP BY topic_id;
CREATE OR REPLACE TEMP TABLE links AS
SELECT topic_id, storyline_id, strength, names FROM core.storylines SEMI JOIN topics USING (topic_id)
WHERE until_at IS NULL;
"""
STORY = """
SELECT links.storyline_id, count(*) AS topic_count
FROM (SELECT DISTINCT topic_id FROM told WHERE len(list_filter(
          $words::VARCHAR[], LAMBDA word: contains(lower(title), lower(word)))) > 0) AS named
LEFT JOIN links USING (topic_id)
GROUP BY links.storyline_id ORDER BY links.storyline_id IS NULL, topic_count DESC, links.storyline_id
"""
SIZES = "SELECT count(*) AS size FROM links GROUP BY storyline_id HAVING count(*) > 1"
LARGEST = """
SELECT storyline_id, count(*) AS size, min(seen_at), max(seen_at), arg_max(label, title_count),
       (SELECT list(name ORDER BY n DESC, name)[:4] FROM (
           SELECT name, count(*) AS n FROM (
               SELECT unnest(names) AS name FROM links AS mine WHERE mine.storyline_id = links.storyline_id)
           GROUP BY name))
FROM links INNER JOIN topics USING (topic_id)
GROUP BY storyline_id ORDER BY size DESC, storyline_id LIMIT $count
"""
DRAWN = """
SELECT links.topic_id, topics.label, topics.seen_at, links.names, links.storyline_id,
       (SELECT list(other.label ORDER BY md5(other.topic_id || '-' || links.topic_id))[:$samples]
        FROM links AS beside INNER JOIN topics AS other USING (topic_id)
        WHERE beside.storyline_id = links.storyline_id AND beside.topic_id <> links.topic_id)
FROM links INNER JOIN topics USING (topic_id)
WHERE links.topic_id <> links.storyline_id
ORDER BY md5(links.topic_id::VARCHAR) LIMIT $count
"""


def story(con: duckdb.DuckDBPyConnection, words: Sequence[str]) -> tuple[tuple[int, ...], int]:
    """How many topics that those words name are in each storyline, the most first, and how many in none."""
    found = con.execute(STORY, {"words": list(words)}).fetchall()
    inside = tuple(count for storyline_id, count in found if storyline_id is not None)
    return inside, sum(count for storyline_id, count in found if storyline_id is None)


def stories(con: duckdb.DuckDBPyConnection, named: Sequence[str]) -> Table:
    """Each story that a person named: its topics, and the storylines that hold them."""
    table = Table(
        "story", "topics", "in storylines", "storylines", "in the largest", "of all",
        title="stories that were named", title_justify="left",
    )  # fmt: skip
    for words in named:
        inside, outside = story(con, words.split(","))
        total, most = sum(inside) + outside, max(inside, default=0)
        share = f"{most / total:.0%}" if total else "–"
        table.add_row(words, f"{total}", f"{sum(inside)}", f"{len(inside)}", f"{most}", share)
    return table


def sizes(con: duckdb.DuckDBPyConnection) -> Table:
    """How many storylines are how large."""
    found = [size for (size,) in con.execute(SIZES).fetchall()]
    table = Table("topics", "storylines", title=f"storylines: {len(found)}", title_justify="left")
    for low, high in zip(EDGES, (*EDGES[1:], max(found, default=0) + 1), strict=True):
        if low < high:
            table.add_row(f"{low} to {high - 1}", f"{sum(low <= size < high for size in found)}")
    table.add_row("all", f"{sum(found)} topics")
    return table


def largest(con: duckdb.DuckDBPyConnection) -> Table:
    """The largest storylines, with their names and what their widest topic is called."""
    table = Table(
        "storyline", "topics", "from", "to", "names", "headline",
        title="storylines: the largest", title_justify="left",
    )  # fmt: skip
    for storyline_id, size, first, last, headline, names in con.execute(
        LARGEST, {"count": LARGEST_SHOWN}
    ).fetchall():
        days = f"{first:%m-%d}", f"{last:%m-%d}"
        table.add_row(short_id(storyline_id), f"{size}", *days, " ".join(names), headline[:WIDTH])
    return table


def links(con: duckdb.DuckDBPyConnection, count: int) -> Table:
    """Links in hash order, each beside titles of its storyline."""
    table = Table(
        "topic", "came", "title", "held by", "beside",
        title="links in hash order", title_justify="left",
    )  # fmt: skip
    for topic_id, label, seen_at, names, _, beside in con.execute(
        DRAWN, {"count": count, "samples": SAMPLES}
    ).fetchall():
        others = " / ".join(title[: WIDTH // 2] for title in beside or ())
        table.add_row(
            short_id(topic_id), f"{seen_at:%m-%d}", label[:WIDTH], " ".join(names), others
        )
    return table


def tables(
    con: duckdb.DuckDBPyConnection, named: Sequence[str] = (), drawn: int = 60
) -> Iterator[Table]:
    """All of it; ``con`` reads a warehouse, and only temporary tables are made."""
    con.execute(TABLES)
    if named:
        yield stories(con, named)
    yield sizes(con)
    yield largest(con)
    if drawn:
        yield links(con, drawn)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.storylines", description=__doc__)
    parser.add_argument("home", type=Path, help="what FENGKOU_HOME names")
    parser.add_argument(
        "words", nargs="*", metavar="WORD", help="a story, or A,B for one with two names"
    )
    parser.add_argument("--links", type=int, default=60, help="so many links are drawn")
    options = parser.parse_args()
    console = Console(width=160)
    with duckdb.connect(Home(options.home).published / PUBLISHED_FILE, read_only=True) as con:
        for table in tables(con, options.words, options.links):
            console.print(table)


if __name__ == "__main__":
    main()
