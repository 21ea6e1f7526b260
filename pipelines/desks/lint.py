"""What seems amiss with a desk's words, read in the titles of the last weeks before they are watched for."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from pipelines.desks.compiled_desk import CompiledDesk, CompiledRule
from pipelines.desks.desk import ANYWHERE, Desk, Near, Term, Word
from pipelines.desks.folding import FoldedTitle
from pipelines.desks.stories import Span
from pipelines.desks.terms import CompiledWord, Found
from pipelines.desks.words import LETTERS

SWALLOWED_SHARE = 0.2
"""Of a term's titles in one longer word: 王兴 in 王兴兴 has half of them, 国产 in 国产化 a tenth."""

FEWEST_SWALLOWED = 3
"""Titles: below it a share says nothing."""

SHORT_LETTERS = 2
SHOWN = 3
"""Titles that are shown of a kind, the newest."""

SHORT = re.compile(f'[=*"“]*[{LETTERS}]{{1,{SHORT_LETTERS}}}[*"”]*')


class LintKind(StrEnum):
    """What seems amiss."""

    SWALLOWED = "swallowed"
    NEVER_SEEN = "never_seen"
    EXCLUDES_NOTHING = "excludes_nothing"
    SHORT = "short"
    COVERED = "covered"


@dataclass(frozen=True, slots=True)
class SeenTitle:
    """A title, clean, and when it first came (aware UTC)."""

    title_id: int
    title: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Lint:
    """``term`` as written, empty of a rule as a whole; ``rule_id`` is None where the desk says it.

    ``by``: the longer word, or the rule that has all of this one's titles. ``count`` titles of ``of_count``.
    ``titles``: the newest of them.
    """

    kind: LintKind
    rule_id: str | None
    term: str = ""
    by: str = ""
    count: int = 0
    of_count: int = 0
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    title: SeenTitle
    found: Mapping[int, Found]


@dataclass(frozen=True, slots=True)
class DeskReading:
    """Titles in which a term of a desk stands, of the ``count`` that were read."""

    desk: CompiledDesk
    hits: Sequence[_Hit]
    count: int

    @property
    def title_ids(self) -> list[int]:
        """Those whose words ``check`` wants to know."""
        return [hit.title.title_id for hit in self.hits]


@dataclass(slots=True)
class _Swallowing:
    """The titles of a term: how many, and by longer word those where it stands in nothing else."""

    count: int = 0
    within: dict[str, list[str]] = field(default_factory=dict)


def read_titles(desk: Desk, titles: Iterable[SeenTitle]) -> DeskReading:
    """Look for a desk's terms in titles, in the order in which they came."""
    compiled = CompiledDesk(desk)
    count = 0
    hits = []
    for title in titles:
        count += 1
        if found := compiled.found(title.title):
            hits.append(_Hit(title, found))
    return DeskReading(compiled, hits, count)


def check(reading: DeskReading, words_of: Mapping[int, Sequence[str]]) -> tuple[Lint, ...]:
    """What seems amiss, by rule in the order of the file, then for the desk.

    ``words_of``: the words of the titles that were hit, folded, in order; a title without says nothing of
    longer words.
    """
    seen = Counter(number for hit in reading.hits for number in hit.found)
    swallowing = _swallowing(reading, words_of)
    taken = [
        frozenset(hit.title.title_id for hit in reading.hits if rule.taken(hit.found) is not None)
        for rule in reading.desk.rules
    ]
    lints: list[Lint] = []
    for place, rule in enumerate(reading.desk.rules):
        lints += _of_terms(reading, rule, seen, swallowing)
        lints += _idle(reading, rule.rule.id, rule.none_of, [rule])
        lints += _covered(reading.desk, place, taken)
    if reading.desk.rules:
        lints += _idle(reading, None, reading.desk.rules[0].desk_none, reading.desk.rules)
    return tuple(lints)


