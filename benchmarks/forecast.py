"""The forecast on archives: replayed as of each instant, beside what anyone could sort by."""

import resource
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from rich.table import Table

from fengkou.backtest import dataset_of, replay
from pipelines.forecast import training
from pipelines.forecast.dataset import (
    Dataset,
    LabelledLines,
    label_dataset,
    read_titles,
    with_title_features,
)
from pipelines.forecast.features import grid, lines_at
from pipelines.forecast.forecasting_model import starting_model
from pipelines.forecast.metrics import average_precision, calibration_error, roc_auc
from pipelines.forecast.rank_history import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    Board,
    Flags,
    Floats,
    Ints,
    Matrix,
)
from pipelines.forecast.stay_ladder import fit_ladder, time_left
from pipelines.forecast.training_set import left_examples
from pipelines.rules import CALL_CHANCE, CALL_HORIZON_HOURS
from warehouse.readers.rank_history import BoardRows, read_archives

JUDGED_DAYS = 7
FINEST, COARSEST = 10, 30
"""Minutes between instants: of a board captured more often than every ten, and of the others."""

FEWEST_SNAPSHOTS = 1000
"""A board with fewer has too little to learn from and to be judged on."""

SETTLING = 2 * DAY
"""The board that is captured every minute is forecast from trees that end so long before it is judged."""

RANK_ONLY = ("weibo", "toutiao", "baidu", "bilibili-hot-search")
RANK_ONLY_DAYS = 10
"""Judged of an archive of several boards: search boards that move at all hours."""


@dataclass(frozen=True, slots=True)
class Span:
    """Instants, microseconds: learnt until, judged in [since, until), each ``every`` minutes."""

    learnt_until: int
    since: int
    until: int
    every: int


def precision_at(count: int, at: Ints, label: Flags, score: Floats) -> float:
    """Share that comes true of the ``count`` highest at each instant."""
    order = np.lexsort((-score, at))
    at, label = at[order], label[order]
    begin = np.r_[0, np.flatnonzero(at[1:] != at[:-1]) + 1]
    place = np.arange(len(at)) - np.repeat(begin, np.diff(np.r_[begin, len(at)]))
    return float(label[place < count].mean())


def first_calls(
    stay: Ints, at: Ints, top_at: Ints, chance: Floats, threshold: float
) -> tuple[float, float, Floats]:
    """Precision and recall of each stay's first call, and the minutes that the right ones were ahead."""
    entering = max(1, len(np.unique(stay[top_at != NEVER])))
    called = np.flatnonzero(chance >= threshold)
    called = called[np.lexsort((at[called], stay[called]))]
    first = called[np.r_[True, np.diff(stay[called]) != 0]] if len(called) else called
    right = first[top_at[first] != NEVER]
    precision = len(right) / len(first) if len(first) else float("nan")
    return precision, len(right) / entering, (top_at[right] - at[right]) / MINUTE


def called_ahead(stay: Ints, at: Ints, top_at: Ints, chance: Floats) -> str:
    """Share of entering stays called 15, 30 and 60 minutes ahead where half of the calls are right."""
    entering = max(1, len(np.unique(stay[top_at != NEVER])))
    for threshold in np.arange(0.05, 1.0, 0.01):
        precision, _, lead = first_calls(stay, at, top_at, chance, float(threshold))
        if precision >= 0.5:
            return " ".join(f"{(lead >= m).sum() / entering:.2f}" for m in (15, 30, 60))
    return "never"


