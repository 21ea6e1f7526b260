"""How entries moved: places and heat over windows of time, and over the newest lists one by one."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pipelines.forecast.list_view import ListView
from pipelines.forecast.rank_history import Floats, Ints

RANK_WINDOWS = (5, 15, 30, 60, 120, 360)
HEAT_WINDOWS = (2, 3, 5, 10, 15, 30, 60, 180)
"""Minutes."""

STEPS = 6
"""The newest lists that differ, looked at one by one: a path's slope, bend and unrest."""


@dataclass(frozen=True, slots=True)
class Then:
    """Each line's row in an earlier list (-1: not there), that list, and the minutes that passed."""

    row: Ints
    snapshot: Ints
    passed: Floats


@dataclass(frozen=True, slots=True)
class Moves:
    """What was measured once and is used again: by window in minutes, and since the list before."""

    then: Mapping[int, Then]
    gain: Mapping[int, Floats]
    growth: Mapping[int, Floats]
    last_pace: Floats
    last_growth: Floats


def moves_of(view: ListView) -> tuple[Moves, dict[str, Floats]]:
    """Places gained over each of RANK_WINDOWS, and log heat a minute over each of HEAT_WINDOWS."""
    named: dict[str, Floats] = {}
    gains: dict[int, Floats] = {}
    growths: dict[int, Floats] = {}
    then_of: dict[int, Then] = {}
    for window in sorted({*RANK_WINDOWS, *HEAT_WINDOWS}):
        snapshot, passed = view.before(window)
        then_of[window] = Then(view.there(snapshot), snapshot, passed)
    for window in RANK_WINDOWS:
        then = then_of[window]
        gains[window] = view.rank_gain(then.row, then.snapshot) * window / view.each(then.passed)
        named[f"rank_gain_{window}"] = gains[window]
    for window in HEAT_WINDOWS:
        then = then_of[window]
        growths[window] = view.heat_gain(then.row) / view.each(then.passed)
        named[f"heat_growth_{window}"] = growths[window]
    last_pace = last_growth = np.zeros(0)
    for steps in (1, 2, 3):
        snapshot, passed = view.earlier(steps)
        row = view.there(snapshot)
        gain = view.rank_gain(row, snapshot)
        named[f"rank_gain_last_{steps}"] = gain
        if steps == 1:
            named["gap_minutes"] = view.each(passed)
            last_pace = gain / view.each(passed)
            last_growth = view.heat_gain(row) / view.each(passed)
            named["heat_growth_last"] = last_growth
    named["heat_turn"] = growths[5] - growths[15]
    named["heat_turn_long"] = growths[15] - growths[60]
    return Moves(then_of, gains, growths, last_pace, last_growth), named


def steps_of(view: ListView, moves: Moves) -> dict[str, Floats]:
    """The newest lists one by one, within the stay."""
    b = view.board
    named: dict[str, Floats] = {}
    ranks, heats, passed = [view.rank], [view.heat], [np.zeros(len(view.row))]
    for steps in range(1, STEPS + 1):
        snapshot, minutes = view.earlier(steps)
        then = view.there(snapshot)
        safe = np.maximum(then, 0)
        mine = (then >= 0) & (b.stay[safe] == b.stay[view.row])
        ranks.append(np.where(mine, b.rank[safe], np.nan))
        heats.append(np.where(mine, b.log_heat[safe], np.nan))
        passed.append(np.where(mine, view.each(minutes), np.nan))
    rank, heat, ago = (np.stack(x, axis=1) for x in (ranks, heats, passed))
    known = ~np.isnan(rank)
    mean = np.nansum(rank, axis=1) / known.sum(axis=1)
    named["rank_mean"] = mean
    named["rank_least"] = np.fmin.reduce(rank, axis=1)
    named["rank_most"] = np.fmax.reduce(rank, axis=1)
    named["rank_unrest"] = np.sqrt(
        np.nansum((rank - mean[:, None]) ** 2, axis=1) / known.sum(axis=1)
    )
    named["rank_same"] = np.sum(rank[:, 1:] == rank[:, :1], axis=1).astype(float)
    for name, path in (("rank", rank), ("heat", heat)):
        for steps in (STEPS // 2, STEPS):
            named[f"{name}_slope_{steps}"] = _slope(path[:, : steps + 1], ago[:, : steps + 1])
    named["heat_bend"] = named[f"heat_slope_{STEPS // 2}"] - named[f"heat_slope_{STEPS}"]
    growth = (heat[:, :-1] - heat[:, 1:]) / (ago[:, 1:] - ago[:, :-1])
    named["heat_step_most"] = np.fmax.reduce(growth, axis=1)
    for step in range(3):
        named[f"heat_step_{step + 1}"] = growth[:, step]
        named[f"rank_step_{step + 1}"] = rank[:, step + 1] - rank[:, step]
    for soon, late in ((2, 5), (5, 10), (10, 30)):
        named[f"heat_turn_{soon}_{late}"] = moves.growth[soon] - moves.growth[late]
    return named


def _slope(path: Floats, ago: Floats) -> Floats:
    """Least squares slope per minute of each line's known values, ``ago`` minutes before now."""
    known = ~np.isnan(path)
    count = known.sum(axis=1, keepdims=True)
    time = np.where(known, -ago, 0.0)
    time = np.where(known, time - time.sum(axis=1, keepdims=True) / count, 0.0)
    value = np.where(known, path, 0.0)
    value = np.where(known, value - value.sum(axis=1, keepdims=True) / count, 0.0)
    spread = (time**2).sum(axis=1)
    return np.where((spread > 0) & known[:, 0], (time * value).sum(axis=1) / spread, np.nan)
