"""The rising score: what lifts it, what does not, and what it cannot know."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.forecast import (
    PEAK_RANK,
    Forecast,
    Standing,
    board_score,
    climb_minutes,
    expected_place,
    forecast,
    pace,
    rank_gain,
)

AT = datetime(2025, 5, 20, 12)  # noqa: DTZ001 - instants in the warehouse are naive UTC
CLIMBER = Standing(
    topic_id=1,
    board="weibo_hot",
    rank=20,
    list_length=50,
    rank_before=30,
    minutes_before=60,
    minutes_since=90,
    gap_minutes=30,
    usual_gain=5.0,
)
many = settings(max_examples=100, deadline=None)


def seen(**changed: object) -> Standing:
    return replace(CLIMBER, **changed)  # type: ignore[arg-type]


def judged(*standings: Standing) -> Forecast:
    (one,) = forecast(standings, AT)
    return one


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    length = draw(st.integers(1, 100))
    places = st.integers(1, length)
    compared = draw(st.booleans())
    return Standing(
        topic_id=draw(st.integers(1, 5)),
        board=draw(st.sampled_from(["weibo_hot", "zhihu_hot", "baidu_hot"])),
        rank=draw(places),
        list_length=length,
        rank_before=draw(st.none() | places) if compared else None,
        minutes_before=draw(st.floats(20, 150)) if compared else None,
        minutes_since=draw(st.none() | st.floats(0, 5_000)),
        gap_minutes=draw(st.none() | st.floats(1, 180)),
        usual_gain=draw(st.none() | st.floats(0.1, 40)),
    )


def test_the_same_climb_over_twice_the_gap_has_the_same_pace() -> None:
    once = seen(rank=20, rank_before=25, minutes_before=30)
    twice = seen(rank=20, rank_before=30, minutes_before=60)
    assert pace(once) == pace(twice) == 10
    assert board_score(once) == board_score(twice)


def test_the_same_climb_in_less_time_scores_higher() -> None:
    assert judged(seen(minutes_before=30)).score > judged(seen(minutes_before=60)).score


def test_a_climb_that_is_usual_at_this_hour_scores_lower() -> None:
    night, morning = judged(seen(usual_gain=2.0)), judged(seen(usual_gain=20.0))
    assert night.score > morning.score


def test_a_board_without_history_is_judged_by_its_length() -> None:
    assert expected_place(seen(usual_gain=None)) == expected_place(seen(usual_gain=7.5))


def test_what_is_new_on_a_list_comes_from_just_below_it() -> None:
    assert rank_gain(seen(rank=40, rank_before=None)) == 11


def test_what_is_new_on_a_list_came_halfway_since_the_capture_before() -> None:
    new = seen(rank_before=None, minutes_before=60, minutes_since=0, gap_minutes=30)
    assert climb_minutes(new) == 15


def test_a_climb_is_not_timed_more_finely_than_lists_jitter() -> None:
    new = seen(rank_before=None, minutes_before=60, minutes_since=0, gap_minutes=1)
    assert climb_minutes(new) == 10


def test_a_first_list_has_no_gain_and_nothing_rises() -> None:
    first = judged(seen(rank_before=None, minutes_before=None, minutes_since=None))
    assert (first.rank_gain, first.over_minutes, first.is_rising) == (None, None, False)


@pytest.mark.parametrize("rank", range(1, PEAK_RANK + 1))
def test_the_head_of_a_list_does_not_rise(rank: int) -> None:
    assert not judged(seen(rank=rank)).is_rising


def test_the_head_of_one_list_does_not_rise_on_another() -> None:
    assert not judged(seen(rank=1), seen(board="zhihu_hot")).is_rising


def test_a_climber_rises_and_a_faller_does_not() -> None:
    assert judged(seen(rank=20, rank_before=30)).is_rising
    assert not judged(seen(rank=30, rank_before=20)).is_rising
    assert not judged(seen(rank=20, rank_before=20)).is_rising


def test_a_topic_on_two_boards_outscores_a_topic_on_one() -> None:
    two = judged(seen(), seen(board="zhihu_hot"))
    assert two.score > judged(seen()).score
    assert two.board_count == 2


def test_a_topic_is_told_by_the_board_on_which_it_climbs_fastest() -> None:
    fast = seen(board="zhihu_hot", rank_before=45)
    assert (judged(seen(), fast).board, judged(seen(), fast).rank_gain) == ("zhihu_hot", 25)


def test_a_standstill_at_the_tenth_place_scores_fifty() -> None:
    assert judged(seen(rank=10, rank_before=10)).score == 50


def test_equal_scores_are_ordered_by_topic() -> None:
    made = forecast([seen(topic_id=n) for n in (3, 1, 2)], AT)
    assert [one.topic_id for one in made] == [1, 2, 3]


@many
@given(st.lists(standings(), max_size=6, unique_by=lambda s: (s.topic_id, s.board)), st.randoms())
def test_the_order_of_standings_does_not_matter(given_: list[Standing], dice: object) -> None:
    shuffled = given_.copy()
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert forecast(shuffled, AT) == forecast(given_, AT)


@many
@given(st.lists(standings(), max_size=6, unique_by=lambda s: (s.topic_id, s.board)))
def test_each_topic_is_judged_once_between_0_and_100(given_: list[Standing]) -> None:
    made = forecast(given_, AT)
    assert {one.topic_id for one in made} == {one.topic_id for one in given_}
    assert len({one.topic_id for one in made}) == len(made)
    assert all(0 <= one.score <= 100 for one in made)


@many
@given(standings())
def test_a_better_place_never_scores_lower(standing: Standing) -> None:
    better = replace(standing, rank=max(1, standing.rank - 1))
    assert board_score(better) >= board_score(standing)


@many
@given(standings(), st.integers(1, 20))
def test_coming_from_further_below_never_scores_lower(standing: Standing, places: int) -> None:
    if standing.rank_before is not None:
        below = replace(standing, rank_before=standing.rank_before + places)
        assert board_score(below) >= board_score(standing)


@many
@given(standings(), standings())
def test_another_board_never_lowers_the_score(one: Standing, other: Standing) -> None:
    both = judged(replace(one, topic_id=1, board="a_a"), replace(other, topic_id=1, board="b_b"))
    assert both.score >= judged(replace(one, topic_id=1)).score


@many
@given(standings())
def test_what_rises_has_gained_and_is_below_the_head(standing: Standing) -> None:
    one = judged(standing)
    if one.is_rising:
        assert one.rank_gain is not None
        assert one.rank_gain > 0
        assert one.rank > PEAK_RANK
