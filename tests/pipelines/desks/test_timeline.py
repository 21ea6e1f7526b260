"""Stories at an instant: the same whether a desk listened all along or asks now, and of nothing later."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.desks.stories import Expected
from pipelines.desks.timeline import (
    AWAY,
    Capture,
    Foretold,
    Founded,
    Membership,
    Named,
    PastOfStories,
    Sighting,
    Stayed,
    Timeline,
    ticks,
)
from pipelines.forecast.stages import Stage
from pipelines.topics.cards import Title
from pipelines.topics.categories import CATEGORIES

START = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

EVEN = np.full(len(CATEGORIES), 1 / len(CATEGORIES))


def title(item: int) -> Title:
    return Title(item, f"第{item}条", (), EVEN)


def sighting(board: str, at: datetime, item: int, rank: int) -> Sighting:
    return Sighting(board, at, item, rank, f"第{item}条", rank)


@st.composite
def pasts(draw: st.DrawFn) -> PastOfStories:
    """Two lists, a few items, three topics that items join and change."""
    captures: list[Capture] = []
    sightings: list[Sighting] = []
    for number in range(draw(st.integers(1, 14))):
        board = draw(st.sampled_from(["weibo", "zhihu"]))
        at = START + number * draw(st.sampled_from([20, 30, 45])) * MINUTE
        if captures and at <= captures[-1].at:
            continue
        captures.append(Capture(board, board, at))
        items = draw(st.lists(st.integers(1, 5), max_size=4, unique=True))
        sightings += [sighting(board, at, item, rank) for rank, item in enumerate(items, 1)]
    first: dict[int, Sighting] = {}
    for seen in sightings:
        first.setdefault(seen.item_id, seen)
    moves = [Membership(item, item % 3, seen.at) for item, seen in first.items()]
    moves += [
        Membership(
            item, draw(st.integers(0, 2)), first[item].at + draw(st.integers(1, 200)) * MINUTE
        )
        for item in draw(
            st.lists(st.sampled_from(sorted(first)), max_size=3) if first else st.just([])
        )
    ]
    runs = [START + number * HOUR for number in range(5)]
    foretold = [
        Foretold(topic, at, Expected(Stage.RISING, "weibo", 9, 0.1, draw(st.floats(0, 1)), 30))
        for at in runs
        for topic in draw(st.sets(st.integers(0, 2)))
    ]
    return PastOfStories(
        captures=captures,
        sightings=sightings,
        memberships=sorted(moves, key=lambda move: move.at),
        founded=[Founded(item, seen.at, seen.board) for item, seen in first.items()],
        titles=[title(item) for item in first],
        forecast_runs=runs,
        foretold=foretold,
        stays=[Stayed(item, seen.at, seen.at) for item, seen in first.items()],
    )


def until(past: PastOfStories, at: datetime) -> PastOfStories:
    """What was known at an instant."""
    return replace(
        past,
        captures=[each for each in past.captures if each.at <= at],
        sightings=[each for each in past.sightings if each.at <= at],
        memberships=[each for each in past.memberships if each.at <= at],
        forecast_runs=[each for each in past.forecast_runs if each <= at],
        foretold=[each for each in past.foretold if each.at <= at],
        stays=[each for each in past.stays if each.began_at <= at],
    )


@given(past=pasts())
def test_who_listens_all_along_sees_what_who_asks_now_sees_and_nothing_later(
    past: PastOfStories,
) -> None:
    timeline = Timeline(past)
    for at in ticks([capture.at for capture in past.captures]):
        assert timeline.at(at) == Timeline(until(past, at)).at(at)


def _lone(*seen: tuple[datetime, int]) -> PastOfStories:
    return PastOfStories(
        captures=[Capture("weibo", "weibo", at) for at, _ in seen],
        sightings=[sighting("weibo", at, 1, rank) for at, rank in seen if rank],
        memberships=[Membership(1, 1, START)],
        founded=[Founded(1, START, "weibo")],
        titles=[title(1)],
        stays=[Stayed(1, START, START)],
    )


def test_a_rank_is_told_beside_that_of_half_an_hour_to_an_hour_and_a_half_before() -> None:
    past = _lone((START, 20), (START + 40 * MINUTE, 7))
    (story,) = Timeline(past).at(START + 40 * MINUTE)
    assert [(line.rank, line.rank_before) for line in story.lines] == [(7, 20)]


def test_what_left_its_list_stands_nowhere() -> None:
    assert Timeline(_lone((START, 3), (START + HOUR, 0))).at(START + HOUR) == []


def test_a_list_that_was_not_read_for_hours_is_no_present_list() -> None:
    past = _lone((START, 3))
    assert Timeline(past).at(START + 3 * HOUR)
    assert Timeline(past).at(START + 4 * HOUR) == []


@pytest.mark.parametrize(("gap", "is_back"), [(AWAY, False), (AWAY + HOUR, True)])
def test_a_story_came_back_after_three_days_on_no_list(gap: timedelta, is_back: bool) -> None:
    again = START + gap
    past = replace(
        _lone((START, 3), (again, 4)), stays=[Stayed(1, START, START), Stayed(1, again, again)]
    )
    (story,) = Timeline(past).at(again)
    assert story.came_back_at == (again if is_back else None)


def test_a_name_of_people_holds_while_it_holds() -> None:
    past = replace(
        _lone((START, 3), (START + HOUR, 3)),
        names=[Named(1, "大事", START, START + HOUR)],
    )
    timeline = Timeline(past)
    assert [story.headline for story in timeline.at(START)] == ["大事"]
    assert [story.headline for story in timeline.at(START + HOUR)] == ["第1条"]


def test_captures_that_follow_each_other_are_one_round_and_a_round_ends() -> None:
    minutes = [0, 1, 2, 30, 31, 60]
    assert ticks([START + each * MINUTE for each in minutes]) == [
        START + each * MINUTE for each in (2, 31, 60)
    ]
    assert len(ticks([START + each * MINUTE for each in range(60)])) == 6


@given(past=pasts(), hours=st.integers(1, 12))
def test_what_was_seen_since_is_what_stands_and_what_has_left_since(
    past: PastOfStories, hours: int
) -> None:
    for at in ticks([capture.at for capture in past.captures]):
        since = at - hours * HOUR
        known = until(past, at)
        seen = {each.item_id for each in known.sightings if each.at > since}
        topic_of = {each.item_id: each.topic_id for each in known.memberships}
        stories = Timeline(past).seen_since(since, at)
        assert [story.topic_id for story in stories] == sorted({topic_of[item] for item in seen})
        assert stories == Timeline(known).seen_since(since, at)
        standing = {story.topic_id: story for story in Timeline(past).at(at)}
        assert all(standing.get(story.topic_id, story) == story for story in stories)
