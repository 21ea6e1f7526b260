"""Tables as text, record by record: quotes are read where they close, and are signs where they do not.

The standard library's reader takes a quote that nobody closes for the beginning of a value that goes on
through all the rest of the file.
"""

from collections.abc import Iterator, Sequence

NO_QUOTE = -1
"""Of a value that begins with a quote and is not quoted: the next one stands in its midst."""

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
            values.append(line[at + 1 : end].replace('""', '"'))
            at = end + 1
        if at >= len(line):
            return values, None
        at += len(delimiter)


def _end_of_quoted(line: str, begin: int, delimiter: str) -> int | None:
    """Where the closing quote of the value at ``begin`` is; NO_QUOTE, or None while it is open."""
    at = begin + 1
    while True:
        at = line.find('"', at)
        if at < 0:
            return None
        after = at + 1
        if after == len(line) or line.startswith(delimiter, after):
            return at
        if line[after] != '"':
            return NO_QUOTE
        at = after + 1
