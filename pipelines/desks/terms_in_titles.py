"""Many terms looked for in a title at once."""

from collections.abc import Iterable, Sequence
from operator import add

import re2

from pipelines.desks.folding import FoldedTitle
from pipelines.desks.terms import CompiledPattern, CompiledTerm, Found, pattern_options
from pipelines.desks.words import TermError

PATTERN_MEMORY = 64 << 20
"""Bytes for the patterns of a desk together; RE2 alone would take eight million for each."""

NEVER_PRINTED = "\0"


class TermsInTitles:
    """Terms by number, in their order.

    Words are found by the two characters that begin what they need. RE2 could look for all of them at once
    too, but takes fifteen times as long on titles that it has not seen; for patterns it is what there is.
    """

    def __init__(self, terms: Iterable[CompiledTerm]) -> None:
        self._terms = tuple(terms)
        self._by_head: dict[str, list[tuple[str, int]]] = {}
        for number, term in enumerate(self._terms):
            for literal in dict.fromkeys(term.literals):
                self._by_head.setdefault(literal[:2], []).append((literal, number))
        self._has_short = any(len(head) == 1 for head in self._by_head)
        patterns = {
            number: term
            for number, term in enumerate(self._terms)
            if isinstance(term, CompiledPattern)
        }
        self._pattern_numbers = tuple(patterns)
        self._patterns = _searched([*patterns.values()]) if patterns else None

    def within(self, title: FoldedTitle) -> dict[int, Found]:
        """The terms that stand in the title, and where."""
        places = ((number, self._terms[number].find(title)) for number in self._candidates(title))
        return {number: place for number, place in places if place is not None}

    def _candidates(self, title: FoldedTitle) -> set[int]:
        text, heads = title.text, self._by_head
        if not heads and self._patterns is None:
            return set()
        candidates = {
            number
            for head in (map(add, text, text[1:]) if heads else ())
            if head in heads
            for literal, number in heads[head]
            if literal in text
        }
        if self._has_short:
            short = (heads[character] for character in set(text) & heads.keys())
            candidates.update(number for found in short for _, number in found)
        if self._patterns is not None:
            candidates.update(self._pattern_numbers[n] for n in self._patterns.Match(text) or ())
        return candidates


def _searched(patterns: Sequence[CompiledPattern]) -> re2.Set:
    options = pattern_options()
    options.max_mem = PATTERN_MEMORY
    searched = re2.Set.SearchSet(options)
    try:
        for pattern in patterns:
            searched.Add(pattern.text)
        sentinel = searched.Add(NEVER_PRINTED)
        searched.Compile()
    except re2.error as error:
        raise _too_large(len(patterns)) from error
    # Where its memory is too small, RE2 finds nothing and says nothing.
    if sentinel not in (searched.Match(NEVER_PRINTED) or ()):
        raise _too_large(len(patterns))
    return searched


def _too_large(count: int) -> TermError:
    return TermError(
        f"{count} patterns that are too large together",
        f"what RE2 can look for in {PATTERN_MEMORY >> 20} MB",
        "Make counted repeats, as {0,500}, shorter, or write words for patterns.",
    )
