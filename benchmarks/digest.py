"""``python -m benchmarks.digest HOME INSTANT...``: what digests tell of what mattered, and what it costs.

Of each instant the day digest is held against the 24 hours before it, the section of what will rise (in the
hour digest) against the three hours after it, both from the lines of the published copy.
"""

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from fengkou.home import Home
from pipelines.digest.contents import Digest, Period, Section
from pipelines.digest.prospects import Prospect
from pipelines.digest.render.formats import Format, render
from pipelines.rules import TOP_RANK
from warehouse.connection import PUBLISHED_FILE
from warehouse.instants import to_naive
from warehouse.readers.digest import make_digest
from warehouse.readers.stories import stories_at
from warehouse.readers.told_forecasts import ToldForecast, told_forecasts

CARDS = 10
"""Of the section of what will rise, and of its rival."""

LINES = """
    CREATE OR REPLACE TEMP TABLE lines AS
    SELECT board, captured_at, rank, topic_id FROM mart.entries
    WHERE captured_at > $at::TIMESTAMP - INTERVAL 24 HOUR AND captured_at <= $at::TIMESTAMP + INTERVAL 6 HOUR
    AND rank IS NOT NULL AND topic_id IS NOT NULL"""

BIG = """
    SELECT topic_id FROM lines WHERE captured_at <= $at
    GROUP BY topic_id HAVING count(DISTINCT board) >= 3 AND min(rank) <= 5"""

NOW = """
    SELECT lines.topic_id FROM lines
    INNER JOIN (
        SELECT board, max(captured_at) AS captured_at FROM lines
        WHERE captured_at <= $at GROUP BY board HAVING max(captured_at) > $at::TIMESTAMP - INTERVAL 3 HOUR
    ) AS newest USING (board, captured_at)
    GROUP BY lines.topic_id HAVING count(DISTINCT lines.board) >= 3 AND min(lines.rank) <= 5"""

HOURS = """
    WITH captures AS (
        SELECT board, captured_at, least(2, epoch(
            coalesce(lead(captured_at) OVER (PARTITION BY board ORDER BY captured_at), $at) - captured_at
        ) / 3600) AS hours
        FROM (SELECT DISTINCT board, captured_at FROM lines WHERE captured_at <= $at)
    )
    SELECT topic_id, sum(hours) FROM lines INNER JOIN captures USING (board, captured_at)
    WHERE rank <= 5 GROUP BY topic_id"""

CAME = """
    SELECT DISTINCT board, topic_id FROM lines
    ANTI JOIN (
        SELECT DISTINCT board, topic_id FROM lines
        INNER JOIN (
            SELECT board, max(captured_at) AS captured_at FROM lines
            WHERE captured_at <= $at AND captured_at > $at::TIMESTAMP - INTERVAL 3 HOUR GROUP BY board
        ) AS newest USING (board, captured_at)
        WHERE rank <= $top
    ) AS there USING (board, topic_id)
    WHERE captured_at > $at AND captured_at <= $at::TIMESTAMP + INTERVAL 3 HOUR AND rank <= $top"""

FATES = """
    WITH newest AS (
        SELECT board, max(captured_at) AS captured_at FROM lines
        WHERE captured_at <= $at AND captured_at > $at::TIMESTAMP - INTERVAL 3 HOUR GROUP BY board
    ),
    next AS (
        SELECT board, min(captured_at) AS captured_at FROM lines
        WHERE captured_at BETWEEN $at::TIMESTAMP + INTERVAL 25 MINUTE AND $at::TIMESTAMP + INTERVAL 110 MINUTE
        GROUP BY board
    ),
    listed AS (SELECT DISTINCT topic_id FROM lines SEMI JOIN next USING (board, captured_at)),
    stood AS (SELECT DISTINCT topic_id, board FROM lines SEMI JOIN newest USING (board, captured_at))
    SELECT stood.topic_id, CASE
        WHEN any_value(listed.topic_id) IS NOT NULL THEN 'listed'
        WHEN count(*) = count(next.board) THEN 'gone'
        ELSE 'unknown' END
    FROM stood LEFT JOIN next USING (board) LEFT JOIN listed USING (topic_id)
    GROUP BY stood.topic_id"""
"""What became of each story half an hour later: gone is what none of its lists had, unknown what may stand on
one that was not captured again in time."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one instant's digests told; pairs are (told, of how many).

    ``events_by_rank`` are the rises that the order by rank tells where it tells no lone question either.
    ``gone`` counts the rising cards whose fate half an hour later is known; of ``unknown`` it is not. Of the
    rising cards ``expected`` were to come to any top ten, ``stated`` to that of the list named by the card,
    and ``stated_came`` came to that one.
    """

    big: tuple[int, int]
    now: tuple[int, int]
    hours: float
    cards: int
    hour_cards: int
    rising: tuple[int, int]
    by_rank: tuple[int, int]
    events_by_rank: int
    gone: tuple[int, int]
    unknown: int
    expected: float
    stated: float
    stated_came: int
    seconds: float
    page_bytes: int


