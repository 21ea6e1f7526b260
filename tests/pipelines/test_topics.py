"""Grouping items into topics: what is one story, and that nothing but the past decides it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate, groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.clean import clean_title, fold_title
from pipelines.tokens import tokenise
from pipelines.topics import LIVE_FOR, Assignment, Hour, NewItem, Topics, Word

NOON = datetime(2025, 5, 20, 4)  # noqa: DTZ001 - naive UTC, as in the warehouse; noon in Shanghai
HOUR = timedelta(hours=1)
many = settings(max_examples=60, deadline=None)


def item(item_id: int, title: str, at: datetime = NOON) -> NewItem:
    cleaned = clean_title(title)
    words = (Word(t.token, t.part_of_speech) for t in tokenise(cleaned) if t.is_keyword)
    return NewItem(item_id, at, fold_title(cleaned), tuple(dict.fromkeys(words)))


def hour(start: datetime, *new: NewItem, also: Iterable[int] = ()) -> Hour:
    return Hour(start, new, (*(one.item_id for one in new), *also))


def topics_of(assignments: Iterable[Assignment]) -> dict[int, int]:
    return {one.item_id: one.topic_id for one in assignments}


def grouped(*titles: str) -> list[int]:
    """The topic of each title, all of them seen in one hour."""
    new = [item(n, title) for n, title in enumerate(titles, 1)]
    return list(topics_of(Topics().group([hour(NOON, *new)])).values())


def test_a_story_told_on_three_boards_is_one_topic() -> None:
    told = (
        "外卖员跳河救人",
        "如何看待青禾市一外卖员跳河救起落水儿童？",
        "青禾外卖员跳河救人，当地回应",
    )
    assert grouped(*told) == [1, 1, 1]


def test_two_stories_are_two_topics() -> None:
    assert grouped("台风青鸟将在松涧市登陆", "博物馆周一不再闭馆") == [1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("樊山队取得联赛6连胜", "樊山队取得联赛7连胜"),
        ("青禾飞鱼3比1战胜北岚雪豹", "青禾飞鱼4比0战胜北岚雪豹"),
        ("早餐播报11-28", "早餐播报11-29"),
    ],
)
def test_other_numbers_are_another_story(one: str, other: str) -> None:
    assert grouped(one, other) == [1, 2]


def test_a_single_common_word_of_several_is_no_common_story() -> None:
    assert grouped("北京 暴雨", "北京 车展") == [1, 2]


def test_a_founder_is_wholly_like_its_topic() -> None:
    (one,) = Topics().group([hour(NOON, item(7, "博物馆周一不再闭馆"))])
    assert one == Assignment(7, 7, NOON, 1.0)


def test_titles_without_words_are_topics_of_their_own_unless_they_are_the_same() -> None:
    assert grouped("？？？", "！！！", "？？？") == [1, 2, 1]


def test_words_that_every_title_has_still_find_their_story() -> None:
    everyday = {
        "青禾": 900,
        "飞鱼": 900,
        "战胜": 900,
        "北岚": 900,
        "雪豹": 900,
        "最新": 900,
        "进展": 900,
    }
    told = item(1, "青禾飞鱼战胜北岚雪豹"), item(2, "青禾飞鱼战胜北岚雪豹：最新进展")
    topics = Topics(everyday, item_count=5_000)
    assert topics_of(topics.group([hour(NOON, *told)])) == {1: 1, 2: 1}


def test_midnight_does_not_split_a_story() -> None:
    midnight = NOON + 12 * HOUR
    before = item(1, "台风青鸟将在松涧市登陆", midnight - HOUR)
    after = item(2, "台风青鸟登陆松涧市", midnight)
    hours = [hour(midnight - HOUR, before), hour(midnight, after, also=[1])]
    assert topics_of(Topics().group(hours)) == {1: 1, 2: 1}


def test_a_story_last_seen_longer_ago_takes_nothing_new() -> None:
    later = NOON + LIVE_FOR + HOUR
    hours = [
        hour(NOON, item(1, "台风青鸟将在松涧市登陆")),
        hour(later, item(2, "台风青鸟登陆松涧市", later)),
    ]
    assert topics_of(Topics().group(hours)) == {1: 1, 2: 2}


def test_a_story_that_comes_back_goes_on() -> None:
    later = NOON + 5 * LIVE_FOR
    hours = [
        hour(NOON, item(1, "台风青鸟将在松涧市登陆")),
        hour(later, also=[1]),
        hour(later + HOUR, item(2, "台风青鸟登陆松涧市", later + HOUR)),
    ]
    assert topics_of(Topics().group(hours)) == {1: 1, 2: 1}


def test_the_same_pair_is_alike_both_ways() -> None:
    one, other = item(1, "台风青鸟将在松涧市登陆"), item(2, "松涧市迎战台风")
    topics = Topics()
    assert topics.likeness(one, other) == topics.likeness(other, one)


# What follows: random streams of invented items, of few words so that they often meet.

WORDS = [Word(token, tag) for token in "甲乙丙丁戊己庚辛" for tag in ("n", "nr")]
NUMBERS = ["", "3", "4", "4-1"]


@dataclass(frozen=True)
class Appearance:
    """An item, the hour in which it is first seen, and the hours in which it is seen again."""

    item: NewItem
    start: datetime
    again: tuple[datetime, ...]


@st.composite
def streams(draw: st.DrawFn) -> list[Hour]:
    appearances = []
    for item_id in draw(st.lists(st.integers(1, 10**9), max_size=14, unique=True)):
        start = NOON + HOUR * draw(st.integers(0, 90))
        words = tuple(draw(st.lists(st.sampled_from(WORDS), max_size=5, unique=True)))
        title = "".join(w.token for w in words) + draw(st.sampled_from(NUMBERS))
        new = NewItem(item_id, start + timedelta(minutes=draw(st.integers(0, 59))), title, words)
        again = tuple(start + HOUR * n for n in draw(st.lists(st.integers(1, 90), max_size=3)))
        appearances.append(Appearance(new, start, again))
    return _hours(appearances)


def _hours(appearances: Sequence[Appearance]) -> list[Hour]:
    starts = {start for one in appearances for start in (one.start, *one.again)}
    return [
        Hour(
            start,
            tuple(
                sorted(
                    (one.item for one in appearances if one.start == start),
                    key=lambda new: (new.first_seen_at, new.item_id),
                )
            ),
            tuple(one.item.item_id for one in appearances if start in (one.start, *one.again)),
        )
        for start in sorted(starts)
    ]


def in_pieces(hours: Sequence[Hour], ends: Iterable[int]) -> list[Assignment]:
    """As the warehouse builds: each piece by a new Topics that recalls only what it may need."""
    made: list[Assignment] = []
    for begin, end in pairwise(ends):
        earlier, piece = hours[:begin], hours[begin:end]
        items = {new.item_id: new for one in earlier for new in one.new_items}
        counts = Counter(token for new in items.values() for token in {w.token for w in new.words})
        topics = Topics(counts, len(items))
        since = piece[0].window_start if piece else NOON
        lately = [one for one in hours[:end] if one.window_start >= since - LIVE_FOR]
        topic_of = topics_of(made)
        needed = {topic_of.get(item_id) for one in lately for item_id in one.present}
        for assigned in made:
            if assigned.topic_id in needed:
                topics.recall(items[assigned.item_id], assigned.topic_id)
        for one in lately:
            if one.window_start < since:
                topics.seen(one.present, one.window_start)
        made.extend(topics.group(piece))
    return made


@many
@given(streams())
def test_hour_by_hour_gives_the_same_topics_as_in_one_go(hours: list[Hour]) -> None:
    assert in_pieces(hours, range(len(hours) + 1)) == list(Topics().group(hours))


@many
@given(streams(), st.lists(st.integers(1, 12), min_size=30, max_size=30))
def test_any_pieces_give_the_same_topics_as_one_go(hours: list[Hour], sizes: list[int]) -> None:
    ends = sorted({0, len(hours), *(end for end in accumulate(sizes) if end < len(hours))})
    assert in_pieces(hours, ends) == list(Topics().group(hours))


@many
@given(streams(), st.integers(0, 30))
def test_nothing_later_is_looked_at(hours: list[Hour], known: int) -> None:
    whole, begun = list(Topics().group(hours)), list(Topics().group(hours[:known]))
    assert whole[: len(begun)] == begun


@many
@given(streams(), st.randoms())
def test_the_order_of_what_is_present_does_not_matter(hours: list[Hour], dice: object) -> None:
    shuffled = []
    for one in hours:
        present = list(one.present)
        dice.shuffle(present)  # type: ignore[attr-defined]
        shuffled.append(Hour(one.window_start, one.new_items, tuple(present)))
    assert list(Topics().group(shuffled)) == list(Topics().group(hours))


@many
@given(streams())
def test_every_item_has_one_topic_whose_founder_is_in_it(hours: list[Hour]) -> None:
    made = list(Topics().group(hours))
    topics = topics_of(made)
    assert list(topics) == [new.item_id for one in hours for new in one.new_items]
    assert all(topics[topic_id] == topic_id for topic_id in topics.values())
    assert all(0 <= one.similarity <= 1 for one in made)


@many
@given(streams())
def test_items_that_print_only_other_numbers_never_join_directly(hours: list[Hour]) -> None:
    new = [one for each in hours for one in each.new_items]
    topics = Topics()
    for one, other in pairwise(new):
        numbers = {one.folded_title.lstrip(_LETTERS), other.folded_title.lstrip(_LETTERS)}
        if "" not in numbers and len(numbers) == 2:
            assert topics.likeness(one, other) == 0


_LETTERS = "".join(key for key, _ in groupby(word.token for word in WORDS))
