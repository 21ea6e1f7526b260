import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.forecast.rank_history import DAY, MINUTE, STAY_ENDS_AFTER
from pipelines.forecast.stay_ladder import LONGEST_MINUTES, fit_ladder, minutes_at, time_left
from pipelines.forecast.training_set import Examples
from pipelines.rules import STAY_RUNGS_MINUTES

NOW = 40 * DAY


def lasting(*ends: float) -> np.ndarray:
    """The chances of lasting to each rung of stays that end before it so often."""
    return np.cumprod(1 - np.array([ends]), axis=1)


@given(st.lists(st.floats(0.001, 0.999), min_size=9, max_size=9))
def test_the_ends_of_the_interval_stand_in_order_around_the_median(ends: list[float]) -> None:
    low, middle, high = time_left(lasting(*ends))[0]
    assert 0 <= low <= middle <= high <= LONGEST_MINUTES


def test_the_median_is_where_half_have_ended() -> None:
    half_an_hour = lasting(0.0, 0.5, *[0.5] * 7)
    assert minutes_at(half_an_hour, np.array([0.5]))[0] == pytest.approx(30)
    assert minutes_at(half_an_hour, np.array([0.75]))[0] == pytest.approx(60)


def test_an_interval_begins_above_nought_where_few_are_gone_at_once() -> None:
    usual = [0.2] * 8
    assert time_left(lasting(0.05, *usual))[0, 0] > STAY_RUNGS_MINUTES[0]
    assert time_left(lasting(0.13, *usual))[0, 0] > STAY_RUNGS_MINUTES[0]
    assert time_left(lasting(0.4, *usual))[0, 0] == 0


def stays(count: int, seed: int = 1) -> Examples:
    """Lines of the last month, of a kind that lasts an hour and a kind that lasts eight, about."""
    random = np.random.default_rng(seed)
    kind = random.integers(0, 2, count)
    left = random.exponential(np.where(kind, 480.0, 60.0))
    at = NOW - random.integers(0, 30 * DAY // MINUTE, count) * MINUTE
    features = kind[:, None].astype(np.float32)
    return Examples(features, left, at.astype(np.int64), np.ones(count))


def test_a_ladder_tells_how_many_of_each_kind_last() -> None:
    learnt = fit_ladder(stays(8000), NOW)
    assert learnt is not None
    fresh = stays(4000, seed=2)
    told = learnt.chances(fresh.features)
    assert (np.diff(told, axis=1) <= 0).all()
    for kind in (0, 1):
        mine = fresh.features[:, 0] == kind
        for place, minutes in enumerate(STAY_RUNGS_MINUTES):
            came = (fresh.label[mine] >= minutes).mean()
            assert told[mine, place].mean() == pytest.approx(came, abs=0.05)
    low, _, high = time_left(told).T
    assert ((low <= fresh.label) & (fresh.label <= high)).mean() == pytest.approx(0.8, abs=0.05)


def test_what_was_not_known_then_changes_no_ladder() -> None:
    """Whether a stay was over is known twelve hours after its last sight."""
    known = stays(8000)
    until = NOW - 10 * DAY
    late = known.at + known.label * MINUTE + STAY_ENDS_AFTER > until
    longer = Examples(
        known.features, np.where(late, known.label + 5000, known.label), known.at, known.weight
    )
    ladders = [fit_ladder(each, until) for each in (known, longer)]
    assert ladders[0] is not None
    assert ladders[1] is not None
    assert ladders[0].trees.text == ladders[1].trees.text


def test_too_little_makes_no_ladder() -> None:
    assert fit_ladder(stays(50), NOW) is None
