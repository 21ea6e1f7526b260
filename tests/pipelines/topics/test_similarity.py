"""How likely two titles tell one story, from what they share and how unusual that is."""

from collections import Counter
from datetime import timedelta
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.topics.grouping import Word
from pipelines.topics.pair_figures import NUMBER, WordKind, word_kind
from pipelines.topics.similarity import Likeness, NewItem
from pipelines.topics.term_weights import PRIOR_COUNT, PRIOR_TITLES, Bags, Rarity, Terms
from tests.examples import examples
from tests.made_items import HOUR, NOON, item

WORDS = ("青禾", "飞鱼", "战胜", "北岚", "雪豹", "暴雨", "第3轮", "下架")
many = examples(60)


def likeness(*past: NewItem) -> Likeness:
    found = Likeness(Rarity({}, 0), Rarity({}, 0))
    for one in past:
        found.learn(one)
    return found


def chance(one: NewItem, other: NewItem, *past: NewItem) -> float:
    """That the two tell one story; 0 where they were not worth asking."""
    candidates = list(likeness(*past).compare([one], [other]).candidates(1))
    return max((pair.chance for pair in candidates[0]), default=0.0)


made_items = st.builds(
    lambda item_id, words, minutes, source: NewItem(
        item_id,
        NOON + timedelta(minutes=minutes),
        source,
        "".join(words),
        tuple(Word(word, "n") for word in words),
    ),
    st.integers(1, 10**9),
    st.lists(st.sampled_from(WORDS), max_size=5, unique=True),
    st.integers(0, 2000),
    st.sampled_from("abc"),
)


def lists(least: int, most: int) -> st.SearchStrategy[list[NewItem]]:
    return st.lists(made_items, min_size=least, max_size=most, unique_by=lambda one: one.item_id)


@many
@given(lists(2, 2))
def test_a_chance_is_the_same_both_ways(items: list[NewItem]) -> None:
    def between(*items: NewItem) -> list[float]:
        pairs = likeness().compare([], items).candidates(1)
        return [pair.chance for found in pairs for pair in found]

    assert between(*items) == between(*reversed(items))


@many
@given(lists(0, 9))
def test_candidates_are_earlier_and_are_the_pairs_between_groups_of_one(
    items: list[NewItem],
) -> None:
    comparison = likeness().compare([], items)
    found = [pair for pairs in comparison.candidates(0) for pair in pairs]
    assert all(pair.earlier < pair.later and 0 <= pair.chance < 1 for pair in found)
    if items:
        assert {*comparison.between([[n] for n in range(len(items))])} == {*found}
        assert list(comparison.between([range(len(items))])) == []


@many
@given(lists(2, 12), st.integers(0, 10))
def test_what_is_counted_weighs_as_what_is_learnt(items: list[NewItem], split: int) -> None:
    past, new = items[:split], items[split:]
    counted = Likeness(
        Rarity(Counter(token for one in past for token in one.tokens), len(past)),
        Rarity(Counter(char for one in past for char in one.characters), len(past)),
    )
    here = [*counted.compare([], new).candidates(0)]
    assert here == [*likeness(*past).compare([], new).candidates(0)]


@pytest.mark.slow
def test_more_titles_than_are_compared_at_once_are_all_compared() -> None:
    items = [item(n, "青禾飞鱼战胜北岚雪豹") for n in range(1, 601)]
    counts = [len(pairs) for pairs in likeness().compare(items[:1], items[1:]).candidates(1)]
    assert counts == list(range(1, 600))


def test_a_word_is_rarer_the_fewer_titles_had_it() -> None:
    rarity = Rarity({"青禾": 3, "暴雨": 40}, 100)
    places = rarity.places(["飞鱼", "青禾", "暴雨"])
    weights = Terms(rarity, Bags.of([places]), 0).weights
    assert list(weights[places]) == sorted(weights, reverse=True)
    assert weights.max() == pytest.approx(-np.log(PRIOR_COUNT / (100 + PRIOR_TITLES)))
    with pytest.raises(KeyError):
        rarity.place_of("never")


def test_what_two_titles_share_says_less_the_more_titles_had_it() -> None:
    one, other = item(1, "青禾飞鱼今晚开赛"), item(2, "青禾飞鱼换帅")
    past = [item(n, "青禾飞鱼", NOON - 99 * HOUR) for n in range(10, 600)]
    assert chance(one, other, *past) < chance(one, other)


def test_a_story_is_likelier_told_at_once_and_by_another_board() -> None:
    one, other = item(1, "青禾飞鱼今晚开赛"), item(2, "青禾飞鱼换帅")
    later = item(2, "青禾飞鱼换帅", NOON + 20 * HOUR)
    same_board = item(2, "青禾飞鱼换帅", source=one.source)
    assert chance(one, later) < chance(one, other)
    assert chance(one, same_board) < chance(one, other)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("云栖手机今日发布", "云栖手机今日下架", "云栖手机今日开卖"),
        ("松涧杯第3轮战报", "松涧杯第4轮战报", "松涧杯第三轮战报"),
        ("青禾飞鱼战胜北岚雪豹", "北岚雪豹战胜青禾飞鱼", "北岚雪豹不敌青禾飞鱼"),
        ("青禾飞鱼vs北岚雪豹", "青禾飞鱼vs松涧白鹭", "青禾飞鱼2比1北岚雪豹"),
        ("如何评价今年的数学试卷", "如何评价今年的物理试卷", "今年的数学试卷如何评价"),
    ],
    ids=["opposites", "counts", "results", "matches", "frames"],
)
def test_what_speaks_against_makes_a_common_story_less_likely(
    one: str, other: str, alike: str
) -> None:
    assert chance(item(1, one), item(2, other)) < chance(item(1, one), item(2, alike))


