"""Lists that several boards show: who served each, and one list is one list, whoever served it."""

import shutil
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import catalog, landing
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.bad_standing import bad_standing
from fengkou.board_seed import seed_boards
from fengkou.home import Home
from pipelines.boards.standing import ListStanding, Verdict, list_standings
from pipelines.captures import Entry, Outcome, Page, Status
from pipelines.digest.contents import Period
from pipelines.digest.render.board_sentences import list_sentence
from pipelines.digest.render.formats import Format, render
from pipelines.language import Language
from tests.warehouse.captures import build_up_to
from warehouse import query
from warehouse.graph import step
from warehouse.incremental import forget
from warehouse.readers.boards import boards_at
from warehouse.readers.digest import make_digest
from warehouse.readers.placements import COMPARED_OVER

pytestmark = pytest.mark.xdist_group("past")  # one worker builds it, not each

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
SOON = timedelta(seconds=20)
PAST = [NOON - HOUR * n for n in range(30, 0, -1)]
WORLD = World(PAST[0] - 6 * HOUR, hours=48, story_count=120)
WEIBO, ZHIHU = "weibo_side_hotsearch", "zhihu_hot_list_web"
PAGE, BAND = "weibo_summary_html", "weibo_hot_band"


def land(home: Home, board: str, at: datetime, entries: Sequence[Entry] | None = None) -> None:
    shows = catalog.board(board).stands_in_for or board
    shown = WORLD.ranked(shows, at) if entries is None else entries
    outcome = Outcome(board, at, Status.OK, "made", page=Page(tuple(shown)))
    landing.write(home.landing, outcome, b"made", durable=False)


