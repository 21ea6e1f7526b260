"""Text files, and tables of values that a sign parts: their rows as they are printed."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

from pipelines.text.csv_records import records, values_of
from pipelines.text.encoding import decode_bytes
from warehouse.load.archive_rows import (
    FOUND_LENGTH,
    NULL_WORDS,
    ArchiveError,
    ArchiveFile,
    BadLine,
    Row,
    batches,
)

DELIMITERS = ",;\t|"
SEPARATOR_LINE = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
"""A first line by which spreadsheets are told the delimiter."""

GZIP = b"\x1f\x8b"
NO_TEXT = {
    b"PK\x03\x04": "a ZIP file or a workbook",
    b"\xd0\xcf\x11\xe0": "a workbook",
    b"PAR1": "a Parquet file",
    b"SQLite format 3\x00": "an SQLite database",
    b"7z\xbc\xaf": "a 7z file",
    b"Rar!": "a RAR file",
    b"\xfd7zXZ": "an XZ file",
    b"BZh": "a bzip2 file",
    b"\x28\xb5\x2f\xfd": "a Zstandard file",
    b"%PDF": "a PDF",
}
"""How files begin that are given the ending of text files: a browser or a person renamed them."""


def content(file: Path) -> str:
    """All of a text file, unpacked where it is packed, decoded by what it holds. Raises ArchiveError."""
    found = file.read_bytes()
    # By its bytes and not by its name: a browser unpacks a file and leaves it its .gz.
    if found.startswith(GZIP):
        found = gzip.decompress(found)
    for begin, what in NO_TEXT.items():
        if found.startswith(begin):
            raise ArchiveError(
                f"{file}: is {what}, expected text, as its ending says. Unpack it, or save its table as "
                "CSV in UTF-8, and import that."
            )
    return decode_bytes(found).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def open_csv(file: Path) -> ArchiveFile:
    """A table with its names in the first line that is not blank. Raises ArchiveError."""
    lines = content(file).split("\n")
    begin = _filled(lines, 0)
    separator = SEPARATOR_LINE.fullmatch(lines[begin]) if begin < len(lines) else None
    if separator:
        begin = _filled(lines, begin + 1)
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
                archive.bad_lines.append(BadLine(number, "line_unreadable", found[:FOUND_LENGTH]))

    archive.batches = batches(names, rows())
    return archive


def _filled(lines: list[str], begin: int) -> int:
    """The place of the first line from ``begin`` on that is not blank; past the end where all are."""
    return next((at for at in range(begin, len(lines)) if lines[at].strip()), len(lines))


def _delimiter(head: str, file: Path) -> str:
    """The sign that parts the names in the first line; outside of quotes, and the one that is there most."""
    if "tsv" in "".join(file.suffixes).lower():
        return "\t"
    bare = re.sub(r'"[^"]*"', "", head)
    return max(DELIMITERS, key=bare.count)