def test_titles_of_no_common_letter_are_no_pair() -> None:
    assert chance(item(1, "青禾飞鱼换帅"), item(2, "博物馆周一闭门")) == 0


@many
@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=6), st.data())
def test_bags_are_taken_and_added_as_lists_are(
    titles: list[list[int]], data: st.DataObject
) -> None:
    split = data.draw(st.integers(0, len(titles)))
    wanted = data.draw(st.lists(st.integers(0, len(titles) - 1), max_size=8)) if titles else []
    first, rest = (
        Bags.of([np.array(one, np.int64) for one in part])
        for part in (titles[:split], titles[split:])
    )
    taken = first.with_more(rest).take(np.array(wanted, np.int64))
    assert len(taken) == len(wanted)
    assert [
        taken.places[taken.ends[n] : taken.ends[n + 1]].tolist() for n in range(len(taken))
    ] == [titles[n] for n in wanted]


letters = st.lists(st.sampled_from((*WORDS, "u17", "3", "3.5")), max_size=5, unique=True)


@many
@given(st.lists(st.tuples(letters, letters), min_size=1, max_size=6))
def test_figures_of_many_pairs_are_those_of_each(pairs: list[tuple[list[str], list[str]]]) -> None:
    """Beside sets of words that share no code with what measures."""
    tags = {"青禾": "nr", "北岚": "ns", "飞鱼": "nz", "雪豹": "n"}
    titles = [
        NewItem(n, NOON, "a", "".join(words), tuple(Word(w, tags.get(w, "v")) for w in words))
        for n, words in enumerate(chain.from_iterable(pairs))
    ]
    comparison = likeness().compare([], titles)
    for number, (first, second) in enumerate(pairs):
        evidence = comparison.explain(2 * number + 1, 2 * number)
        found = {figure.name: figure.value for figure in evidence.figures}
        weights = {term.term: term.weight for term in evidence.words}
        common = {*first} & {*second}
        assert {*weights} == common
        heaviest = sorted(weights.values(), reverse=True)
        assert [found["heaviest"], found["second"]] == pytest.approx([*heaviest, 0, 0][:2])
        assert found["common_count"] == len(common)
        assert found["one_plain_word"] == (
            len(common) == 1 and not common & {"青禾", "北岚", "飞鱼"}
        )
        assert found["common_person"] == pytest.approx(weights.get("青禾", 0))
        lacks = [
            {w for w in mine if not {*w} <= {*"".join(theirs)}}
            for mine, theirs in ((first, second), (second, first))
        ]
        assert (found["lone_place"] > 0) == all("北岚" in lack for lack in lacks)
        printed = [{*NUMBER.findall("".join(words))} for words in (first, second)]
        assert found["numbers"] == all(printed)
        differ = len(printed[0] ^ printed[1]) / max(1, len(printed[0] | printed[1]))
        assert found["numbers_differ"] == pytest.approx(differ if all(printed) else 0)


@pytest.mark.parametrize(
    ("token", "tag", "kind"),
    [
        ("u17", "nz", WordKind.NUMBER),
        ("ai", "nz", WordKind.LATIN),
        ("青禾", "nrt", WordKind.PERSON),
        ("松涧市", "ns", WordKind.PLACE),
        ("水务局", "nt", WordKind.NAME),
        ("雪豹", "n", WordKind.NOUN),
        ("战胜", "v", WordKind.OTHER),
    ],
)
def test_a_word_is_of_a_kind(token: str, tag: str, kind: WordKind) -> None:
    assert word_kind(token, tag) is kind


def test_one_common_word_that_names_nothing_tells_less_than_a_name() -> None:
    def told(part_of_speech: str) -> float:
        words = (Word("雪豹", part_of_speech), Word("产子", "n")), (Word("雪豹", part_of_speech),)
        titles = "园中雪豹产子", "园中雪豹又现身"
        pair = [
            NewItem(n + 1, NOON, f"source{n}", title, those)
            for n, (title, those) in enumerate(zip(titles, words, strict=True))
        ]
        return chance(*pair)

    assert 0 < told("v") < told("nr")


def lettered(item_id: int, title: str) -> NewItem:
    words = tuple(Word(word, "eng") for word in title.lower().split())
    return NewItem(item_id, NOON, "ab"[item_id % 2], "".join(word.token for word in words), words)


def test_titles_in_an_alphabet_go_by_their_words_not_by_letters_that_any_two_share() -> None:
    folding, knitting, shipped, again = (
        lettered(number, title)
        for number, title in enumerate(
            (
                "The physics of folding chairs",
                "Compilers for knitting machines",
                "Knitting machines shipped by pigeon",
                "Compilers on paper for knitting machines",
            )
        )
    )
    assert chance(folding, knitting) == 0
    assert chance(folding, shipped) == 0
    assert chance(knitting, again) > 0.5
    evidence = likeness().compare([knitting], [again]).explain(1, 0)
    assert evidence.characters == ()
