"""Topics in the warehouse: constructed streams, mergers in the views, the same topics however built."""

import json
import os
import random
import signal
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from crawlers import landing
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from tests.warehouse.captures import BOARDS, CHILDREN, build_up_to
from warehouse import query
from warehouse.graph import upstream
from warehouse.load.archive import ArchiveMap, import_archive
from warehouse.readers import topic_evidence
from warehouse.readers.placements import COMPARED_OVER

WEIBO, ZHIHU, BAIDU = BOARDS
MIDNIGHT = datetime(2026, 3, 1, 16, tzinfo=UTC)
"""In Shanghai."""

HOUR = timedelta(hours=1)
COMING, COME = "台风青鸟将在松涧市登陆", "台风青鸟登陆松涧市"

Printed = str | tuple[str, str]
"""A title, or the source's own id and a title."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def land(home: Home, board: str, at: datetime, *printed: Printed) -> None:
    entries = []
    for place, line in enumerate(printed, 1):
        native_id, title = (None, line) if isinstance(line, str) else line
        entries.append(Entry(place, Kind.RANKED, place, title, native_id=native_id))
    outcome = Outcome(board, at, Status.OK, "made", page=Page(tuple(entries)))
    landing.write(home.landing, outcome, b"made", durable=False)


ASKED = (
    *("core.board_hours", "core.list_hours", "core.servings", "core.topic_merges"),
    *("mart.topics", "mart.topic_boards", "mart.topic_hours", "mart.topic_titles"),
    "mart.topic_aliases",
)
"""What the tests ask, and the query for standings."""


def build(home: Home) -> None:
    """Load what was landed, and bring topics and the views of them up to it."""
    build_up_to(home, *ASKED)


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute(sql).fetchall()


def topics(home: Home) -> set[frozenset[object]]:
    """The printed titles of each topic as it is now."""
    found = rows(
        home,
        "SELECT list(DISTINCT titles.title) FROM core.topic_members AS members "
        "INNER JOIN core.item_references USING (item_id) INNER JOIN core.titles AS titles "
        "USING (title_id) WHERE members.until_at IS NULL GROUP BY members.topic_id",
    )
    return {frozenset(titles) for (titles,) in found}  # type: ignore[call-overload]


def assigned(home: Home) -> set[tuple[object, ...]]:
    return {*rows(home, "FROM core.topic_items")}


def test_ten_to_midnight_and_ten_past_are_one_topic(home: Home) -> None:
    land(home, WEIBO, MIDNIGHT - HOUR / 6, COMING)
    land(home, BAIDU, MIDNIGHT + HOUR / 6, COME)
    build(home)
    assert topics(home) == {frozenset({COMING, COME})}


@pytest.mark.slow
def test_a_title_that_comes_back_after_days_feeds_no_topic_with_the_next_affair(home: Home) -> None:
    land(home, WEIBO, MIDNIGHT, COMING)
    build(home)
    founded = assigned(home)
    back = MIDNIGHT + 80 * HOUR
    land(home, WEIBO, back, COMING)
    land(home, BAIDU, back + HOUR, COME)
    build(home)
    assert topics(home) == {frozenset({COMING}), frozenset({COME})}
    assert founded < assigned(home)
    assert len(rows(home, "FROM core.items")) == 2


def test_titles_edited_under_one_id_are_one_item_that_keeps_them_all(home: Home) -> None:
    edits = [f"如何看待松涧市台风青鸟致{n}人受伤" for n in range(1, 6)]
    for n, title in enumerate(edits):
        land(home, ZHIHU, MIDNIGHT + n * HOUR, ("4711", title))
    land(home, ZHIHU, MIDNIGHT + 5 * HOUR, ("4711", "博物馆周一不再闭馆"))
    build(home)
    assert len(assigned(home)) == 1
    assert topics(home) == {frozenset({*edits, "博物馆周一不再闭馆"})}
    kept = rows(home, "SELECT count(DISTINCT title) FROM mart.topic_titles")
    assert kept == [(6,)]


@pytest.mark.slow
def test_eight_hours_without_a_list_do_not_split_a_story(home: Home) -> None:
    land(home, WEIBO, MIDNIGHT, COMING)
    build(home)
    land(home, BAIDU, MIDNIGHT + 8 * HOUR, COME)
    build(home)
    assert topics(home) == {frozenset({COMING, COME})}


@pytest.mark.slow
def test_a_clock_that_goes_backwards_ends_as_if_it_had_not(home: Home, tmp_path: Path) -> None:
    captures = [(WEIBO, 0, COMING), (BAIDU, 3, COME), (ZHIHU, 5, "如何看待台风青鸟登陆？")]
    ordered = Home(tmp_path / "ordered")
    for board, after, title in captures:
        land(ordered, board, MIDNIGHT + after * HOUR, title, f"{board}之夜")
    build(ordered)
    for board, after, title in [captures[1], captures[2], captures[0]]:
        land(home, board, MIDNIGHT + after * HOUR, title, f"{board}之夜")
        build(home)
    assert assigned(home) == assigned(ordered)
    assert frozenset(title for _, _, title in captures) in topics(home)


TWO_STORIES = (WEIBO, "松涧工厂夜间起火"), (BAIDU, "居民称火光")
TURN_OUT_ONE = (
    (ZHIHU, "松涧工厂夜间起火，居民称火光"),
    ("toutiao_hot_board", "居民称火光系松涧工厂夜间起火"),
)

merger = pytest.mark.xdist_group("merged")  # one worker builds it, not each


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two topics at midnight that an hour later turn out to be one."""
    home = Home(tmp_path_factory.mktemp("merged") / "home")
    for board, title in TWO_STORIES:
        land(home, board, MIDNIGHT, title)
    build(home)
    for board, title in (*TURN_OUT_ONE, *TWO_STORIES):
        land(home, board, MIDNIGHT + HOUR, title)
    build(home)
    return home


