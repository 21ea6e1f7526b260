"""Tables as text, record by record: quotes are read where they close, and are signs where they do not.

The standard library's reader takes a quote that nobody closes for the beginning of a value that goes on
through all the rest of the file.
"""

import re
from collections.abc import Iterator, Sequence

NO_QUOTE = -1
"""Of a value that begins with a quote and is not quoted: the next one stands in its midst."""

BACKSLASHED = re.compile(r"\\([\"\\])")

MOST_LINES = 50
"""A quoted value goes over at most so many lines: what is never closed is no quoted value."""


def records(lines: Sequence[str], begin: int, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, values) of each record; a quoted value may go over several lines.

    A quote that nothing closes is a sign like any other, so that it takes in no other line.
    """
    place = begin
    while place < len(lines):
        first = place
        place += 1
        if not lines[first].strip():
            continue
        values, is_open_at = values_of(lines[first], delimiter)
        for end in range(place + 1, min(place + MOST_LINES, len(lines) + 1)):
            if is_open_at is None:
                break
            joined = "\n".join(lines[first:end])
            if _end_of_quoted(joined, is_open_at, delimiter) == NO_QUOTE:
                break
            more, still_open_at = values_of(joined, delimiter)
            if still_open_at is None:
                values, is_open_at, place = more, None, end
        if is_open_at is not None:
            values, _ = values_of(lines[first], delimiter, signs_from=is_open_at)
        yield first + 1, values


def values_of(
    line: str, delimiter: str, signs_from: int | None = None
) -> tuple[list[str], int | None]:
    """The values of a record, and where a quoted one begins that does not end in it; None where none does.

    A value is quoted where its quotes stand at its very ends, and a quote within is doubled; any other quote
    is printed as it stands, and so is each from ``signs_from`` on.
    """
    if '"' not in line:
        return line.split(delimiter), None
    values: list[str] = []
    at = 0
    while True:
        end = NO_QUOTE
        if line.startswith('"', at) and (signs_from is None or at < signs_from):
            found = _end_of_quoted(line, at, delimiter)
            if found is None:
                return values, at
            end = found
        if end == NO_QUOTE:
            stop = line.find(delimiter, at)
            stop = len(line) if stop < 0 else stop
            values.append(line[at:stop])
            at = stop
        else:
            values.append(_unquoted(line[at + 1 : end]))
            at = end + 1
        if at >= len(line):
            return values, None
        at += len(delimiter)


def _unquoted(text: str) -> str:
    if '"' in text.replace('""', ""):  # a lone one stands behind a backslash
        return BACKSLASHED.sub(r"\1", text)
    return text.replace('""', '"')


def _end_of_quoted(line: str, begin: int, delimiter: str) -> int | None:
    """Where the closing quote of the value at ``begin`` is; NO_QUOTE, or None while it is open.

    A quote within is doubled, or has a backslash before it, as databases and Spark write it; what may be
    either its end or a quote within is its end unless the value held such a one before.
    """
    at = begin + 1
    is_backslashed = False
    while True:
        at = line.find('"', at)
        if at < 0:
            return None
        after = at + 1
        is_end = after == len(line) or line.startswith(delimiter, after)
        if line[at - 1] == "\\" and (is_backslashed or not is_end) and _is_escaped(line, at, begin):
            is_backslashed = True
            at = after
        elif is_end:
            return at
        elif line[after] != '"':
            return NO_QUOTE
        else:
            at = after + 1


def _is_escaped(line: str, at: int, begin: int) -> bool:
    """Whether the backslashes before a quote are not each other's."""
    first = at
    while first > begin + 1 and line[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
