"""Opening an archive by its ending, and Parquet's rows as they would be printed."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.text.encoding import decode_all
from warehouse.load.archive_json import open_json
from warehouse.load.archive_rows import (
    BATCH_ROWS,
    NULL_WORDS,
    ArchiveError,
    ArchiveFile,
    first_line,
    printed,
)
from warehouse.load.archive_text import open_csv

WHOLE_BELOW = 1e18
"""An id that was stored as a float is the whole number that the float is; heats and ids are smaller."""

NOTHING = pa.scalar(None, pa.string())

__all__ = ["ArchiveError", "ArchiveFile", "open_archive"]


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
        archive = opened(file)
    archive.batches = _refused_when_broken(archive.batches, file, ending[0])
    return archive


@contextmanager
def _refusing(file: Path, ending: str) -> Iterator[None]:
    """Whatever a library says of a broken file, as an ArchiveError; LookupError of zones within lists."""
    try:
        yield
    except ArchiveError:
        raise
    except (OSError, EOFError, ValueError, LookupError, pa.ArrowException) as error:
        raise ArchiveError(
            f"{file}: cannot be read as {ending} ({first_line(error)}). Check that the file is whole; "
            "its ending says how it is read."
        ) from error


def _refused_when_broken(
    batches: Iterator[pa.RecordBatch], file: Path, ending: str
) -> Iterator[pa.RecordBatch]:
    # A Parquet file is opened by its end: what is broken in the middle is met on the way.
    with _refusing(file, ending):
        yield from batches


# --- Parquet ------------------------------------------------------------------------------------


def _open_parquet(file: Path) -> ArchiveFile:
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
        return pc.if_else(pc.is_in(text, pa.array([*NULL_WORDS])), NOTHING, text)
    if pa.types.is_integer(kind):
        return column.cast(pa.string())
    return pa.array(_printed_all(column, kind), pa.string())


def _printed_all(column: pa.Array, kind: pa.DataType) -> Iterable[str | None]:
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return map(_number, column.to_pylist())
    if pa.types.is_timestamp(kind):
        # Nanoseconds are more than an instant here has, and its zone may be one that nobody knows.
        whole = pc.cast(column, pa.timestamp("us", kind.tz and "UTC"), safe=False)
        return map(_instant, whole)
    values = column.to_pylist()
    if any(isinstance(value, bytes) for value in values):
        texts = decode_all([value or b"" for value in values])
        return (None if value is None else text for value, text in zip(values, texts, strict=True))
    return map(printed, values)


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


READERS: Mapping[str, Callable[[Path], ArchiveFile]] = {
    ".parquet": _open_parquet,
    ".csv": open_csv,
    ".tsv": open_csv,
    ".jsonl": open_json,
    ".ndjson": open_json,
    ".json": open_json,
}
ENDINGS = ", ".join((*READERS, ".csv.gz and the like"))
