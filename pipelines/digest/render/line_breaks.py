"""Where a line of mixed Chinese and Latin text may end: the few rules of UAX 14 that titles and sentences
need.

Chinese has no spaces between words, so its lines end between any two characters, but no line begins with a
closing mark or ends with an opening one, and a number stays with what it counts.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

from pipelines.digest.render.safe_text import are_joined, plain

_CLOSING = frozenset({"Pe", "Pf", "Po"})
_OPENING = frozenset({"Ps", "Pi"})
_WIDE = frozenset({"W", "F"})
_DIVIDER = "·"
"""Ends a line, never begins one, with spaces about it too."""

_SPACE, _FIRM_SPACE = " ", "\u00a0"
_COUNTED = re.compile(
    r"(?<=\d) (?=[^\x00-\u2e7f])|(?<=[^\x00-\u2e7f]) (?=\d)|(?<=\d) (?=[a-z]{1,3}\b)"
)
"""A space between a number and a Chinese character or a unit: 37 分钟, 第 5 位, 12 h."""


def wrapped(text: str, width: float, size: Callable[[str], float]) -> list[str]:
    """The text in lines that are no wider than ``width``; ``size`` measures a piece of it in the same unit.

    What is wider than a line by itself is cut between its characters.
    """
    lines: list[str] = []
    line = ""

    def measured(piece: str) -> float:
        return size(piece.rstrip(_SPACE).replace(_FIRM_SPACE, _SPACE))

    for piece in _pieces(_COUNTED.sub(_FIRM_SPACE, plain(text))):
        if measured(line + piece) <= width:
            line += piece
            continue
        lines.append(line)
        *full, line = _cut(piece, width, measured)
        lines += full
    told = (each.strip(_SPACE).replace(_FIRM_SPACE, _SPACE) for each in (*lines, line))
    return [each for each in told if each]


def _pieces(text: str) -> Iterator[str]:
    """What must not be parted, with the space after it."""
    start = 0
    for at in range(1, len(text)):
        if may_part(text[at - 1], text[at]):
            yield text[start:at]
            start = at
    yield text[start:]


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two characters in a row."""
    if after == _SPACE or _FIRM_SPACE in {before, after} or are_joined(before, after):
        return False
    if before == _SPACE:
        return after != _DIVIDER
    if unicodedata.category(after) in _CLOSING or unicodedata.category(before) in _OPENING:
        return False
    return any(unicodedata.east_asian_width(each) in _WIDE for each in (before, after))


def _cut(piece: str, width: float, size: Callable[[str], float]) -> list[str]:
    """The piece in parts that fit, each of one character at least."""
    parts = [""]
    for character in piece:
        is_full = size(parts[-1] + character) > width
        if is_full and parts[-1] and not are_joined(parts[-1][-1], character):
            parts.append("")
        parts[-1] += character
    return parts
