"""New words in the warehouse: names that come after weeks, on lists that were read meanwhile."""

from datetime import timedelta
from pathlib import Path

import pytest

from crawlers import landing
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from tests.warehouse.captures import BOARDS, START, build_up_to
from tests.warehouse.models.test_tokens import HAPPENED, PLACES, SINGER
from tests.warehouse.models.test_topics import rows

DAY = timedelta(days=1)
CAME = 30
"""Days after which names come."""

EARLY = 20
"""The same, of a name that comes when the lists were not read for long enough."""

LATE_LIST_FROM = 20


def told_of(name: str, day: int, came: int) -> list[str]:
    """Of a name that came on a day four titles, of the next day two, and one more."""
    told = [title.replace("裴沅芷", name) for title in SINGER]
    return {0: told[:4], 1: told[4:6], 2: told[6:7]}.get(day - came, [])


def titles(board: str, day: int) -> list[str]:
    usual = [f"{place}{HAPPENED[(day + n) % 6]}{board}{day}天" for n, place in enumerate(PLACES)]
    if board == BOARDS[0]:
        return [*told_of("裴沅芷", day, CAME), *told_of("阮青蘅", day, EARLY), *usual]
    return [*told_of("谌毓岫", day, CAME), *usual] if day >= LATE_LIST_FROM else []


def land(home: Home, days: range) -> None:
    for day in days:
        for board in BOARDS[:2]:
            if printed := titles(board, day):
                lines = (
                    Entry(n, Kind.RANKED, n, title.replace(board, board[:2]))
                    for n, title in enumerate(printed, 1)
                )
                at = START + day * DAY
                page = Page(tuple(lines))
                outcome = Outcome(board, at, Status.OK, "made", page=page)
                landing.write(home.landing, outcome, b"made", durable=False)


def build(home: Home) -> None:
    build_up_to(home, "mart.new_words")


NEW = "SELECT token, is_new, new_at, days_before, days_since, days_seen FROM mart.new_words"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("novel"))
    land(home, range(CAME + 3))
    build(home)
    return home


def test_a_name_that_came_after_weeks_is_new_and_one_of_the_first_weeks_is_not(
    home: Home,
) -> None:
    found = {token: told for token, *told in rows(home, NEW)}
    on_the_second_day = (START + (CAME + 1) * DAY).replace(tzinfo=None) + timedelta(hours=1)
    assert found["裴沅芷"] == [True, on_the_second_day, CAME, 2, 2]
    assert found["阮青蘅"] == [False, None, None, None, None]


def test_a_name_of_a_list_that_is_read_for_days_alone_is_not_new(home: Home) -> None:
    assert ("谌毓岫", False) in [(token, is_new) for token, is_new, *_ in rows(home, NEW)]


def test_a_name_that_an_older_title_holds_is_not_new(tmp_path: Path) -> None:
    home = Home(tmp_path)
    land(home, range(CAME + 3))
    page = Page((Entry(1, Kind.RANKED, 1, "与裴沅芷同名"),))
    at = START + timedelta(hours=3)
    landing.write(home.landing, Outcome(BOARDS[2], at, Status.OK, "made", page=page), b"made")
    build(home)
    assert ("裴沅芷", False) in [(token, is_new) for token, is_new, *_ in rows(home, NEW)]


def test_what_is_told_day_by_day_is_what_is_told_in_one_go(home: Home, tmp_path: Path) -> None:
    ticking = Home(tmp_path)
    land(ticking, range(CAME))
    for day in range(CAME, CAME + 3):
        land(ticking, range(day, day + 1))
        build(ticking)
    assert rows(ticking, f"{NEW} ORDER BY token") == rows(home, f"{NEW} ORDER BY token")
