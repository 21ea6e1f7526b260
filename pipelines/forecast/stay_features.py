"""A stay up to an instant: what it had come to, how it began, how steadily it rose, its leaps and returns.

Sums of heat are kept as whole numbers: what was known at an instant must not depend, to the last digit,
on rows that came later.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from pipelines.forecast.list_view import ListView
from pipelines.forecast.rank_history import (
    DAY,
    MINUTE,
    Board,
    Flags,
    Floats,
    Ints,
    last_true,
    places,
)
from pipelines.rules import TOP_RANK

Pick: TypeAlias = Callable[[Floats, Floats], Floats]

WINDOWS = (10, 20, 60, 180)
"""Minutes."""

STEADY_FROM = 20
RETURN_FROM = 60
"""Minutes: shorter windows hold too few captures of most boards for extremes to tell anything."""

USUAL_STEPS = (8, 24)
"""A usual step is the middle one of so many: a leap does not bend it."""

FEWEST_STEPS = 3
LEAP = 0.08
"""Log heat in one step: editors lift and drop entries by more, readers seldom do."""

SHORTEST = 0.5
"""Minutes: captures nearer to one another are taken to be so far apart."""

FINE = 2.0**32
CHUNK = 200_000


class _Extremes:
    """The least or the most of any run of values, in two looks (a sparse table grown as needed)."""

    def __init__(self, values: Floats, pick: Pick) -> None:
        self.rungs, self.pick = [values], pick

    def of(self, since: Ints, count: Ints) -> Floats:
        level = np.where(count > 0, np.floor(np.log2(np.maximum(count, 1))), 0).astype(np.int64)
        while len(self.rungs) <= level.max(initial=0):
            below, half = self.rungs[-1], 1 << (len(self.rungs) - 1)
            up = below.copy()
            if half < len(below):
                up[:-half] = self.pick(below[:-half], below[half:])
            self.rungs.append(up)
        found = np.full(len(since), np.nan)
        for step in np.unique(level):
            mine = level == step
            rung, first = self.rungs[step], since[mine]
            found[mine] = self.pick(rung[first], rung[first + count[mine] - (1 << step)])
        return found


def so_far(view: ListView) -> dict[str, Floats]:
    """What each line's stay had come to: its places, its heat, and since when."""
    b, row = view.board, view.row
    named: dict[str, Floats] = {}
    at = view.instants[view.asked]
    age = (at - b.first_at[row]) / MINUTE
    seen = view.seen_minutes
    length = view.each(view.length)
    named["rank"] = view.rank
    named["place_share"] = view.rank / length
    named["length"] = length
    named["age"] = np.minimum(age, 1440.0)
    named["unmoved_minutes"] = (at - b.at[row]) / MINUTE
    named["first_rank"] = b.first_rank[row]
    named["first_share"] = b.first_rank[row] / length
    named["best_rank"] = b.best_rank[row]
    named["below_best"] = view.rank - b.best_rank[row]
    named["since_best"] = np.minimum((at - b.best_at[row]) / MINUTE, 1440.0)
    named["speed_since_entry"] = (b.first_rank[row] - view.rank) / np.maximum(seen, 5.0)
    named["fallen"] = b.fallen[row]
    named["climbed"] = b.climbed[row]
    named["climb_share"] = b.climbed[row] / (b.climbed[row] + b.fallen[row] + 1)
    named["absences"] = b.absences[row].astype(float)
    named["seen_count"] = np.minimum(b.seen_count[row], 60).astype(float)
    named["heat_since_entry"] = view.heat - b.first_heat[row]
    named["heat_speed"] = (view.heat - b.first_heat[row]) / np.maximum(seen, 5.0)
    named["below_warmest"] = view.heat - b.warmest[row]
    named["since_warmest"] = np.minimum((at - b.warmest_at[row]) / MINUTE, 1440.0)
    # a line that stands elsewhere than its heat says was put there by hand
    named["heat_order"] = view.flat(places(view.grid_of(view.heat))) - (view.place + 1.0)
    return named


