"""Texts by the signs that people see: an emoji of several parts, a flag, a letter with its accents."""

from collections.abc import Iterator

import regex

from pipelines.digest.render.line_breaks import may_part
from pipelines.digest.render.safe_text import ELLIPSIS, plain

_SCHEME, _WWW = regex.compile(r":(?=//)"), regex.compile(r"(?<=www)\.", regex.IGNORECASE)

_SIGN = regex.compile(r"\X")


def signs(text: str) -> list[str]:
    """The signs of a text, in order (grapheme clusters of UAX 29)."""
    return [str(sign) for sign in _SIGN.findall(text)]


def size_of(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text.encode())


def as_words(text: str) -> str:
    """A stranger's text in one line of which no chat makes a link: addresses lose the sign that marks one."""
    return str(_WWW.sub("．", _SCHEME.sub("：", plain(text))))


def cut_to(text: str, most: int) -> str:
    """The text in at most ``most`` bytes, an ellipsis included; no sign is cut in two."""
    if size_of(text) <= most:
        return text
    room, kept = most - size_of(ELLIPSIS), ""
    for sign in signs(text):
        room -= size_of(sign)
        if room < 0:
            break
        kept += sign
    return kept.rstrip() + ELLIPSIS


def in_runs(text: str) -> Iterator[str]:
    """What should not be parted, in order: a word or a number with its marks, or a Chinese character."""
    run = ""
    for sign in signs(text):
        if run and may_part(run[-1], sign[0]):
            yield run
            run = ""
        run += sign
    if run:
        yield run
