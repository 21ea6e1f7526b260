"""Why: features gathered into causes, and what is told of them."""

import math

import pytest

from pipelines.forecast import explanation
from pipelines.forecast.explanation import Cause, told
from pipelines.forecast.forecasting_model import starting_model

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


def test_every_feature_of_the_model_speaks_of_a_cause() -> None:
    assert all(explanation.cause_of(name) for name in starting_model().names)


def test_features_of_one_cause_count_together_and_what_weighed_down_is_no_cause() -> None:
    names = ["rank_gain_5", "rank_gain_15", "similar_rate", "age", "hour"]
    assert explanation.weigh(names, [0.3, 0.3, 0.5, -1.0, 0.01]) == ["climb", "words"]


@pytest.mark.parametrize(
    ("cause", "code", "figures"),
    [
        ("climb", "climb", {"minutes": 20, "gain": 14}),
        ("heat", "night", {"growth": math.expm1(0.3)}),
        ("near", "near", {"rank": 18, "places": 8}),
        ("fresh", "fresh", {"age": 45, "first": 32}),
        ("words", "words", {"rate": 0.62}),
        ("elsewhere", "elsewhere", {"boards": 3}),
    ],
)
def test_a_cause_is_told_with_its_figures(cause: str, code: str, figures: dict[str, float]) -> None:
    (found,) = told([cause], FACTS)
    assert found.code == code
    assert found.figures == pytest.approx(figures)


@pytest.mark.parametrize("cause", [*explanation.PREFIXES, explanation.ELSEWHERE])
def test_a_cause_that_the_facts_do_not_bear_out_is_not_told(cause: str) -> None:
    (found,) = told([cause], NOTHING)
    assert found.code in {"slow", "near"}


def test_no_more_causes_are_told_than_are_read() -> None:
    assert len(told(list(explanation.PREFIXES), FACTS)) == explanation.SHOWN


@pytest.mark.parametrize(
    ("changed", "codes"),
    [
        ({"rank": 4.0, "best": 4.0}, ["in_top", "elsewhere"]),
        ({"rank": 25.0, "best": 2.0}, ["past_top"]),
        ({"gain": -5.0}, ["slow"]),
        ({"seen_count": 1.0, "gain": float("nan")}, ["entered"]),
    ],
)
def test_without_causes_it_is_told_where_it_stands(
    changed: dict[str, float], codes: list[str]
) -> None:
    assert [cause.code for cause in told([], FACTS | changed)] == codes


def test_what_is_past_the_top_ten_is_told_with_its_best_rank() -> None:
    past = told([], FACTS | {"rank": 25.0, "best": 2.0})
    assert past == (Cause("past_top", {"rank": 25, "best": 2}),)