def at_entry(view: ListView, named: Mapping[str, Floats]) -> dict[str, Floats]:
    """How strong it came in, beside the list that it came into; told for a day.

    ``named`` holds the features so far.
    """
    b = view.board
    found: dict[str, Floats] = {}
    came = np.searchsorted(b.times, b.first_at[view.row])
    before = np.maximum(came - 1, 0)
    tenth = np.minimum(b.first_row[before] + TOP_RANK - 1, b.ends[before] - 1)
    fits = (came > 0) & (named["age"] < DAY / MINUTE)
    for name, row in (("last", b.ends[before] - 1), ("10", tenth)):
        over = b.first_heat[view.row] - b.log_heat[row]
        found[f"first_over_{name}"] = np.where(fits, over, np.nan)
    made = named["heat_since_entry"]
    found["heat_road_share"] = made / (made - named[f"heat_gap_{TOP_RANK}"])
    return found


def along(board: Board, row: Ints, at: Ints) -> dict[str, Floats]:
    """Columns of what each row's stay had done until the row; ``at`` is the instant it is asked for."""
    asked = np.zeros(len(board.stays_first), bool)
    asked[board.stay[row]] = True
    order = board.by_stay[asked[board.stay[board.by_stay]]]
    spot = np.zeros(len(board.at), np.int64)
    spot[order] = np.arange(len(order))
    return _Path(board, order).until(spot[row], at)


