"""The rows of an archive's file as text, whatever its form: every value as it is printed, and where it stood.

Nothing is guessed from a sample: what stands in line 30,000 is read as what stands in line 3.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pyarrow as pa

from pipelines.landing_format import mended
from pipelines.text.encoding import decode_bytes

BATCH_ROWS = 50_000
"""Some 20 MB of text at once."""

FOUND_LENGTH = 500
"""As much of a line that is no row as tells what it is."""

NULL_WORDS = frozenset(
    (
        "",
        *("\\N", "NULL", "null", "Null", "(NULL)", "(null)", "[NULL]", "[null]"),
        *("None", "none", "nil", "nan", "NaN", "NAN", "NaT", "<NA>", "NA", "undefined"),
        *("N/A", "n/a", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#DIV/0!", "#NUM!"),
    )
)
"""How programs print nothing: databases, pandas, R, JavaScript, spreadsheets."""


class ArchiveError(ValueError):
    """An archive that cannot be imported: what was found, what was expected, what to do."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no row: its number in the file from 1, a short code, what stood there."""

    line: int
    reason: str
    found: str


@dataclass(slots=True)
class ArchiveFile:
    """A file that was opened: its columns as printed, and its rows, to be gone through once.

    ``batches`` hold first ``line``, the number of the row in the file, then a column of text for each of
    ``columns``, in their order: their names may be any, and one may stand there twice. ``bad_lines`` fills
    while they are gone through.
    """

    columns: tuple[str, ...]
    batches: Iterator[pa.RecordBatch]
    bad_lines: list[BadLine] = field(default_factory=list)


Row: TypeAlias = Sequence[str | None]


def printed(value: object) -> str | None:
    """A value as it would be printed, without what no text can hold; None where it is nothing."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return decode_bytes(value)
    if isinstance(value, dict | list):
        try:
            return json.dumps(value, ensure_ascii=False, default=str)
        except RecursionError:
            return None  # nested deeper than anything that is read of it
    return str(value)


def batches(names: Sequence[str], rows: Iterator[tuple[int, Row]]) -> Iterator[pa.RecordBatch]:
    """Rows with their numbers as batches of ``line`` and a column of text for each of ``names``."""
    lines: list[int] = []
    columns: list[list[str | None]] = [[] for _ in names]

    def batch() -> pa.RecordBatch:
        arrays = [pa.array(lines, pa.int64()), *(pa.array(c, pa.string()) for c in columns)]
        return pa.RecordBatch.from_arrays(arrays, ["line", *names])

    for line, row in rows:
        lines.append(line)
        for column, value in zip(columns, row, strict=True):
            column.append(_whole(value))
        if len(lines) == BATCH_ROWS:
            yield batch()
            lines, columns = [], [[] for _ in names]
    if lines:
        yield batch()


def _whole(value: str | None) -> str | None:
    """Half of a surrogate pair is no text."""
    return None if value is None else mended(value)


def first_line(error: BaseException) -> str:
    """What an error says, in a line."""
    return (str(error).splitlines() or [type(error).__name__])[0]
