"""How far a story has come, in steps: what is news to somebody who was told of it before."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.desks.desk import Desk, Rule, When
from pipelines.desks.message import Change
from pipelines.desks.stories import DeskStory, Line

LISTS = (3, 5, 8)
RANKS = (10, 3, 1)
"""Who was told of a story hears again when it comes to so many lists, or so high on one."""

HYSTERESIS = 0.1
"""A chance crosses a rule's line only where it stood so far below it when the story was last told."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a story stood when a desk was told: lists, best rank, and the chance; None where there was none."""

    lists: int
    rank: int | None
    chance: float | None


def standing_of(story: DeskStory) -> Standing:
    """How a story stands now."""
    return Standing(len(story.boards), story.best_rank, story.chance)


def changes(told: Iterable[Standing], now: Standing, lines: Iterable[float]) -> tuple[Change, ...]:
    """What rose, by a step, above all that was told; ``lines`` are the chances that rules ask for."""
    told = list(told)
    best = Standing(
        max(each.lists for each in told),
        min((each.rank for each in told if each.rank is not None), default=None),
        max((each.chance for each in told if each.chance is not None), default=None),
    )
    found = []
    if _steps_of_lists(now.lists) > _steps_of_lists(best.lists):
        found.append(Change("lists", best.lists, now.lists))
    if now.rank is not None and _steps_of_rank(now.rank) > _steps_of_rank(best.rank):
        found.append(Change("rank", best.rank, now.rank))
    if now.chance is not None and best.chance is not None:
        crossed = [
            line for line in lines if now.chance >= line and best.chance <= line - HYSTERESIS
        ]
        if crossed:
            found.append(Change("chance", best.chance, now.chance))
    return tuple(found)


def _steps_of_lists(lists: int) -> int:
    return sum(lists >= step for step in LISTS)


def _steps_of_rank(rank: int | None) -> int:
    return 0 if rank is None else sum(rank <= step for step in RANKS)


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a rule asks of a story: what it is called, what was found, and whether it is met."""

    code: str
    asked: float | str
    found: float | str | None
    is_met: bool


def conditions(desk: Desk, rule: Rule, story: DeskStory) -> tuple[Condition, ...]:
    """What a rule asks of a story before a desk hears of it, and what stands; lists are those it looks at."""
    when = rule.when
    lines = [line for line in story.lines if line.rank is not None and _counts(desk, rule, line)]
    found = []
    if when.chance is not None:
        chance = story.chance
        found.append(
            Condition("chance", when.chance, chance, chance is not None and chance >= when.chance)
        )
    if when.boards is not None:
        boards = len({line.board for line in lines})
        found.append(Condition("boards", when.boards, boards, boards >= when.boards))
    if when.rank is not None:
        rank = min((line.rank for line in lines if line.rank is not None), default=None)
        found.append(Condition("rank", when.rank, rank, rank is not None and rank <= when.rank))
    if when.stages:
        stage = story.expected.stage if story.expected else None
        asked = ", ".join(sorted(when.stages))
        found.append(Condition("stage", asked, stage, stage in when.stages))
    return tuple(found)


def is_material(when: When, found: Iterable[Condition]) -> bool:
    """Whether a rule's conditions let a story through: one of them, or each; one that asks nothing does."""
    met = [condition.is_met for condition in found]
    return not met or (all(met) if when.needs_all else any(met))


def _counts(desk: Desk, rule: Rule, line: Line) -> bool:
    return desk.where.takes(line.board) and rule.where.takes(line.board)
