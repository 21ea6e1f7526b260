"""Terms of a desk, compiled: what each of them hits in a title, and where."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import Protocol

import re2

from pipelines.desks.desk import Near, Pattern, Term, Word
from pipelines.desks.folding import HIDDEN, FoldedTitle, simplified
from pipelines.desks.stories import Span
from pipelines.desks.words import Spelling, TermError, spelled
from pipelines.text.titles import TITLE_LENGTH_LIMIT

NO_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType({})

MOST_SPANS = 20
"""Shown of one term in one title; a page that leaked into a title would have thousands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A term that stands in a title: as it is written, an alias beside its word, and where, as printed."""

    said: str
    spans: tuple[Span, ...]


class CompiledTerm(Protocol):
    """``literals``: one of them stands in the folded text of every title that the term hits; none are known
    of a pattern."""

    @property
    def written(self) -> str: ...

    @property
    def literals(self) -> tuple[str, ...]: ...

    def find(self, title: FoldedTitle) -> Found | None:
        """Where it stands in the title; None where it does not."""


@dataclass(frozen=True, slots=True)
class CompiledWord:
    """A word and the others that stand for it, in the order in which they are tried."""

    written: str
    spellings: tuple[Spelling, ...]

    @property
    def literals(self) -> tuple[str, ...]:
        return tuple(literal for spelling in self.spellings for literal in spelling.literals)

    def find(self, title: FoldedTitle) -> Found | None:
        for spelling in self.spellings:
            if spans := tuple(islice(spelling.spans(title), MOST_SPANS)):
                return Found(self._said(spelling), spans)
        return None

    def places(self, title: FoldedTitle) -> Iterator[tuple[Span, str]]:
        """Each place of each spelling, and how it is told."""
        for spelling in self.spellings:
            for span in spelling.spans(title):
                yield span, self._said(spelling)

    def _said(self, spelling: Spelling) -> str:
        alias = spelling.written
        return self.written if alias == self.written else f"{self.written} ({alias})"


@dataclass(frozen=True, slots=True)
class CompiledNear:
    """Words that stand close together, in any order."""

    words: tuple[CompiledWord, ...]
    within: int

    @property
    def written(self) -> str:
        return _near_said([word.written for word in self.words], self.within)

    @property
    def literals(self) -> tuple[str, ...]:
        """Of the word that is rarest as far as length tells."""
        return max((word.literals for word in self.words), key=lambda found: min(map(len, found)))

    def find(self, title: FoldedTitle) -> Found | None:
        """The first place where all of them stand within the span."""
        places = sorted(
            (span.start, span.end, number, said)
            for number, word in enumerate(self.words)
            for span, said in word.places(title)
        )
        newest: dict[int, tuple[int, int, int, str]] = {}
        for place in places:
            newest[place[2]] = place
            if len(newest) == len(self.words):
                chosen = sorted(newest.values())
                if max(end for _, end, _, _ in chosen) - chosen[0][0] <= self.within:
                    told = [newest[number][3] for number in range(len(self.words))]
                    spans = tuple(Span(start, end) for start, end, _, _ in chosen)
                    return Found(_near_said(told, self.within), spans)
        return None


def _near_said(words: list[str], within: int) -> str:
    return f"near: [{', '.join(words)}], within: {within}"


@dataclass(frozen=True, slots=True)
class CompiledPattern:
    """A regular expression. ``text``: in the syntax of RE2, folded as titles are."""

    pattern: Pattern
    text: str
    sought: "re2._Regexp" = field(repr=False)

    @property
    def written(self) -> str:
        return f"re: {self.pattern.written}"

    @property
    def literals(self) -> tuple[str, ...]:
        return ()

    def find(self, title: FoldedTitle) -> Found | None:
        # \b hits a place and no word.
        found = (match.span() for match in self.sought.finditer(title.text) if match[0])
        spans = tuple(title.text_view.printed(*span) for span in islice(found, MOST_SPANS))
        return Found(self.written, spans) if spans else None


def compiled(term: Term, aliases: Mapping[str, tuple[str, ...]] = NO_ALIASES) -> CompiledTerm:
    """The term, ready to be looked for; TermError where it can hit nothing or is not understood."""
    match term:
        case Word():
            return _word(term, aliases)
        case Near():
            return _near(term, aliases)
        case Pattern():
            return _pattern(term)


def _word(word: Word, aliases: Mapping[str, tuple[str, ...]]) -> CompiledWord:
    others = aliases.get(word.written, ())
    return CompiledWord(word.written, tuple(map(spelled, dict.fromkeys((word.written, *others)))))


def _near(near: Near, aliases: Mapping[str, tuple[str, ...]]) -> CompiledNear:
    words = tuple(_word(word, aliases) for word in near.words)
    said = _near_said([word.written for word in words], near.within)
    if len(set(near.words)) < 2 or len(set(near.words)) < len(near.words):  # noqa: PLR2004 - two are near
        raise TermError(f"{said!r}", "two different words or more", "Write each word once.")
    shortest = sum(min(map(len, word.literals)) for word in words)
    if not shortest <= near.within <= TITLE_LENGTH_LIMIT:
        raise TermError(
            f"{said!r} reaches over {near.within} characters",
            f"{shortest} at least, which the words take themselves, and {TITLE_LENGTH_LIMIT} at most",
            "It counts from the beginning of the first word to the end of the last.",
        )
    return CompiledNear(words, near.within)


# --- patterns -----------------------------------------------------------------------------------

REFUSED = (
    (re.compile(r"\(\?<?[=!]"), "looks ahead or behind", "Say what must not stand there with not."),
    (
        re.compile(r"\\[1-9]|\(\?P="),
        "repeats what a group found",
        "Write out what may stand there.",
    ),
    (
        re.compile(r"[*+?}]\+|\(\?>"),
        "never gives back what it took",
        "Take the second + or ?> out.",
    ),
)
"""What RE2 refuses because it could take longer than the title is long."""

ASKS_FOR_CASE = re.compile(r"\(\?[a-zA-Z]*-[a-zA-Z]*i")


def pattern_options() -> re2.Options:
    """How patterns are read: in folded titles, without a word on standard error, and without what their
    groups found, which takes seven times as long and is asked by nobody."""
    options = re2.Options()
    options.never_capture = True
    options.case_sensitive = False
    options.log_errors = False
    return options


def _pattern(pattern: Pattern) -> CompiledPattern:
    shown = f"The pattern {pattern.written!r}"
    if not pattern.written.strip():
        raise TermError("An empty pattern", "a regular expression", "Write one, or take it out.")
    if ASKS_FOR_CASE.search(pattern.written):
        raise TermError(
            f"{shown} asks for its case",
            "a pattern for titles in lower case, which any case in it hits",
            'Write a word with its case as a term of its own, as "=AMD".',
        )
    text = _folded(pattern)
    try:
        sought = re2.compile(text, pattern_options())
    except (re2.error, UnicodeError) as error:
        raise _refusal(pattern, error) from error
    if sought.search(""):
        raise TermError(
            f"{shown} hits the empty text, and thus every title",
            "one character at least that has to stand there",
            "Write + for *, or make a part of it needed.",
        )
    return CompiledPattern(pattern, text, sought)


def _refusal(pattern: Pattern, error: Exception) -> TermError:
    shown = f"The pattern {pattern.written!r}"
    for refused, what, advice in REFUSED:
        if refused.search(pattern.written):
            return TermError(f"{shown} {what}", "the syntax of RE2, which cannot", advice)
    reason = error.args[0] if error.args else ""
    told = reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)
    return TermError(
        f"{shown} cannot be read: {told}",
        "the syntax of RE2 (https://github.com/google/re2/wiki/Syntax)",
        "Mend it; a sign that means itself takes a backslash before it.",
    )


def _folded(pattern: Pattern) -> str:
    """The pattern's own characters as titles have them; its syntax and the ends of ranges, 一-龥, stay."""
    written = HIDDEN.sub("", pattern.written)
    of_ranges = {
        at + side for at, character in enumerate(written) if character == "-" for side in (-1, 1)
    }
    return "".join(
        character if character.isascii() or at in of_ranges else _folded_character(pattern, simple)
        for at, (character, simple) in enumerate(zip(written, simplified(written), strict=True))
    )


def _folded_character(pattern: Pattern, character: str) -> str:
    folded = FoldedTitle(character).cased.casefold()
    if len(folded) != 1:
        raise TermError(
            f"The pattern {pattern.written!r} looks for {character}, which titles are read without",
            "characters as they are when a title is folded to one width and to lower case",
            f"Write {folded!r} for it.",
        )
    # A full-width bracket is a sign of the title, and no syntax.
    return re2.escape(folded) if folded.isascii() and not folded.isalnum() else folded
