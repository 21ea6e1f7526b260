"""The stories that a desk's words take, and by which term of which line."""

from collections.abc import Hashable, Iterable, Iterator
from functools import lru_cache
from typing import TypeVar

from pipelines.desks.compiled_desk import CompiledDesk
from pipelines.desks.desk import ANYWHERE, Desk, Where
from pipelines.desks.reasons import RuleReading, rule_reading
from pipelines.desks.stories import DeskStory, Hit, Line, Matched

Key = TypeVar("Key", bound=Hashable)

KEPT_TITLES = 200_000
"""Titles whose reading is kept: the live ones of all boards several times over; most give nothing."""


class Matcher:
    """The words of a desk, compiled; TermError of one that is not understood.

    It reads a title once as long as it lives, so that a tick pays for new titles alone where it is kept.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = CompiledDesk(desk)
        self._taken = lru_cache(maxsize=KEPT_TITLES)(self._desk.taken)

    def match(self, stories: Iterable[DeskStory]) -> list[Matched]:
        """The stories that at least one rule takes, in their order; for each rule its best line.

        A line has to satisfy a rule all by its own title. Lines that stand on a list go first, by rank.
        """
        return [Matched(story, hits) for story in stories if (hits := self._hits(story))]

    def titles(self, titles: Iterable[tuple[Key, str]]) -> Iterator[Key]:
        """The keys of the titles, as printed, that some rule would take by words alone."""
        return (key for key, title in titles if self._taken(title))

    def explain(self, story: DeskStory) -> tuple[RuleReading, ...]:
        """What each rule makes of the story, in the order of the desk's file."""
        hits = self._hits(story)
        lines = {line: self._desk.found(line.title) for line in sorted(story.lines, key=_place)}
        return tuple(
            rule_reading(self._desk, rule, story, lines, hits.get(rule.rule.id))
            for rule in self._desk.rules
        )

    def _hits(self, story: DeskStory) -> dict[str, Hit]:
        """By each rule that takes the story, in the order of the file."""
        where = self._desk.desk.where
        taken = [
            (line, by_rule)
            for line in story.lines
            if (by_rule := self._taken(line.title)) and _takes(where, line, story)
        ]
        hits: dict[int, Hit] = {}
        for line, by_rule in sorted(taken, key=lambda pair: _place(pair[0])):
            for number, words in by_rule.items():
                rule = self._desk.rules[number].rule
                if number not in hits and _takes(rule.where, line, story):
                    hits[number] = Hit(rule.id, words.said, line, words.spans)
        return {hit.rule_id: hit for _, hit in sorted(hits.items())}


def _takes(where: Where, line: Line, story: DeskStory) -> bool:
    return where is ANYWHERE or (where.takes(line.board) and where.takes_category(story.category))


def _place(line: Line) -> tuple[bool, int]:
    """Where a line comes among those of its story: by rank, then those that stand nowhere."""
    return line.rank is None, line.rank or 0
