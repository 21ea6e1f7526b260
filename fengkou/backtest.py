"""Forecasting replayed on archives, and what archives teach."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.forecast import training
from pipelines.forecast.calibration import Calibration, calibrate
from pipelines.forecast.dataset import (
    Dataset,
    LabelledLines,
    label_board,
    label_dataset,
    reached,
    read_titles,
)
from pipelines.forecast.forecasting_model import starting_model
from pipelines.forecast.rank_history import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    Board,
    Flags,
    Floats,
    History,
    Ints,
)
from pipelines.forecast.recalibration import (
    LOOKED_BACK_DAYS,
    TOP,
    Matured,
    Question,
    day_of,
    moves_of,
    recalibration,
)
from pipelines.forecast.training_set import Examples, chance_examples
from pipelines.rules import CALL_HORIZON_HOURS, TOP_RANK
from warehouse.readers.rank_history import BoardRows, read_archives

CALLED = Question(TOP, CALL_HORIZON_HOURS * 60)
"""What a replay forecasts."""

LEARNING_EVERY = 5
"""Minutes: between instants that are nearer, hardly anything differs."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """Chances as they would have been given: equally long columns."""

    title: list[str]
    at: Ints
    chance: Floats
    trained_count: int


def dataset_of(rows: dict[str, BoardRows]) -> Dataset:
    """Archives as boards."""
    return Dataset(
        {
            name: Board(History(name, board.captured_at, board.item, board.rank, board.heat))
            for name, board in rows.items()
        },
        {name: board.titles for name, board in rows.items()},
    )


def replay(  # noqa: PLR0913 - what, when, and how it learns
    dataset: Dataset,
    source: str,
    since: int,
    until: int,
    every: int,
    *,
    is_frozen: bool = False,
    on_day: Callable[[int], None] = lambda _: None,
) -> Replayed:
    """The chances of every entry below the top ten at the instants of [since, until).

    A model is trained when the replay begins and, unless frozen, at every midnight after it, from
    outcomes known by then. Unless frozen, its chances are moved each day by what came of those before.
    """
    titles = read_titles(dataset, since if is_frozen else NEVER)
    first = min(int(board.times[0]) for board in dataset.boards.values())
    mine = label_board(dataset.boards[source], titles, every, since, until)
    labelled = {
        name: label_board(board, titles, _learning_every(board, every, since), first, until)
        for name, board in dataset.boards.items()
    }
    wanted = (mine.lines.rank > TOP_RANK) & ~mine.lines.is_stale
    given = np.full(len(mine.lines.at), np.nan)
    told = _Told(source)
    trained = 0
    for begin, end in _days(since, until, is_frozen):
        on_day(begin)
        taught = training.lessons(labelled, begin, (CALL_HORIZON_HOURS,), source)
        now = wanted & (mine.lines.at >= begin) & (mine.lines.at < end)
        if taught.chances[CALL_HORIZON_HOURS].label.sum() < training.FEWEST_TOPS:
            starting = starting_model().chances[CALL_HORIZON_HOURS]
            raw = starting.of(mine.lines.features[now])
        else:
            if not trained:
                told.hold_back(
                    taught, chance_examples({source: labelled[source]}, CALL_HORIZON_HOURS, begin)
                )
            trees = training.grow_blends(taught, (CALL_HORIZON_HOURS,))[CALL_HORIZON_HOURS]
            trained += 1
            raw = told.calibration.chance(trees.predict(mine.lines.features[now]))
        told.add(mine, now, raw)
        given[now] = raw if is_frozen else told.recalibrated(mine.lines.at[now], raw)
    kept = ~np.isnan(given)
    names = dataset.titles[source]
    return Replayed(
        [names[i] for i in mine.lines.item[kept].tolist()],
        mine.lines.at[kept],
        given[kept],
        trained,
    )


def _learning_every(board: Board, every: int, since: int) -> int:
    """A board that is captured more often than it is asked teaches more often too."""
    known = int(np.searchsorted(board.times, since, side="right")) - 1
    is_quick = known >= 0 and board.usual_gap[known] <= LEARNING_EVERY * MINUTE
    return min(every, LEARNING_EVERY) if is_quick else every


def _days(since: int, until: int, is_frozen: bool) -> Iterator[tuple[int, int]]:
    begin = since
    while begin < until:
        end = until if is_frozen else min(until, (begin // DAY + 1) * DAY)
        yield begin, end
        begin = end


class _Told:
    """What was forecast so far, to be held against what came of it: a replay's ledger.

    It begins with the board's newest weeks, told by trees that end before them; from these comes how far
    scores are believed at all.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.calibration = Calibration()
        self.parts: list[tuple[Ints, Floats, Floats]] = []

    def hold_back(self, taught: training.Lessons, own: Examples) -> None:
        """Tell the board's newest weeks by trees that end before them."""
        found = training.held_back(taught, (CALL_HORIZON_HOURS,)).get(CALL_HORIZON_HOURS)
        late = own.only(own.at > taught.held_since)
        if found is not None and len(late.label):
            score = found.predict(late.features)
            self.calibration = calibrate(score, late.label)
            self.parts.append((late.at, self.calibration.chance(score), late.label))

    def add(self, read: LabelledLines, now: Flags, raw: Floats) -> None:
        """Keep the raw chances of the lines that are marked."""
        counts = read.lines.is_candidate[now]
        label = reached(read, CALL_HORIZON_HOURS)[now]
        self.parts.append((read.lines.at[now][counts], raw[counts], label[counts]))

    def recalibrated(self, at: Ints, raw: Floats) -> Floats:
        """The chances to be stated at those instants, each by what its day's calibration knew."""
        given = raw.copy()
        days = np.array([day_of(instant) for instant in at.tolist()], np.int64)
        for day in np.unique(days).tolist():
            moves = moves_of(CALLED, self._matured(day), day)
            mine = days == day
            given[mine] = recalibration(moves).of(CALLED, self.source, raw[mine])
        return given

    def _matured(self, now: int) -> Matured:
        at, chance, came = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        known = (at + CALL_HORIZON_HOURS * HOUR <= now) & (at >= now - LOOKED_BACK_DAYS * DAY)
        known &= newest_of_hour(at)
        count = np.ones(int(known.sum()))
        board = np.zeros(len(count), np.int64)
        return Matured([self.source], board, at[known], chance[known], count, came[known])


