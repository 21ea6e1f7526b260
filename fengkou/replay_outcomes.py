"""How a replay of an archive turned out: its chances beside what came, and its calls beside when."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from fengkou.backtest import dataset_of
from pipelines.forecast.rank_history import HOUR, MINUTE, NEVER, Flags, Floats
from pipelines.forecast.record import Bin
from pipelines.rules import CALL_CHANCE, CALL_HORIZON_HOURS, RELIABILITY_BINS, TOP_RANK
from warehouse.load.archive import ArchiveError
from warehouse.readers.rank_history import read_archives


@dataclass(frozen=True, slots=True)
class TurnedOut:
    """``leads`` are the minutes that right calls were ahead; ``top_count`` counts stays that came."""

    bins: tuple[Bin, ...]
    leads: tuple[float, ...]
    call_count: int
    top_count: int


def turned_out(predictions: Path, archive: Path, source: str) -> TurnedOut:
    """What came of each forecast that ``fengkou backtest`` wrote for a source of an archive.

    Only entries below the top ten that had not been there in their stay count. Raises ArchiveError
    where the archive has no such source.
    """
    dataset = dataset_of(read_archives([archive]))
    if source not in dataset.boards:
        raise ArchiveError(f"{archive} holds {', '.join(dataset.boards)}, and no source {source}.")
    board = dataset.boards[source]
    number = {title: item for item, title in enumerate(dataset.titles[source])}
    table = pq.read_table(predictions, columns=["title", "at", "p"])
    at = table["at"].cast("int64").to_numpy()
    chance = table["p"].to_numpy()
    item = np.array([number.get(title, -1) for title in table["title"].to_pylist()], np.int64)
    row = board.rows_of(item, np.searchsorted(board.times, at, side="right") - 1)
    counts = (row >= 0) & (item >= 0)
    counts &= (board.rank[row] > TOP_RANK) & (board.best_rank[row] > TOP_RANK)
    at, chance, stay = at[counts], chance[counts], board.stay[row[counts]]
    top_at = board.stays_top[stay]
    came = (top_at > at) & (top_at <= at + CALL_HORIZON_HOURS * HOUR)
    called = np.flatnonzero(chance >= CALL_CHANCE)
    called = called[np.lexsort((at[called], stay[called]))]
    first = called[np.r_[True, np.diff(stay[called]) != 0]] if len(called) else called
    right = first[came[first]]
    ahead = (top_at[right] - at[right]) / MINUTE
    return TurnedOut(
        _bins(chance, came),
        tuple(ahead.tolist()),
        len(first),
        len(np.unique(stay[top_at != NEVER])),
    )


def _bins(chance: Floats, came: Flags) -> tuple[Bin, ...]:
    place = np.minimum((chance * RELIABILITY_BINS).astype(int), RELIABILITY_BINS - 1)
    return tuple(
        Bin(int(mine.sum()), float(chance[mine].mean()), float(came[mine].mean()))
        for mine in (place == number for number in range(RELIABILITY_BINS))
        if mine.any()
    )