def _of_terms(
    reading: DeskReading,
    rule: CompiledRule,
    seen: Mapping[int, int],
    swallowing: Mapping[int, _Swallowing],
) -> Iterator[Lint]:
    terms = (*rule.rule.any_of, *rule.rule.all_of)
    for term, number in zip(terms, rule.any_of + rule.all_of, strict=True):
        written = reading.desk.terms[number].written
        for word in _short(term, rule.rule.aliases):
            yield Lint(LintKind.SHORT, rule.rule.id, word, count=seen.get(number, 0))
        if not seen.get(number):
            yield Lint(LintKind.NEVER_SEEN, rule.rule.id, written, of_count=reading.count)
            continue
        of_it = swallowing[number]
        for longer, titles in sorted(
            of_it.within.items(), key=lambda pair: (-len(pair[1]), pair[0])
        ):
            if len(titles) >= max(FEWEST_SWALLOWED, SWALLOWED_SHARE * of_it.count):
                newest = tuple(titles[: -SHOWN - 1 : -1])
                yield Lint(
                    LintKind.SWALLOWED,
                    rule.rule.id,
                    written,
                    longer,
                    len(titles),
                    of_it.count,
                    newest,
                )


def _short(term: Term, aliases: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    words = (term,) if isinstance(term, Word) else term.words if isinstance(term, Near) else ()
    for word in words:
        spellings = (word.written, *aliases.get(word.written, ()))
        yield from (written for written in spellings if SHORT.fullmatch(written))


def _idle(
    reading: DeskReading,
    rule_id: str | None,
    numbers: Sequence[int],
    rules: Sequence[CompiledRule],
) -> Iterator[Lint]:
    """Terms for whose sake no title is left that one of the rules wants."""
    wanted = [
        hit.found
        for hit in reading.hits
        if any((rule.any_of or rule.all_of) and not rule.missing(hit.found) for rule in rules)
    ]
    for number in numbers:
        if not any(number in found for found in wanted):
            written = reading.desk.terms[number].written
            yield Lint(LintKind.EXCLUDES_NOTHING, rule_id, written, of_count=len(wanted))


def _covered(desk: CompiledDesk, place: int, taken: Sequence[frozenset[int]]) -> Iterator[Lint]:
    """The first rule that takes all that this one takes; of two that take the same, the second is told."""
    rule = desk.rules[place].rule
    for other, compiled in enumerate(desk.rules):
        is_wide = compiled.rule.where in (ANYWHERE, rule.where)
        is_later = other > place and taken[other] == taken[place]
        if (
            other != place
            and is_wide
            and not is_later
            and taken[place]
            and taken[place] <= taken[other]
        ):
            yield Lint(
                LintKind.COVERED,
                rule.id,
                by=compiled.rule.id,
                count=len(taken[place]),
                of_count=len(taken[other]),
            )
            return


def _swallowing(
    reading: DeskReading, words_of: Mapping[int, Sequence[str]]
) -> dict[int, _Swallowing]:
    found = {number: _Swallowing() for number in range(len(reading.desk.terms))}
    for hit in reading.hits:
        places = list(_word_places(hit.title.title, words_of.get(hit.title.title_id, ())))
        for number, stands in hit.found.items():
            found[number].count += 1
            if not isinstance(reading.desk.terms[number], CompiledWord):
                continue
            longer = {_longer(span, places) for span in stands.spans}
            if len(longer) == 1 and (word := longer.pop()):
                found[number].within.setdefault(word, []).append(hit.title.title)
    return found


def _word_places(title: str, words: Sequence[str]) -> Iterator[tuple[Span, str]]:
    """Where the words of a title stand in it as printed; one that is not found there is passed over."""
    folded = FoldedTitle(title)
    done = 0
    for word in words:
        start = folded.text.find(word, done)
        if start >= 0 and word:
            done = start + len(word)
            yield folded.text_view.printed(start, done), word


def _longer(span: Span, places: Iterable[tuple[Span, str]]) -> str | None:
    """The word that holds the span and more."""
    return next(
        (
            word
            for place, word in places
            if place.start <= span.start and span.end <= place.end and place != span
        ),
        None,
    )
