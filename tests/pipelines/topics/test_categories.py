"""Categories say nothing rather than something wrong."""

import time

import numpy as np
import pytest

from pipelines.text.grams import GRAM_BITS, gram_numbers
from pipelines.text.tokens import tokenise
from pipelines.topics.categories import (
    CATEGORIES,
    TOLD_FROM,
    Floats,
    Said,
    category_chances,
    category_of,
    chances_of_each,
    lexicon,
)


def chances(text: str, printed: str = "", board: str = "") -> Floats:
    said = [Said(word.token, word.part_of_speech, word.is_keyword) for word in tokenise(text)]
    return category_chances(text, said, printed, board)


def told(*texts: str, printed: str = "", board: str = "") -> str | None:
    return category_of(chances(text, printed, board) for text in texts)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("男篮半决赛进入加时赛", "sports"),
        ("新电影定档国庆，导演发布海报", "entertainment"),
        ("央行宣布降准", "finance"),
        ("火箭发射成功，卫星入轨", "technology"),
        ("高考数学试卷难吗", "education"),
        ("警方通报一起诈骗案", "society"),
        ("两国外长举行会谈", "world"),
        ("新版本更新公告：新增皮肤与副本", "games"),
        ("夏天怎么吃西瓜最健康", "life"),
    ],
)
def test_words_tell_the_category(text: str, category: str) -> None:
    assert told(text) == category


def test_what_the_board_prints_or_is_outweighs_a_word() -> None:
    assert told("冠军之夜", printed="综艺") == "entertainment"
    assert told("冠军之夜", board="hupu_daily_hot") == "sports"


def test_a_page_that_leaked_into_a_printed_category_says_nothing() -> None:
    begun = time.thread_time()
    leaked = "a" + "\u0301\u0323" * 500_000
    assert told("冠军之夜", printed=leaked) == told("冠军之夜")
    assert time.thread_time() - begun < 0.5


def test_an_accident_abroad_is_news_of_the_world() -> None:
    assert told("法国一列车起火，警方展开调查") == "world"


def test_what_no_word_tells_has_no_category() -> None:
    assert category_of([]) is None
    assert told("这是怎么回事") is None


def test_every_category_has_words() -> None:
    spoken_for = {category for categories in lexicon().values() for category in categories}
    assert spoken_for == set(CATEGORIES)


def test_a_place_and_an_illness_are_no_category_by_themselves() -> None:
    assert told("海南陵水") != "world"
    assert told("总统确诊癌症") != "life"


def test_chances_add_up_whatever_the_title() -> None:
    for text in ("", "？？？", "a", "Show HN: a small tool", "央行宣布降准"):
        assert chances(text).sum() == pytest.approx(1)


def test_a_title_in_another_script_is_told_by_its_board_alone() -> None:
    assert told("Show HN: a small tool for markets and matches") is None
    assert told("Show HN: a small tool", board="hackernews_show") == "technology"


def test_a_topic_is_of_what_its_titles_are_of_on_the_whole() -> None:
    sure = chances("男篮半决赛进入加时赛")
    assert category_of([sure, sure, chances("他哭了")]) == "sports"
    assert category_of([sure, chances("央行宣布降准")]) is None


def test_what_is_less_likely_than_told_is_not_told() -> None:
    even = np.full(len(CATEGORIES), (1 - TOLD_FROM) / (len(CATEGORIES) - 1))
    even[0] = TOLD_FROM - 0.001
    assert category_of([even]) is None
    even[0] = TOLD_FROM
    assert category_of([even]) == CATEGORIES[0]


def test_runs_of_signs_are_distinct_ordered_and_know_no_digits() -> None:
    found = gram_numbers("涨了3元")
    assert found.tolist() == sorted(set(found.tolist()))
    assert set(found.tolist()) <= set(range(1 << GRAM_BITS))
    assert found.tolist() == gram_numbers("涨了7元").tolist()
    assert gram_numbers("").size


def test_titles_weighed_together_are_weighed_as_each_alone() -> None:
    texts = ["央行宣布降准", "", "rain", "他哭了", "🎉", "央行宣布降准"]
    together = chances_of_each([(text, (), "", "") for text in texts])
    alone = [category_chances(text, ()) for text in texts]
    np.testing.assert_allclose(together, alone, rtol=1e-6)
    assert chances_of_each([]).shape == (0, len(CATEGORIES))
