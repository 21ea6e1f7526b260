"""Which stories a digest tells, where, and in what order; what a place of a list is worth."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.digest.contents import Period, Section
from pipelines.digest.prospects import Prospect
from pipelines.digest.reach import OWN_LIST, Seen, band_of, learn
from pipelines.digest.sections import (
    CARDS,
    LINES,
    MOST,
    Standing,
    Story,
    choose,
    is_on_top,
    section_of,
)
from tests.examples import examples

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)


def ago(hours: float) -> datetime:
    return AT - timedelta(hours=hours)


def standing(board: str = "weibo_hot", **changed: object) -> Standing:
    """On top of a list of fifty for two hours, and still."""
    usual = Standing(
        board=board,
        first_at=ago(2),
        last_at=ago(0.1),
        best_rank=3,
        best_at=ago(1),
        high_at=ago(0.1),
        reach_hours=4.0,
        rank_now=4,
        list_length=50,
        worth_now=2.0,
        served_by=board,
        position=4,
        asks=False,
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


LOW = standing(rank_now=24, best_rank=20, high_at=None)
FALLEN = standing(rank_now=30, high_at=ago(2))
GONE = standing(rank_now=None, list_length=None, worth_now=None, high_at=ago(8), last_at=ago(7))
LIKELY = Prospect(chance=0.6, stays=0.97)


def story(*standings: Standing, topic_id: int = 1, **changed: Any) -> Story:
    usual = Story(
        topic_id=topic_id,
        first_seen_at=ago(30),
        first_board="weibo_hot",
        is_watched=True,
        present_since_at=ago(30),
        last_before_at=None,
        standings=standings or (standing(),),
        seen_at=ago(0.1),
        lists_of_day=len(standings) or 1,
        lists_now=1,
    )
    return replace(usual, **changed)


RETURNED: dict[str, Any] = {"first_seen_at": ago(40), "last_before_at": ago(20)}


@pytest.mark.parametrize(
    ("told", "section"),
    [
        (story(first_seen_at=ago(2), present_since_at=ago(2)), Section.BURST),
        # Its list was not read before it was seen: it may be old.
        (story(first_seen_at=ago(2), is_watched=False, present_since_at=ago(2)), Section.TOP),
        (story(), Section.TOP),
        (story(LOW, standing("zhihu_hot")), Section.TOP),
        (story(present_since_at=ago(3), **RETURNED), Section.BACK),
        (story(present_since_at=ago(7), **RETURNED), Section.TOP),
        (story(LOW, prospect=LIKELY), Section.RISING),
        # Who reads it in half an hour would find it gone.
        (story(LOW, prospect=replace(LIKELY, stays=0.5)), Section.DAY),
        (story(LOW, prospect=replace(LIKELY, chance=0.03)), Section.DAY),
        (story(replace(LOW, asks=True), prospect=LIKELY), Section.DAY),
        (story(FALLEN), Section.FADING),
        (story(GONE), Section.DAY),
        (story(LOW), Section.DAY),
    ],
)
def test_a_story_stands_where_it_matters_most(told: Story, section: Section) -> None:
    assert section_of(told, AT, ago(3)) is section


def test_a_rise_is_told_by_its_chance_and_whether_it_will_be_there_to_read() -> None:
    fleeting = replace(LIKELY, chance=0.65, stays=0.75)
    small = replace(LIKELY, chance=0.5)
    told = [story(LOW, topic_id=n, prospect=p) for n, p in enumerate((fleeting, small, LIKELY))]
    assert [each.topic_id for _, each in choose(told, AT, Period.HOUR).cards] == [2, 1, 0]


def test_what_is_not_among_the_likeliest_to_rise_is_told_where_it_would_stand_else() -> None:
    many = [story(FALLEN, topic_id=n, prospect=LIKELY) for n in range(12)]
    for period in Period:
        chosen = choose(many, AT, period)
        rising = [n for section, n in chosen.cards if section is Section.RISING]
        assert len(rising) == MOST[period][Section.RISING]
        assert len(chosen.cards) + len(chosen.lines) == len(many)


def test_a_lone_question_counts_half() -> None:
    question = story(standing(asks=True))
    answered = story(standing(asks=True), standing("zhihu_hot"))
    assert question.weight_of_day == story().weight_of_day / 2
    assert answered.told_by == 2


@pytest.mark.parametrize(
    ("rank", "length", "is_top"),
    [(10, 50, True), (11, 50, False), (10, 20, False), (4, 20, True), (1, 3, True), (2, 3, False),
     (10, 500, True), (None, 50, False), (1, None, False)],
)  # fmt: skip
def test_the_top_of_a_list_is_its_top_ten_and_no_more_than_a_fifth(
    rank: int | None, length: int | None, *, is_top: bool
) -> None:
    assert is_on_top(rank, length) is is_top


stories = st.lists(
    st.builds(
        story,
        st.sampled_from((standing(), LOW, FALLEN, GONE)),
        st.sampled_from((standing("zhihu_hot"), replace(GONE, board="zhihu_hot"))),
        topic_id=st.integers(1, 10_000),
        first_seen_at=st.sampled_from((ago(1), ago(9))),
        prospect=st.sampled_from((None, LIKELY, replace(LIKELY, stays=0.5))),
    ),
    max_size=120,
    unique_by=lambda each: each.topic_id,
)


@given(stories, st.sampled_from(Period))
@examples(60)
def test_a_story_is_told_once_and_sections_come_in_order(told: list[Story], period: Period) -> None:
    chosen = choose(told, AT, period)
    ids = [each.topic_id for _, each in (*chosen.cards, *chosen.lines)]
    assert len(ids) == len(set(ids))
    order = list(Section)
    for group in (chosen.cards, chosen.lines):
        sections = [order.index(section) for section, _ in group]
        assert sections == sorted(sections)
    assert len(chosen.cards) <= CARDS[period]
    assert len(chosen.lines) <= LINES[period]
    for section, most in MOST[period].items():
        assert sum(each is section for each, _ in chosen.cards) <= most
    assert not set(chosen.quiet_since) & {section for section, _ in chosen.cards}


@given(stories)
@examples(30)
def test_what_is_chosen_does_not_hang_on_the_order_in_which_stories_come(told: list[Story]) -> None:
    assert choose(told, AT, Period.DAY) == choose(told[::-1], AT, Period.DAY)


def test_a_day_tells_what_has_left_all_lists_by_lists_places_and_hours() -> None:
    small = story(standing(reach_hours=1.0), topic_id=1)
    big = story(GONE, replace(GONE, board="zhihu_hot"), topic_id=2)
    day = choose([small, big], AT, Period.DAY)
    assert [(section, each.topic_id) for section, each in day.cards] == [
        (Section.TOP, 1),
        (Section.DAY, 2),
    ]
    assert [each.topic_id for _, each in choose([small, big], AT, Period.HOUR).cards] == [1]


def test_the_hours_of_a_morning_tell_what_was_on_top_in_the_night() -> None:
    """AT is nine in the morning in Shanghai."""
    night = story(GONE, topic_id=1)
    assert [(s, n.topic_id) for s, n in choose([night], AT, Period.HOUR).lines] == [
        (Section.DAY, 1)
    ]
    assert not choose([night], AT + timedelta(hours=3), Period.HOUR).lines
    evening = story(replace(GONE, high_at=ago(12)), topic_id=2)
    assert not choose([evening], AT, Period.HOUR).lines


def test_what_began_in_the_night_is_new_in_the_morning() -> None:
    new = story(first_seen_at=ago(8), present_since_at=ago(8))
    assert [section for section, _ in choose([new], AT, Period.HOUR).cards] == [Section.BURST]
    noon = choose([new], AT + timedelta(hours=3), Period.HOUR)
    assert [section for section, _ in noon.cards] == [Section.TOP]


def test_what_has_stood_there_for_days_counts_less_now() -> None:
    known, new = story(present_since_at=ago(96)), story(present_since_at=ago(4))
    assert known.weight_now(AT) < new.weight_now(AT) / 3


def test_a_story_has_left_where_every_list_was_read_without_it() -> None:
    assert story(GONE, seen_at=ago(7), lists_now=0).left_at == ago(7)
    assert story(GONE, seen_at=ago(7), lists_now=0, unread_since=ago(7)).left_at is None
    # A line without a rank: its site pinned it.
    assert story(GONE, seen_at=ago(0.1), lists_now=1).left_at is None


# --- what a place is worth


def test_a_place_counts_by_the_lists_that_its_stories_had() -> None:
    reach = learn([Seen("wide", 0, 9000, 27_000), Seen("lonely", 0, 9000, 0)])
    assert reach.of("wide", 1) > reach.of("unheard", 1) > reach.of("lonely", 1)
    assert reach.of("lonely", 1) == pytest.approx(OWN_LIST, abs=0.1)


def test_a_list_that_was_hardly_seen_is_taken_for_all_lists_together() -> None:
    many, few = Seen("known", 1, 90_000, 90_000), Seen("young", 1, 2, 8)
    assert learn([many, few]).of("young", 2) == pytest.approx(OWN_LIST + 1.0, abs=0.1)


def test_before_anything_was_seen_a_place_counts_by_its_rank() -> None:
    worth = [learn([]).of("any", rank) for rank in (1, 2, 4, 6, 11, 40)]
    assert worth == sorted(worth, reverse=True)
    assert [band_of(rank) for rank in (1, 2, 3, 4, 5, 6, 10, 11, 20, 21)] == [
        0, 1, 2, 3, 3, 4, 4, 5, 5, 6,
    ]  # fmt: skip


def test_an_empty_section_is_told_by_what_would_have_stood_in_it() -> None:
    back = {"first_seen_at": ago(40), "last_before_at": ago(30)}
    low = story(LOW, topic_id=1, present_since_at=ago(1), **back)
    was_high = story(replace(FALLEN, high_at=ago(8)), topic_id=2, present_since_at=ago(9), **back)
    quiet = choose([low, was_high], AT, Period.HOUR).quiet_since
    assert quiet[Section.BACK] == ago(9)


def test_where_asked_an_hour_has_a_line_of_what_is_only_listed() -> None:
    listed, left = story(LOW, topic_id=1), story(GONE, topic_id=2, lists_now=0)

    def lines(**asked: bool) -> list[tuple[Section, int]]:
        chosen = choose([listed, left], AT.replace(hour=6), Period.HOUR, **asked)
        return [(section, each.topic_id) for section, each in chosen.lines]

    assert lines() == []
    assert lines(with_listed=True) == [(Section.DAY, 1)]