@merger
def test_a_merger_is_recorded_with_its_instant(merged: Home) -> None:
    ((topic, into, merged_at, chance, _),) = rows(merged, "FROM core.topic_merges")
    assert merged_at == (MIDNIGHT + HOUR).replace(tzinfo=None)
    assert 0 < float(str(chance)) <= 1
    periods = rows(
        merged,
        f"SELECT topic_id, from_at, until_at FROM core.topic_members WHERE item_id = {topic} "
        "ORDER BY from_at",
    )
    midnight = MIDNIGHT.replace(tzinfo=None)
    assert periods == [(topic, midnight, merged_at), (into, merged_at, None)]


@merger
def test_every_view_follows_a_merger(merged: Home) -> None:
    ((ended, into, *_),) = rows(merged, "FROM core.topic_merges")
    for view in ("topics", "topic_boards", "topic_hours", "topic_titles"):
        assert rows(merged, f"SELECT DISTINCT topic_id FROM mart.{view}") == [(into,)], view
    assert rows(merged, "SELECT board_count, item_count FROM mart.topics") == [(4, 4)]
    assert rows(merged, f"SELECT count(*) FROM mart.topic_titles WHERE topic_id = {ended}") == [
        (0,)
    ]


@merger
def test_an_id_that_was_told_before_a_merger_leads_to_the_topic_of_now(merged: Home) -> None:
    ((ended, into, merged_at, *_),) = rows(merged, "FROM core.topic_merges")
    told = set(rows(merged, "FROM mart.topic_aliases"))
    assert told == {(ended, into, merged_at), (into, into, None)}
    with operations.opened(merged) as con:
        assert topic_evidence.find(con, str(ended))[0].topic_id == into


@merger
def test_what_is_asked_of_an_instant_before_a_merger_names_both_topics(merged: Home) -> None:
    ((ended, into, merged_at, *_),) = rows(merged, "FROM core.topic_merges")
    assert isinstance(merged_at, datetime)
    with operations.opened(merged) as con:

        def standing(at: datetime) -> set[object]:
            asked = {"since": at - COMPARED_OVER, "topic_ids": [ended, into]}
            found = query.table(con, "readers/digest.standings", at=at, **asked)
            return set(found["topic_id"].to_pylist())

        assert standing(merged_at - HOUR / 60) == {ended, into}
        assert standing(merged_at) == {into}


@merger
def test_a_topic_names_the_topics_that_were_merged_into_its_own(merged: Home) -> None:
    ((ended, into, merged_at, *_),) = rows(merged, "FROM core.topic_merges")
    assert isinstance(merged_at, datetime)

    def former(at: datetime) -> list[object]:
        with operations.opened(merged) as con:
            asked = query.table(con, "readers/digest.former_ids", at=at, topic_ids=[ended, into])
        found: list[object] = asked.to_pylist()
        return found

    assert former(merged_at - HOUR / 60) == []
    assert former(merged_at) == [{"topic_id": into, "former_id": ended}]


# Built in one go, in ticks and with kills.

TICK = timedelta(minutes=31)
KILLS = 4
LISTED = 25


