"""Grouping items into topics: what is one story, and that nothing but the past decides it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clock import start_of_hour
from pipelines.topics.grouping import LIVE_FOR, Assignment, Hour, NewItem, Topics, Word
from pipelines.topics.hands import Hand, HandKind, HandsSaid, HandTitle
from tests.examples import examples
from tests.made_items import HOUR, NOON, item

many = examples(60)


def hour(start: datetime, *new: NewItem) -> Hour:
    return Hour(start, new)


def topics_of(assignments: Iterable[Assignment]) -> dict[int, int]:
    """The topic that each item has in the end."""
    return {one.item_id: one.topic_id for one in assignments}


def grouped(*titles: str) -> list[int]:
    """The topic of each title, all of them seen in one hour."""
    new = [item(n, title) for n, title in enumerate(titles, 1)]
    return list(topics_of(Topics().group([hour(NOON, *new)])).values())


def told(*titles: tuple[float, str]) -> dict[int, int]:
    """The topic of each title in the end; each is seen at noon and so many hours, and stands for an hour."""
    new = [item(n, title, NOON + after * HOUR) for n, (after, title) in enumerate(titles, 1)]
    starts = sorted({one.first_seen_at.replace(minute=0) for one in new})
    return topics_of(
        Topics().group(
            hour(start, *(one for one in new if one.first_seen_at.replace(minute=0) == start))
            for start in starts
        )
    )


def test_a_story_told_on_three_boards_is_one_topic() -> None:
    told = (
        "外卖员跳河救人",
        "如何看待青禾市一外卖员跳河救起落水儿童？",
        "青禾外卖员跳河救人，当地回应",
    )
    assert grouped(*told) == [1, 1, 1]


@pytest.mark.parametrize(
    "titles",
    [
        ("裴沅芷宣布退役", "如何评价裴沅芷退役？", "#裴沅芷退役#"),
        ("松涧化工厂爆炸致3死", "松涧化工厂爆炸已致5人死亡"),
        ("青禾飞鱼116-110战胜北岚雪豹", "北岚雪豹110-116不敌青禾飞鱼"),
        ("颱風青鳥登陸松澗市", "台风青鸟登陆松涧市"),
    ],
    ids=["three ways to say it", "a toll that rises", "a score from both sides", "two scripts"],
)
def test_one_story_in_other_words_is_one_topic(titles: tuple[str, ...]) -> None:
    assert set(grouped(*titles)) == {1}


def test_two_stories_are_two_topics() -> None:
    assert grouped("台风青鸟将在松涧市登陆", "博物馆周一不再闭馆") == [1, 2]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云栖手机今日发布", "云栖手机今日下架"),
        ("松涧楼市上涨", "松涧楼市下跌"),
        ("裴沅芷当选主席", "裴沅芷落选主席"),
        ("松涧男子确诊鼠疫", "松涧男子排除鼠疫"),
        ("青禾飞鱼战胜北岚雪豹", "北岚雪豹战胜青禾飞鱼"),
        ("青禾飞鱼击败北岚雪豹", "青禾飞鱼不敌北岚雪豹"),
        ("樊山队取得联赛6连胜", "樊山队取得联赛7连胜"),
        ("青禾飞鱼3比1战胜北岚雪豹", "青禾飞鱼4比0战胜北岚雪豹"),
        ("松涧杯第3轮战报", "松涧杯第四轮战报"),
        ("歌唱之夜第5期", "歌唱之夜第6期"),
        ("早餐播报11-28", "早餐播报11-29"),
        ("松涧市7月3日天气预报", "松涧市7月4日天气预报"),
    ],
)
def test_who_says_the_opposite_or_counts_otherwise_tells_another_story(
    one: str, other: str
) -> None:
    assert grouped(one, other) == [1, 2]
    assert grouped(other, one) == [1, 2]


def test_two_stories_of_one_famous_person_two_days_apart_are_two_topics() -> None:
    stories = (0, "裴沅芷演唱会门票售罄"), (48, "裴沅芷被曝与经纪人解约")
    assert told(*stories, (49, "裴沅芷与经纪人解约"))[3] != 1
    assert told(*stories)[2] == 2


def test_a_founder_is_wholly_like_its_topic() -> None:
    (one,) = Topics().group([hour(NOON, item(7, "博物馆周一不再闭馆"))])
    assert one == Assignment(7, 7, NOON, 1.0, is_merge=False)


def test_titles_without_words_are_topics_of_their_own_unless_they_are_the_same() -> None:
    assert grouped("的的", "了了", "的的") == [1, 2, 1]


def test_words_that_every_title_has_still_find_their_story() -> None:
    everyday = dict.fromkeys(("青禾", "飞鱼", "战胜", "北岚", "雪豹", "最新", "进展"), 900)
    letters = dict.fromkeys("青禾飞鱼战胜北岚雪豹最新进展", 900)
    same = item(1, "青禾飞鱼战胜北岚雪豹"), item(2, "青禾飞鱼战胜北岚雪豹：最新进展")
    topics = Topics(everyday, letters, item_count=5_000)
    assert topics_of(topics.group([hour(NOON, *same)])) == {1: 1, 2: 1}


def test_midnight_does_not_split_a_story() -> None:
    midnight = 12
    before, after = (
        (midnight - 1 / 6, "台风青鸟将在松涧市登陆"),
        (midnight + 1 / 6, "台风青鸟登陆松涧市"),
    )
    assert told(before, after) == {1: 1, 2: 1}


def test_eight_hours_without_any_list_do_not_split_a_story() -> None:
    assert told((0, "台风青鸟将在松涧市登陆"), (9, "台风青鸟登陆松涧市")) == {1: 1, 2: 1}


def test_what_is_told_long_after_the_last_new_title_is_another_affair() -> None:
    gone = LIVE_FOR / HOUR + 1
    assert told((0, "台风青鸟将在松涧市登陆"), (gone, "台风青鸟登陆松涧市")) == {1: 1, 2: 2}
    assert told((0, "台风青鸟"), (gone, "台风青鸟")) == {1: 1, 2: 2}


def test_a_story_goes_on_as_long_as_new_titles_tell_it() -> None:
    titles = (
        "台风青鸟将登陆松涧市",
        "台风青鸟登陆松涧市",
        "台风青鸟已登陆松涧市",
        "台风青鸟登陆松涧",
    )
    later = LIVE_FOR / HOUR / 2
    assert set(told(*((n * later, title) for n, title in enumerate(titles))).values()) == {1}


NEXT_OF_A_KIND = {
    "the next match": (
        (0, "青禾飞鱼vs北岚雪豹"),
        (1, "青禾飞鱼3比1北岚雪豹"),
        (2, "青禾飞鱼挺进松涧杯决赛"),
        (3, "青禾飞鱼挺进决赛"),
        (4, "青禾飞鱼决赛对手是谁"),
        (20, "青禾飞鱼松涧杯决赛vs松涧白鹭"),
    ),
    "the next issue": (
        (0, "歌唱之夜第5期排名公布"),
        (1, "歌唱之夜排名"),
        (1, "歌唱之夜排名公布"),
        (2, "歌唱之夜最新排名公布"),
        (20, "歌唱之夜第6期排名公布"),
    ),
}
"""Those between the first and the last name neither match nor issue, and are like both."""


@pytest.mark.parametrize("titles", NEXT_OF_A_KIND.values(), ids=NEXT_OF_A_KIND.keys())
def test_a_topic_is_not_fed_with_the_next_match_or_issue(
    titles: tuple[tuple[float, str], ...],
) -> None:
    last = len(titles)
    assert told(*titles) == {**dict.fromkeys(range(1, last), 1), last: last}


def test_the_longer_a_topic_is_told_the_more_alike_must_be_what_joins_it() -> None:
    begun = [item(n, f"台风青鸟登陆松涧市{'。' * n}", NOON + n * 30 * HOUR) for n in range(9)]
    late = item(99, "台风青鸟登陆后松涧市列车恢复运行", NOON + 250 * HOUR)
    hours = [hour(new.first_seen_at, new) for new in (*begun, late)]
    (*_, joined) = Topics().group(hours)
    (*_, fresh) = Topics().group(hours[-2:])
    assert joined.chance < fresh.chance


BRIDGED = (
    (0, "松涧工厂夜间起火"),
    (0, "居民称火光"),
    (1, "松涧工厂夜间起火，居民称火光"),
    (1, "居民称火光系松涧工厂夜间起火"),
)
"""The first two have no word in common; the others are told in the words of both."""


def test_two_topics_that_turn_out_to_be_one_story_are_one_from_then_on() -> None:
    new = [item(n, title, NOON + after * HOUR) for n, (after, title) in enumerate(BRIDGED, 1)]
    hours = [hour(NOON, *new[:2]), hour(NOON + HOUR, *new[2:])]
    made = {
        (one.item_id, one.topic_id, (one.joined_at - NOON) // HOUR, one.is_merge)
        for one in Topics().group(hours)
    }
    assert made == {
        (1, 1, 0, False),
        (2, 2, 0, False),
        (2, 1, 1, True),
        (3, 1, 1, False),
        (4, 1, 1, False),
    }


# What follows: random streams of invented items, of few words so that they often meet.

WORDS = [Word(token, tag) for token in "甲乙丙丁戊己庚辛" for tag in ("n", "nr")]
NUMBERS = ["", "3", "4", "4-1"]


@st.composite
def streams(draw: st.DrawFn) -> list[Hour]:
    items = []
    for item_id in draw(st.lists(st.integers(1, 10**9), max_size=14, unique=True)):
        words = tuple(draw(st.lists(st.sampled_from(WORDS), max_size=5, unique=True)))
        title = "".join(w.token for w in words) + draw(st.sampled_from(NUMBERS))
        seen_at = NOON + timedelta(minutes=draw(st.integers(0, 91 * 60)))
        items.append(NewItem(item_id, seen_at, draw(st.sampled_from("abc")), title, words))
    return _hours(items, draw(hands(items)))


@st.composite
def hands(draw: st.DrawFn, items: Sequence[NewItem]) -> list[Hand]:
    """What people say of titles that they can have seen, sensible or not."""
    moments = sorted(draw(st.lists(st.integers(1, 95 * 60), max_size=4, unique=True)))
    said: list[Hand] = []
    for number, minutes in enumerate(moments, 1):
        at = NOON + timedelta(minutes=minutes)
        known = [new for new in items if new.first_seen_at < at]
        titles = sorted({new.folded_title for new in known})
        side_of = {title: draw(st.integers(0, 2)) for title in titles}
        parts = [
            tuple(
                HandTitle(new.item_id, new.source, new.folded_title, new.first_seen_at)
                for new in known
                if side_of[new.folded_title] == side
            )
            for side in (0, 1)
        ]
        kind = draw(st.sampled_from((HandKind.SPLIT, HandKind.JOIN, HandKind.UNDO)))
        if kind is HandKind.UNDO and said:
            undoes = draw(st.integers(1, number - 1))
            said.append(Hand(number, kind, at, "somebody", undoes=undoes))
        elif kind is not HandKind.UNDO and all(parts):
            said.append(Hand(number, kind, at, "somebody", parts=tuple(parts)))
    return said


def _hours(items: Sequence[NewItem], said: Sequence[Hand]) -> list[Hour]:
    starts = {start_of_hour(new.first_seen_at) for new in items}
    starts |= {start_of_hour(hand.said_at) for hand in said}
    return [
        Hour(
            start,
            tuple(
                sorted(
                    (new for new in items if start_of_hour(new.first_seen_at) == start),
                    key=lambda new: (new.first_seen_at, new.item_id),
                )
            ),
            tuple(hand for hand in said if start_of_hour(hand.said_at) == start),
        )
        for start in sorted(starts)
    ]


def in_pieces(hours: Sequence[Hour], ends: Iterable[int]) -> list[Assignment]:
    """As the warehouse builds: each piece by a new Topics that recalls only what it may need."""
    made: list[Assignment] = []
    for begin, end in pairwise(ends):
        earlier, piece = hours[:begin], hours[begin:end]
        since = piece[0].window_start if piece else NOON
        known = [new for one in earlier for new in one.new_items]
        past = [new for new in known if new.first_seen_at < since - LIVE_FOR]
        topics = Topics(
            Counter(token for new in past for token in new.tokens),
            Counter(character for new in past for character in new.characters),
            len(past),
        )
        lately = [new for new in known if new.first_seen_at >= since - LIVE_FOR]
        topic_of = topics_of(made)
        needed = {topic_of[new.item_id] for new in lately}
        said = {hand.number: hand for one in hours[:end] for hand in one.hands}
        for hand in (hand for one in piece for hand in one.hands):
            told = said.get(hand.undoes or 0, hand)
            needed |= {
                topic_of[t.item_id] for part in told.parts for t in part if t.item_id in topic_of
            }
        for hand in (hand for one in earlier for hand in one.hands):
            topics.believe(hand)
        for new in known:
            if topic_of[new.item_id] in needed:
                topics.recall(new, topic_of[new.item_id], new.first_seen_at < since - LIVE_FOR)
        made.extend(topics.group(piece))
    return made


@many
@given(streams())
def test_hour_by_hour_gives_the_same_topics_as_in_one_go(hours: list[Hour]) -> None:
    assert {*in_pieces(hours, range(len(hours) + 1))} == {*Topics().group(hours)}


@many
@given(streams(), st.lists(st.integers(1, 12), min_size=30, max_size=30))
def test_any_pieces_give_the_same_topics_as_one_go(hours: list[Hour], sizes: list[int]) -> None:
    ends = sorted({0, len(hours), *(end for end in accumulate(sizes) if end < len(hours))})
    assert {*in_pieces(hours, ends)} == {*Topics().group(hours)}


@many
@given(streams(), st.integers(0, 30))
def test_nothing_later_is_looked_at(hours: list[Hour], known: int) -> None:
    whole, begun = list(Topics().group(hours)), list(Topics().group(hours[:known]))
    assert whole[: len(begun)] == begun


@many
@given(streams())
def test_every_item_has_one_topic_whose_founder_is_in_it(hours: list[Hour]) -> None:
    made = list(Topics().group(hours))
    topics = topics_of(made)
    assert {*topics} == {new.item_id for one in hours for new in one.new_items}
    assert all(topics[topic_id] == topic_id for topic_id in topics.values())
    assert all(0 <= one.chance <= 1 for one in made)


@many
@given(streams())
def test_an_item_is_assigned_once_when_first_seen_and_then_only_by_mergers_and_people(
    hours: list[Hour],
) -> None:
    first_seen_at = {new.item_id: new.first_seen_at for one in hours for new in one.new_items}
    made = list(Topics().group(hours))
    assert len({(one.item_id, one.joined_at) for one in made}) == len(made)
    firsts = [one for one in made if not one.is_merge and one.hand is None]
    assert {one.item_id: one.joined_at for one in firsts} == first_seen_at
    assert len(firsts) == len(first_seen_at)
    moved = (one for one in made if one.is_merge or one.hand)
    assert all(one.joined_at > first_seen_at[one.item_id] for one in moved)


@many
@given(streams())
def test_what_people_told_apart_stays_so(hours: list[Hour]) -> None:
    said = HandsSaid()
    for hand in (hand for one in hours for hand in one.hands):
        said.take(hand)
    topics = topics_of(Topics().group(hours))
    for split in (hand for hand in said.holding if hand.kind is HandKind.SPLIT):
        staying, leaving = ({topics[title.item_id] for title in part} for part in split.parts)
        assert not staying & leaving
