import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.forecast.metrics import average_precision, calibration_error, roc_auc

OUTCOMES = st.lists(
    # Few different scores: ties are where definitions part.
    st.tuples(st.booleans(), st.integers(-5, 5) | st.floats(-1e6, 1e6)),
    min_size=2,
    max_size=200,
)


@given(OUTCOMES)
def test_measures_are_those_of_scikit_learn(outcomes: list[tuple[bool, float]]) -> None:
    from sklearn.metrics import average_precision_score, roc_auc_score  # takes a second

    label = np.array([came for came, _ in outcomes])
    score = np.array([score for _, score in outcomes], float)
    assume(label.any() and not label.all())
    assert roc_auc(label, score) == pytest.approx(roc_auc_score(label, score), abs=1e-12)
    assert average_precision(label, score) == pytest.approx(
        average_precision_score(label, score), abs=1e-12
    )


def test_chances_that_come_as_often_as_they_say_have_no_calibration_error() -> None:
    label = np.array([False, False, True, True])
    assert calibration_error(label, label.astype(float)) == 0
    assert calibration_error(label, np.full(4, 0.5), bins=1) == 0
    assert calibration_error(label, np.full(4, 0.9), bins=1) == pytest.approx(0.4)
