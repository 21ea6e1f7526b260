from typing import Any

import numpy as np
import pytest

from pipelines.forecast import champion_challenger
from pipelines.forecast.champion_challenger import CHALLENGER, CHAMPION, Figures, Judged
from pipelines.forecast.metrics import calibration_error, roc_auc

ENOUGH = champion_challenger.FEWEST_TOPS


def figures(**changed: tuple[float, float, float | None]) -> list[Figures]:
    usual = {
        CHALLENGER: (0.9, 0.5, 0.005),
        CHAMPION: (0.89, 0.48, 0.01),
        "rank": (0.7, 0.2, None),
        "rank_gain": (0.65, 0.25, None),
    }
    return [Figures(name, *values) for name, values in (usual | changed).items()]


def test_a_challenger_that_beats_all_is_taken() -> None:
    decision = champion_challenger.decide(figures(), ENOUGH)
    assert decision.is_accepted
    assert decision.code == "better_than_champion"
    assert decision.figures["auc"] == 0.9
    assert decision.figures["other_auc"] == 0.89


@pytest.mark.parametrize(
    ("changed", "tops", "code"),
    [
        ({}, ENOUGH - 1, "too_few_tops"),
        ({CHAMPION: (0.89, 0.496, 0.01)}, ENOUGH, "no_better_than_champion"),
        ({CHAMPION: (0.91, 0.48, 0.01)}, ENOUGH, "no_better_than_champion"),
        ({"rank": (0.895, 0.2, None)}, ENOUGH, "no_better_than_rank"),
        ({"rank_gain": (0.6, 0.495, None)}, ENOUGH, "no_better_than_rank_gain"),
        ({CHALLENGER: (0.9, 0.5, 0.03)}, ENOUGH, "chances_off"),
    ],
)
def test_a_challenger_is_refused_with_the_reason(
    changed: dict[str, Any], tops: int, code: str
) -> None:
    decision = champion_challenger.decide(figures(**changed), tops)
    assert not decision.is_accepted
    assert decision.code == code


def test_a_chance_may_be_as_far_off_as_the_champions() -> None:
    worse = figures(**{CHALLENGER: (0.9, 0.5, 0.03), CHAMPION: (0.89, 0.48, 0.03)})
    assert champion_challenger.decide(worse, ENOUGH).is_accepted


def test_few_stays_are_forgiven_what_luck_explains() -> None:
    label = np.arange(400) % 4 == 0
    lines = Judged(np.zeros(400, np.int64), np.zeros((400, 1), np.float32), label, 400, 100)
    random = np.random.default_rng(3)
    noise = [
        calibration_error(
            random.random(400) < 0.25, np.full(400, 0.25) + random.normal(0, 1e-9, 400)
        )
        for _ in range(200)
    ]
    assert lines.luck == pytest.approx(np.mean(noise), rel=0.1)
    off = figures(**{CHALLENGER: (0.9, 0.5, 0.03)})
    assert champion_challenger.decide(off, ENOUGH, lines.luck).is_accepted


def test_without_a_champion_to_compare_with_the_baselines_decide() -> None:
    alone = [one for one in figures() if one.forecaster != CHAMPION]
    assert champion_challenger.decide(alone, ENOUGH).is_accepted


def test_lists_are_judged_apart_and_weighed_by_what_came() -> None:
    # Each list is sorted well; together they are not, for one states chances a tenth of the other's.
    board = np.array([0, 0, 0, 1, 1, 1])
    label = np.array([True, False, False, True, False, False])
    score = np.array([0.9, 0.5, 0.4, 0.09, 0.05, 0.04])
    lines = Judged(board, np.zeros((6, 1), np.float32), label, 6, 2)
    found = champion_challenger.figures("any", lines, score, is_chance=True)
    assert (found.auc, found.average_precision) == (1, 1)
    assert roc_auc(label, score) < 1
