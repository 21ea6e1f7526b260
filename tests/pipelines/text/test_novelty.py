"""A word is new where its list was read for weeks without it, and where that is no chance."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.novelty import CHANCE, DAYS_BEFORE, chance_of_coming_late, novelty

FIRST = date(2025, 3, 1)


def days(*numbers: int) -> list[date]:
    return [FIRST + timedelta(days=number) for number in numbers]


def test_what_came_in_the_first_weeks_cannot_be_told_from_an_old_word() -> None:
    read = days(*range(60))
    came = days(*range(DAYS_BEFORE - 1, DAYS_BEFORE + 20))
    assert novelty(read, came, came[0]) is None


def test_days_on_which_nobody_read_the_list_say_nothing() -> None:
    came = days(50, 51, 52)
    assert novelty(days(*range(60)), came, came[0])
    assert novelty(days(*range(20), *range(50, 60)), came, came[0]) is None


def test_a_word_of_a_single_day_is_not_told_as_new() -> None:
    assert novelty(days(*range(100)), days(99), *days(99)) is None


def test_a_word_is_told_as_new_on_the_first_day_that_bears_it_out() -> None:
    came = days(40, 41, 42)
    found = novelty(days(*range(60)), came, came[0])
    assert found
    assert (found.told_on, found.days_before, found.days_since, found.days_seen) == (
        came[1], 40, 2, 2,
    )  # fmt: skip


def test_nothing_is_told_before_it_is_known_for_a_word() -> None:
    came = days(40, 41, 42)
    found = novelty(days(*range(60)), came, came[2])
    assert found
    assert found.told_on == came[2]


def test_what_comes_rarely_may_have_been_away_by_chance() -> None:
    assert novelty(days(*range(80)), days(30, 55, 79), FIRST) is None


@pytest.mark.parametrize(("before", "since", "seen"), [(3, 3, 1), (5, 4, 2), (4, 5, 3), (0, 4, 2)])
def test_the_chance_is_the_share_of_all_ways_in_which_the_other_days_can_lie(
    before: int, since: int, seen: int
) -> None:
    """The first of the days is given, and any of the others is as likely."""
    others = [day for day in range(before + since) if day != before]
    ways = list(combinations(others, seen - 1))
    late = sum(all(day > before for day in way) for way in ways)
    assert chance_of_coming_late(before, since, seen) == pytest.approx(late / len(ways))


@given(st.integers(DAYS_BEFORE, 400), st.integers(1, 60))
def test_the_longer_it_was_absent_the_surer_it_is(before: int, since: int) -> None:
    for seen in range(1, since + 1):
        assert (
            chance_of_coming_late(before + 1, since, seen)
            <= chance_of_coming_late(before, since, seen)
            <= 1
        )
    if since > 1:
        assert chance_of_coming_late(before, since, since) < CHANCE
