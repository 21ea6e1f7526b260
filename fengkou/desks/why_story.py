"""Why a desk hears of a story, or why it does not: the words, what its rules ask for, and each gate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from fengkou.desks.store.database import Database
from fengkou.desks.store.records import DeskRecord, held_of
from pipelines.desks.desk import Desk
from pipelines.desks.levels import Condition, conditions, is_material
from pipelines.desks.matching import Matcher
from pipelines.desks.reasons import RuleReading
from pipelines.desks.stories import DeskStory
from pipelines.desks.telling import Held, Telling
from pipelines.desks.timeline import Timeline
from warehouse.connection import Connection
from warehouse.instants import to_aware
from warehouse.readers.desk_stories import past_of_stories
from warehouse.readers.topic import topic_history


@dataclass(frozen=True, slots=True)
class RuleWhy:
    """What a rule makes of a story: its words, and what it asks for beside them."""

    reading: RuleReading
    conditions: tuple[Condition, ...]
    is_material: bool


@dataclass(frozen=True, slots=True)
class Why:
    """A story before a desk's rules at an instant, and what the desk was told of it by then and since.

    ``story`` is None where it stood on no list then.
    """

    desk: str
    at: datetime
    title: str
    story: DeskStory | None
    rules: tuple[RuleWhy, ...]
    tellings: tuple[Telling, ...]
    held: tuple[Held, ...]

    @property
    def is_taken(self) -> bool:
        """Whether some rule takes it, and finds what it asks for."""
        return any(rule.reading.hit and rule.is_material for rule in self.rules)


def why_story(
    con: Connection, database: Database | None, desk: Desk, topic_id: int, at: datetime | None
) -> Why:
    """The story ``topic_id`` before a desk at ``at`` (aware), or when it was seen last."""
    history = topic_history(con, topic_id)
    instant = at or to_aware(history.card.last_seen_at)
    titles = {told.title for told in history.told}
    past = past_of_stories(
        con, instant, instant, lambda seen: [each.title_id for each in seen if each.title in titles]
    )
    stories = [story for story in Timeline(past).at(instant) if topic_id in story.ids]
    story = stories[0] if stories else None
    ids = story.ids if story else frozenset((topic_id, *history.card.former_ids))
    tellings, held = _told(database, desk.name, ids)
    return Why(
        desk=desk.name,
        at=instant,
        title=history.card.label,
        story=story,
        rules=tuple(_rules(desk, story)) if story else (),
        tellings=tuple(tellings),
        held=tuple(held),
    )


def _rules(desk: Desk, story: DeskStory) -> list[RuleWhy]:
    by_id: Mapping[str, RuleReading] = {
        reading.rule_id: reading for reading in Matcher(desk).explain(story)
    }
    found = []
    for rule in desk.rules:
        asked = conditions(desk, rule, story)
        found.append(RuleWhy(by_id[rule.id], asked, is_material(rule.when, asked)))
    return found


def _told(
    database: Database | None, desk: str, ids: frozenset[int]
) -> tuple[Sequence[Telling], Sequence[Held]]:
    if database is None:
        return (), ()
    with database.reading() as con:
        return DeskRecord(con, desk).tellings_of(ids), held_of(con, desk, ids)
