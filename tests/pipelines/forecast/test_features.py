import numpy as np
import pytest

from pipelines.forecast.features import Lines, grid, lines_at
from pipelines.forecast.rank_history import DAY, HOUR, MINUTE, NEVER, Board, History
from tests.made_past import START, made_past

NONE = np.nan


def history(*snapshots: tuple[float, list[int]], heat: float = NONE) -> History:
    """Lists of items at minutes after START, the first of each ranked first."""
    rows = [
        (START + int(minute * MINUTE), item, place)
        for minute, items in snapshots
        for place, item in enumerate(items, start=1)
    ]
    at, item, rank = (np.array(column) for column in zip(*rows, strict=True))
    return History("made", at, item, rank.astype(float), np.full(len(at), heat))


def named(lines: Lines, name: str, item: int) -> float:
    (place,) = np.flatnonzero(lines.item == item)
    return float(lines.features[place, lines.names.index(name)])


def test_an_item_below_ten_is_a_candidate_until_it_was_in_the_top_ten() -> None:
    first = list(range(12))
    board = Board(history((0, first), (10, [11, *first[:11]]), (20, first)))
    before = lines_at(board, np.array([START + 5 * MINUTE]), 10)
    after = lines_at(board, np.array([START + 25 * MINUTE]), 10)
    assert before.item[before.is_candidate].tolist() == [10, 11]
    assert after.item[after.is_candidate].tolist() == [10]


def test_a_stay_ends_after_twelve_hours_off_the_list() -> None:
    away = history((0, [1, 2]), (60, [1]), (60 + 13 * 60, [1, 2]))
    board = Board(away)
    mine = board.stays_item == 2
    assert board.stays_first[mine].tolist() == [START, START + 14 * HOUR]
    assert board.stays_last[mine].tolist() == [START, START + 14 * HOUR]


def test_an_instant_tells_of_the_newest_snapshot_in_its_interval_and_of_none_without_one() -> None:
    board = Board(history((0, [1, 2]), (9, [2, 1])))
    assert lines_at(board, np.array([START + 10 * MINUTE]), 10).item.tolist() == [2, 1]
    assert lines_at(board, np.array([START + 40 * MINUTE]), 10).item.tolist() == []
    assert grid(board, 10, START, START + DAY).tolist() == [START, START + 10 * MINUTE]


def test_places_gained_are_divided_by_the_time_that_really_passed() -> None:
    low, high = [*range(1, 21), 99], [*range(1, 11), 99, *range(11, 21)]
    board = Board(history((0, low), (40, high)))
    lines = lines_at(board, np.array([START + 40 * MINUTE]), 10)
    assert named(lines, "rank_gain_30", 99) == pytest.approx(10 * 30 / 40)
    assert np.isnan(named(lines, "rank_gain_5", 99))


def test_a_frozen_capture_is_no_evidence_of_stillness() -> None:
    low, high = [*range(1, 21), 99], [*range(1, 11), 99, *range(11, 21)]
    moving = Board(history((0, low), (30, high)))
    frozen = Board(history((0, low), (30, high), (45, high), (60, high)))
    now = lines_at(moving, np.array([START + 30 * MINUTE]), 30)
    later = lines_at(frozen, np.array([START + 60 * MINUTE]), 30)
    assert named(later, "rank_gain_30", 99) == named(now, "rank_gain_30", 99) == 10
    assert named(later, "unmoved_minutes", 99) == 30
    assert not later.is_stale.any()


def test_a_list_that_stood_still_for_hours_is_stale() -> None:
    items = list(range(20))
    board = Board(history(*((minute, items) for minute in range(0, 241, 10))))
    assert not lines_at(board, np.array([START + 50 * MINUTE]), 10).is_stale.any()
    assert lines_at(board, np.array([START + 180 * MINUTE]), 10).is_stale.all()


def test_what_a_line_tells_does_not_change_with_what_came_later() -> None:
    rows, _ = made_past(1.5)
    board = Board(rows)
    instants = grid(board, 10, START, NEVER)
    whole = lines_at(board, instants, 10)
    for at in np.random.default_rng(3).choice(instants, 10, replace=False):
        cut = lines_at(Board(rows.until(int(at))), np.array([at]), 10)
        now = whole.at == at
        assert cut.item.tolist() == whole.item[now].tolist()
        np.testing.assert_array_equal(cut.features, whole.features[now])


def test_eight_days_and_the_present_stays_tell_the_same_as_all_history() -> None:
    rows, _ = made_past(11, every=30)
    at = int(rows.captured_at.max())
    whole = lines_at(Board(rows), np.array([at]), 30)
    recent = lines_at(Board(rows.between(at - 8 * DAY - HOUR, at)), np.array([at]), 30)
    np.testing.assert_array_equal(recent.features, whole.features)


def test_the_newest_lists_that_differ_tell_slope_and_unrest_of_the_present_stay() -> None:
    def placed(rank: int) -> list[int]:
        return [*range(1, rank), 99, *range(rank, 21)]

    board = Board(history((0, placed(20)), (10, placed(18)), (20, placed(18)), (30, placed(16))))
    lines = lines_at(board, np.array([START + 30 * MINUTE]), 10)
    # the third list is the second again: no news, left out
    assert named(lines, "rank_mean", 99) == pytest.approx(18)
    assert named(lines, "rank_least", 99) == 16
    assert named(lines, "rank_most", 99) == 20
    times, ranks = np.array([0.0, 10.0, 30.0]), np.array([20.0, 18.0, 16.0])
    assert named(lines, "rank_slope_6", 99) == pytest.approx(np.polyfit(times, ranks, 1)[0])
    assert named(lines, "rank_same", 99) == 0
    assert np.isnan(named(lines, "first_over_last", 99))


def test_an_entry_is_measured_by_the_list_that_it_came_into() -> None:
    first = history((0, [1, 2, 3]), heat=100.0)
    came = history((10, [9, 1, 2, 3]), heat=400.0)
    rows = History(
        "made",
        np.r_[first.captured_at, came.captured_at],
        np.r_[first.item, came.item],
        np.r_[first.rank, came.rank],
        np.r_[first.heat, came.heat],
    )
    lines = lines_at(Board(rows), np.array([START + 10 * MINUTE]), 10)
    assert named(lines, "first_over_last", 9) == pytest.approx(np.log(4))
    assert np.isnan(named(lines, "first_over_last", 1))


def test_a_board_without_heat_has_lines_too() -> None:
    rows, _ = made_past(0.5, has_heat=False)
    board = Board(rows)
    lines = lines_at(board, grid(board, 10, START, NEVER), 10)
    assert np.isnan(lines.features[:, lines.names.index("heat_gap_10")]).all()
    assert np.isfinite(lines.features[:, lines.names.index("rank_30")]).all()


def test_the_best_rank_to_come_is_that_of_the_present_stay() -> None:
    board = Board(history((0, [1, 2]), (10, [2, 1]), (1000, [2, 1]), (1010, [1, 2])))
    row = board.rows_of(np.array([2, 1]), np.array([0, 1]))
    best = board.best_until(row, board.at[row] + DAY)
    assert best.tolist() == [1.0, np.inf]
