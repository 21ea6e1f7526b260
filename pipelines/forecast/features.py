"""What was known of each entry of a board at an instant, as numbers a model can weigh.

One board's rows go in, instants go out with one line for each ranked item. The same function serves
training, replay and the live build: a line is made from rows captured up to its instant and never
from a later one. Live use needs the rows of the last ``LOOKBACK_HOURS`` of all items, and the whole
present stay of the items now on the list.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipelines.forecast import stay_features
from pipelines.forecast.rank_history import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    STAY_ENDS_AFTER,
    Board,
    Flags,
    Floats,
    History,
    Ints,
    Matrix,
    Number,
    first_known,
    kth_largest,
    places,
)
from pipelines.rules import SHANGHAI_HOURS, TOP_RANK

__all__ = [
    "DAY", "HOUR", "MINUTE", "NEVER", "STAY_ENDS_AFTER", "Board", "Flags", "Floats", "History",
    "Ints", "Lines", "Matrix", "grid", "lines_at",
]  # fmt: skip

LOOKBACK_HOURS = 48

STALE_AFTER = HOUR
STALE_AFTER_GAPS = 3
"""A list that stood still for an hour and three of its usual gaps tells nothing of now."""

EARLY, LATE = 0.8, 2.5
"""A window of w minutes is measured from the newest list at least 0.8 w and at most 2.5 w old:
captures come when they come, and what is measured is divided by the time that really passed."""

RANK_WINDOWS = (5, 15, 30, 60, 120, 360)
HEAT_WINDOWS = (2, 3, 5, 10, 15, 30, 60, 180)
GAP_WINDOWS = (5, 15, 30, 60)
AHEAD = (15, 30, 60)
STRAIGHT_WINDOWS = (5, 15, 30)
FADES = (10, 30)
"""Minutes that a growth lasts if it fades: a projection between standing still and going on."""

STEPS = 6
"""The newest lists that differ, looked at one by one: a path's slope, bend and unrest."""

THRESHOLDS = (1, 3, 5, 10, 15, 20, 30)
SHORTEST_GROWTH = 2
"""Minutes: growth since entry is not timed more finely."""

USUAL_DAYS = 7
"""A board's usual pace at an hour of day is read from so many days before."""


@dataclass(frozen=True, slots=True)
class Lines:
    """One line for each ranked item at each instant; ``features`` is float32 (lines, names).

    ``row`` points into the board; ``is_candidate`` says ranked below the top ten and not yet in it
    during the present stay; ``is_stale`` says that the list stood still too long to tell anything.
    """

    board: str
    at: Ints
    item: Ints
    rank: Floats
    row: Ints
    is_candidate: Flags
    is_stale: Flags
    features: Matrix
    names: tuple[str, ...]

    def only(self, kept: Flags) -> "Lines":
        """The lines that are marked."""
        return Lines(
            self.board,
            self.at[kept],
            self.item[kept],
            self.rank[kept],
            self.row[kept],
            self.is_candidate[kept],
            self.is_stale[kept],
            self.features[kept],
            self.names,
        )


