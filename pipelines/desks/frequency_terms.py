"""A word or an expression of a frequency file as terms of a desk, and what of it was misread there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pipelines.desks.desk import Pattern, Term, Word
from pipelines.desks.folding import FoldedTitle
from pipelines.desks.terms import compiled
from pipelines.desks.words import LETTERS, QUOTES, STAR, TermError

WrittenTerm: TypeAlias = str | dict[str, str]
"""As a desk's file has it: a word, or {re: …}."""


class Misread(StrEnum):
    """What a term means otherwise than it looks; the codes are those of a line's traps."""

    BAD_PATTERN = "bad_pattern"
    UNFOLDED = "unfolded"
    SLOW_PATTERN = "slow_pattern"
    WITHIN_WORDS = "within_words"
    BOUNDARY = "boundary"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class WrittenTerms:
    """Any of ``terms`` is what a line looks for; ``as_one``: all of them in one, None where there are none.

    ``first``: the first word, to name a group by; ``misread``: what was, and the words that tell of it.
    """

    terms: tuple[WrittenTerm, ...]
    as_one: WrittenTerm | None
    first: str | None
    misread: tuple[tuple[Misread, str], ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the words that an expression lists, and at which of its ends a word has to end."""

    word: str
    begins: bool
    ends: bool


LETTER = re.compile(f"[{LETTERS}]")
EDGE_BEFORE = r"\\b|\(\?<!\[(?:a-z|A-Z|0-9|\\w)+\]\)"
EDGE_AFTER = r"\\b|\(\?!\[(?:a-z|A-Z|0-9|\\w)+\]\)"
PART = re.compile(
    rf"(?P<begins>{EDGE_BEFORE})?(?P<word>(?:[^\W_]|[ ·&-]|\\[.+*&-])+)(?P<ends>{EDGE_AFTER})?"
)
"""A word within an expression: without a sign of the syntax but at its ends."""

GROUPED = re.compile(r"\((?:\?:)?(?P<inner>[^()]+)\)")
BOUNDARY = r"\b"
REPEATED_REPEAT = re.compile(
    r"\([^()]*[+*}][^()]*\)(?:[+*]|\{\d+,)|\([^()|]+\|[^()]+\)(?:[+*]|\{\d+,)"
)
"""What makes an engine that goes back try every way to share a text out: (a+)+, (a|aa)*."""


def written_terms(written: str, pattern: str | None) -> WrittenTerms:
    """What a line looks for: ``pattern``, where it is an expression, else the word that is ``written``."""
    if pattern is None:
        parts = [_Part(written, begins=False, ends=False)]
        misread: list[tuple[Misread, str]] = []
    else:
        misread = list(_misread_of(pattern))
        if any(kind is Misread.BAD_PATTERN for kind, _ in misread):
            return WrittenTerms((), None, None, tuple(misread))
        parts = _parts(pattern)
        if not parts:
            return _expression(pattern, misread)
    terms: list[WrittenTerm] = []
    for part in parts:
        term, refusal = _word(part)
        if refusal:
            misread.append((Misread.LEFT_OUT, refusal))
            continue
        terms.append(term)
        misread += [(kind, part.word) for kind in _kinds_of(part)]
    return WrittenTerms(tuple(terms), _as_one(terms, parts), parts[0].word, tuple(misread))


def _as_one(terms: list[WrittenTerm], parts: list[_Part]) -> WrittenTerm | None:
    if len(terms) < 2:  # noqa: PLR2004 - one is one already
        return terms[0] if terms else None
    ends = ("", BOUNDARY)
    words = (ends[part.begins] + re.escape(part.word) + ends[part.ends] for part in parts)
    return {"re": "|".join(words)}


def _misread_of(pattern: str) -> Iterator[tuple[Misread, str]]:
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        # TrendRadar then looks for the expression as if it were a word.
        yield Misread.BAD_PATTERN, f"/{pattern}/: {error}"
        return
    if REPEATED_REPEAT.search(pattern):
        yield Misread.SLOW_PATTERN, f"/{pattern}/"
    if BOUNDARY in pattern:
        yield Misread.BOUNDARY, f"/{pattern}/"


def _parts(pattern: str) -> list[_Part]:
    """The words that an expression only lists; none where it says more than that."""
    grouped = GROUPED.fullmatch(pattern)
    matches = [
        PART.fullmatch(part) for part in (grouped["inner"] if grouped else pattern).split("|")
    ]
    return (
        [
            _Part(
                re.sub(r"\\(.)", r"\1", match["word"]), bool(match["begins"]), bool(match["ends"])
            )
            for match in matches
            if match
        ]
        if all(matches)
        else []
    )


def _expression(pattern: str, misread: list[tuple[Misread, str]]) -> WrittenTerms:
    if refusal := _refusal(Pattern(pattern)):
        return WrittenTerms((), None, None, (*misread, (Misread.LEFT_OUT, refusal)))
    term: WrittenTerm = {"re": pattern}
    return WrittenTerms((term,), term, None, tuple(misread))


def _word(part: _Part) -> tuple[str, str | None]:
    """The word as a desk's file has it, and why it cannot be looked for; a word that ends nowhere has a star
    there if the other end is told."""
    word = part.word.strip()
    if part.begins != part.ends:
        before = "" if part.begins or not LETTER.match(word) else STAR
        after = "" if part.ends or not LETTER.match(word[-1:]) else STAR
        word = f"{before}{word}{after}"
    elif STAR in word or word.startswith(("=", *QUOTES)):
        word = f'"{word}"'
    return word, _refusal(Word(word))


def _refusal(term: Term) -> str | None:
    try:
        compiled(term)
    except TermError as error:
        return str(error)
    return None


def _kinds_of(part: _Part) -> Iterator[Misread]:
    word = part.word
    if FoldedTitle(word).text != word.casefold():
        yield Misread.UNFOLDED
    if not (part.begins or part.ends) and (LETTER.match(word) or LETTER.match(word[-1:])):
        yield Misread.WITHIN_WORDS
