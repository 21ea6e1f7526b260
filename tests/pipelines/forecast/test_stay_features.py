import numpy as np
import pytest

from pipelines.forecast import stay_features
from pipelines.forecast.rank_history import MINUTE, Board, History
from tests.made_past import made_past


@pytest.fixture(scope="module")
def history() -> History:
    rows, _ = made_past(3, every=10)
    return rows


def test_a_path_is_what_a_plain_look_at_its_rows_says(history: History) -> None:
    board = Board(history)
    rows = np.random.default_rng(1).choice(np.flatnonzero(board.seen_count > 3), 60, replace=False)
    told = stay_features.along(board, rows, board.at[rows])
    for number, row in enumerate(rows.tolist()):
        stay = np.flatnonzero((board.stay == board.stay[row]) & (board.at <= board.at[row]))
        near = stay[board.at[stay] > board.at[row] - 60 * MINUTE]
        step = np.diff(board.log_heat[stay], prepend=np.nan)
        pace = np.nan_to_num(step) / np.r_[1, np.diff(board.at[stay]) / MINUTE]
        expected = {
            "heat_most_60": pace[-len(near) :].max(),
            "heat_most_ever": pace.max(),
            "rank_rebound_60": board.rank[near].max() - board.rank[row],
            "rank_off_best_60": board.rank[row] - board.rank[near].min(),
            "heat_off_best_60": board.log_heat[row] - board.log_heat[near].max(),
            "heat_leap_count": (np.nan_to_num(step) > stay_features.LEAP).sum(),
            "heat_usual_step_8": np.nanmedian((pace + 0 * step)[-8:]) if len(step) > 3 else np.nan,
        }
        for name, value in expected.items():
            np.testing.assert_allclose(told[name][number], value, atol=1e-6, err_msg=name)


def test_a_path_is_the_same_to_the_last_digit_when_nothing_came_after(history: History) -> None:
    whole = Board(history)
    for at in np.quantile(history.captured_at, [0.4, 0.7]).astype(np.int64).tolist():
        cut = Board(history.until(at))
        here, there = (np.flatnonzero(one.at == one.at[one.at <= at].max()) for one in (cut, whole))
        assert (cut.item[here] == whole.item[there]).all()
        before = stay_features.along(cut, here, cut.at[here])
        after = stay_features.along(whole, there, whole.at[there])
        assert before.keys() == after.keys()
        for name, column in before.items():
            np.testing.assert_array_equal(column, after[name], err_msg=name)


def test_a_list_without_heat_has_a_path_of_ranks(history: History) -> None:
    ranks = History(
        history.board, history.captured_at, history.item, history.rank, np.full(len(history.rank), np.nan)
    )  # fmt: skip
    board = Board(ranks)
    rows = np.flatnonzero(board.seen_count > 20)
    told = stay_features.along(board, rows, board.at[rows])
    assert (told["rank_up_pace_60"] > 0).any()
    assert np.isnan(told["heat_usual_step_8"]).all()
    assert np.isnan(told["heat_last_leap"]).all()


def test_no_rows_are_no_path(history: History) -> None:
    none = np.zeros(0, np.int64)
    assert all(
        len(column) == 0 for column in stay_features.along(Board(history), none, none).values()
    )
