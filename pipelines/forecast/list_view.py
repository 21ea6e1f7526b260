"""The lists that features are told of: as they stood at some instants, and some time before."""

import numpy as np
import numpy.typing as npt

from pipelines.forecast.rank_history import DAY, MINUTE, Board, Floats, Ints, Number

EARLY, LATE = 0.8, 2.5
"""A window of w minutes is measured from the newest list at least 0.8 w and at most 2.5 w old:
captures come when they come, and what is measured is divided by the time that really passed."""


class ListView:
    """The lists that are asked for, as matrices of (instant, place) and columns of lines."""

    def __init__(  # noqa: PLR0913, PLR0917 - called once
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
        self.seen_minutes = (board.at[row] - board.first_at[row]) / MINUTE

    def grid_of(self, column: Floats) -> Floats:
        """A column as a matrix (instant, place), nan beyond a list's end."""
        out = np.full((len(self.instants), self.width), np.nan)
        out[self.asked, self.place] = column
        return out

    def flat(self, matrix: Floats) -> Floats:
        """A matrix (instant, place) as a column of lines."""
        return matrix[self.asked, self.place]

    def each(self, per_instant: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """What is told of each instant, for each of its lines."""
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
        """Log heat gained since each line's row ``then``; nan where it was not there."""
        return np.where(then >= 0, self.heat - self.board.log_heat[np.maximum(then, 0)], np.nan)

    def heat_of_place(self, k: int, snapshot: Ints) -> Floats:
        """Log heat of the k-th place in a snapshot for each instant."""
        board = self.board
        safe = np.maximum(snapshot, 0)
        row = board.first_row[safe] + k - 1
        fits = (snapshot >= 0) & (board.lengths[safe] >= k)
        return np.where(fits, board.log_heat[np.where(fits, row, 0)], np.nan)
