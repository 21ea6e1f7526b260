"""``python -m benchmarks.largest_topics HOME``: the largest topics, and whether each is one affair.

An umbrella shows in its days, in the longest time in which nothing new was told of it, and in its titles.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from fengkou.home import Home
from pipelines.rules import SHANGHAI_HOURS
from pipelines.topics.short_id import short_id
from warehouse.connection import PUBLISHED_FILE

SAMPLES = 8
"""Titles shown of a topic: the first, the last, and some between them at equal steps."""

LARGEST = f"""
WITH told AS (
    SELECT members.topic_id, titles.clean_title AS title, items.source,
           items.first_seen_at + INTERVAL {SHANGHAI_HOURS} HOUR AS seen_at
    FROM (SELECT item_id, arg_max(topic_id, joined_at) AS topic_id
          FROM core.topic_items GROUP BY item_id) AS members
    INNER JOIN core.items AS items USING (item_id)
    INNER JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id
),
days AS (SELECT seen_at::DATE AS day, count(DISTINCT title) AS title_count FROM told GROUP BY day),
shares AS (
    SELECT told.topic_id, count(DISTINCT told.title) / any_value(days.title_count) AS share
    FROM told INNER JOIN days ON days.day = told.seen_at::DATE GROUP BY told.topic_id, days.day
),
quiet AS (
    SELECT *, seen_at - lag(seen_at, 1, seen_at) OVER (PARTITION BY topic_id ORDER BY seen_at) AS gap
    FROM told
)
SELECT topic_id, list(DISTINCT source ORDER BY source), min(seen_at), max(seen_at),
       epoch(max(gap)) / 3600, any_value(busiest.share),
       list(struct_pack(title := title, source := source, seen_at := seen_at) ORDER BY seen_at, title)
FROM quiet INNER JOIN (SELECT topic_id, max(share) AS share FROM shares GROUP BY topic_id) AS busiest
    USING (topic_id)
GROUP BY topic_id ORDER BY count(DISTINCT title) DESC, topic_id LIMIT $count
"""


@dataclass(frozen=True, slots=True)
class LargeTopic:
    """A topic, its titles in the order of first sight, each once; instants are Shanghai's.

    ``quiet_hours``: the longest time without a new title. ``busiest_share``: the largest part that it had of
    the titles of one day, 0 to 1.
    """

    topic_id: int
    sources: tuple[str, ...]
    first_seen_at: datetime
    last_seen_at: datetime
    quiet_hours: float
    busiest_share: float
    titles: tuple[tuple[datetime, str, str], ...]

    @property
    def days(self) -> float:
        """From the first title to the last."""
        return (self.last_seen_at - self.first_seen_at).total_seconds() / 86_400


def largest(con: duckdb.DuckDBPyConnection, count: int) -> Iterator[LargeTopic]:
    """Those with most different titles, largest first."""
    for topic_id, sources, first, last, quiet, share, told in con.execute(
        LARGEST, {"count": count}
    ).fetchall():
        titles = {each["title"]: (each["seen_at"], each["source"]) for each in reversed(told)}
        yield LargeTopic(
            topic_id, tuple(sources), first, last, quiet, share,
            tuple((*where, title) for title, where in reversed(titles.items())),
        )  # fmt: skip


def samples(topic: LargeTopic, count: int = SAMPLES) -> Iterator[tuple[datetime, str, str]]:
    """Its first title, its last, and some between them at equal steps."""
    last = len(topic.titles) - 1
    steps = max(1, min(count - 1, last))
    for place in dict.fromkeys(round(step * last / steps) for step in range(steps + 1)):
        yield topic.titles[place]


def table(con: duckdb.DuckDBPyConnection, count: int = 10) -> Table:
    """The largest topics with titles of each."""
    shown = Table(
        "topic", "titles", "lists", "days", "longest quiet", "of its busiest day", "seen", "on", "title",
        title="topics: the largest", title_justify="left",
    )  # fmt: skip
    for topic in largest(con, count):
        figures = (
            short_id(topic.topic_id), f"{len(topic.titles)}", f"{len(topic.sources)}",
            f"{topic.days:.1f}", f"{topic.quiet_hours:.0f} h", f"{topic.busiest_share:.2%}",
        )  # fmt: skip
        for seen_at, source, title in samples(topic):
            shown.add_row(*figures, f"{seen_at:%m-%d %H:%M}", source, title[:48])
            figures = ("", "", "", "", "", "")
        shown.add_section()
    return shown


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.largest_topics", description=__doc__
    )
    parser.add_argument("home", type=Path, help="what FENGKOU_HOME names")
    parser.add_argument("-n", type=int, default=10, help="so many of them")
    options = parser.parse_args()
    with duckdb.connect(Home(options.home).published / PUBLISHED_FILE, read_only=True) as con:
        Console(width=160).print(table(con, options.n))


if __name__ == "__main__":
    main()
