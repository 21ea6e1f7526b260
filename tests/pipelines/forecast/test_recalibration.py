import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.forecast.calibration import Calibration
from pipelines.forecast.rank_history import DAY, HOUR
from pipelines.forecast.recalibration import (
    AS_GIVEN,
    FEWEST,
    LOOKED_BACK_DAYS,
    STAY_QUESTIONS,
    TOP,
    TOP_QUESTIONS,
    Matured,
    Question,
    Recalibration,
    day_of,
    moves_of,
    recalibration,
)

NOW = 400 * DAY
ASKED = Question(TOP, 180)
BOARDS = ["large", "small"]


def forecasts(truth: Calibration, count: int = 6000, small: int = 0, seed: int = 1) -> Matured:
    """Three weeks of forecasts whose odds should have been ``truth``; the ``small`` list's all came."""
    random = np.random.default_rng(seed)
    score = random.normal(-1, 1.5, count)
    came = (random.random(count) < truth.chance(score)).astype(float)
    board = np.zeros(count, np.int64)
    board[:small], came[:small] = 1, 1.0
    at = NOW - random.integers(1, 21 * 24, count) * HOUR
    return Matured(BOARDS, board, at, 1 / (1 + np.exp(-score)), np.ones(count), came)


def stated(known: Matured, board: str, chance: float) -> float:
    moved = recalibration(moves_of(ASKED, known, NOW))
    return float(moved.of(ASKED, board, np.array([chance]))[0])


def test_chances_that_were_too_high_are_stated_lower() -> None:
    known = forecasts(Calibration(1.0, -0.7))
    assert stated(known, "large", 0.5) == pytest.approx(1 / (1 + np.exp(0.7)), abs=0.05)
    assert stated(known, "a list that is new", 0.5) == pytest.approx(
        1 / (1 + np.exp(0.7)), abs=0.05
    )


def test_chances_that_were_right_stay_as_they_are() -> None:
    known = forecasts(Calibration())
    for chance in (0.05, 0.35, 0.8):
        assert stated(known, "large", chance) == pytest.approx(chance, abs=0.04)


def test_a_list_of_which_little_is_known_is_drawn_to_all_lists() -> None:
    few, many = (stated(forecasts(Calibration(), small=n), "small", 0.3) for n in (3, 300))
    assert stated(forecasts(Calibration()), "large", 0.3) < few < many


def test_what_came_yesterday_weighs_more_than_what_came_long_ago() -> None:
    usual, odd = forecasts(Calibration()), forecasts(Calibration(1.0, 1.5), seed=2)

    def mixed(ago: int) -> Matured:
        at = NOW - ago * DAY + usual.at % DAY
        return Matured(
            BOARDS,
            np.r_[usual.board, odd.board],
            np.r_[usual.at, at],
            np.r_[usual.chance, odd.chance],
            np.r_[usual.count, odd.count],
            np.r_[usual.came, odd.came],
        )

    assert stated(mixed(LOOKED_BACK_DAYS - 1), "large", 0.5) < stated(mixed(1), "large", 0.5)


def test_too_few_outcomes_move_nothing() -> None:
    known = forecasts(Calibration(1.0, -2.0))
    came = np.zeros(len(known.came))
    came[: FEWEST - 1] = 1
    few = Matured(BOARDS, known.board, known.at, known.chance, known.count, came)
    assert moves_of(ASKED, few, NOW) == []
    assert AS_GIVEN.of(ASKED, "large", np.array([0.3])) == 0.3


def test_like_forecasts_counted_together_move_chances_as_each_by_itself_does() -> None:
    known = forecasts(Calibration(0.8, -0.5))
    chance = np.round(known.chance, 1).clip(0.05, 0.95)
    at = known.at // DAY * DAY
    alone = Matured(BOARDS, known.board, at, chance, known.count, known.came)
    keys, number = np.unique(np.stack([chance, at]), axis=1, return_inverse=True)
    count = np.bincount(number.ravel()).astype(float)
    came = np.bincount(number.ravel(), known.came).astype(float)
    zeros = np.zeros(len(count), np.int64)
    counted = Matured(BOARDS, zeros, keys[1].astype(np.int64), keys[0], count, came)
    for one_way, other in zip(
        moves_of(ASKED, alone, NOW), moves_of(ASKED, counted, NOW), strict=True
    ):
        assert one_way.calibration.slope == pytest.approx(other.calibration.slope)
        assert one_way.calibration.shift == pytest.approx(other.calibration.shift)


calibrations = st.builds(Calibration, st.floats(0.2, 3), st.floats(-3, 3))


@given(
    st.lists(calibrations, min_size=3, max_size=3), st.lists(calibrations, min_size=9, max_size=9)
)
def test_chances_stay_in_order_over_the_horizons(
    tops: list[Calibration], stays: list[Calibration]
) -> None:
    moved = Recalibration(
        dict(zip([(q, None) for q in (*TOP_QUESTIONS, *STAY_QUESTIONS)], tops + stays, strict=True))
    )
    assert (np.diff(moved.of_tops("x", np.array([[0.1, 0.3, 0.4]])), axis=1) >= 0).all()
    lasting = np.linspace(0.95, 0.05, 9)[None, :]
    assert (np.diff(moved.of_stays("x", lasting), axis=1) <= 0).all()


@given(st.integers(0, 10_000 * DAY))
def test_a_day_of_calibration_is_the_newest_that_had_begun(at: int) -> None:
    day = day_of(at)
    assert day <= at < day + DAY
    assert day_of(day) == day