def measure(files: Sequence[Path]) -> Table:
    """One line for each way of sorting on the newest days of boards, learnt before and frozen."""
    table = Table(
        "board", "by", "AUC", "AP", "P@3", "cal. error", "calls: right, caught, lead", "ahead 15 30 60",
        title=f"in the top ten within {CALL_HORIZON_HOURS} hours: learnt before, and frozen; "
        f"called from a chance of {CALL_CHANCE}",
        title_justify="left",
    )  # fmt: skip
    for file in files:
        dataset = dataset_of(read_archives([file]))
        for source, board in dataset.boards.items():
            if len(board.times) < FEWEST_SNAPSHOTS:
                continue
            until = int(board.times[-1]) // DAY * DAY
            if float(np.median(np.diff(board.times))) <= FINEST * MINUTE:
                since = until - JUDGED_DAYS * DAY
                span = Span(since - SETTLING, since, until, FINEST)
            elif source in RANK_ONLY and len(dataset.boards) > 1:
                since = until - RANK_ONLY_DAYS * DAY
                span = Span(since, since, until, COARSEST)
            else:
                continue
            _judge(table, f"{file.stem} {source}", dataset, board, span)
    return table


LIVE_BOARDS = 50
LIVE_EVERY = 20
LEARNT_EVERY = 10
LEFT_JUDGED = 10 * DAY


def measure_learning(files: Sequence[Path]) -> Table:
    """How long learning and forecasting take, and how good the time left is beside a plain median."""
    table = Table("what", "figure", title="learning, and the time left", title_justify="left")
    largest = max(files, key=lambda file: file.stat().st_size)
    # a process of its own: the most memory that this one ever held says nothing of learning
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        reading, growing, memory = apart.submit(_learn, largest).result()
    table.add_row(f"{largest.stem}: reading its past", f"{reading:.0f} s")
    table.add_row(f"{largest.stem}: learning anew", f"{growing:.0f} s, {memory:.1f} GiB at most")
    table.add_row(f"chances of {LIVE_BOARDS} lists", f"{_live(largest):.1f} s")
    largest = most_boards(files)
    table.add_row(f"{largest.stem}: time left", _left(dataset_of(read_archives([largest]))))
    return table


def most_boards(files: Sequence[Path]) -> Path:
    """The archive of most boards."""
    return max(files, key=lambda file: len(read_archives([file])))


def _learn(file: Path) -> tuple[float, float, float]:
    """Seconds of reading, seconds of learning, and GiB at most."""
    began = time.monotonic()
    dataset = dataset_of(read_archives([file]))
    until = max(int(board.times[-1]) for board in dataset.boards.values())
    labelled = label_dataset(dataset, LEARNT_EVERY, 0, until)
    read = time.monotonic()
    training.fit(labelled, until)
    unit = 1 if sys.platform == "darwin" else 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30
    return read - began, time.monotonic() - read, most


