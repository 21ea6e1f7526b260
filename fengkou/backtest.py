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
from pipelines.forecast.ensemble import Blend
from pipelines.forecast.forecasting_model import starting_model
from pipelines.forecast.rank_history import DAY, HOUR, MINUTE, NEVER, Board, Floats, History, Ints
from pipelines.forecast.training_set import HELD_BACK_DAYS, Examples, chance_examples, newest_days
from pipelines.rules import CALL_HORIZON_HOURS, TOP_RANK
from warehouse.readers.rank_history import BoardRows, read_archives

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
    outcomes known by then; its calibration is read from forecasts made before, by models that did not
    know their outcomes.
    """
    told = read_titles(dataset, since if is_frozen else NEVER)
    first = min(int(board.times[0]) for board in dataset.boards.values())
    mine = label_board(dataset.boards[source], told, every, since, until)
    labelled = {
        name: label_board(board, told, _learning_every(board, every, since), first, until)
        for name, board in dataset.boards.items()
    }
    wanted = (mine.lines.rank > TOP_RANK) & ~mine.lines.is_stale
    given = np.full(len(mine.lines.at), np.nan)
    seen = _Seen()
    trained = 0
    for begin, end in _days(since, until, is_frozen):
        on_day(begin)
        taught = training.lessons(labelled, begin, (CALL_HORIZON_HOURS,), source)
        now = wanted & (mine.lines.at >= begin) & (mine.lines.at < end)
        if taught.chances[CALL_HORIZON_HOURS].label.sum() < training.FEWEST_TOPS:
            given[now] = starting_model().chances[CALL_HORIZON_HOURS].of(mine.lines.features[now])
            continue
        if not trained:
            seen.hold_back(
                taught, chance_examples({source: labelled[source]}, CALL_HORIZON_HOURS, begin)
            )
        trees = training.grow_blends(taught, (CALL_HORIZON_HOURS,))[CALL_HORIZON_HOURS]
        trained += 1
        calibration = seen.calibration(begin)
        given[now] = calibration.chance(trees.predict(mine.lines.features[now]))
        seen.add(mine, trees, begin, end)
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


class _Seen:
    """Scores of lines that their trees had not learnt from, to be held against what came of them."""

    def __init__(self) -> None:
        self.parts: list[tuple[Ints, Floats, Floats]] = []

    def hold_back(self, taught: training.Lessons, own: Examples) -> None:
        """Score the board's newest weeks by trees that end before them."""
        found = training.held_back(taught, (CALL_HORIZON_HOURS,)).get(CALL_HORIZON_HOURS)
        late = own.only(own.at > taught.held_since)
        if found is not None and len(late.label):
            self.parts.append((late.at, found.predict(late.features), late.label))

    def add(self, read: LabelledLines, trees: Blend, begin: int, end: int) -> None:
        lines = read.lines
        made = lines.is_candidate & ~lines.is_stale & (lines.at >= begin) & (lines.at < end)
        label = reached(read, CALL_HORIZON_HOURS)[made]
        self.parts.append((lines.at[made], trees.predict(lines.features[made]), label))

    def calibration(self, now: int) -> Calibration:
        if not self.parts:
            return Calibration()
        ats, scores, labels = zip(*self.parts, strict=True)
        at, score, label = np.concatenate(ats), np.concatenate(scores), np.concatenate(labels)
        known = at + CALL_HORIZON_HOURS * HOUR <= now
        known &= at >= newest_days(at[known], HELD_BACK_DAYS)
        return calibrate(score[known], label[known])


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
