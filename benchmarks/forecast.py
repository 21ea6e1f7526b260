"""The forecast on archives: replayed as of each instant, beside what anyone could sort by."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rich.table import Table

from dagster_project.backtest import past_of, replay
from pipelines.features import DAY, HOUR, MINUTE, NEVER, Board, Flags, Floats, Ints, grid, lines_at
from pipelines.learning import Past
from warehouse.history import BoardRows, read_archives

JUDGED_DAYS = 7
HOURS = 3
FINEST, COARSEST = 10, 30
"""Minutes between instants: of a board captured more often than every ten, and of the others."""

FEWEST_SNAPSHOTS = 1000
"""A board with fewer has too little to learn from and to be judged on."""


def area(label: Flags, score: Floats) -> float:
    """Area under the ROC curve, ties counted half."""
    _, inverse, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    up = label.sum()
    return float((ranks[label].sum() - up * (up + 1) / 2) / (up * (len(label) - up)))


def average_precision(label: Flags, score: Floats) -> float:
    """Mean precision at each threshold, weighted by the recall gained there."""
    order = np.argsort(-score, kind="stable")
    label, score = label[order], score[order]
    last = np.r_[np.flatnonzero(np.diff(score)), len(score) - 1]
    hits = np.cumsum(label)[last]
    return float(np.sum(np.diff(np.r_[0, hits]) * hits / (last + 1)) / label.sum())


def precision_at(count: int, at: Ints, label: Flags, score: Floats) -> float:
    """Share that comes true of the ``count`` highest at each instant."""
    order = np.lexsort((-score, at))
    at, label = at[order], label[order]
    begin = np.r_[0, np.flatnonzero(at[1:] != at[:-1]) + 1]
    place = np.arange(len(at)) - np.repeat(begin, np.diff(np.r_[begin, len(at)]))
    return float(label[place < count].mean())


def calibration_error(label: Flags, chance: Floats, bins: int = 15) -> float:
    """Mean gap between stated and observed chance over bins of equal size."""
    parts = np.array_split(np.argsort(chance), bins)
    return float(sum(abs(label[b].mean() - chance[b].mean()) * len(b) for b in parts) / len(label))


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
    """One line for each way of sorting on the newest days of each board of the archives."""
    table = Table(
        "board", "by", "AUC", "AP", "P@3", "cal. error", "at .5: precision, recall, lead", "ahead 15 30 60",
        title=f"in the top ten within {HOURS} hours: the last {JUDGED_DAYS} days, learning as they went",
        title_justify="left",
    )  # fmt: skip
    for file in files:
        rows = read_archives([file])
        past = past_of(rows)
        for source, board in past.boards.items():
            if len(board.times) >= FEWEST_SNAPSHOTS:
                _judge(table, f"{file.stem} {source}", past, board)
    for harm, harmed in HARMS.items():
        _harm(table, files, harm, harmed)
    return table


def _judge(table: Table, name: str, past: Past, board: Board) -> None:
    every = FINEST if float(np.median(np.diff(board.times))) <= FINEST * MINUTE else COARSEST
    until = int(board.times[-1]) // DAY * DAY
    since = until - JUDGED_DAYS * DAY
    lines = lines_at(board, grid(board, every, since, until), every)
    lines = lines.only(lines.is_candidate)
    stay = board.stay[lines.row]
    top_at = board.stays_top[stay]
    label = (top_at > lines.at) & (top_at <= lines.at + HOURS * HOUR)
    if not label.any():
        return
    began = time.monotonic()
    found = replay(past, board.name, since, until, every)
    took = time.monotonic() - began
    titles = past.titles[board.name]
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
        figures = [
            area(label, score),
            average_precision(label, score),
            precision_at(3, lines.at, label, score),
        ]
        rest = ["", "", ""]
        if score is chance:
            precision, recall, lead = first_calls(stay, lines.at, top_at, chance, 0.5)
            middle = f"{np.median(lead):.0f} min" if len(lead) else "none"
            rest = [
                f"{calibration_error(label, chance):.4f}",
                f"{precision:.2f}, {recall:.2f}, {middle}",
                called_ahead(stay, lines.at, top_at, chance),
            ]
        table.add_row(name, by, *(f"{figure:.3f}" for figure in figures), *rest)


def _only(rows: BoardRows, kept: Flags) -> BoardRows:
    return BoardRows(
        rows.board, rows.captured_at[kept], rows.item[kept], rows.rank[kept], rows.heat[kept], rows.titles
    )  # fmt: skip


def _every_other(rows: BoardRows) -> BoardRows:
    number = np.unique(rows.captured_at, return_inverse=True)[1]
    return _only(rows, number % 2 == 0)


def _outage(rows: BoardRows) -> BoardRows:
    begin = int(rows.captured_at.max()) // DAY * DAY - 3 * DAY
    return _only(rows, (rows.captured_at < begin) | (rows.captured_at > begin + 8 * HOUR))


def _frozen(rows: BoardRows) -> BoardRows:
    begin = int(rows.captured_at.max()) // DAY * DAY - 3 * DAY
    hidden = (rows.captured_at > begin) & (rows.captured_at <= begin + 3 * HOUR)
    still = rows.captured_at == rows.captured_at[rows.captured_at <= begin].max()
    again = np.unique(rows.captured_at[hidden])
    kept = _only(rows, ~hidden)
    count = int(still.sum())
    return BoardRows(
        rows.board,
        np.r_[kept.captured_at, np.repeat(again, count)],
        np.r_[kept.item, np.tile(rows.item[still], len(again))],
        np.r_[kept.rank, np.tile(rows.rank[still], len(again))],
        np.r_[kept.heat, np.tile(rows.heat[still], len(again))],
        rows.titles,
    )


HARMS: dict[str, Callable[[BoardRows], BoardRows]] = {
    "every other capture": _every_other,
    "without eight hours": _outage,
    "frozen for three hours": _frozen,
}


def _harm(
    table: Table, files: Sequence[Path], name: str, harmed: Callable[[BoardRows], BoardRows]
) -> None:
    """The same on the board that is captured most often, harmed."""
    rows = {f"{f.stem} {s}": one for f in files for s, one in read_archives([f]).items()}
    most = max(rows, key=lambda key: len(rows[key].rank))
    if len(np.unique(rows[most].captured_at)) < FEWEST_SNAPSHOTS:
        return
    past = past_of({rows[most].board: harmed(rows[most])})
    _judge(table, f"{most}, {name}", past, past.boards[rows[most].board])
