"""The rows of an archive's file as text, whatever its form: every value as it is printed, and where it stood.

Nothing is guessed from a sample: what stands in line 30,000 is read as what stands in line 3.
"""

import gzip
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import BinaryIO, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.text.csv_records import records, values_of
from pipelines.text.encoding import decode_bytes

BATCH_ROWS = 50_000
"""Some 20 MB of text at once."""

WHOLE_BELOW = 1e18
"""An id that was stored as a float is the whole number that the float is; heats and ids are smaller."""

NULL_WORDS = (
    *("", "\\N", "NULL", "null", "None", "nan", "NaN", "NAN", "NaT", "<NA>", "NA"),
    *("N/A", "n/a", "#N/A", "undefined"),
)
"""How programs print nothing: databases, pandas, R, JavaScript, spreadsheets."""

DELIMITERS = ",;\t|"
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""A first line by which spreadsheets are told the delimiter."""


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


def open_archive(file: Path) -> ArchiveFile:
    """The rows of a .parquet, .csv, .tsv, .jsonl, .ndjson or .json file, or one of the text kinds with .gz.

    Raises ArchiveError for another ending, and for a file that is not what its ending says.
    """
    if not file.is_file():
        raise ArchiveError(f"{file}: no such file. Give the path of one of: {ENDINGS}.")
    endings = [ending.lower() for ending in file.suffixes[-2:]]
    packed = endings[-1:] == [".gz"]
    ending = (endings[:-1] if packed else endings)[-1:] or [""]
    opened = READERS.get(ending[0])
    if opened is None or (packed and ending[0] == ".parquet"):
        raise ArchiveError(
            f"{file}: unknown ending {''.join(endings)!r}. Expected one of {ENDINGS}."
        )
    with _refusing(file, ending[0]):
        archive = opened(file, packed)
    archive.batches = _refused_when_broken(archive.batches, file, ending[0])
    return archive


@contextmanager
def _refusing(file: Path, ending: str) -> Iterator[None]:
    """Whatever a library says of a broken file, as an ArchiveError."""
    try:
        yield
    except ArchiveError:
        raise
    except (OSError, EOFError, ValueError, pa.ArrowException) as error:
        raise ArchiveError(
            f"{file}: cannot be read as {ending} ({_first_line(error)}). Check that the file is whole; "
            "its ending says how it is read."
        ) from error


def _refused_when_broken(
    batches: Iterator[pa.RecordBatch], file: Path, ending: str
) -> Iterator[pa.RecordBatch]:
    # A Parquet file is opened by its end: what is broken in the middle is met on the way.
    with _refusing(file, ending):
        yield from batches


# --- Parquet ------------------------------------------------------------------------------------


def _open_parquet(file: Path, _: bool) -> ArchiveFile:
    # The path is opened here and not handed on: to some readers it is a pattern.
    parquet = pq.ParquetFile(file)
    names = tuple(parquet.schema_arrow.names)

    def batches() -> Iterator[pa.RecordBatch]:
        begin = 1
        for batch in parquet.iter_batches(BATCH_ROWS):
            # A damaged file may say of a text that it ends beyond the file: none looks before this does.
            batch.validate(full=True)
            lines = pa.array(range(begin, begin + batch.num_rows), pa.int64())
            begin += batch.num_rows
            texts = [_as_text(column) for column in batch.columns]
            yield pa.RecordBatch.from_arrays([lines, *texts], ["line", *names])

    return ArchiveFile(names, batches())


def _as_text(column: pa.Array) -> pa.Array:
    """A column as it would be printed; a whole number that was stored as a float is a whole number."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        text = column.cast(pa.string())
        return pc.if_else(pc.is_in(text, pa.array(NULL_WORDS)), pa.scalar(None, pa.string()), text)
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return pa.array([_number(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_integer(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind):
        # Nanoseconds are more than an instant here has.
        whole = pc.cast(column, pa.timestamp("us", kind.tz), safe=False)
        return pa.array([_instant(value) for value in whole], pa.string())
    return pa.array([_printed(value) for value in column.to_pylist()], pa.string())


def _number(value: float | Decimal | None) -> str | None:
    if value is None or math.isnan(value):
        return None
    is_whole = math.isfinite(value) and -WHOLE_BELOW < value < WHOLE_BELOW
    return str(int(value)) if is_whole and value == int(value) else str(value)


def _instant(value: pa.TimestampScalar) -> str | None:
    try:
        told: datetime | None = value.as_py()
    except (OverflowError, ValueError):
        return str(
            value.value
        )  # beyond any calendar: its line is rejected for it, the others are read
    return None if told is None else told.isoformat()


def _printed(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return decode_bytes(value)
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


# --- text ---------------------------------------------------------------------------------------


def _content(file: Path, packed: bool) -> str:
    """All of a text file, decoded by what it holds; a mark of its encoding is no text."""
    opened: BinaryIO
    with file.open("rb") as opened:
        content = gzip.decompress(opened.read()) if packed else opened.read()
    return decode_bytes(content).lstrip("\ufeff")


def _open_csv(file: Path, packed: bool) -> ArchiveFile:
    lines = _content(file, packed).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator = SEPARATOR_LINE.fullmatch(lines[0])
    begin = 1 if separator else 0
    head = lines[begin] if begin < len(lines) else ""
    delimiter = separator[1] if separator else _delimiter(head, file)
    names = tuple(name.strip() for name in values_of(head, delimiter)[0])
    if not any(names):
        raise ArchiveError(
            f"{file}: is empty. Expected a first line with the names of the columns."
        )
    archive = ArchiveFile(names, iter(()))

    def rows() -> Iterator[tuple[int, Row]]:
        for number, values in records(lines, begin + 1, delimiter):
            if len(values) == len(names):
                yield number, [None if value.strip() in NULL_WORDS else value for value in values]
            else:
                found = (
                    f"{len(values)} values where {len(names)} columns are: {delimiter.join(values)}"
                )
                archive.bad_lines.append(BadLine(number, "line_unreadable", found[:500]))

    archive.batches = _batches(names, rows())
    return archive


def _delimiter(head: str, file: Path) -> str:
    """The sign that parts the names in the first line; outside of quotes, and the one that is there most."""
    if "tsv" in "".join(file.suffixes).lower():
        return "\t"
    bare = re.sub(r'"[^"]*"', "", head)
    return max(DELIMITERS, key=bare.count)


def _open_json_lines(file: Path, packed: bool) -> ArchiveFile:
    text = _content(file, packed)
    archive = ArchiveFile((), iter(()))

    def objects() -> Iterator[tuple[int, Mapping[str, object]]]:
        for number, line in enumerate(text.split("\n"), 1):
            if not line.strip():
                continue
            try:
                value = _loads(line)
            except (ValueError, RecursionError) as error:
                archive.bad_lines.append(
                    BadLine(number, "line_unreadable", f"{_first_line(error)}: {line[:400]}")
                )
                continue
            if isinstance(value, dict):
                yield number, value
            else:
                archive.bad_lines.append(BadLine(number, "line_unreadable", line[:500]))

    return _from_objects(archive, list(objects()), file)


def _open_json(file: Path, packed: bool) -> ArchiveFile:
    """An array of objects, or one under any key of an object; lines of objects too, as some name them so."""
    text = _content(file, packed)
    try:
        value = _loads(text)
    except RecursionError as error:
        raise ArchiveError(f"{file}: is nested too deeply. Expected an array of rows.") from error
    except ValueError:
        if text.lstrip().startswith("{") and "\n" in text.strip():
            return _open_json_lines(file, packed)
        raise
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list)]
        value = lists[0] if len(lists) == 1 else [value]
    if not isinstance(value, list):
        raise ArchiveError(f"{file}: holds {type(value).__name__}. Expected an array of rows.")
    archive = ArchiveFile((), iter(()))
    rows: list[tuple[int, Mapping[str, object]]] = []
    for number, row in enumerate(value, 1):
        if isinstance(row, dict):
            rows.append((number, row))
        else:
            archive.bad_lines.append(BadLine(number, "line_unreadable", str(row)[:500]))
    return _from_objects(archive, rows, file)


def _from_objects(
    archive: ArchiveFile, rows: Sequence[tuple[int, Mapping[str, object]]], file: Path
) -> ArchiveFile:
    if not rows:
        raise ArchiveError(f"{file}: holds no row. Expected an object for each line of a list.")
    names = tuple(dict.fromkeys(name for _, row in rows for name in row))
    archive.columns = names
    archive.batches = _batches(
        names, ((number, [_json_text(row.get(name)) for name in names]) for number, row in rows)
    )
    return archive


class _AsPrinted(str):
    """A number of JSON, as its digits stand in the file."""

    __slots__ = ()


def _loads(text: str) -> object:
    return json.loads(text, parse_float=_AsPrinted, parse_int=_AsPrinted, parse_constant=_AsPrinted)


def _json_text(value: object) -> str | None:
    if isinstance(value, dict | list):
        return json.dumps(_plain(value), ensure_ascii=False)
    text = _printed(value)
    return None if text is None or text in NULL_WORDS else text


def _plain(value: object) -> object:
    """Nested values with their numbers as numbers again, where JSON knows them."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, _AsPrinted):
        try:
            return json.loads(value)
        except ValueError:
            return str(value)
    return value


def _batches(names: Sequence[str], rows: Iterator[tuple[int, Row]]) -> Iterator[pa.RecordBatch]:
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
    return None if value is None else value.encode("utf-8", "replace").decode()


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


READERS: Mapping[str, Callable[[Path, bool], ArchiveFile]] = {
    ".parquet": _open_parquet,
    ".csv": _open_csv,
    ".tsv": _open_csv,
    ".jsonl": _open_json_lines,
    ".ndjson": _open_json_lines,
    ".json": _open_json,
}
ENDINGS = ", ".join((*READERS, ".csv.gz and the like"))
