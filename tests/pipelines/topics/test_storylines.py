"""Storylines: what holds topics together, what does not, and that nothing later is looked at."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.topics.bursting_names import TELLING_TOPICS, TOLD_FOR, NamedTopics
from pipelines.topics.contradictions import Word
from pipelines.topics.similarity import NewItem
from pipelines.topics.storylines import Joined, Link, Storylines
from tests.examples import examples
from tests.made_items import HOUR, NOON

MINUTE = timedelta(minutes=1)


def item(item_id: int, words: str, after: timedelta) -> NewItem:
    """An item of words such as ``青禾/ns``, seen so long after noon; its title is like no other's."""
    tagged = (Word(*word.split("/")) for word in words.split())
    return NewItem(item_id, NOON + after, "made", f"{item_id}", tuple(tagged))


def founded(*topics: str, start: timedelta = timedelta(), first_id: int = 1) -> list[Joined]:
    """A title for each topic, a minute after the other."""
    return [
        Joined(NOON + after, item(n, words, after), n)
        for n, words in enumerate(topics, first_id)
        for after in (start + n * MINUTE,)
    ]


def usual(**counts: float) -> NamedTopics:
    """What is known after a month: in how many of its topics each name stood."""
    return NamedTopics(counts, 10 * TELLING_TOPICS)


def storylines(joins: Sequence[Joined], topics: NamedTopics | None = None) -> dict[int, int | None]:
    """The storyline of each topic that has one in the end."""
    links = Storylines(topics or usual()).follow(joins)
    return {link.topic_id: link.storyline_id for link in links}


def noise(count: int, first_id: int = 1_000) -> list[Joined]:
    """Topics that share nothing."""
    return founded(*(f"词{n}甲/n 词{n}乙/nr" for n in range(count)), first_id=first_id)


def test_topics_that_one_bursting_name_tells_are_one_storyline() -> None:
    told = founded(*(f"青禾杯/nz 词{n}/n" for n in range(6)))
    assert storylines([*told, *noise(50)]) == dict.fromkeys(range(1, 7), 1)


def test_a_storyline_is_named_by_the_topic_that_the_founding_one_met_and_by_what_holds_it() -> None:
    told = founded(*(f"青禾杯/nz 词{n}/n" for n in range(5)))
    first, *others = Storylines(usual()).follow(told)
    assert (first.storyline_id, first.names) == (first.topic_id, ("青禾杯",))
    assert {link.from_at for link in (first, *others)} == {told[-1].at}
    assert len(others) == 4


@pytest.mark.parametrize(
    ("word", "carriers"), [("青禾/nr", 4), ("考试/v", 9)], ids=["a name", "a common word"]
)
def test_one_word_holds_nothing_together_while_few_tell_of_it(word: str, carriers: int) -> None:
    told = founded(*(f"{word} 词{n}/n" for n in range(carriers)))
    assert storylines([*told, *noise(50)]) == {}


def test_a_name_that_every_day_has_holds_nothing_together() -> None:
    told = founded(*(f"青禾/ns 词{n}/n" for n in range(12)))
    every_day = usual(青禾=10 * TELLING_TOPICS * 0.2)
    assert storylines([*told, *noise(50)], every_day) == {}


def test_two_topics_that_share_two_rare_names_belong_together() -> None:
    told = founded("青禾/ns 裴沅芷/nr 退役/v", "青禾/ns 裴沅芷/nr 采访/v", "裴沅芷/nr 生日/n")
    assert storylines([*noise(50), *told]) == {1: 1, 2: 1}


def test_a_country_and_a_platform_hold_nothing_together_before_it_is_known_what_is_usual() -> None:
    told = founded(*(f"青禾/ns 松涧网/nz 词{n}/n" for n in range(20)))
    assert storylines(told, NamedTopics({}, 0)) == {}


def test_a_topic_is_linked_to_the_core_of_a_storyline_and_not_to_one_of_its_topics() -> None:
    story = [f"青禾杯/nz 词{n}/n" for n in range(12)]
    odd = "青禾杯/nz 裴沅芷/nr 松涧/ns"
    stranger = "裴沅芷/nr 松涧/ns 演唱会/n"
    assert 14 not in storylines([*noise(50), *founded(*story, odd, stranger)])
    assert storylines([*noise(50), *founded(odd, stranger, first_id=13)]) == {13: 13, 14: 13}