def fail(home: Home, board: str, at: datetime, reason: str = "login_wall") -> None:
    outcome = Outcome(board, at, Status.FAILED, "made", reason=reason, detail="A login.")
    landing.write(home.landing, outcome, b"made", durable=False)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Thirty hourly lists of Weibo and Zhihu, landed and built."""
    home = Home(tmp_path_factory.mktemp("past"))
    for at in PAST:
        land(home, WEIBO, at)
        land(home, ZHIHU, at)
    operations.build(home)
    return home


@pytest.fixture
def home(past: Home, tmp_path: Path) -> Home:
    shutil.copytree(past.root, tmp_path / "home")
    return Home(tmp_path / "home")


SERVINGS = "core.servings"
STANDINGS = (SERVINGS, "core.topic_members", "core.item_hours", "mart.topics", "mart.lists")
"""What most tests ask, and the query for standings; those that ask for more build everything."""


def naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None)


def rows(home: Home, sql: str) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute(sql).fetchall()


def standings(home: Home, at: datetime) -> dict[tuple[int, str], dict[str, object]]:
    with operations.opened(home) as con:
        topics = con.execute("SELECT DISTINCT topic_id FROM core.topic_items").fetchall()
        found = query.table(
            con,
            "readers/digest.standings",
            topic_ids=[topic_id for (topic_id,) in topics],
            at=naive(at),
            since=naive(at - COMPARED_OVER),
        ).to_pylist()
    assert len({(row["topic_id"], row["board"]) for row in found}) == len(found)
    return {(row["topic_id"], row["board"]): row for row in found}


def lists(home: Home, at: datetime) -> tuple[ListStanding, ...]:
    with operations.opened(home) as con:
        return list_standings(boards_at(con, naive(at)))


def served(home: Home, since: datetime) -> list[tuple[object, ...]]:
    return rows(
        home,
        "SELECT board, captured_at FROM core.servings "
        f"WHERE list_board = '{WEIBO}' AND captured_at >= '{naive(since)}' ORDER BY captured_at",
    )


def listed(home: Home) -> dict[object, tuple[object, ...]]:
    found = rows(
        home, "SELECT list_board, board, since_at, is_stood_in, passed_over_claims FROM mart.lists"
    )
    return {row[0]: row[1:] for row in found}


@pytest.mark.slow
def test_a_stand_in_changes_no_standing(home: Home, past: Home, tmp_path: Path) -> None:
    shutil.copytree(past.root, tmp_path / "other")
    other = Home(tmp_path / "other")
    land(other, WEIBO, NOON)
    land(other, ZHIHU, NOON)
    build_up_to(other, *STANDINGS)
    fail(home, WEIBO, NOON - SOON)
    land(home, PAGE, NOON)
    land(home, ZHIHU, NOON)
    build_up_to(home, *STANDINGS)

    direct, round_about = standings(other, NOON), standings(home, NOON)
    assert {key for key in round_about if key[1] == WEIBO}
    assert {board for _, board in round_about} == {WEIBO, ZHIHU}
    assert {row["served_by"] for (_, board), row in round_about.items() if board == WEIBO} == {PAGE}
    assert any(row["rank_before"] not in {None, row["rank"]} for row in round_about.values())
    for key, row in direct.items():
        assert {**round_about[key], "served_by": ""} == {**row, "served_by": ""}


def test_a_list_read_twice_counts_once(home: Home) -> None:
    frozen = WORLD.ranked(WEIBO, NOON)
    for n in range(8):
        at = NOON + HOUR * n
        land(home, WEIBO, at, frozen)
        land(home, ZHIHU, at)
        if n == 7:
            land(home, PAGE, at + SOON)
    build_up_to(home, *STANDINGS)
    at = NOON + HOUR * 7 + 2 * SOON
    found = standings(home, at)
    assert {board for _, board in found} == {WEIBO, ZHIHU}
    assert {row["served_by"] for (_, board), row in found.items() if board == WEIBO} == {PAGE}
    (most,) = rows(home, "SELECT max(board_count) FROM mart.topics")
    assert most == (2,)


@pytest.mark.slow
def test_a_frozen_list_is_gone_round_from_the_next_look_on(home: Home) -> None:
    frozen = WORLD.ranked(WEIBO, NOON)
    for n in range(7):
        land(home, WEIBO, NOON + HOUR * n, frozen)
    operations.build(home)
    assert list(bad_standing(home)) == [WEIBO]
    assert "has not changed for 6 h," in bad_standing(home)[WEIBO]

    for n in (7, 8, 9):
        land(home, WEIBO, NOON + HOUR * n, frozen)
        land(home, PAGE, NOON + HOUR * n + SOON)
    build_up_to(home, *STANDINGS)
    # The first time both are asked, nobody knows yet that the stand-in answers.
    assert served(home, NOON + HOUR * 7) == [
        (WEIBO, naive(NOON + HOUR * 7)),
        *((PAGE, naive(NOON + HOUR * n + SOON)) for n in (7, 8, 9)),
    ]
    assert listed(home)[WEIBO] == (PAGE, naive(NOON + HOUR * 7 + SOON), True, ["frozen"])
    now = standings(home, NOON + HOUR * 9 + 2 * SOON)
    moved = [row for (_, board), row in now.items() if board == WEIBO]
    # An hour before, the frozen list stands twenty seconds from the stand-in's: it is not taken.
    assert {row["minutes_before"] for row in moved} == {60.0}
    assert {row["gap_minutes"] for row in moved} == {60.0}
    assert any(row["rank_before"] != row["rank"] for row in moved)


def test_a_list_that_moves_again_serves_again(home: Home) -> None:
    fail(home, WEIBO, NOON)
    land(home, PAGE, NOON + SOON)
    land(home, WEIBO, NOON + HOUR)
    build_up_to(home, *STANDINGS)
    assert [board for board, _ in served(home, NOON)] == [PAGE, WEIBO]
    assert listed(home)[WEIBO] == (WEIBO, naive(NOON + HOUR), False, [])
    found = standings(home, NOON + HOUR)
    weibo = [row for (_, board), row in found.items() if board == WEIBO]
    assert {row["served_by"] for row in weibo} == {WEIBO}
    assert {round(float(str(row["minutes_before"])), 2) for row in weibo} == {59.67}


def test_a_stand_in_that_was_asked_of_itself_takes_nothing_over(home: Home) -> None:
    land(home, WEIBO, NOON)
    land(home, BAND, NOON + SOON)
    build_up_to(home, *STANDINGS)
    assert served(home, NOON) == [(WEIBO, naive(NOON))]


def test_the_first_that_keeps_its_contract_serves(home: Home) -> None:
    fail(home, WEIBO, NOON)
    land(home, PAGE, NOON + SOON, WORLD.ranked(WEIBO, NOON)[:9])
    land(home, BAND, NOON + 2 * SOON)
    build_up_to(home, *STANDINGS)
    assert served(home, NOON)[-1] == (BAND, naive(NOON + 2 * SOON))


def test_where_none_answers_the_old_list_is_not_called_new(home: Home) -> None:
    fail(home, WEIBO, NOON + HOUR)
    fail(home, PAGE, NOON + HOUR + SOON)
    build_up_to(home, *STANDINGS)
    at = NOON + HOUR + 2 * SOON
    (weibo,) = [listed for listed in lists(home, at) if listed.board == WEIBO]
    assert weibo.verdict is Verdict.FAILED
    assert weibo.last_ok_at == NOON - HOUR
    assert list_sentence(weibo, Language.ZH) == (
        "未取到榜单：要求登录或验证。代供的微博热搜（网页）：未取到榜单：要求登录或验证。"
    )
    later = NOON + 3 * HOUR
    assert not [board for _, board in standings(home, later) if board == WEIBO]
    assert {listed.verdict for listed in lists(home, later)} == {Verdict.STALE}


@pytest.mark.slow
def test_the_head_of_the_digest_says_who_stands_in(home: Home) -> None:
    fail(home, WEIBO, NOON)
    land(home, PAGE, NOON + SOON)
    land(home, ZHIHU, NOON)
    operations.build(home)
    with operations.opened(home) as con:
        digest = make_digest(con, NOON + 2 * SOON, Period.DAY)
    assert [listed.board for listed in digest.boards] == [WEIBO, ZHIHU]
    (weibo,) = digest.troubled
    assert weibo.verdict is Verdict.DEGRADED
    assert weibo.last_ok_at == NOON + SOON
    assert (
        list_sentence(weibo, Language.ZH) == "由微博热搜（网页）代供：未取到榜单：要求登录或验证。"
    )
    assert list_sentence(weibo, Language.EN) == "Served by Weibo hot search, web page: A login."
    page = render(digest, Language.ZH)[Format.HTML].decode()
    assert "由微博热搜（网页）代供" in page[: page.index("<main")]
    # A topic stands on 微博热搜, whoever read it.
    names = {place.name_zh for card in digest.topics for place in card.placements}
    assert names == {"微博热搜", "知乎热榜"}


@pytest.mark.slow
def test_tick_by_tick_ends_with_the_servings_of_one_go(home: Home, past: Home) -> None:
    def troubled(n: int) -> None:
        at = NOON + HOUR * n
        if n % 3:
            fail(home, WEIBO, at)
            land(home, PAGE, at + SOON)
        else:
            land(home, WEIBO, at)

    for n in range(6):
        troubled(n)
        build_up_to(home, SERVINGS)
    once = rows(home, "FROM core.servings ORDER BY ALL")
    with operations.opened(home) as con:
        forget(con, [SERVINGS])
    build_up_to(home, SERVINGS)
    assert rows(home, "FROM core.servings ORDER BY ALL") == once


def test_another_word_on_who_stands_in_is_another_rule(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(home, WEIBO, NOON)
    land(home, PAGE, NOON + SOON)
    build_up_to(home, SERVINGS)
    assert build_up_to(home, SERVINGS)[SERVINGS] == 0
    monkeypatch.setattr(catalog.board(PAGE), "stands_in_for", "")
    assert build_up_to(home, SERVINGS)[SERVINGS] == 2 * len(PAST) + 1
    assert rows(home, f"SELECT list_board FROM core.servings WHERE board = '{PAGE}'") == [(PAGE,)]
    with operations.opened(home) as con:
        monkeypatch.undo()
        seed_boards(con)
        assert step(SERVINGS).build(con) == 2 * len(PAST) + 1
