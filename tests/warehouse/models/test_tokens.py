"""New words and bursts in the warehouse, on titles that are made up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from crawlers import landing
from fengkou import operations
from fengkou.home import Home
from fengkou.reads import BurstingToken
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from tests.warehouse.captures import BOARDS, START, Fingerprints, build_up_to
from warehouse import query
from warehouse.instants import to_naive

pytestmark = pytest.mark.xdist_group("tokens")  # one worker builds them, not each

Read = Callable[[Home], Fingerprints]

PLACES = ["白鹭湾", "青禾市", "松涧镇", "云栖桥", "望潮路", "银杏巷", "临水街", "春晖楼"]
HAPPENED = ["举办比赛", "地铁停运", "樱花盛开", "高温预警", "列车晚点", "夜市调整"]
SINGER = [
    "裴沅芷新歌发布",
    "网友评价裴沅芷演技",
    "粉丝偶遇裴沅芷",
    "导演选中裴沅芷",
    "裴沅芷新妆走红",
    "记者采访裴沅芷",
    "裴沅芷捐款",
    "裴沅芷机场造型",
]

LOOKS = [START + n * timedelta(hours=3) for n in range(40)]


def _titles(n: int) -> list[str]:
    """Eight usual titles a look; from the 32nd on one more a look tells of a name that no dictionary has."""
    usual = [f"{place}{HAPPENED[(n + i) % 6]}{n}天" for i, place in enumerate(PLACES)]
    return [*SINGER[max(0, n - 32) : max(0, n - 31)], *usual]


def _land(home: Home, looks: range) -> None:
    for n in looks:
        entries = tuple(
            Entry(place, Kind.RANKED, place, title) for place, title in enumerate(_titles(n), 1)
        )
        page = Page(entries)
        outcome = Outcome(BOARDS[0], LOOKS[n], Status.OK, "https://made.example/list", page=page)
        landing.write(home.landing, outcome, b"body")


def _build(home: Home) -> None:
    build_up_to(home, "mart.trending_tokens")


def _bursting(home: Home, at: datetime) -> list[BurstingToken]:
    with operations.opened(home) as con:
        return query.rows(con, BurstingToken, "readers/trending_tokens", at=to_naive(at), shown=50)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """All looks, built in one go."""
    home = Home(tmp_path_factory.mktemp("whole"))
    _land(home, range(len(LOOKS)))
    _build(home)
    return home


def _rows(home: Home, query: str) -> list[tuple[object, ...]]:
    with operations.opened(home) as con:
        return con.execute(query).fetchall()


def test_a_name_is_cut_whole_from_the_hour_after_its_fourth_title_on(whole: Home) -> None:
    (found,) = _rows(
        whole, "SELECT found_at, title_count FROM core.new_words WHERE token = '裴沅芷'"
    )
    fourth = LOOKS[35].replace(tzinfo=None)
    assert found == (fourth + timedelta(hours=1), 4)
    cut = _rows(
        whole,
        "SELECT titles.clean_title, bool_or(tokens.token = '裴沅芷' AND tokens.part_of_speech = 'n') "
        "FROM core.title_tokens AS tokens INNER JOIN core.titles AS titles USING (title_id) "
        "WHERE titles.clean_title LIKE '%裴沅芷%' GROUP BY 1",
    )
    assert {title for title, is_learnt in cut if is_learnt} == {*SINGER[4:]}


@pytest.mark.slow
def test_tick_by_tick_finds_the_words_of_one_go(
    whole: Home, tmp_path: Path, fingerprints: Read
) -> None:
    ticking = Home(tmp_path)
    for start in range(0, len(LOOKS), 7):
        _land(ticking, range(start, min(start + 7, len(LOOKS))))
        _build(ticking)
    assert fingerprints(ticking) == fingerprints(whole)


@pytest.mark.slow
def test_what_comes_late_is_cut_as_if_it_had_come_in_time(
    whole: Home, tmp_path: Path, fingerprints: Read
) -> None:
    late = Home(tmp_path)
    for looks in (range(33), range(35, 40), range(33, 35)):
        _land(late, looks)
        _build(late)
    assert fingerprints(late) == fingerprints(whole)


def test_a_word_that_somebody_lists_cuts_all_titles_again(tmp_path: Path) -> None:
    home = Home(tmp_path)
    _land(home, range(2))
    _build(home)
    count = "SELECT count(*) FROM core.title_tokens WHERE token = '白鹭湾'"
    assert _rows(home, count) == [(0,)]
    (home.root / "words.txt").write_text(
        "白鷺灣  # a bay, as its people write it\n", encoding="utf-8"
    )
    _build(home)
    assert _rows(home, count) == [(2,)]


def test_a_name_that_everybody_tells_of_bursts_and_a_usual_word_does_not(whole: Home) -> None:
    rows = _bursting(whole, LOOKS[-1] + timedelta(hours=1))
    (row,) = [row for row in rows if row.token == "裴沅芷"]
    # The cutter's own guess was right in three of the four titles before it was known.
    assert (row.title_count, row.is_unlisted, row.title) == (7, True, SINGER[-1])
    # Within days nobody knows whether it is new.
    assert not row.is_new_word
    assert not {row.token for row in rows} & {"比赛", "地铁", "停运", "列车", "晚点", "夜市"}


def test_what_bursts_at_an_instant_is_what_was_known_then(whole: Home, tmp_path: Path) -> None:
    at = LOOKS[36] + timedelta(hours=2)
    then = Home(tmp_path)
    _land(then, range(37))
    _build(then)
    assert _bursting(then, at) == _bursting(whole, at)