class _Path:
    """The rows of some stays, one stay after another."""

    def __init__(self, board: Board, order: Ints) -> None:
        self.board = board
        n = len(order)
        self.at, self.rank, self.heat = board.at[order], board.rank[order], board.log_heat[order]
        stay = board.stay[order]
        self.begins: Flags = np.ones(n, bool)
        self.begins[1:] = stay[1:] != stay[:-1]
        self.start = last_true(self.begins, self.begins)
        self.number = np.cumsum(self.begins)
        self.key = self.number * len(board.times) + board.snapshot[order]
        self.minutes = np.maximum(np.diff(self.at, prepend=self.at[:1]) / MINUTE, SHORTEST)
        self.step = np.where(self.begins, np.nan, np.diff(self.heat, prepend=self.heat[:1]))
        self.fall = np.where(self.begins, 0.0, np.diff(self.rank, prepend=self.rank[:1]))

    def since(self, here: Ints, minutes: int) -> Ints:
        """The first row of the stay that is not older than so many minutes."""
        times = self.board.times
        newer = np.searchsorted(times, self.at[here] - minutes * MINUTE, side="right")
        return np.minimum(
            np.searchsorted(self.key, self.number[here] * len(times) + newer), here
        ).astype(np.int64)

    def until(self, here: Ints, at: Ints) -> dict[str, Floats]:
        named: dict[str, Floats] = {}
        known = np.nan_to_num(self.step)
        pace = known / self.minutes
        sums = {
            "heat_up_pace": _whole(np.maximum(known, 0)),
            "heat_down_pace": _whole(np.maximum(-known, 0)),
            "rank_up_pace": _whole(np.maximum(-self.fall, 0)),
            "rank_down_pace": _whole(np.maximum(self.fall, 0)),
        }
        ups, downs = np.cumsum(known > 0), np.cumsum(known < 0)
        quick, slow = _Extremes(pace, np.maximum), _Extremes(pace, np.minimum)
        high, low = _Extremes(self.rank, np.minimum), _Extremes(self.rank, np.maximum)
        unknown = np.isnan(self.heat)
        warm = _Extremes(np.where(unknown, -np.inf, self.heat), np.maximum)
        cool = _Extremes(np.where(unknown, np.inf, self.heat), np.minimum)
        for window in WINDOWS:
            first = self.since(here, window)
            count = here - first + 1
            passed = np.maximum((self.at[here] - self.at[first]) / MINUTE, 1)
            steps = np.maximum(here - first, 1)
            named[f"heat_up_share_{window}"] = (ups[here] - ups[first]) / steps
            named[f"heat_down_share_{window}"] = (downs[here] - downs[first]) / steps
            for name, total in sums.items():
                named[f"{name}_{window}"] = (total[here] - total[first]) / FINE / passed
            if window >= STEADY_FROM:
                named[f"heat_most_{window}"] = quick.of(first, count)
                named[f"heat_least_{window}"] = slow.of(first, count)
            if window >= RETURN_FROM:
                named[f"rank_rebound_{window}"] = low.of(first, count) - self.rank[here]
                named[f"rank_off_best_{window}"] = self.rank[here] - high.of(first, count)
                named[f"heat_rebound_{window}"] = self.heat[here] - cool.of(first, count)
                named[f"heat_off_best_{window}"] = self.heat[here] - warm.of(first, count)
        begin = self.start[here]
        named["heat_most_ever"] = quick.of(begin, here - begin + 1)
        named["rank_rebound_ever"] = low.of(begin, here - begin + 1) - self.rank[here]
        for name, mark in (
            ("rank_unmoved", self.fall != 0),
            ("rank_since_climb", self.fall < 0),
            ("heat_since_warming", known > 0),
        ):
            newest = last_true(self.begins, mark)[here]
            named[name] = np.minimum((at - self.at[newest]) / MINUTE, DAY / MINUTE)
        for steps_back in USUAL_STEPS:
            named[f"heat_usual_step_{steps_back}"] = self._usual_step(here, pace, steps_back)
        return named | self._leaps(here, known)

    def _usual_step(self, here: Ints, pace: Floats, count: int) -> Floats:
        padded = np.r_[np.full(count - 1, np.nan), np.where(np.isnan(self.step), np.nan, pace)]
        found = np.full(len(here), np.nan)
        windows = sliding_window_view(padded, count) if len(here) else padded
        back = np.arange(count - 1, -1, -1)
        for begin in range(0, len(here), CHUNK):
            some = here[begin : begin + CHUNK]
            values = windows[some].copy()
            values[some[:, None] - back <= self.start[some][:, None]] = np.nan
            values.sort(axis=1)
            known = (~np.isnan(values)).sum(axis=1)
            line = np.arange(len(some))
            middle = (
                values[line, np.maximum(known - 1, 0) // 2]
                + values[line, np.minimum(known // 2, count - 1)]
            ) / 2
            found[begin : begin + CHUNK] = np.where(known >= FEWEST_STEPS, middle, np.nan)
        return found

    def _leaps(self, here: Ints, step: Floats) -> dict[str, Floats]:
        named: dict[str, Floats] = {}
        begin = self.start[here]
        newest = {}
        for name, mark in (("up", step > LEAP), ("down", step < -LEAP)):
            total = _whole(np.where(mark, step, 0))
            named[f"heat_leaps_{name}"] = (total[here] - total[begin]) / FINE
            newest[name] = last_true(self.begins, mark)[here]
            ago = np.minimum((self.at[here] - self.at[newest[name]]) / MINUTE, DAY / MINUTE)
            named[f"heat_since_leap_{name}"] = np.where(newest[name] > begin, ago, np.nan)
        leapt, leap = newest["up"] > begin, newest["up"]
        named["heat_last_leap"] = np.where(leapt, step[leap], np.nan)
        named["heat_kept_of_leap"] = np.where(leapt, self.heat[here] - self.heat[leap], np.nan)
        made = self.heat[here] - self.heat[begin]
        named["heat_without_leaps"] = made - named["heat_leaps_up"] - named["heat_leaps_down"]
        count = np.cumsum(step > LEAP)
        named["heat_leap_count"] = (count[here] - count[begin]).astype(float)
        return named


def _whole(steps: Floats) -> npt.NDArray[np.int64]:
    return np.cumsum(np.rint(steps * FINE).astype(np.int64))
