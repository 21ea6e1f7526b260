"""The rules of a desk, ready to read titles: terms that several rules say are looked for once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

from pipelines.desks.desk import Desk, Near, Rule, Term, Word
from pipelines.desks.folding import FoldedTitle
from pipelines.desks.stories import Span
from pipelines.desks.terms import NO_ALIASES, CompiledTerm, Found, compiled
from pipelines.desks.terms_in_titles import TermsInTitles
from pipelines.desks.words import TermError


@dataclass(frozen=True, slots=True)
class Taken:
    """What a rule takes a title by: its terms as written, and where they stand, as printed."""

    said: str
    spans: tuple[Span, ...]


NOTHING: Mapping[int, Taken] = MappingProxyType({})
"""Of most titles, and one for all of them."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its terms by number; ``desk_none``: those that no title of the whole desk may have."""

    rule: Rule
    any_of: tuple[int, ...]
    all_of: tuple[int, ...]
    none_of: tuple[int, ...]
    desk_none: tuple[int, ...]

    @property
    def wanted(self) -> tuple[int, ...]:
        """The terms for which it takes a title."""
        return tuple(dict.fromkeys(self.any_of + self.all_of))

    def missing(self, found: Mapping[int, Found]) -> tuple[int, ...]:
        """The terms that a title lacks; of those any of which would do, all, where it has none."""
        has_any = not self.any_of or not found.keys().isdisjoint(self.any_of)
        lacking = tuple(number for number in self.all_of if number not in found)
        return lacking if has_any else self.any_of + lacking

    def taken(self, found: Mapping[int, Found]) -> Taken | None:
        """What it takes a title by in which ``found`` stands; None where it leaves it."""
        if not (self.any_of or self.all_of) or self.missing(found):
            return None
        if any(number in found for number in chain(self.none_of, self.desk_none)):
            return None
        chosen = [number for number in self.any_of if number in found][:1]
        by = [found[number] for number in dict.fromkeys((*chosen, *self.all_of))]
        if len(by) == 1 and len(by[0].spans) == 1:
            return Taken(by[0].said, by[0].spans)
        said = " + ".join(dict.fromkeys(place.said for place in by))
        return Taken(said, united(span for place in by for span in place.spans))


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap as one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


class CompiledDesk:
    """Rules, and their terms by number. TermError, with the rule named, of a term that is not understood."""

    def __init__(self, desk: Desk) -> None:
        self._numbers: dict[tuple[Term, tuple[tuple[str, ...], ...]], int] = {}
        terms: list[CompiledTerm] = []

        def numbered(
            these: Iterable[Term], aliases: Mapping[str, tuple[str, ...]]
        ) -> tuple[int, ...]:
            return tuple(self._number(terms, term, aliases) for term in these)

        desk_none = numbered(desk.none_of, NO_ALIASES)
        rules = []
        for rule in desk.rules:
            _refuse_idle_aliases(rule)
            any_of, all_of, none_of = (
                numbered(these, rule.aliases) for these in (rule.any_of, rule.all_of, rule.none_of)
            )
            rules.append(CompiledRule(rule, any_of, all_of, none_of, desk_none))
        self.desk = desk
        self.rules = tuple(rules)
        self.terms = tuple(terms)
        self._terms_in_titles = TermsInTitles(self.terms)
        self._rules_of: dict[int, list[int]] = {}
        for place, compiled_rule in enumerate(self.rules):
            for number in compiled_rule.wanted:
                self._rules_of.setdefault(number, []).append(place)

    def found(self, title: str) -> dict[int, Found]:
        """The terms that stand in a title as printed, by number."""
        return self._terms_in_titles.within(FoldedTitle(title))

    def taken(self, title: str) -> Mapping[int, Taken]:
        """By place, the rules that take a title as printed by its words alone."""
        found = self.found(title)
        if not found:
            return NOTHING
        places = {place for number in found for place in self._rules_of.get(number, ())}
        taken = ((place, self.rules[place].taken(found)) for place in places)
        return {place: by for place, by in taken if by is not None} or NOTHING

    def _number(
        self, terms: list[CompiledTerm], term: Term, aliases: Mapping[str, tuple[str, ...]]
    ) -> int:
        said = {word.written for word in _words(term)}
        key = term, tuple((word, *aliases[word]) for word in sorted(said & aliases.keys()))
        if key not in self._numbers:
            self._numbers[key] = len(terms)
            terms.append(compiled(term, aliases))
        return self._numbers[key]


def _words(term: Term) -> Iterator[Word]:
    if isinstance(term, Word):
        yield term
    elif isinstance(term, Near):
        yield from term.words


def _refuse_idle_aliases(rule: Rule) -> None:
    terms = (*rule.any_of, *rule.all_of, *rule.none_of)
    said = {word.written for term in terms for word in _words(term)}
    for word in rule.aliases:
        if word not in said:
            raise TermError(
                f"Other words for {word!r}, which rule {rule.id} does not say",
                "a word of the rule, written alike",
                f"Add {word!r} to its terms, or take its other words out.",
            )
