"""What the entries around each line do: the heat it lacks, its rivals below the top ten and its holders."""

from collections.abc import Mapping

import numpy as np

from pipelines.forecast.list_view import ListView
from pipelines.forecast.move_features import Moves
from pipelines.forecast.rank_history import Flags, Floats, places
from pipelines.rules import TOP_RANK

GAP_WINDOWS = (5, 15, 30, 60)
THRESHOLDS = (1, 3, 5, 10, 15, 20, 30)
"""Places whose heat is compared with."""


def gaps(view: ListView, moves: Moves) -> dict[str, Floats]:
    """The heat that each line lacks of certain places, and how the gap to the tenth closes."""
    named: dict[str, Floats] = {}
    for k in THRESHOLDS:
        line = view.heat_of_place(k, view.moved)
        named[f"heat_gap_{k}"] = view.heat - view.each(line)
    last_row = view.board.ends[view.moved] - 1
    named["heat_gap_last"] = view.heat - view.each(view.board.log_heat[last_row])
    now = view.each(view.heat_of_place(TOP_RANK, view.moved))
    for window in GAP_WINDOWS:
        then = moves.then[window]
        was = view.each(view.heat_of_place(TOP_RANK, then.snapshot))
        threshold_growth = (now - was) / view.each(then.passed)
        named[f"threshold_growth_{window}"] = threshold_growth
        named[f"gap_closing_{window}"] = moves.growth[window] - threshold_growth
    gap = view.heat - now
    for window in (5, 15, 30):
        closing = named[f"gap_closing_{window}"]
        named[f"minutes_to_top_{window}"] = (
            np.where(closing > 0, np.minimum(-gap / closing, 1000.0), 1000.0) + 0 * closing
        )
    return named


def among_others(view: ListView, moves: Moves, named: Mapping[str, Floats]) -> dict[str, Floats]:
    """Each line beside the others of its list; ``named`` holds the features so far."""
    return {
        **_orders(view, moves),
        **_rivals_and_holders(view, moves),
        **_neighbours(view, moves, named["age"]),
    }


def by_age_and_gain(view: ListView, moves: Moves, age: Floats) -> dict[str, Floats]:
    """Each line's place by age, the youngest first, and by what it gained in an hour."""
    return {
        "age_order": view.flat(places(-view.grid_of(age))),
        "gain_order_all": view.flat(places(view.grid_of(moves.gain[60]))),
    }


def _orders(view: ListView, moves: Moves) -> dict[str, Floats]:
    """Growth beside the list's, and the place by gain and growth among those below the top ten."""
    named: dict[str, Floats] = {}
    rank = view.grid_of(view.rank)
    for window in (5, 15, 60):
        growth = view.grid_of(moves.growth[window])
        named[f"list_growth_{window}"] = view.each(_median(growth))
        named[f"over_list_{window}"] = moves.growth[window] - named[f"list_growth_{window}"]
    for window in (15, 60):
        below = np.where(rank > TOP_RANK, view.grid_of(moves.gain[window]), np.nan)
        named[f"gain_order_{window}"] = view.flat(places(below))
        warm = np.where(rank > TOP_RANK, view.grid_of(moves.growth[window]), np.nan)
        named[f"growth_order_{window}"] = view.flat(places(warm))
    return named


def _rivals_and_holders(view: ListView, moves: Moves) -> dict[str, Floats]:
    """What those just below the top ten do, and those in its lower half."""
    named: dict[str, Floats] = {}
    rank = view.grid_of(view.rank)
    above = (rank > TOP_RANK) & (rank <= 2 * TOP_RANK)
    for name, mark in (("rivals", above), ("holders", _lower_top(rank))):
        for window in (15, 60):
            for kind, moved in (("growth", moves.growth), ("gain", moves.gain)):
                mean = _masked_mean(view.grid_of(moved[window]), mark)
                named[f"{name}_{kind}_{window}"] = view.each(mean)
    return named


def _neighbours(view: ListView, moves: Moves, age: Floats) -> dict[str, Floats]:
    """How those above climb, how old they are, and the steps of heat up and down."""
    named: dict[str, Floats] = {}
    heat, rank = view.grid_of(view.heat), view.grid_of(view.rank)
    ahead_of = np.cumsum(np.nan_to_num(view.grid_of(moves.gain[15])) * (rank > TOP_RANK), axis=1)
    named["climb_above"] = view.flat(ahead_of) - np.nan_to_num(moves.gain[15])
    ages = view.grid_of(age)
    named["holders_age"] = view.each(_masked_mean(ages, _lower_top(rank)))
    named["top_age"] = view.each(_masked_mean(ages, rank <= TOP_RANK))
    named["youngest_order"] = view.flat(places(-np.where(rank > TOP_RANK, ages, np.nan)))
    up = np.full_like(heat, np.nan)
    up[:, 1:] = heat[:, :-1] - heat[:, 1:]
    named["gap_above"] = view.flat(up)
    down = np.full_like(heat, np.nan)
    down[:, :-1] = heat[:, :-1] - heat[:, 1:]
    named["gap_below"] = view.flat(down)
    named["steepness"] = view.each(
        view.heat_of_place(TOP_RANK, view.moved) - view.heat_of_place(2 * TOP_RANK, view.moved)
    )
    return named


def _lower_top(rank: Floats) -> Flags:
    """The lower half of the top ten: who is overtaken first."""
    return (rank <= TOP_RANK) & (rank > TOP_RANK // 2)


def _median(matrix: Floats) -> Floats:
    """Median of each line's known values; nan without any."""
    known = np.sum(~np.isnan(matrix), axis=1)
    if not matrix.size:
        return np.full(len(matrix), np.nan)
    ordered = np.sort(matrix, axis=1)  # nan last
    line = np.arange(len(matrix))
    middle = (
        ordered[line, np.maximum(known - 1, 0) // 2]
        + ordered[line, np.minimum(known // 2, matrix.shape[1] - 1)]
    ) / 2
    return np.where(known > 0, middle, np.nan)


def _masked_mean(matrix: Floats, mark: Flags) -> Floats:
    known = mark & ~np.isnan(matrix)
    # One after another: the sum must not depend on how far the matrix is padded.
    total = np.cumsum(np.where(known, matrix, 0.0), axis=1)[:, -1]
    return np.where(known.any(axis=1), total / np.maximum(known.sum(axis=1), 1), np.nan)