def newest_of_hour(at: Ints) -> Flags:
    """Which instants are the last of their hour. Like a warehouse's ledger, whose forecasts of an hour count
    once, a replay so learns from as many outcomes however often it looks."""
    instants = np.unique(at)
    hours = instants // HOUR
    return np.isin(at, instants[np.r_[hours[1:] != hours[:-1], True]])


def write_chances(file: Path, replayed: Replayed) -> None:
    """``title, at, p`` as Parquet; ``at`` is a timestamp without a zone, UTC."""
    table = pa.table(
        {
            "title": pa.array(replayed.title, pa.string()),
            "at": pa.array(replayed.at, pa.timestamp("us")),
            "p": pa.array(replayed.chance, pa.float64()),
        }
    )
    pq.write_table(table, file)


@dataclass(frozen=True, slots=True)
class ArchiveLessons:
    """What archives teach: board of an archive -> its lines, and the newest instant (microseconds)."""

    labelled: dict[str, LabelledLines]
    newest: int


def read_lessons(
    files: Sequence[Path],
    every: int,
    until: int = NEVER,
    on_file: Callable[[Path], None] = lambda _: None,
) -> ArchiveLessons:
    """The lines that archives teach at instants ``every`` minutes apart, each archive a world of its own.

    What was captured from ``until`` on is left out.
    """
    labelled: dict[str, LabelledLines] = {}
    newest = 0
    for file in files:
        on_file(file)
        rows = {name: read.before(until) for name, read in read_archives([file]).items()}
        dataset = dataset_of({name: read for name, read in rows.items() if len(read.rank)})
        if not dataset.boards:
            continue
        first = min(int(board.times[0]) for board in dataset.boards.values())
        last = max(int(board.times[-1]) for board in dataset.boards.values())
        found = label_dataset(dataset, every, first, last)
        labelled |= {f"{file.stem}/{name}": read for name, read in found.items()}
        newest = max(newest, last)
    return ArchiveLessons(labelled, newest)
