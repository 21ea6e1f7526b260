"""Desks, stories and lines for tests: what is not said is as plain as can be."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipelines.desks.desk import ANYWHERE, Desk, Near, Pattern, Rule, Term, Where, Word
from pipelines.desks.stories import DeskStory, Line
from pipelines.language import Language

AT = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def term(written: str | Mapping[str, Any]) -> Term:
    """A term as a desk's file has it."""
    if isinstance(written, str):
        return Word(written)
    if "re" in written:
        return Pattern(written["re"])
    return Near(tuple(map(Word, written["near"])), written["within"])


def terms(written: Sequence[str | Mapping[str, Any]]) -> tuple[Term, ...]:
    return tuple(map(term, written))


def rule(id: str = "r", where: Where = ANYWHERE, **written: Any) -> Rule:
    """``any``, ``all``, ``not`` (or ``none``), ``alias``: as a desk's file has them."""
    return Rule(
        id,
        terms(written.get("any", ())),
        terms(written.get("all", ())),
        terms(written.get("not", written.get("none", ()))),
        {word: tuple(others) for word, others in written.get("alias", {}).items()},
        where,
    )


def desk(
    *rules: Rule, none_of: Sequence[str | Mapping[str, Any]] = (), where: Where = ANYWHERE
) -> Desk:
    return Desk(
        "made",
        "Made",
        ZoneInfo("Asia/Shanghai"),
        Language.ZH,
        rules,
        "0",
        where,
        terms(none_of),
    )


def line(title: str, board: str = "weibo_hot", rank: int | None = 1) -> Line:
    return Line(title, board, 1, rank, AT)


def story(*lines: Line, category: str | None = None, topic_id: int = 1) -> DeskStory:
    first = lines[0]
    return DeskStory(topic_id, frozenset({topic_id}), first.title, category, AT, first.board, lines)
