"""Desks and stories that tests make."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from pipelines.desks.desk import ChannelSettings, Desk, Rule, Word
from pipelines.desks.gate import Gate
from pipelines.desks.record import RecordInMemory
from pipelines.desks.stories import DeskStory, Expected, Hit, Line, Matched, Span
from pipelines.desks.telling import Decided, Outgoing, Silence
from pipelines.forecast.stages import Stage
from pipelines.language import Language

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
"""Noon in Shanghai."""

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)

ROOM = ChannelSettings("room", "console", "")
TOWER = ChannelSettings("tower", "console", "")

RULE = Rule("chips", (Word("芯片"),))
DESK = Desk(
    name="tech",
    title="tech",
    zone=ZoneInfo("Asia/Shanghai"),
    language=Language.ZH,
    rules=(RULE,),
    version="1",
    channels=(ROOM,),
)


def line(
    board: str = "weibo", rank: int | None = 5, title: str = "芯片出口", item: int = 1
) -> Line:
    """A line of a story."""
    return Line(title, board, item, rank, NOON)


def story(
    topic_id: int = 1,
    *lines: Line,
    former: Sequence[int] = (),
    chance: float | None = None,
    came_back_at: datetime | None = None,
) -> DeskStory:
    """A story that stands at the fifth place of one list, if nothing else is said."""
    expected = None
    if chance is not None:
        expected = Expected(Stage.RISING, "weibo", 20, chance / 2, chance, 60)
    return DeskStory(
        topic_id=topic_id,
        former_ids=frozenset(former),
        headline=f"芯片的事 {topic_id}",
        category="technology",
        first_seen_at=NOON - 5 * HOURS,
        first_board="weibo",
        lines=lines or (line(item=topic_id),),
        expected=expected,
        came_back_at=came_back_at,
    )


def matched(of: DeskStory, *rules: str) -> Matched:
    """That rules took a story, by the first two characters of its first line."""
    return Matched(
        of, {rule: Hit(rule, "芯片", of.lines[0], (Span(0, 2),)) for rule in rules or ("chips",)}
    )


class Listening:
    """A desk that listens, and all that it was told; it has heard of nothing once, before noon."""

    def __init__(self, desk: Desk = DESK, silences: Sequence[Silence] = ()) -> None:
        self.desk = desk
        self.record = RecordInMemory(silences)
        self.hear(NOON - 1 * MINUTES)

    def hear(self, at: datetime, *stories: DeskStory | Matched) -> list[Outgoing]:
        """What it is told at an instant."""
        decided = self.decide(at, *stories)
        return list(decided.outgoing) if decided else []

    def decide(self, at: datetime, *stories: DeskStory | Matched) -> Decided | None:
        """All that is decided at an instant."""
        took = [each if isinstance(each, Matched) else matched(each) for each in stories]
        decided = Gate(self.desk, {}).hear(at, took, self.record)
        if decided is not None:
            self.record.keep(decided)
        return decided


def kinds(outgoing: Sequence[Outgoing]) -> list[str]:
    """The kinds of messages."""
    return [str(each.message.kind) for each in outgoing]


def titles(outgoing: Sequence[Outgoing]) -> list[str]:
    """The headlines that messages tell."""
    return [told.title for each in outgoing for told in each.message.stories]


def with_rule(rule: Rule, desk: Desk = DESK) -> Desk:
    """A desk of one rule."""
    return replace(desk, rules=(rule,))