def _live(file: Path) -> float:
    """Seconds of one build's forecasts: as many lists, with two days of captures and their words."""
    rows = max(read_archives([file]).values(), key=lambda rows: len(rows.rank))
    step = LIVE_EVERY * MINUTE
    times = np.unique(rows.captured_at)
    thinned = times[np.unique(times // step, return_index=True)[1]]
    recent = rows.captured_at >= times[-1] - 2 * DAY
    kept = only(rows, recent & np.isin(rows.captured_at, thinned))
    dataset = dataset_of({rows.board: kept})
    told = read_titles(dataset)
    model = starting_model()
    board, now = dataset.boards[rows.board], np.array([thinned[-1]])
    began = time.monotonic()
    for _ in range(LIVE_BOARDS):
        lines = lines_at(board, now, LIVE_EVERY)
        stay = told.number[rows.board][board.stay[lines.row]]
        model.forecast(with_title_features(lines, told.stays, told.read, stay))
    return time.monotonic() - began


def _left(dataset: Dataset) -> str:
    """Of stays that ended: how often the interval held, and the mean miss beside a median by stage."""
    until = max(int(board.times[-1]) for board in dataset.boards.values())
    cut = until - LEFT_JUDGED
    labelled = label_dataset(dataset, COARSEST, 0, until)
    taught = left_examples(labelled, cut)
    ladder = fit_ladder(taught, cut)
    if ladder is None:
        return "too little to learn from"
    asked: dict[str, Flags] = {
        name: (read.lines.at >= cut)
        & (read.lines.at < until - 2 * DAY)
        & read.outcomes.is_over
        & ~read.lines.is_stale
        for name, read in labelled.items()
    }
    features = np.concatenate([labelled[n].lines.features[asked[n]] for n in labelled])
    left = np.concatenate([_minutes_left(labelled[n])[asked[n]] for n in labelled])
    names = next(iter(labelled.values())).lines.names
    low, middle, high = time_left(ladder.chances(features)).T
    stage, stages = _stage(taught.features, names), _stage(features, names)
    usual = np.full(len(left), np.median(taught.label))
    for number in np.unique(stage):
        usual[stages == number] = np.median(taught.label[stage == number])
    held = ((low <= left) & (left <= high)).mean()
    miss, plain = np.abs(left - middle), np.abs(left - usual)
    return (
        f"{held:.1%} in the 80 % interval, which begins above five minutes in {(low > 5).mean():.0%}; off by "
        f"{np.median(miss):.0f} min in the median and {miss.mean():.0f} on average, the median by rank and "
        f"age by {np.median(plain):.0f} and {plain.mean():.0f}; told {np.median(middle):.0f} min, came "
        f"{np.median(left):.0f} (medians)"
    )


def _minutes_left(read: LabelledLines) -> Floats:
    return (read.outcomes.ends_at - read.lines.at) / MINUTE


def _stage(features: Matrix, names: Sequence[str]) -> Ints:
    """Ranks to 3, 10, 20 and beyond, by ages to 30 minutes, 2, 6 and more hours."""
    rank, age = (features[:, list(names).index(name)] for name in ("rank", "age"))
    stage: Ints = np.searchsorted([3.5, 10.5, 20.5], rank) * 4 + np.searchsorted(
        [30, 120, 360], age
    )
    return stage


def _judge(table: Table, name: str, dataset: Dataset, board: Board, span: Span) -> None:
    lines = lines_at(board, grid(board, span.every, span.since, span.until), span.every)
    lines = lines.only(lines.is_candidate)
    stay = board.stay[lines.row]
    top_at = board.stays_top[stay]
    label = (top_at > lines.at) & (top_at <= lines.at + CALL_HORIZON_HOURS * HOUR)
    if not label.any():
        return
    began = time.monotonic()
    found = replay(dataset, board.name, span.learnt_until, span.until, span.every, is_frozen=True)
    took = time.monotonic() - began
    titles = dataset.titles[board.name]
    given = dict(zip(zip(found.title, found.at.tolist(), strict=True), found.chance, strict=True))
    chance = np.array(
        [
            given.get((titles[i], at), 0.0)
            for i, at in zip(lines.item.tolist(), lines.at.tolist(), strict=True)
        ]
    )
    gain = lines.features[:, lines.names.index("rank_gain_60")].astype(float)
    growth = lines.features[:, lines.names.index("heat_growth_10")].astype(float)
    for by, score in (
        (f"the forecast ({took:.0f} s)", chance),
        ("present rank", -lines.rank),
        ("places gained in an hour", np.nan_to_num(gain)),
        ("growth of heat", np.nan_to_num(growth)),
    ):
        if not score.any():
            continue
        figures = [
            roc_auc(label, score),
            average_precision(label, score),
            precision_at(3, lines.at, label, score),
        ]
        rest = ["", "", ""]
        if score is chance:
            precision, recall, lead = first_calls(stay, lines.at, top_at, chance, CALL_CHANCE)
            middle = f"{np.median(lead):.0f} min" if len(lead) else "none"
            rest = [
                f"{calibration_error(label, chance):.4f}",
                f"{precision:.2f}, {recall:.2f}, {middle}",
                called_ahead(stay, lines.at, top_at, chance),
            ]
        table.add_row(name, by, *(f"{figure:.3f}" for figure in figures), *rest)


def only(rows: BoardRows, kept: Flags) -> BoardRows:
    """The rows that are marked."""
    return BoardRows(
        rows.board, rows.captured_at[kept], rows.item[kept], rows.rank[kept], rows.heat[kept], rows.titles
    )  # fmt: skip