def test_a_name_that_held_a_storyline_yesterday_holds_it_while_it_is_still_more_than_usual() -> (
    None
):
    story = founded(*(f"青禾杯/nz 词{n}/n" for n in range(6)))
    late = founded("青禾杯/nz 颁奖/v", start=60 * HOUR, first_id=7)
    later = founded("青禾杯/nz 回顾/v", start=TOLD_FOR + 62 * HOUR, first_id=8)
    told = storylines([*story, *late, *later])
    assert told[7] == told[1]
    assert 8 not in told


def test_a_storyline_that_nobody_tells_for_three_days_takes_in_no_topic() -> None:
    story = founded(*(f"青禾杯/nz 词{n}/n" for n in range(6)))
    silent = founded("青禾杯/nz 颁奖/v", start=TOLD_FOR + 3 * HOUR, first_id=7)
    assert 7 not in storylines([*story, *silent])


def test_a_war_that_is_told_by_the_name_of_either_side_is_one_storyline() -> None:
    one = [f"青禾/nr 词{n}/n" for n in range(6)]
    other = [f"松涧/nr 词{n}/n" for n in range(10, 16)]
    both = [f"青禾/nr 松涧/nr 词{n}/n" for n in range(20, 23)]
    assert len(set(storylines([*noise(50), *founded(*one, *other)]).values())) == 2
    told = storylines([*noise(50), *founded(*one, *other, *both)])
    assert len(set(told.values())) == 1
    assert len(told) == 15


def test_the_topic_that_another_was_merged_into_goes_on_in_its_storyline() -> None:
    plain = founded("博物馆/n 闭馆/v", first_id=20)
    story = founded(*(f"青禾杯/nz 词{n}/n" for n in range(6)))
    ended = story[-1].item
    merger = Joined(NOON + 2 * HOUR, ended, 20)
    *_, end, heir = Storylines(usual()).follow(
        [*sorted([*plain, *story], key=lambda join: join.at), merger]
    )
    assert end == Link(ended.item_id, merger.at, None)
    assert (heir.topic_id, heir.names) == (20, ("青禾杯",))
    assert heir.storyline_id is not None


def test_a_topic_that_grows_into_another_affair_leaves_its_storyline() -> None:
    story = founded(*(f"青禾杯/nz 词{n}/n" for n in range(6)))
    other = [
        Joined(NOON + HOUR, item(90 + n, "博物馆/n 闭馆/v", HOUR), story[-1].topic_id)
        for n in range(8)
    ]
    *_, left = Storylines(usual()).follow([*story, *other])
    assert left == Link(story[-1].topic_id, NOON + HOUR, None)
    assert storylines([*story, *other[:1]])[story[-1].topic_id] is not None


WORDS = [f"名{n}/{tag}" for n, tag in enumerate(["nr", "nr", "ns", "nz", "n", "v", "eng"])]


@st.composite
def streams(draw: st.DrawFn) -> list[Joined]:
    """Topics over a week, some of which are merged into earlier ones."""
    joins = []
    at = NOON
    topics: list[int] = []
    for n in range(draw(st.integers(10, 60))):
        at += draw(st.sampled_from([MINUTE, HOUR, 7 * HOUR]))
        words = draw(st.sets(st.sampled_from(WORDS), min_size=1, max_size=3))
        new = NewItem(
            n, at, "made", f"{n}", tuple(Word(*word.split("/")) for word in sorted(words))
        )
        into = draw(st.sampled_from([n, n, n, *topics]))
        joins.append(Joined(at, new, into))
        if into == n:
            topics.append(n)
    return joins


@examples(40)
@given(streams(), st.data())
def test_what_comes_later_changes_nothing_that_was_said(
    joins: list[Joined], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(1, len(joins)))
    known = list(Storylines(usual()).follow(joins[:cut]))
    until = joins[cut - 1].at
    assert known == [link for link in Storylines(usual()).follow(joins) if link.from_at <= until]


@examples(40)
@given(streams())
def test_a_topic_is_part_of_one_storyline_that_its_founder_began(joins: list[Joined]) -> None:
    links = list(Storylines(usual()).follow(joins))
    known: set[int] = set()
    for link in links:
        assert link.storyline_id is None or {link.topic_id, *known} >= {link.storyline_id}
        assert (link.strength > 0) == bool(link.names) == (link.storyline_id is not None)
        known.add(link.topic_id)
    assert len({(link.topic_id, link.from_at) for link in links}) == len(links)
