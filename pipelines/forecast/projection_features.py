"""The place and the gap that each line would have some time ahead, if all entries go on as they do."""

from collections.abc import Mapping

import numpy as np

from pipelines.forecast.list_view import ListView
from pipelines.forecast.move_features import Moves
from pipelines.forecast.rank_history import Floats, first_known, kth_largest, places
from pipelines.forecast.stay_features import USUAL_STEPS
from pipelines.rules import TOP_RANK

AHEAD = (15, 30, 60)
"""Minutes."""

STRAIGHT_WINDOWS = (5, 15, 30)
FADES = (10, 30)
"""Minutes that a growth lasts if it fades: a projection between standing still and going on."""

SHORTEST_GROWTH = 2
"""Minutes: growth since entry is not timed more finely."""


def going_on(view: ListView, moves: Moves, named: Mapping[str, Floats]) -> dict[str, Floats]:
    """If heat goes on growing by the same share, and ranks by the same places.

    ``named`` holds the features so far.
    """
    found: dict[str, Floats] = {}
    heat, rank = view.grid_of(view.heat), view.grid_of(view.rank)
    entry_growth = _since_entry(view, named["heat_since_entry"])
    paces = {
        5: first_known(moves.growth[5], moves.last_growth, entry_growth),
        15: first_known(moves.growth[15], entry_growth, moves.last_growth),
        30: first_known(moves.growth[30], entry_growth, moves.last_growth),
    }
    for window, pace in paces.items():
        growing = view.grid_of(np.nan_to_num(pace))
        for ahead in AHEAD:
            then = heat + growing * ahead
            found[f"place_{ahead}_by_{window}"] = view.flat(places(then))
            found[f"gap_{ahead}_by_{window}"] = view.flat(then) - _tenth(view, then)
    pace = first_known(moves.gain[30] / 30, moves.last_pace, moves.gain[60] / 60)
    for ahead in AHEAD:
        then = rank - view.grid_of(np.nan_to_num(pace)) * ahead
        found[f"rank_{ahead}"] = view.flat(then)
        found[f"order_{ahead}"] = view.flat(places(-then))
    return found


def fading(view: ListView, moves: Moves) -> dict[str, Floats]:
    """The place it would have, and the gap to the tenth's heat, if growth fades."""
    named: dict[str, Floats] = {}
    now = view.grid_of(view.heat)
    for window in (5, 15):
        pace = view.grid_of(np.nan_to_num(first_known(moves.growth[window], moves.last_growth)))
        for fade in FADES:
            then_heat = now + pace * fade
            name = f"fade_{fade}_by_{window}"
            named[f"place_{name}"] = view.flat(places(then_heat))
            named[f"gap_{name}"] = view.flat(then_heat) - _tenth(view, then_heat)
    return named


def growing_straight(
    view: ListView, moves: Moves, named: Mapping[str, Floats]
) -> dict[str, Floats]:
    """If heat grew by as much a minute as it did, not by the same share.

    ``named`` holds the features so far.
    """
    board = view.board
    found: dict[str, Floats] = {}
    heat = np.exp(view.heat)
    now = view.grid_of(heat)
    entry = _since_entry(view, heat - np.exp(board.first_heat[view.row]))
    entry_growth = _since_entry(view, named["heat_since_entry"])
    grown: dict[str, Floats] = {}
    for window in STRAIGHT_WINDOWS:
        then = moves.then[window]
        was = np.exp(board.log_heat[np.maximum(then.row, 0)])
        pace = (heat - was) / view.each(then.passed)
        grown[f"by_{window}"] = np.where(then.row >= 0, pace, np.nan)
    tenth = _tenth(view, now)
    for window in STRAIGHT_WINDOWS[1:]:
        found[f"heat_pace_{window}"] = grown[f"by_{window}"] / tenth
    paces = {name: first_known(pace, entry) for name, pace in grown.items()}
    for steps in USUAL_STEPS:
        usual = first_known(named[f"heat_usual_step_{steps}"], entry_growth)
        paces[f"usual_{steps}"] = usual * heat
    for name, pace in paces.items():
        growing = view.grid_of(np.nan_to_num(pace))
        for ahead in AHEAD:
            then_heat = now + growing * ahead
            found[f"place_{ahead}_straight_{name}"] = view.flat(places(then_heat))
            found[f"gap_{ahead}_straight_{name}"] = view.flat(then_heat) / np.maximum(
                _tenth(view, then_heat), 1
            )
    return found


def _since_entry(view: ListView, gained: Floats) -> Floats:
    """What was gained since entry, a minute; nan where that was just now."""
    seen = view.seen_minutes >= SHORTEST_GROWTH
    return np.where(seen, gained / np.maximum(view.seen_minutes, 1), np.nan)


def _tenth(view: ListView, heat: Floats) -> Floats:
    """The heat of the tenth of each list, for each of its lines."""
    return view.each(kth_largest(heat, TOP_RANK))
