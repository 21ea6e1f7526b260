"""The forecast where a board was captured badly, beside what it is worth unharmed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.table import Table

from benchmarks.forecast import FEWEST_SNAPSHOTS, FINEST, JUDGED_DAYS, LEARNT_EVERY, only
from fengkou.backtest import dataset_of
from pipelines.forecast import training
from pipelines.forecast.dataset import label_board, label_dataset, reached, read_titles
from pipelines.forecast.ensemble import Blend
from pipelines.forecast.metrics import average_precision, roc_auc
from pipelines.forecast.rank_history import DAY, HOUR, Flags, Floats, Ints
from pipelines.rules import CALL_HORIZON_HOURS
from warehouse.readers.rank_history import BoardRows, read_archives


def measure(files: Sequence[Path]) -> Table:
    """What is lost where the judged days of the board that is captured most often were captured badly."""
    table = Table(
        "the judged days", "AUC", "lost", "AP", "lost", "candidates without", "from a frozen list",
        title="harmed: learnt unharmed until seven days before the end", title_justify="left",
    )  # fmt: skip
    every_board = [rows for file in files for rows in read_archives([file]).values()]
    rows = max(every_board, key=lambda rows: len(rows.rank))
    if len(np.unique(rows.captured_at)) < FEWEST_SNAPSHOTS:
        return table
    until = int(rows.captured_at.max()) // DAY * DAY
    since = until - JUDGED_DAYS * DAY
    known = dataset_of({rows.board: only(rows, rows.captured_at <= since)})
    labelled = label_dataset(known, LEARNT_EVERY, 0, since)
    blend = training.grow_blends(
        training.lessons(labelled, since, (CALL_HORIZON_HOURS,)), (CALL_HORIZON_HOURS,)
    )[CALL_HORIZON_HOURS]
    del known, labelled
    whole: tuple[float, float] | None = None
    for name, harmed in HARMS.items():
        found = _after(harmed(rows, since), len(rows.titles), blend, since, until)
        auc, precision = (
            roc_auc(found.label, found.chance),
            average_precision(found.label, found.chance),
        )
        whole = whole or (auc, precision)
        table.add_row(
            name, f"{auc:.4f}", f"{whole[0] - auc:.4f}", f"{precision:.4f}",
            f"{whole[1] - precision:.4f}", f"{found.without:.1%}", f"{found.from_frozen}",
        )  # fmt: skip
    return table


@dataclass(frozen=True, slots=True)
class After:
    """Candidates after harm: whether they came, their chance (0 without), and what was forecast from what."""

    label: Flags
    chance: Floats
    without: float
    from_frozen: int


def _after(rows: BoardRows, title_count: int, blend: Blend, since: int, until: int) -> After:
    """Judged are the entries of the first so many titles, those that the board itself showed."""
    dataset = dataset_of({rows.board: rows})
    board = dataset.boards[rows.board]
    mine = label_board(board, read_titles(dataset, since), FINEST, since, until)
    lines, kept = mine.lines, mine.lines.is_candidate & (mine.lines.item < title_count)
    made = kept & ~lines.is_stale
    chance = np.zeros(len(lines.at))
    chance[made] = 1 / (1 + np.exp(-blend.predict(lines.features[made])))
    frozen = stood_still(rows, lines.at) > FROZEN
    return After(
        reached(mine, CALL_HORIZON_HOURS)[kept] > 0,
        chance[kept],
        1 - float(made.sum() / kept.sum()),
        int((made & frozen).sum()),
    )


def stood_still(rows: BoardRows, at: Ints) -> Ints:
    """How long the list that was newest at each instant had been the same, captures of it counted only."""
    order = np.lexsort((rows.item, rows.rank, rows.captured_at))
    times, begin = np.unique(rows.captured_at[order], return_index=True)
    lists = np.stack([rows.item[order], rows.rank[order], np.nan_to_num(rows.heat[order])], axis=1)
    same, previous = np.zeros(len(times), np.int64), b""
    since = 0
    for number, (first, end) in enumerate(zip(begin, np.r_[begin[1:], len(order)], strict=True)):
        now = lists[first:end].tobytes()
        since = since if now == previous else int(times[number])
        same[number], previous = times[number] - since, now
    still: Ints = same[np.maximum(np.searchsorted(times, at, side="right") - 1, 0)]
    return still


def _every_other(rows: BoardRows, since: int) -> BoardRows:
    number = np.unique(rows.captured_at, return_inverse=True)[1]
    return only(rows, (rows.captured_at < since) | (number % 2 == 0))


def _outage(rows: BoardRows, since: int) -> BoardRows:
    begin = since + HARMED_AFTER
    return only(rows, (rows.captured_at < begin) | (rows.captured_at > begin + 8 * HOUR))


def _frozen(rows: BoardRows, since: int) -> BoardRows:
    begin = since + HARMED_AFTER
    hidden = (rows.captured_at > begin) & (rows.captured_at <= begin + 3 * HOUR)
    still = rows.captured_at == rows.captured_at[rows.captured_at <= begin].max()
    again = np.unique(rows.captured_at[hidden])
    kept = only(rows, ~hidden)
    count = int(still.sum())
    return BoardRows(
        rows.board,
        np.r_[kept.captured_at, np.repeat(again, count)],
        np.r_[kept.item, np.tile(rows.item[still], len(again))],
        np.r_[kept.rank, np.tile(rows.rank[still], len(again))],
        np.r_[kept.heat, np.tile(rows.heat[still], len(again))],
        rows.titles,
    )


def _inflated(rows: BoardRows, since: int) -> BoardRows:
    heat = np.where(rows.captured_at >= since, 3 * rows.heat, rows.heat)
    return BoardRows(rows.board, rows.captured_at, rows.item, rows.rank, heat, rows.titles)


def _longer(rows: BoardRows, since: int) -> BoardRows:
    """Ten more entries below, new ones each day, a little less warm than the last."""
    times = np.unique(rows.captured_at[rows.captured_at >= since])
    last = np.lexsort((rows.rank, rows.captured_at))
    last = last[np.r_[np.flatnonzero(np.diff(rows.captured_at[last])), len(last) - 1]]
    last = last[rows.captured_at[last] >= since]
    days, day = np.unique(times // DAY, return_inverse=True)
    below = np.arange(MORE_ENTRIES)
    return BoardRows(
        rows.board,
        np.r_[rows.captured_at, np.repeat(times, MORE_ENTRIES)],
        np.r_[rows.item, (len(rows.titles) + day[:, None] * MORE_ENTRIES + below).ravel()],
        np.r_[rows.rank, (rows.rank[last][:, None] + 1 + below).ravel()],
        np.r_[rows.heat, (rows.heat[last][:, None] * (0.99 - 0.01 * below)).ravel()],
        [
            *rows.titles,
            *(f"{title} of day {on}" for on in days.tolist() for title in below.tolist()),
        ],
    )


MORE_ENTRIES = 10

HARMED_AFTER = 4 * DAY + 4 * HOUR
"""Noon in Shanghai on the fifth judged day: the board moves fastest."""

FROZEN = HOUR
"""A list that is captured each minute and the same for so long tells nothing."""

HARMS: dict[str, Callable[[BoardRows, int], BoardRows]] = {
    "unharmed": lambda rows, _: rows,
    "every other capture dropped": _every_other,
    "an outage of eight hours": _outage,
    "frozen for three hours": _frozen,
    "all heats times three": _inflated,
    "ten entries more on each list": _longer,
}
