"""JSON and lines of JSON: their rows, with every number as its digits stand in the file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from warehouse.load.archive_rows import (
    FOUND_LENGTH,
    NULL_WORDS,
    ArchiveError,
    ArchiveFile,
    BadLine,
    batches,
    first_line,
    printed,
)
from warehouse.load.archive_text import content

BETWEEN = re.compile(r"[\s,]*")
"""What stands between two values; it may be nothing."""

Numbered: TypeAlias = tuple[int, object]


class _AsPrinted(str):
    """A number of JSON, as its digits stand in the file."""

    __slots__ = ()


_PRINTED: Mapping[str, Any] = {
    "parse_float": _AsPrinted,
    "parse_int": _AsPrinted,
    "parse_constant": _AsPrinted,
}


def open_json(file: Path) -> ArchiveFile:
    """An array of objects, or the one that stands under any key of an object; or as ``open_json_lines``.

    Programs name both .json and .jsonl. Raises ArchiveError.
    """
    text = content(file)
    try:
        whole = json.loads(text, **_PRINTED)
    except (ValueError, RecursionError) as error:
        return _of_lines(file, text, error)
    rows = whole if isinstance(whole, list) else _only_list(whole)
    if rows is None:
        if not isinstance(whole, dict):
            raise ArchiveError(
                f"{file}: holds {first_line(ValueError(text[:80]))}. Expected an array of rows."
            )
        rows = [whole]
    return _from_values(file, list(enumerate(rows, 1)), [])


def _only_list(value: object) -> list[Any] | None:
    """The one list that stands in an object, however deep; None where there are several or none."""
    while isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list)]
        if len(lists) == 1:
            return lists[0]
        inner = [part for part in value.values() if isinstance(part, dict)]
        if lists or len(inner) != 1:
            return None
        (value,) = inner
    return None


def _of_lines(file: Path, text: str, error: Exception) -> ArchiveFile:
    """A row in each line, or objects one behind another; the lines that are none are told of."""
    is_cut_array = text.lstrip()[:1] == "[" and ".json" in file.suffixes
    values, bad = ([], []) if is_cut_array else _lines(text)
    if not any(isinstance(value, dict) for _, value in values):
        # Objects written over several lines each are rows as well.
        values, bad = list(_in_turn(text)), []
    if not values:
        raise ArchiveError(
            f"{file}: cannot be read as JSON ({first_line(error)}). Expected an array of rows, or an object "
            "in each line. Check that the file is whole."
        ) from error
    return _from_values(file, values, bad)


def _lines(text: str) -> tuple[list[Numbered], list[BadLine]]:
    values: list[Numbered] = []
    bad: list[BadLine] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            values.append((number, json.loads(line, **_PRINTED)))
        except (ValueError, RecursionError) as error:
            found = f"{first_line(error)}: {line[:400]}"
            bad.append(BadLine(number, "line_unreadable", found))
    return values, bad


def _in_turn(text: str) -> Iterator[Numbered]:
    """The values that stand one behind another in a text, up to the first that is none."""
    decoder = json.JSONDecoder(**_PRINTED)
    at = number = 0
    while at < len(text):
        number += 1
        try:
            value, at = decoder.raw_decode(text, BETWEEN.match(text, at).end())  # type: ignore[union-attr]
        except (ValueError, RecursionError):
            return
        yield number, value


def _from_values(file: Path, values: Sequence[Numbered], bad: list[BadLine]) -> ArchiveFile:
    rows: list[tuple[int, Mapping[str, object]]] = []
    for number, value in values:
        if isinstance(value, dict):
            rows.append((number, value))
        else:
            bad.append(
                BadLine(number, "line_unreadable", (printed(value) or "null")[:FOUND_LENGTH])
            )
    if not rows:
        raise ArchiveError(f"{file}: holds no row. Expected an object for each line of a list.")
    names = tuple(dict.fromkeys(name for _, row in rows for name in row))
    filled = ((number, [_text(row.get(name)) for name in names]) for number, row in rows)
    return ArchiveFile(names, batches(names, filled), sorted(bad, key=lambda line: line.line))


def _text(value: object) -> str | None:
    if isinstance(value, dict | list):
        try:
            return printed(_plain(value))
        except RecursionError:
            return None
    text = printed(value)
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
