"""What is told of two titles is what the grouping weighs of them."""

from datetime import datetime, timedelta

import pytest

from pipelines.text.titles import clean_title, fold_title
from pipelines.text.tokens import tokenise
from pipelines.topics.contradictions import Word
from pipelines.topics.similarity import Comparison, Likeness, NewItem
from pipelines.topics.term_weights import Rarity

NOON = datetime(2025, 5, 20, 4)  # noqa: DTZ001 - naive UTC, as in the warehouse

TITLES = (
    "青禾外卖员跳河救起落水儿童",
    "外卖员跳河救人",
    "青禾外卖员跳河救人 当地回应",
    "樊山队取得联赛6连胜",
    "樊山队取得联赛7连胜",
    "青禾队3比1战胜北岚队",
    "北岚队3比1战胜青禾队",
    "如何评价高考语文作文",
    "如何评价高考数学试卷",
    "青禾油价上涨",
    "青禾油价下跌",
)


@pytest.fixture
def comparison() -> Comparison:
    items = []
    for number, title in enumerate(TITLES):
        cleaned = clean_title(title)
        words = (Word(t.token, t.part_of_speech) for t in tokenise(cleaned) if t.is_keyword)
        at = NOON + timedelta(minutes=10 * number)
        folded = fold_title(cleaned)
        source = f"source{number % 2}"
        items.append(NewItem(number + 1, at, source, folded, tuple(dict.fromkeys(words))))
    likeness = Likeness(Rarity({}, 0), Rarity({}, 0))
    return likeness.compare(items[:4], items[4:])


def test_the_figures_add_up_to_what_the_grouping_weighed(comparison: Comparison) -> None:
    pairs = [pair for found in comparison.candidates(0) for pair in found if pair.chance]
    assert len(pairs) > 5
    for pair in pairs:
        told = comparison.explain(pair.later, pair.earlier)
        assert told.chance == pytest.approx(pair.chance, abs=1e-9)
        assert sum(one.log_odds for one in told.figures) == pytest.approx(told.log_odds, abs=1e-6)


def test_what_is_shared_is_named_with_what_it_weighs(comparison: Comparison) -> None:
    told = comparison.explain(1, 0)
    assert "外卖" in "".join(one.term for one in told.words)
    assert all(one.weight > 0 for one in told.words)
    assert set("外卖员跳河") <= {one.term for one in told.characters}


def test_what_speaks_against_is_named(comparison: Comparison) -> None:
    found = {one.name: one.value for one in comparison.explain(4, 3).figures}
    assert found["counts_differ"] == 1
    assert comparison.explain(4, 3).counts[0]["连胜"] == {"7"}
    opposite = {one.name: one.value for one in comparison.explain(10, 9).figures}
    assert opposite["are_opposite"] == 1
