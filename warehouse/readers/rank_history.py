"""The past as columns of numbers, titles apart: of archives, without importing them, or of the warehouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from warehouse import query
from warehouse.load.archive import REQUIRED, ArchiveError

THREADS = 2


@dataclass(frozen=True, slots=True)
class BoardRows:
    """One board's ranked rows: equally long columns, and the titles that ``item`` numbers.

    ``captured_at`` is int64 microseconds UTC; ``heat`` is nan where there is none. Titles are numbered
    in their own order, so that fewer rows number them the same way round.
    """

    board: str
    captured_at: npt.NDArray[np.int64]
    item: npt.NDArray[np.int64]
    rank: npt.NDArray[np.float64]
    heat: npt.NDArray[np.float64]
    titles: list[str]

    def before(self, until: int) -> "BoardRows":
        """The rows captured before an instant; items keep their numbers."""
        kept = self.captured_at < until
        return BoardRows(
            self.board,
            self.captured_at[kept],
            self.item[kept],
            self.rank[kept],
            self.heat[kept],
            self.titles,
        )


def read_archives(files: Sequence[Path]) -> dict[str, BoardRows]:
    """The ranked rows of Parquet archives by source, files that hold the same source joined.

    Raises ArchiveError for a file that is no archive.
    """
    for file in files:
        if not file.exists():
            raise FileNotFoundError(f"{file}: no such file. Name a Parquet archive.")
    with duckdb.connect() as con:
        con.execute(f"SET threads = {THREADS}; SET TimeZone = 'UTC'")
        con.execute("SET enable_progress_bar = false")
        try:
            rows = query.table(
                con, "readers/rank_history.archive_rows", files=[str(file) for file in files]
            )
        except duckdb.Error as error:
            raise ArchiveError(
                f"{', '.join(str(f) for f in files)}: cannot be read as archives: {error}. Expected "
                f"Parquet with the columns {', '.join(REQUIRED)} and heat, if only empty."
            ) from error
    boards = rows["board"].combine_chunks().dictionary_encode()
    titles = _encoded(rows["title"])
    code = boards.indices.to_numpy()
    columns = {name: rows[name].to_numpy() for name in ("captured_at", "rank", "heat")}
    found = {}
    for number, board in enumerate(boards.dictionary.to_pylist()):
        mine = code == number
        used, item = np.unique(titles[0][mine], return_inverse=True)
        names = titles[1].take(pa.array(used)).to_pylist()
        order = sorted(range(len(names)), key=names.__getitem__)
        place = np.empty(len(order), np.int64)
        place[order] = np.arange(len(order))
        found[board] = BoardRows(
            board,
            columns["captured_at"][mine],
            place[item],
            columns["rank"][mine],
            columns["heat"][mine],
            [names[i] for i in order],
        )
    return dict(sorted(found.items()))


def _encoded(column: pa.ChunkedArray) -> tuple[npt.NDArray[np.int64], pa.Array]:
    whole = column.combine_chunks().dictionary_encode()
    return whole.indices.to_numpy().astype(np.int64), whole.dictionary


def read_warehouse(
    con: duckdb.DuckDBPyConnection, since: datetime, until: datetime
) -> dict[str, BoardRows]:
    """The ranked rows of each list in [since, until] (naive UTC), by the name of its first board."""
    rows = query.table(con, "readers/rank_history.rows", since=since, until=until)
    titles = query.table(con, "readers/rank_history.titles", since=since, until=until)
    told = dict(zip(titles["item_id"].to_pylist(), titles["title"].to_pylist(), strict=True))
    boards = rows["board"].combine_chunks().dictionary_encode()
    code = boards.indices.to_numpy()
    columns = {name: rows[name].to_numpy() for name in ("captured_at", "item_id", "rank", "heat")}
    found = {}
    for number, board in enumerate(boards.dictionary.to_pylist()):
        mine = code == number
        used, item = np.unique(columns["item_id"][mine], return_inverse=True)
        found[board] = BoardRows(
            board,
            columns["captured_at"][mine],
            item.astype(np.int64),
            columns["rank"][mine],
            columns["heat"][mine],
            [told[item_id] for item_id in used.tolist()],
        )
    return dict(sorted(found.items()))
