"""Why: features gathered into causes, and what is told of them."""

import pytest

from pipelines.forecast import explanation
from pipelines.forecast.forecasting_model import starting_model
from pipelines.language import Language

FACTS = {
    "rank": 18.0,
    "best": 18.0,
    "gain": 14.0,
    "minutes": 20.0,
    "boards": 3.0,
    "age": 45.0,
    "first_rank": 32.0,
    "seen_count": 5.0,
    "tops_3h": 4.0,
    "usual_tops": 5.6,
    "similar_best": 0.4,
    "similar_rate": 0.32,
    "usual_rate": 0.3,
    "heat_growth_30": 0.01,
    "hour": 3.0,
}
NOTHING = {"rank": 18.0, "best": 18.0}


def test_every_feature_of_the_model_speaks_of_a_cause():
    assert all(explanation.cause_of(name) for name in starting_model().names)


def test_both_languages_say_the_same_things():
    assert list(explanation.SAID[Language.ZH]) == list(explanation.SAID[Language.EN])


def test_features_of_one_cause_count_together_and_what_weighed_down_is_no_cause():
    names = ["rank_gain_5", "rank_gain_15", "similar_rate", "age", "hour"]
    assert explanation.weigh(names, [0.3, 0.3, 0.5, -1.0, 0.01]) == ["climb", "words"]


@pytest.mark.parametrize(
    ("cause", "zh", "en"),
    [
        ("climb", "升得快：20 分钟升 14 位。", "Climbing fast: up 14 in 20 min."),
        ("heat", "夜间少见的热度：30 分钟涨 35%。", "Heat rare at night: up 35% in 30 min."),
        ("near", "已到第 18 位，离前十 8 位。", "At #18, 8 from the top ten."),
        ("fresh", "上榜 45 分钟，初见第 32 位。", "45 min on the list, first seen at #32."),
        ("words", "同类话题 62% 上过前十。", "62% of topics like it reached the top ten."),
        ("elsewhere", "已在 3 个榜出现。", "On 3 lists already."),
    ],
)
def test_a_cause_is_told_with_its_numbers(cause, zh, en):
    assert explanation.sentence([cause], FACTS, Language.ZH) == zh
    assert explanation.sentence([cause], FACTS, Language.EN) == en


@pytest.mark.parametrize("cause", [*explanation.PREFIXES, explanation.ELSEWHERE])
def test_a_cause_that_the_facts_do_not_bear_out_is_not_told(cause):
    told = explanation.sentence([cause], NOTHING, Language.ZH)
    assert told in {"现居第 18 位，升势未明。", "已到第 18 位，离前十 8 位。"}


def test_no_more_causes_are_told_than_are_read():
    told = explanation.sentence(list(explanation.PREFIXES), FACTS, Language.ZH)
    assert told.count("；") == explanation.SHOWN - 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"rank": 4.0, "best": 4.0}, "现居第 4 位；已在 3 个榜出现。"),
        ({"rank": 25.0, "best": 2.0}, "曾到第 2 位，现居第 25 位。"),
        ({"gain": -5.0}, "现居第 18 位，升势未明。"),
        ({"seen_count": 1.0, "gain": float("nan")}, "刚上榜就到第 18 位。"),
    ],
)
def test_without_causes_it_is_told_where_it_stands(changed, told):
    assert explanation.sentence([], FACTS | changed, Language.ZH) == told
