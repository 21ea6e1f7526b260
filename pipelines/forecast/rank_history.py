"""One board's rows in order: its lists one by one, and what each stay had come to by then."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from pipelines.rules import STAY_GAP_HOURS, TOP_RANK

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Matrix: TypeAlias = npt.NDArray[np.float32]
Number = TypeVar("Number", np.int64, np.float64)

MINUTE = 60_000_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
NEVER = np.iinfo(np.int64).max
"""The instant of what has not happened, in the rows at hand."""

STAY_ENDS_AFTER = STAY_GAP_HOURS * HOUR

GAPS_TELL = 50
"""A board's usual gap is that of fifty captures, looked at anew after as many."""


@dataclass(frozen=True, slots=True)
class History:
    """Rows of one board in any order: equally long columns.

    ``captured_at`` int64 microseconds UTC, ``item`` int64 (any numbering, below 2**31), ``rank``
    float (nan for pinned and paid rows: they are left out), ``heat`` float (nan where there is none).
    """

    board: str
    captured_at: Ints
    item: Ints
    rank: Floats
    heat: Floats

    def until(self, at: int) -> "History":
        """The rows captured up to an instant."""
        return self._only(self.captured_at <= at)

    def between(self, since: int, until: int) -> "History":
        """The rows captured in [since, until]."""
        return self._only((self.captured_at >= since) & (self.captured_at <= until))

    def _only(self, kept: Flags) -> "History":
        return History(
            self.board,
            self.captured_at[kept],
            self.item[kept],
            self.rank[kept],
            self.heat[kept],
        )


def last_true(order_start: Flags, mark: Flags) -> Ints:
    """For each row the newest row up to it that bears the mark or begins its group."""
    rows = np.arange(len(mark))
    return np.maximum.accumulate(np.where(mark | order_start, rows, 0))


