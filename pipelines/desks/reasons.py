"""Why a desk's rules take a story, and what keeps it out of the others."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.desks.compiled_desk import CompiledDesk, CompiledRule
from pipelines.desks.desk import Where
from pipelines.desks.stories import DeskStory, Hit, Line
from pipelines.desks.terms import Found


@dataclass(frozen=True, slots=True)
class Excluded:
    """A term that no title may have, and where a title has it. ``by``: rule or desk, who says so."""

    found: Found
    by: str


@dataclass(frozen=True, slots=True)
class LineReading:
    """What a rule makes of a line in whose title a term of it stands.

    ``missing``: the terms that it lacks, as written; of terms any of which would do, all, where it has none.
    ``board_kept_out_by``: rule or desk, whose choice of boards has not this one.
    """

    line: Line
    found: tuple[Found, ...]
    missing: tuple[str, ...]
    excluded: tuple[Excluded, ...]
    board_kept_out_by: str | None

    @property
    def is_taken(self) -> bool:
        """Whether the line alone would do."""
        return not (self.missing or self.excluded or self.board_kept_out_by)


@dataclass(frozen=True, slots=True)
class RuleReading:
    """What a rule makes of a story. ``hit``: what takes it; ``lines``: each where a term of the rule stands.

    ``category_kept_out_by``: rule or desk, whose choice of categories has not the story's.
    """

    rule_id: str
    hit: Hit | None
    lines: tuple[LineReading, ...]
    category_kept_out_by: str | None


def rule_reading(
    desk: CompiledDesk,
    rule: CompiledRule,
    story: DeskStory,
    lines: Mapping[Line, Mapping[int, Found]],
    hit: Hit | None,
) -> RuleReading:
    """What the rule makes of the story; ``lines``: the desk's terms that stand in each."""
    wheres = {"rule": rule.rule.where, "desk": desk.desk.where}
    return RuleReading(
        rule.rule.id,
        hit,
        tuple(
            _line_reading(desk, rule, line, found, wheres)
            for line, found in lines.items()
            if not found.keys().isdisjoint(rule.wanted)
        ),
        next(
            (by for by, where in wheres.items() if not where.takes_category(story.category)), None
        ),
    )


def _line_reading(
    desk: CompiledDesk,
    rule: CompiledRule,
    line: Line,
    found: Mapping[int, Found],
    wheres: Mapping[str, Where],
) -> LineReading:
    excluding = (("rule", rule.none_of), ("desk", rule.desk_none))
    return LineReading(
        line,
        tuple(found[number] for number in rule.wanted if number in found),
        tuple(desk.terms[number].written for number in rule.missing(found)),
        tuple(
            Excluded(found[number], by)
            for by, numbers in excluding
            for number in numbers
            if number in found
        ),
        next((by for by, where in wheres.items() if not where.takes(line.board)), None),
    )