def _made_ticks(folder: Path) -> None:
    """Two days of three boards, longer than a title is live, then a file for each tick; in these a merger."""
    start = MIDNIGHT - 10 * HOUR
    world = World(start=start, hours=56, story_count=150)
    looks = [start + n * TICK for n in range(56 * HOUR // TICK)]
    begun, ticks = looks[:-10:3], looks[-10:]
    lines = [
        (at, board, entry.rank, entry.title, entry.url)
        for at in (*begun, *ticks)
        for board in BOARDS
        for entry in world.ranked(board, at)
        if entry.rank and entry.rank <= LISTED
    ]
    for at, printed in ((ticks[1], TWO_STORIES), (ticks[4], TURN_OUT_ONE)):
        lines += [(at, board, LISTED + 1, title, None) for board, title in printed]
    for n, captures in enumerate([begun, *([at] for at in ticks)]):
        told = [
            {
                "source": board,
                "captured_at": at.isoformat(),
                "rank": rank,
                "title": title,
                "url": url,
            }
            for at, board, rank, title, url in lines
            if at in captures
        ]
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in told)
        (folder / f"{n:05}.jsonl").write_text(text, encoding="utf-8")


def _given_ticks(folder: Path, archive: Path, days: float) -> None:
    """The first days of a real archive, a file for each 31 minutes."""
    with duckdb.connect() as con:
        con.execute(
            f"CREATE TABLE given AS SELECT *, captured_at::TIMESTAMP AS seen_at FROM '{archive}' "
            "QUALIFY seen_at < min(seen_at) OVER () + to_seconds(?)",
            [days * 86_400],
        )
        ticks = con.execute(
            "SELECT DISTINCT time_bucket(INTERVAL 31 MINUTE, seen_at) FROM given ORDER BY 1"
        ).fetchall()
        for n, (tick,) in enumerate(ticks):
            con.execute(
                f"COPY (SELECT * EXCLUDE (seen_at) FROM given WHERE time_bucket(INTERVAL 31 MINUTE, seen_at) "
                f"= TIMESTAMP '{tick}') TO '{folder / f'{n:05}.parquet'}' (FORMAT parquet)"
            )


@pytest.fixture(scope="module")
def ticks(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Archives, one a tick. FENGKOU_ARCHIVE: of that file's first FENGKOU_DAYS (2)."""
    folder = tmp_path_factory.mktemp("ticks")
    if archive := os.environ.get("FENGKOU_ARCHIVE"):
        _given_ticks(folder, Path(archive), float(os.environ.get("FENGKOU_DAYS", "2")))
    else:
        _made_ticks(folder)
    return sorted(map(str, folder.iterdir()))


def _tick_by_tick(root: str, ticks: Sequence[str], every: int = 1) -> None:
    """Import what is not imported yet and group it, so many ticks at once."""
    with operations.opened(Home(Path(root))) as con:
        done = {origin for (origin,) in con.execute("SELECT origin FROM ops.loads").fetchall()}
        files = [file for file in map(Path, ticks) if file.name not in done]
        for start in range(0, len(files) + 1, every):
            for file in files[start : start + every]:
                import_archive(con, file, ArchiveMap(boards=operations.archive_boards()))
            for step in upstream(operations.TOPICS_TABLE):
                step.build(con)


@pytest.fixture(scope="module")
def one_go(
    ticks: Sequence[str], tmp_path_factory: pytest.TempPathFactory
) -> set[tuple[object, ...]]:
    home = Home(tmp_path_factory.mktemp("one_go") / "home")
    _tick_by_tick(str(home.root), ticks, every=len(ticks) + 1)
    made = assigned(home)
    assert any(is_merge for *_, is_merge, _ in made), "the stream should have mergers"
    return made


@pytest.mark.slow
@pytest.mark.xdist_group("one_go")
@pytest.mark.parametrize("kills", [0, KILLS])
def test_ticks_and_kills_end_with_the_topics_of_one_go(
    ticks: Sequence[str], one_go: set[tuple[object, ...]], home: Home, kills: int
) -> None:
    dice = random.Random(31)
    arguments = str(home.root), ticks
    caught = 0
    for _ in range(kills):
        child = CHILDREN.Process(target=_tick_by_tick, args=arguments)
        child.start()
        time.sleep(dice.uniform(0.3, 2.0))
        child.kill()
        child.join()
        caught += child.exitcode == -signal.SIGKILL
    assert caught >= kills // 2, "the kills came too late to disturb anything"
    _tick_by_tick(*arguments)
    assert assigned(home) == one_go