def measure(con: duckdb.DuckDBPyConnection, at: datetime) -> Told:
    """What the digests of ``at`` (aware) told, by the lines before and after it."""
    instant = to_naive(at)
    con.execute(LINES, {"at": instant})
    began = time.process_time()
    day = make_digest(con, at, Period.DAY)
    page = render(day)[Format.HTML]
    seconds = time.process_time() - began
    hour = make_digest(con, at, Period.HOUR)
    expected = {told.topic_id: told for told in told_forecasts(con, instant)}
    stories = {story.topic_id: story for story in stories_at(con, instant, expected)}
    rising = [card.topic_id for card in hour.cards_of(Section.RISING)]
    came_on = set(con.execute(CAME, {"at": instant, "top": TOP_RANK}).fetchall())
    came = {topic for _, topic in came_on}
    fates = dict(con.execute(FATES, {"at": instant}).fetchall())
    fate = Counter(fates.get(topic, "unknown") for topic in rising)
    on_top = {topic for topic, story in stories.items() if story.is_high}
    nearest = [topic for topic in _by_rank(expected) if topic not in on_top]
    by_rank = nearest[:CARDS]
    events = [
        topic for topic in nearest if topic in stories and not stories[topic].is_lone_question
    ][:CARDS]
    big, now = _topics(con, BIG, at=instant), _topics(con, NOW, at=instant)
    told = {card.topic_id for card in day.topics} | {line.topic_id for line in day.lines}
    return Told(
        big=(len(big & told), len(big)),
        now=(len(now & told), len(now)),
        hours=_share_of_hours(con, day, instant),
        cards=len(day.topics),
        hour_cards=len(hour.topics),
        rising=(len(came & set(rising)), len(rising)),
        by_rank=(len(came & set(by_rank)), len(by_rank)),
        events_by_rank=len(came & set(events)),
        gone=(fate["gone"], fate["gone"] + fate["listed"]),
        unknown=fate["unknown"],
        expected=sum(_chance(stories[topic].prospect) for topic in rising),
        stated=sum(expected[topic].chance or 0.0 for topic in rising),
        stated_came=sum((expected[topic].board, topic) in came_on for topic in rising),
        seconds=seconds,
        page_bytes=len(page),
    )


def _topics(con: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> set[int]:
    return {topic_id for (topic_id,) in con.execute(query, parameters).fetchall()}


def _chance(prospect: Prospect | None) -> float:
    return (prospect.chance or 0.0) if prospect else 0.0


def _by_rank(expected: dict[int, ToldForecast]) -> list[int]:
    """The rival: what stands nearest below the top ten."""
    below = [told for told in expected.values() if told.chances is not None]
    return [told.topic_id for told in sorted(below, key=lambda told: (told.rank, told.topic_id))]


def _share_of_hours(con: duckdb.DuckDBPyConnection, day: Digest, at: datetime) -> float:
    """Hours in a top five that belong to stories with a card, beside the most that as many cards could
    tell."""
    hours = dict(con.execute(HOURS, {"at": at}).fetchall())
    most = sum(sorted(hours.values(), reverse=True)[: len(day.topics)])
    return float(sum(hours.get(card.topic_id, 0.0) for card in day.topics) / most) if most else 0.0


def tables(found: Sequence[tuple[datetime, Told]]) -> list[Table]:
    """A row an instant, and all of them together."""
    columns = ("at", "big", "now", "hours", "cards", "hour's cards", "rose/rising", "rose/by rank", "gone",
               "unknown", "expected", "processor s", "page kB")  # fmt: skip
    table = Table(*columns, title="digests", title_justify="left")
    for at, told in found:
        table.add_row(
            f"{at:%Y-%m-%d %H:%M}", _of(*told.big), _of(*told.now), f"{told.hours:.2f}", f"{told.cards}",
            f"{told.hour_cards}", _of(*told.rising), _of(*told.by_rank), _of(*told.gone),
            f"{told.unknown}", f"{told.expected:.1f}", f"{told.seconds:.2f}", f"{told.page_bytes / 1000:.0f}",
        )  # fmt: skip
    every = [told for _, told in found]
    rising = sum(told.rising[1] for told in every)
    rose, rival = sum(told.rising[0] for told in every), sum(told.by_rank[0] for told in every)
    events = sum(told.events_by_rank for told in every)
    gone, known = (sum(told.gone[part] for told in every) for part in (0, 1))
    whole = Table("measure", "value", title="together", title_justify="left")
    for name, value in (
        ("big stories told", _share(sum(told.big[0] for told in every), sum(told.big[1] for told in every))),
        ("on top now told", _share(sum(told.now[0] for told in every), sum(told.now[1] for told in every))),
        ("hours in a top five on cards", f"{sum(told.hours for told in every) / len(every):.3f}"),
        ("fewest cards of an hour", f"{min(told.hour_cards for told in every)}"),
        ("rises told, beside the order by rank", f"{rose} / {rival} = {rose / max(rival, 1):.2f}"),
        ("the same, beside the events by rank", f"{rose} / {events} = {rose / max(events, 1):.2f}"),
        ("rising cards gone half an hour later", _share(gone, known)),
        ("rising cards of which that is unknown", f"{sum(told.unknown for told in every)} of {rising}"),
        ("chance that rising cards rise", _share(sum(told.expected for told in every), rising)),
        ("share of them that rose", _share(rose, rising)),
        ("chance stated for the list named", _share(sum(told.stated for told in every), rising)),
        ("share that rose on that list", _share(sum(told.stated_came for told in every), rising)),
    ):  # fmt: skip
        whole.add_row(name, value)
    return [table, whole]


def _of(told: int, every: int) -> str:
    return f"{told}/{every}"


def _share(part: float, every: int) -> str:
    return f"{part / every:.3f}" if every else "none"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digest", description=__doc__)
    parser.add_argument("home", type=Path, help="what FENGKOU_HOME names")
    parser.add_argument(
        "instants", nargs="+", type=datetime.fromisoformat, help="2025-06-12T20:00+08:00"
    )
    options = parser.parse_args()
    console = Console(width=150)
    with duckdb.connect(Home(options.home).published / PUBLISHED_FILE, read_only=True) as con:
        for table in tables([(at, measure(con, at)) for at in options.instants]):
            console.print(table)


if __name__ == "__main__":
    main()