class Board:
    """One board's rows in order, with what each row's stay had come to by then.

    ``rows`` are sorted by instant and rank; a title that stands twice in a snapshot counts once, at
    its better rank. Columns that begin with ``stay_`` speak of the whole stay, so of the future too:
    only outcomes may use them. ``by_stay`` orders the rows by item and instant.
    """

    def __init__(self, history: History) -> None:
        self.name = history.board
        kept = ~np.isnan(history.rank)
        at, item = history.captured_at[kept], history.item[kept]
        rank, heat = history.rank[kept].astype(float), history.heat[kept].astype(float)
        heat = np.where(heat > 0, heat, np.nan)
        order = np.lexsort((rank, item, at))
        at, item, rank, heat = at[order], item[order], rank[order], heat[order]
        once = np.ones(len(at), bool)
        once[1:] = (at[1:] != at[:-1]) | (item[1:] != item[:-1])
        at, item, rank, heat = at[once], item[once], rank[once], heat[once]
        order = np.lexsort((rank, at))
        self.at, self.item, self.rank = at[order], item[order], rank[order]
        self.log_heat = np.log(heat[order])
        self.times, self.first_row, self.snapshot = _runs(self.at)
        self.ends = np.r_[self.first_row[1:], len(self.at)]
        self.lengths = self.ends - self.first_row
        self._mark_moves()
        self._follow_stays()

    def _mark_moves(self) -> None:
        """Which snapshots differ from the one before: a frozen list is no news."""
        word = _mix(self.item.astype(np.uint64))
        word ^= _mix(self.rank.view(np.uint64))
        word ^= _mix(np.nan_to_num(self.log_heat).view(np.uint64) + np.uint64(1))
        total = (
            np.add.reduceat(_mix(word), self.first_row)
            if len(self.first_row)
            else np.zeros(0, np.uint64)
        )
        moved = np.ones(len(total), bool)
        moved[1:] = (total[1:] != total[:-1]) | (self.lengths[1:] != self.lengths[:-1])
        self.moved = np.flatnonzero(moved)
        self.moved_times = self.times[self.moved]
        self.moved_number = np.cumsum(moved) - 1

    def _follow_stays(self) -> None:
        order = np.lexsort((self.at, self.item))
        at, item, rank, heat = (x[order] for x in (self.at, self.item, self.rank, self.log_heat))
        n = len(at)
        begins = np.ones(n, bool)
        begins[1:] = (item[1:] != item[:-1]) | (np.diff(at) > STAY_ENDS_AFTER)
        stay = np.cumsum(begins) - 1
        first = np.flatnonzero(begins)
        last = np.r_[first[1:], n] - 1 if n else first
        lift = stay * 1e6  # later stays lie lower, so that a running minimum begins anew in each
        best = np.minimum.accumulate(rank - lift) + lift if n else rank
        is_best = rank <= np.where(begins, np.inf, np.r_[np.inf, best[:-1]]) if n else begins
        # The bits of a float of 32 that is not negative are ordered as it is: exact beside a stay's number.
        warmth = np.nan_to_num(np.exp(heat)).astype(np.float32).view(np.int32).astype(np.int64)
        warmth += stay.astype(np.int64) << 32
        warmest = np.maximum.accumulate(warmth) if n else warmth
        is_warmest = warmth >= np.r_[-1, warmest[:-1]] if n else begins
        warmest_row = last_true(begins, is_warmest)
        step = np.r_[0.0, np.diff(rank)] * ~begins if n else rank
        fall, climb = np.cumsum(np.maximum(step, 0)), np.cumsum(np.maximum(-step, 0))
        gap = np.r_[0, np.diff(self.snapshot[order])] if n else stay
        away = np.cumsum((gap > 1) & ~begins)
        since = first[stay]

        def in_time(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
            back = np.empty_like(values)
            back[order] = values
            return back

        self.first_at = in_time(at[since])
        self.first_rank = in_time(rank[since])
        self.first_heat = in_time(heat[since])
        self.best_rank = in_time(np.round(best))
        self.best_at = in_time(at[last_true(begins, is_best)])
        self.warmest = in_time(heat[warmest_row])
        self.warmest_at = in_time(at[warmest_row])
        self.fallen = in_time(fall - fall[since])
        self.climbed = in_time(climb - climb[since])
        self.absences = in_time(away - away[since])
        self.seen_count = in_time(np.arange(n) - since + 1)
        top_row = np.where(rank <= TOP_RANK, np.arange(n), n)
        stay_top = np.minimum.reduceat(top_row, first) if n else first
        has_top = stay_top <= last
        self.stays_item = item[first]
        self.stays_first = at[first]
        self.stays_last = at[last]
        self.stays_top = np.where(has_top, at[np.minimum(stay_top, n - 1)] if n else 0, NEVER)
        self.stays_peak = np.minimum.reduceat(rank, first) if n else rank
        self.stay = in_time(stay)
        self._key = item * len(self.times) + self.snapshot[order]
        self.by_stay = order

    def rows_of(self, item: Ints, snapshot: Ints) -> Ints:
        """The row of each item in a snapshot; -1 where it is not on the list."""
        key = item * len(self.times) + snapshot
        place = np.minimum(np.searchsorted(self._key, key), len(self._key) - 1)
        return np.where((self._key[place] == key) & (snapshot >= 0), self.by_stay[place], -1)

    def best_until(self, row: Ints, until: Ints) -> Floats:
        """The best rank of each row's stay after it and up to an instant; inf if not seen again."""
        if not hasattr(self, "_ladder"):
            self._ladder = [self.rank[self.by_stay].astype(np.float32)]
            self._place = np.empty(len(self.by_stay), np.int64)
            self._place[self.by_stay] = np.arange(len(self.by_stay))
        snapshot = np.searchsorted(self.times, until, side="right") - 1
        key = self.item[row] * len(self.times) + snapshot
        since = self._place[row] + 1
        end = np.searchsorted(self._key, key, side="right")
        # within the stay only
        last = np.searchsorted(
            self._key,
            self.item[row] * len(self.times)
            + np.searchsorted(self.times, self.stays_last[self.stay[row]]),
            side="right",
        )
        count = np.maximum(np.minimum(end, last) - since, 0)
        level = np.where(count > 0, np.floor(np.log2(np.maximum(count, 1))), 0).astype(np.int64)
        while len(self._ladder) <= level.max(initial=0):
            below, half = self._ladder[-1], 1 << (len(self._ladder) - 1)
            up = below.copy()
            if half < len(below):
                up[:-half] = np.minimum(below[:-half], below[half:])
            self._ladder.append(up)
        best = np.full(len(row), np.inf)
        for step in np.unique(level):
            mine = (level == step) & (count > 0)
            rung = self._ladder[step]
            best[mine] = np.minimum(
                rung[since[mine]], rung[since[mine] + count[mine] - (1 << step)]
            )
        return best

    @cached_property
    def usual_gap(self) -> Floats:
        """Median gap of captures before each snapshot, microseconds."""
        gaps = np.diff(self.times, prepend=self.times[:1]).astype(float)
        usual = np.zeros(len(gaps))
        for number in range(len(gaps)):
            if number < GAPS_TELL or number % GAPS_TELL == 0:
                known = gaps[max(1, number - GAPS_TELL) : number + 1]
                usual[number] = np.median(known) if len(known) else 0.0
            else:
                usual[number] = usual[number - 1]
        return usual


def _runs(values: Ints) -> tuple[Ints, Ints, Ints]:
    """Distinct values of a sorted column, the first row of each, and each row's number of them."""
    begins = np.ones(len(values), bool)
    begins[1:] = values[1:] != values[:-1]
    first = np.flatnonzero(begins)
    return values[first], first, np.cumsum(begins) - 1


def _mix(x: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread the bits of a number over the word (splitmix64)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def first_known(*columns: Floats) -> Floats:
    """The first of the columns that is not nan."""
    out = columns[0].copy()
    for column in columns[1:]:
        out = np.where(np.isnan(out), column, out)
    return out


def places(matrix: Floats) -> Floats:
    """Place of each value in its line, the largest first; nan has none."""
    order = np.argsort(-matrix, axis=1, kind="stable")
    found = np.empty_like(matrix)
    np.put_along_axis(
        found, order, np.broadcast_to(np.arange(1.0, matrix.shape[1] + 1), matrix.shape), axis=1
    )
    return np.where(np.isnan(matrix), np.nan, found)


def kth_largest(matrix: Floats, k: int) -> Floats:
    """The k-th largest value of each line; nan where it has fewer."""
    if matrix.shape[1] < k:
        return np.full(len(matrix), np.nan)
    ordered: Floats = -np.sort(-matrix, axis=1)[:, k - 1]
    return ordered
