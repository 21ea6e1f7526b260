"""Storylines in the warehouse: the same in ticks and in one go, and their periods as known at an instant."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from fengkou import operations
from fengkou.home import Home
from pipelines.topics.bursting_names import TELLING_TOPICS
from warehouse.connection import Connection
from warehouse.graph import steps
from warehouse.incremental import insert

BEGIN = datetime(2026, 3, 2)  # noqa: DTZ001 - naive UTC, as in the warehouse
DAYS, STORY_TOPICS = 9, 60
HOUR = timedelta(hours=1)
TICKS = (0.4, 3.1, 5.02, 5.06, 5.3, 7.5, DAYS)
"""Days after which a build is made: the storylines begin on the sixth."""

STEPS = {step.table: step for step in steps()}

Row = dict[str, object]


def topics() -> Iterator[tuple[datetime, int, int, str]]:
    """(instant, item, topic, words): everyday topics, and three stories of which two are told together."""
    draw = random.Random(7)
    past, count = TELLING_TOPICS + 500, TELLING_TOPICS + 1_500
    for n in range(count):
        # Most come in the first day: so much must be known before a name can be said to burst.
        days = n / past if n < past else 1 + (DAYS - 1) * (n - past) / (count - past)
        at = BEGIN + timedelta(days=days)
        # Every twentieth title tells of what another told: its topic is merged into that one, or it joins it.
        yield at, n, max(0, n - draw.randrange(200)) if n % 20 == 0 else n, f"词{n}/n 词{n % 997}/v"
    for n in range(count, count + STORY_TOPICS):
        at = BEGIN + timedelta(days=5 + 2.5 * draw.random())
        names = draw.choice(["青禾/nr", "松涧/ns", "青禾/nr 松涧/ns", "云栖杯/nz"])
        yield at, n, n, f"{names} 词{n}/n"
        if n % 5 == 0:
            # Some time later it turns out to be the topic of an everyday title.
            yield at + 3 * HOUR, n, draw.randrange(count // 2), names


def tables(told: list[tuple[datetime, int, int, str]]) -> dict[str, list[Row]]:
    """What storylines are made from."""
    found: dict[str, list[Row]] = {
        name: [] for name in ("items", "clean_titles", "title_tokens", "topic_items")
    }
    known: set[int] = set()
    for at, item_id, topic_id, words in told:
        found["topic_items"].append({"item_id": item_id, "topic_id": topic_id, "joined_at": at})
        if item_id in known:
            continue
        known.add(item_id)
        found["items"].append(
            {"item_id": item_id, "source": "made", "first_seen_at": at, "first_title_id": item_id}
        )
        found["clean_titles"].append({"title_id": item_id, "folded_title": f"{item_id}"})
        for position, word in enumerate(words.split(), 1):
            token, tag = word.split("/")
            found["title_tokens"].append(
                {
                    "title_id": item_id,
                    "position": position,
                    "token": token,
                    "part_of_speech": tag,
                    "is_keyword": True,
                }
            )
    return found


def arrive(con: Connection, told: list[tuple[datetime, int, int, str]]) -> int:
    """Load these assignments, and bring the links up to them; how many rows that wrote."""
    for name, rows in tables(told).items():
        con.register("arrived", pa.Table.from_pylist(rows))
        con.execute(f"CREATE TABLE IF NOT EXISTS core.{name} AS FROM arrived LIMIT 0")
        con.unregister("arrived")
        insert(con, f"core.{name}", pa.Table.from_pylist(rows))
    con.execute(
        "INSERT INTO ops.loads BY NAME SELECT coalesce(max(load_id), 0) + 1 AS load_id, 'made' AS origin, "
        "? AS loaded_at, 0 AS rows_in, 0 AS rows_kept, 0 AS rows_rejected, 0 AS rows_known, "
        "0 AS snapshot_count, ? AS earliest_captured_at FROM ops.loads",
        [told[0][0], told[0][0]],
    )
    written = STEPS["core.storyline_links"].build(con)
    STEPS["core.storylines"].build(con)
    return written


def links(con: Connection) -> list[tuple[object, ...]]:
    return con.execute("FROM core.storyline_links ORDER BY ALL").fetchall()


@pytest.fixture(scope="module")
def told() -> list[tuple[datetime, int, int, str]]:
    return sorted(topics())


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, told: list[tuple[datetime, int, int, str]]
) -> Home:
    """Built in one go."""
    home = Home(tmp_path_factory.mktemp("whole"))
    with operations.opened(home) as con:
        assert arrive(con, told) > STORY_TOPICS
    return home


def test_ticks_end_with_the_storylines_of_one_go(
    whole: Home, tmp_path: Path, told: list[tuple[datetime, int, int, str]]
) -> None:
    with operations.opened(Home(tmp_path / "home")) as con:
        since = BEGIN
        for days in TICKS:
            until = BEGIN + timedelta(days=days)
            arrive(con, [row for row in told if since <= row[0] < until])
            since = until
        ticked = links(con)
    with operations.opened(whole) as con:
        assert ticked == links(con)


def test_building_again_writes_nothing(whole: Home) -> None:
    with operations.opened(whole) as con:
        assert STEPS["core.storyline_links"].build(con) == 0


def test_two_sides_of_one_story_are_one_storyline_and_another_story_is_another(whole: Home) -> None:
    with operations.opened(whole) as con:
        now = con.execute(
            "SELECT storyline_id, list_sort(list_distinct(flatten(list(names)))), count(*) "
            "FROM core.storylines WHERE until_at IS NULL GROUP BY ALL"
        ).fetchall()
    assert sorted(names for _, names, _ in now) == [["云栖杯"], ["松涧", "青禾"]]


def test_a_topic_that_ended_is_part_of_nothing_and_its_heir_is(whole: Home) -> None:
    with operations.opened(whole) as con:
        ended = con.execute(
            "SELECT ended.topic_id, heirs.storyline_id IS NOT NULL FROM core.storyline_links AS ended "
            "INNER JOIN core.topic_items AS merged ON merged.item_id = ended.topic_id "
            "AND merged.joined_at = ended.from_at "
            "LEFT JOIN core.storylines AS heirs ON heirs.topic_id = merged.topic_id "
            "WHERE ended.storyline_id IS NULL"
        ).fetchall()
        still = con.execute(
            "SELECT topic_id FROM core.storylines WHERE until_at IS NULL"
        ).fetchall()
    assert ended
    assert all(is_part for _, is_part in ended)
    assert {topic_id for topic_id, _ in ended}.isdisjoint(topic_id for (topic_id,) in still)


def test_a_topic_has_one_storyline_at_any_instant(whole: Home) -> None:
    with operations.opened(whole) as con:
        overlaps = con.execute(
            "FROM core.storylines AS one INNER JOIN core.storylines AS other USING (topic_id) "
            "WHERE one.from_at < other.from_at AND (one.until_at IS NULL OR one.until_at > other.from_at)"
        ).fetchall()
        (founded,) = con.execute(
            "SELECT bool_and(storyline_id IN (SELECT topic_id FROM core.storyline_links)) "
            "FROM core.storylines"
        ).fetchall()
    assert overlaps == []
    assert founded == (True,)
