"""What the catalogue says of boards, and the words that people listed: written anew by each load."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from hashlib import md5

import pyarrow as pa

from warehouse.connection import Connection, transaction
from warehouse.incremental import insert, mark


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A line of ops.boards: its list goes by the name of ``list_board``, and ``place`` is its turn there."""

    board: str
    source: str
    name_zh: str
    name_en: str
    cadence_minutes: int
    heat_unit: str
    list_board: str
    place: int
    expected_low: int | None
    expected_high: int | None


def replace_boards(con: Connection, boards: Sequence[BoardRow]) -> int:
    """Make ops.boards say what the catalogue says now; how many boards.

    Which board stands in for which is a rule: where that changes, what is made by it is made again.
    """
    with transaction(con):
        con.execute("DELETE FROM ops.boards")
        if boards:
            columns = zip(*map(astuple, boards), strict=True)
            names = [field.name for field in fields(BoardRow)]
            rows = pa.table([pa.array(list(column)) for column in columns], names)
            insert(con, "ops.boards", rows)
        stand_ins = con.execute(
            "SELECT board, list_board, place FROM ops.boards WHERE place > 0 ORDER BY board"
        ).fetchall()
        mark(con, "ops.boards", _fingerprint(stand_ins), 0)
    return len(boards)


def replace_listed_words(con: Connection, listed: Sequence[str]) -> int:
    """Make ops.listed_words hold the words that people listed now; how many.

    What was cut by other words is cut again.
    """
    words = sorted(set(listed))
    with transaction(con):
        con.execute("DELETE FROM ops.listed_words")
        if words:
            con.executemany("INSERT INTO ops.listed_words VALUES (?)", [[word] for word in words])
        mark(con, "ops.listed_words", _fingerprint(words), 0)
    return len(words)


def _fingerprint(value: object) -> str:
    return md5(repr(value).encode(), usedforsecurity=False).hexdigest()
