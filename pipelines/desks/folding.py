"""A title as printed and the texts that terms are looked for in, with the way back to what was printed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pipelines.desks.stories import Span
from pipelines.text.titles import INVISIBLE, TRADITIONAL_TO_SIMPLIFIED

HIDDEN = re.compile(f"{INVISIBLE.pattern}|[\ud800-\udfff]")
"""What no reader sees; half a surrogate pair too, which no text can be encoded with."""

SPACE_RUN = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class View:
    """A text made of a title; its character ``i`` came of those printed from ``starts[i]`` to ``ends[i]``."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def printed(self, start: int, end: int) -> Span:
        """Where the characters of the text from ``start`` up to ``end`` stand in the title as printed."""
        return Span(self.starts[start], self.ends[end - 1])


class FoldedTitle:
    """A title without what does not matter to a term.

    ``cased``: one width (NFKC), nothing invisible, runs of blanks one space. ``text``: that in lower case and
    in simplified characters; of a clean title it is what ``comparable`` makes of it.
    """

    def __init__(self, printed: str) -> None:
        self.printed = printed
        self.cased = _narrow(_seen(printed))
        self.text = simplified(self.cased.casefold())

    @cached_property
    def cased_view(self) -> View:
        """``cased``, and where its characters stand."""
        return self._view(is_cased=True)

    @cached_property
    def text_view(self) -> View:
        """``text``, and where its characters stand."""
        return self._view(is_cased=False)

    @cached_property
    def _is_as_printed(self) -> bool:
        """Whether each character of ``cased`` came of the one that stands at its place.

        No character is of no length in lower case, so that a text as long has each at its place too.
        """
        if self.cased == self.printed:
            return True
        if len(self.cased) != len(self.printed):
            return False
        alone = [_narrow_character(character) for character in self.printed]
        return all(len(character) == 1 for character in alone) and "".join(alone) == self.cased

    def _view(self, *, is_cased: bool) -> View:
        text = self.cased if is_cased else self.text
        if self._is_as_printed and len(text) == len(self.printed):
            return View(text, range(len(text)), range(1, len(text) + 1))
        starts: list[int] = []
        ends: list[int] = []
        for start, end, cluster in _clusters(self.printed):
            length = len(cluster) if is_cased else len(cluster.casefold())
            starts += [start] * length
            ends += [end] * length
        return View(text, starts, ends)


def _seen(printed: str) -> str:
    if printed.isascii() and printed.isprintable() and "  " not in printed:
        return printed
    return SPACE_RUN.sub(" ", HIDDEN.sub("", printed))


def simplified(text: str) -> str:
    """The text in simplified characters, as long as it was; by its words, so never done in pieces."""
    if text.isascii():
        return text
    converted: str = TRADITIONAL_TO_SIMPLIFIED.convert(text)
    # OpenCC's words are as long in both scripts; were one not, spans would point beside it.
    return converted if len(converted) == len(text) else text


def _visible(printed: str) -> Iterator[tuple[int, int, str]]:
    """The characters that are seen, with where they stand; a run of blanks is one space."""
    start = 0
    while start < len(printed):
        if HIDDEN.match(printed[start]):
            start += 1
            continue
        end = start + 1
        if not printed[start].isspace():
            yield start, end, printed[start]
        else:
            while end < len(printed) and (printed[end].isspace() or HIDDEN.match(printed[end])):
                end += 1
            yield start, end, " "
        start = end


def _clusters(printed: str) -> Iterator[tuple[int, int, str]]:
    """The smallest pieces that NFKC takes each by itself, normalised, with where they stand."""
    begin = finish = 0
    cluster = ""
    for start, end, character in _visible(printed):
        if cluster and not _belongs(character, cluster):
            yield begin, finish, _narrow(cluster)
            cluster = ""
        if not cluster:
            begin = start
        cluster, finish = cluster + character, end
    if cluster:
        yield begin, finish, _narrow(cluster)


def _belongs(character: str, cluster: str) -> bool:
    """A mark belongs to what stands before it, whether the two are one character or not; so does what makes
    one character with it, as parts of a Hangul syllable do."""
    alone = _narrow_character(character)
    if unicodedata.combining(alone[0]):
        return True
    return not alone.isascii() and _narrow(cluster + character) != _narrow(cluster) + alone


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=16_384)
def _narrow_character(character: str) -> str:
    return _narrow(character)
