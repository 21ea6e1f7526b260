"""What was known of each entry of a board at an instant, as numbers a model can weigh.

One board's rows go in, instants go out with one line for each ranked item. The same function serves
training, replay and the live build: a line is made from rows captured up to its instant and never
from a later one. Live use needs the rows of as many days as ``clock_features.USUAL_DAYS`` and one more, and
the whole present stay of the items now on the list.
"""

from dataclasses import dataclass

import numpy as np

from pipelines.forecast import crowd_features, projection_features, stay_features
from pipelines.forecast.clock_features import clock_features
from pipelines.forecast.list_view import ListView
from pipelines.forecast.move_features import moves_of, steps_of
from pipelines.forecast.rank_history import HOUR, MINUTE, Board, Flags, Floats, Ints, Matrix
from pipelines.rules import TOP_RANK

STALE_AFTER = HOUR
STALE_AFTER_GAPS = 3
"""A list that stood still for an hour and three of its usual gaps tells nothing of now."""


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
    named = _named(ListView(board, instants, moved, asked, row, begin, count))
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


def _named(view: ListView) -> dict[str, Floats]:
    """Every feature that a line's path and list tell, in the order of a model's."""
    with np.errstate(all="ignore"):
        named = stay_features.so_far(view)
        moves, moved = moves_of(view)
        named |= moved
        named |= crowd_features.gaps(view, moves)
        named |= projection_features.going_on(view, moves, named)
        named |= crowd_features.among_others(view, moves, named)
        named |= clock_features(view)
        named |= steps_of(view, moves)
        named |= projection_features.fading(view, moves)
        named |= crowd_features.by_age_and_gain(view, moves, named["age"])
        named |= stay_features.at_entry(view, named)
        named |= stay_features.along(view.board, view.row, view.instants[view.asked])
        named |= projection_features.growing_straight(view, moves, named)
    return named