def grid(board: Board, every: int, since: int, until: int) -> Ints:
    """The instants of a grid of ``every`` minutes in [since, until) whose last interval has a capture."""
    step = every * MINUTE
    at = np.unique((board.times - 1) // step * step + step)
    return at[(at >= since) & (at < until)]


def lines_at(board: Board, instants: Ints, every: int) -> Lines:
    """What was known of each ranked item at each instant.

    An instant tells of the last snapshot in the ``every`` minutes before it; without one it has no
    lines.
    """
    newest = np.searchsorted(board.times, instants, side="right") - 1
    fits = newest >= 0
    fits &= board.times[np.maximum(newest, 0)] > instants - every * MINUTE
    instants, newest = instants[fits], newest[fits]
    moved = board.moved[board.moved_number[newest]]
    count = board.lengths[moved]
    asked = np.repeat(np.arange(len(instants)), count)
    begin = np.r_[0, np.cumsum(count)[:-1]].astype(np.int64) if len(count) else count
    row = np.arange(len(asked)) - np.repeat(begin, count) + np.repeat(board.first_row[moved], count)
    still = board.times[newest] - board.times[moved]
    stale = still > np.maximum(STALE_AFTER, STALE_AFTER_GAPS * board.usual_gap[newest])
    view = _View(board, instants, moved, asked, row, begin, count)
    named = view.all()
    names = tuple(named)
    features = np.empty((len(row), len(names)), np.float32)
    for column, name in enumerate(names):
        features[:, column] = named[name]
    return Lines(
        board=board.name,
        at=instants[asked],
        item=board.item[row],
        rank=board.rank[row],
        row=row,
        is_candidate=(board.rank[row] > TOP_RANK) & (board.best_rank[row] > TOP_RANK),
        is_stale=stale[asked],
        features=features,
        names=names,
    )


class _View:
    """The lists that are asked for, as matrices of (instant, place) and columns of lines."""

    def __init__(  # noqa: PLR0913, PLR0917 - private, and called once
        self,
        board: Board,
        instants: Ints,
        moved: Ints,
        asked: Ints,
        row: Ints,
        begin: Ints,
        count: Ints,
    ) -> None:
        self.board, self.instants, self.moved = board, instants, moved
        self.asked, self.row = asked, row
        self.place = np.arange(len(row)) - np.repeat(begin, count)
        self.width = int(count.max(initial=1))
        self.seen_at = board.times[moved]
        self.rank, self.heat = board.rank[row], board.log_heat[row]
        self.length = count.astype(float)
        self.named: dict[str, Floats] = {}

    def grid_of(self, column: Floats) -> Floats:
        """A column as a matrix (instant, place), nan beyond a list's end."""
        out = np.full((len(self.instants), self.width), np.nan)
        out[self.asked, self.place] = column
        return out

    def flat(self, matrix: Floats) -> Floats:
        return matrix[self.asked, self.place]

    def each(self, per_instant: npt.NDArray[Number]) -> npt.NDArray[Number]:
        return per_instant[self.asked]

    def before(self, minutes: float) -> tuple[Ints, Floats]:
        """For each instant the moved snapshot so long before (-1: none) and the minutes that passed."""
        board = self.board
        wanted = self.seen_at - int(EARLY * minutes * MINUTE)
        number = np.searchsorted(board.moved_times, wanted, side="right") - 1
        passed = (self.seen_at - board.moved_times[np.maximum(number, 0)]) / MINUTE
        fits = (number >= 0) & (passed <= LATE * minutes)
        return np.where(fits, board.moved[np.maximum(number, 0)], -1), np.where(
            fits, passed, np.nan
        )

    def earlier(self, steps: int) -> tuple[Ints, Floats]:
        """The moved snapshot so many moves before, if not above a day ago."""
        board = self.board
        number = board.moved_number[self.moved] - steps
        passed = (self.seen_at - board.moved_times[np.maximum(number, 0)]) / MINUTE
        fits = (number >= 0) & (passed <= DAY / MINUTE)
        return np.where(fits, board.moved[np.maximum(number, 0)], -1), np.where(
            fits, passed, np.nan
        )

    def there(self, snapshot: Ints) -> Ints:
        """Each line's row in an earlier snapshot of its instant; -1 where it was not there."""
        return self.board.rows_of(self.board.item[self.row], self.each(snapshot))

    def rank_gain(self, then: Ints, snapshot: Ints) -> Floats:
        """Places gained since; what was not on the list comes from just below it."""
        board = self.board
        lists = self.each(snapshot)
        below = board.lengths[np.maximum(lists, 0)] + 1.0
        came = board.first_at[self.row] > board.times[np.maximum(lists, 0)]
        was = np.where(then >= 0, board.rank[np.maximum(then, 0)], np.where(came, below, np.nan))
        return np.where(lists >= 0, was - self.rank, np.nan)

    def heat_gain(self, then: Ints) -> Floats:
        return np.where(then >= 0, self.heat - self.board.log_heat[np.maximum(then, 0)], np.nan)

    def all(self) -> dict[str, Floats]:
        with np.errstate(all="ignore"):
            self._path()
            self._moves()
            self._crowd()
            self._clock()
            self._steps()
            self._entry()
            self._straight()
        return self.named

    def _path(self) -> None:
        b, row, named = self.board, self.row, self.named
        at = self.instants[self.asked]
        age = (at - b.first_at[row]) / MINUTE
        seen = (b.at[row] - b.first_at[row]) / MINUTE
        length = self.each(self.length)
        named["rank"] = self.rank
        named["place_share"] = self.rank / length
        named["length"] = length
        named["age"] = np.minimum(age, 1440.0)
        named["unmoved_minutes"] = (at - b.at[row]) / MINUTE
        named["first_rank"] = b.first_rank[row]
        named["first_share"] = b.first_rank[row] / length
        named["best_rank"] = b.best_rank[row]
        named["below_best"] = self.rank - b.best_rank[row]
        named["since_best"] = np.minimum((at - b.best_at[row]) / MINUTE, 1440.0)
        named["speed_since_entry"] = (b.first_rank[row] - self.rank) / np.maximum(seen, 5.0)
        named["fallen"] = b.fallen[row]
        named["climbed"] = b.climbed[row]
        named["climb_share"] = b.climbed[row] / (b.climbed[row] + b.fallen[row] + 1)
        named["absences"] = b.absences[row].astype(float)
        named["seen_count"] = np.minimum(b.seen_count[row], 60).astype(float)
        named["heat_since_entry"] = self.heat - b.first_heat[row]
        named["heat_speed"] = (self.heat - b.first_heat[row]) / np.maximum(seen, 5.0)
        named["below_warmest"] = self.heat - b.warmest[row]
        named["since_warmest"] = np.minimum((at - b.warmest_at[row]) / MINUTE, 1440.0)
        self.seen_minutes = seen
        # a line that stands elsewhere than its heat says was put there by hand
        named["heat_order"] = self.flat(places(self.grid_of(self.heat))) - (self.place + 1.0)

    def _moves(self) -> None:
        named = self.named
        self.gain: dict[int, Floats] = {}
        self.growth: dict[int, Floats] = {}
        self.threshold: dict[int, Floats] = {}
        then_of: dict[int, tuple[Ints, Ints, Floats]] = {}
        for window in sorted({*RANK_WINDOWS, *HEAT_WINDOWS}):
            snapshot, passed = self.before(window)
            then_of[window] = (self.there(snapshot), snapshot, passed)
        for window in RANK_WINDOWS:
            then, snapshot, passed = then_of[window]
            self.gain[window] = self.rank_gain(then, snapshot) * window / self.each(passed)
            named[f"rank_gain_{window}"] = self.gain[window]
        for window in HEAT_WINDOWS:
            then, _, passed = then_of[window]
            self.growth[window] = self.heat_gain(then) / self.each(passed)
            named[f"heat_growth_{window}"] = self.growth[window]
        for steps in (1, 2, 3):
            snapshot, passed = self.earlier(steps)
            then = self.there(snapshot)
            gain = self.rank_gain(then, snapshot)
            named[f"rank_gain_last_{steps}"] = gain
            if steps == 1:
                named["gap_minutes"] = self.each(passed)
                self.last_pace = gain / self.each(passed)
                self.last_growth = self.heat_gain(then) / self.each(passed)
                named["heat_growth_last"] = self.last_growth
        named["heat_turn"] = self.growth[5] - self.growth[15]
        named["heat_turn_long"] = self.growth[15] - self.growth[60]
        self.then_of = then_of

    def _steps(self) -> None:
        b, named = self.board, self.named
        ranks, heats, passed = [self.rank], [self.heat], [np.zeros(len(self.row))]
        for steps in range(1, STEPS + 1):
            snapshot, minutes = self.earlier(steps)
            then = self.there(snapshot)
            safe = np.maximum(then, 0)
            mine = (then >= 0) & (b.stay[safe] == b.stay[self.row])
            ranks.append(np.where(mine, b.rank[safe], np.nan))
            heats.append(np.where(mine, b.log_heat[safe], np.nan))
            passed.append(np.where(mine, self.each(minutes), np.nan))
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
            named[f"heat_turn_{soon}_{late}"] = self.growth[soon] - self.growth[late]
        now = self.grid_of(self.heat)
        for window in (5, 15):
            pace = self.grid_of(np.nan_to_num(first_known(self.growth[window], self.last_growth)))
            for fade in FADES:
                then_heat = now + pace * fade
                name = f"fade_{fade}_by_{window}"
                named[f"place_{name}"] = self.flat(places(then_heat))
                named[f"gap_{name}"] = self.flat(then_heat) - self.each(
                    kth_largest(then_heat, TOP_RANK)
                )
        named["age_order"] = self.flat(places(-self.grid_of(named["age"])))
        named["gain_order_all"] = self.flat(places(self.grid_of(self.gain[60])))

    def _entry(self) -> None:
        """How strong it came in, beside the list that it came into; told for a day."""
        b, named = self.board, self.named
        came = np.searchsorted(b.times, b.first_at[self.row])
        before = np.maximum(came - 1, 0)
        tenth = np.minimum(b.first_row[before] + TOP_RANK - 1, b.ends[before] - 1)
        fits = (came > 0) & (named["age"] < DAY / MINUTE)
        for name, row in (("last", b.ends[before] - 1), ("10", tenth)):
            over = b.first_heat[self.row] - b.log_heat[row]
            named[f"first_over_{name}"] = np.where(fits, over, np.nan)
        made = named["heat_since_entry"]
        named["heat_road_share"] = made / (made - named[f"heat_gap_{TOP_RANK}"])

    def _straight(self) -> None:
        """The place it would have if heat grew by as much a minute as it did, not by the same share."""
        board, named = self.board, self.named
        named |= stay_features.along(board, self.row, self.instants[self.asked])
        heat = np.exp(self.heat)
        now = self.grid_of(heat)
        seen = self.seen_minutes >= SHORTEST_GROWTH
        since = np.maximum(self.seen_minutes, 1)
        entry = np.where(seen, (heat - np.exp(board.first_heat[self.row])) / since, np.nan)
        entry_growth = np.where(seen, named["heat_since_entry"] / since, np.nan)
        grown = {}
        for window in STRAIGHT_WINDOWS:
            then, _, passed = self.then_of[window]
            was = np.exp(board.log_heat[np.maximum(then, 0)])
            grown[f"by_{window}"] = np.where(then >= 0, (heat - was) / self.each(passed), np.nan)
        tenth = self.each(kth_largest(now, TOP_RANK))
        for window in STRAIGHT_WINDOWS[1:]:
            named[f"heat_pace_{window}"] = grown[f"by_{window}"] / tenth
        paces = {name: first_known(pace, entry) for name, pace in grown.items()}
        for steps in stay_features.USUAL_STEPS:
            usual = first_known(named[f"heat_usual_step_{steps}"], entry_growth)
            paces[f"usual_{steps}"] = usual * heat
        for name, pace in paces.items():
            growing = self.grid_of(np.nan_to_num(pace))
            for ahead in AHEAD:
                then_heat = now + growing * ahead
                there = self.each(kth_largest(then_heat, TOP_RANK))
                named[f"place_{ahead}_straight_{name}"] = self.flat(places(then_heat))
                named[f"gap_{ahead}_straight_{name}"] = self.flat(then_heat) / np.maximum(there, 1)

    def _threshold_then(self, k: int, snapshot: Ints) -> Floats:
        """Log heat of the k-th place in a snapshot for each instant."""
        board = self.board
        safe = np.maximum(snapshot, 0)
        row = board.first_row[safe] + k - 1
        fits = (snapshot >= 0) & (board.lengths[safe] >= k)
        return np.where(fits, board.log_heat[np.where(fits, row, 0)], np.nan)

    def _crowd(self) -> None:
        named = self.named
        heat = self.grid_of(self.heat)
        rank = self.grid_of(self.rank)
        for k in THRESHOLDS:
            line = self._threshold_then(k, self.moved)
            named[f"heat_gap_{k}"] = self.heat - self.each(line)
        last_row = self.board.ends[self.moved] - 1
        named["heat_gap_last"] = self.heat - self.each(self.board.log_heat[last_row])
        now = self.each(self._threshold_then(TOP_RANK, self.moved))
        for window in GAP_WINDOWS:
            _, snapshot, passed = self.then_of[window]
            was = self.each(self._threshold_then(TOP_RANK, snapshot))
            self.named[f"threshold_growth_{window}"] = (now - was) / self.each(passed)
            named[f"gap_closing_{window}"] = (
                self.growth[window] - self.named[f"threshold_growth_{window}"]
            )
        gap = self.heat - now
        for window in (5, 15, 30):
            closing = named[f"gap_closing_{window}"]
            named[f"minutes_to_top_{window}"] = (
                np.where(closing > 0, np.minimum(-gap / closing, 1000.0), 1000.0) + 0 * closing
            )
        entry_growth = np.where(
            self.seen_minutes >= SHORTEST_GROWTH,
            named["heat_since_entry"] / np.maximum(self.seen_minutes, 1),
            np.nan,
        )
        paces = {
            5: first_known(self.growth[5], self.last_growth, entry_growth),
            15: first_known(self.growth[15], entry_growth, self.last_growth),
            30: first_known(self.growth[30], entry_growth, self.last_growth),
        }
        for window, pace in paces.items():
            growing = self.grid_of(np.nan_to_num(pace))
            for ahead in AHEAD:
                then = heat + growing * ahead
                named[f"place_{ahead}_by_{window}"] = self.flat(places(then))
                # the gap that would be left to the tenth of them
                tenth = kth_largest(then, TOP_RANK)
                named[f"gap_{ahead}_by_{window}"] = self.flat(then) - self.each(tenth)
        pace = first_known(self.gain[30] / 30, self.last_pace, self.gain[60] / 60)
        for ahead in AHEAD:
            then = rank - self.grid_of(np.nan_to_num(pace)) * ahead
            named[f"rank_{ahead}"] = self.flat(then)
            named[f"order_{ahead}"] = self.flat(places(-then))
        for window in (5, 15, 60):
            growth = self.grid_of(self.growth[window])
            named[f"list_growth_{window}"] = self.each(_median(growth))
            named[f"over_list_{window}"] = self.growth[window] - named[f"list_growth_{window}"]
        for window in (15, 60):
            below = np.where(rank > TOP_RANK, self.grid_of(self.gain[window]), np.nan)
            named[f"gain_order_{window}"] = self.flat(places(below))
            warm = np.where(rank > TOP_RANK, self.grid_of(self.growth[window]), np.nan)
            named[f"growth_order_{window}"] = self.flat(places(warm))
        above = (rank > TOP_RANK) & (rank <= 2 * TOP_RANK)
        near = (rank <= TOP_RANK) & (rank > TOP_RANK // 2)
        for name, mark in (("rivals", above), ("holders", near)):
            for window in (15, 60):
                named[f"{name}_growth_{window}"] = self.each(
                    _masked_mean(self.grid_of(self.growth[window]), mark)
                )
                named[f"{name}_gain_{window}"] = self.each(
                    _masked_mean(self.grid_of(self.gain[window]), mark)
                )
        ahead_of = np.cumsum(np.nan_to_num(self.grid_of(self.gain[15])) * (rank > TOP_RANK), axis=1)
        named["climb_above"] = self.flat(ahead_of) - np.nan_to_num(self.gain[15])
        ages = self.grid_of(self.named["age"])
        named["holders_age"] = self.each(_masked_mean(ages, near))
        named["top_age"] = self.each(_masked_mean(ages, rank <= TOP_RANK))
        named["youngest_order"] = self.flat(places(-np.where(rank > TOP_RANK, ages, np.nan)))
        up = np.full_like(heat, np.nan)
        up[:, 1:] = heat[:, :-1] - heat[:, 1:]
        named["gap_above"] = self.flat(up)
        down = np.full_like(heat, np.nan)
        down[:, :-1] = heat[:, :-1] - heat[:, 1:]
        named["gap_below"] = self.flat(down)
        named["steepness"] = self.each(
            self._threshold_then(TOP_RANK, self.moved)
            - self._threshold_then(2 * TOP_RANK, self.moved)
        )

    def _clock(self) -> None:
        b, named, at = self.board, self.named, self.instants
        local = at + SHANGHAI_HOURS * HOUR
        named["hour"] = self.each((local % DAY) / HOUR)
        named["weekday"] = self.each(((local // DAY + 3) % 7).astype(float))
        seen = self.seen_at
        tops = np.sort(b.stays_top[b.stays_top != NEVER])
        began = np.sort(b.stays_first)
        for hours in (1, 3, 24):
            for name, events in (("tops", tops), ("news", began)):
                named[f"{name}_{hours}h"] = self.each(
                    _count(events, seen - hours * HOUR, seen).astype(float)
                )
        named["since_top"] = self.each(np.minimum((at - _newest(tops, seen)) / MINUTE, 1440.0))
        first = b.times[0] if len(b.times) else 0
        usual: dict[str, Floats] = {}
        for name, events in (("tops", tops), ("news", began)):
            total, days = np.zeros(len(at)), np.zeros(len(at))
            for day in range(1, USUAL_DAYS + 1):
                since = seen - day * DAY
                known = since >= first
                total += np.where(known, _count(events, since, since + 3 * HOUR), 0)
                days += known
            usual[name] = np.where(days > 0, total / np.maximum(days, 1), np.nan)
            named[f"usual_{name}"] = self.each(usual[name])
        log_ten = self._threshold_then(TOP_RANK, self.moved)
        for day in (1,):
            wanted = seen - day * DAY
            for name, shift in (("", 0), ("_later", 3 * HOUR)):
                number = np.searchsorted(b.times, wanted + shift, side="right") - 1
                was = np.where(number >= 0, number, -1)
                fits = (wanted + shift - b.times[np.maximum(was, 0)]) < HOUR
                named[f"threshold_day_ago{name}"] = self.each(
                    log_ten - self._threshold_then(TOP_RANK, np.where(fits, was, -1))
                )


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


def _count(events: Ints, since: Ints, until: Ints) -> Ints:
    """Events in (since, until]."""
    return np.searchsorted(events, until, side="right") - np.searchsorted(
        events, since, side="right"
    )


def _newest(events: Ints, until: Ints) -> Ints:
    """The newest event up to each instant; the beginning of time without one."""
    number = np.searchsorted(events, until, side="right") - 1
    found = events[np.maximum(number, 0)] if len(events) else np.zeros_like(until)
    return np.where(number >= 0, found, 0)
