"""A message as JSON for a program: its keys, their types and meanings; docs/reference/message.schema.json is
made from them.

Keys never change meaning; a new key may appear. Instants are ISO 8601 in UTC, identifiers are strings, text
is plain but whole, and what is unknown is null.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from pipelines.desks.message import Kind, Message, ToldStory
from pipelines.desks.render.signs import cut_to
from pipelines.desks.render.told import StoryLinks
from pipelines.desks.stories import Expected
from pipelines.digest.render.json_document import (
    Chance,
    Count,
    Instant,
    Rank,
    Strict,
    TopicId,
    Untitled,
    WebLink,
)
from pipelines.digest.render.safe_text import plain, web_link
from pipelines.forecast.stages import Stage

SCHEMA: Literal["fengkou.message/1"] = "fengkou.message/1"

TITLE_SIZE = 1_000
"""Bytes of a text: no list prints a title half as long, and a message stays one that a program can take."""


@dataclass(frozen=True, slots=True)
class PlaceEntry(Strict):
    """A list that the story stands on."""

    board: str
    name_zh: str
    name_en: str
    rank: Rank
    rank_before: Rank | None
    """Its rank half an hour to an hour and a half earlier."""


@dataclass(frozen=True, slots=True)
class RuleEntry(Strict):
    """A rule of the desk that took the story."""

    rule_id: str
    words: str
    """The words of a title that it took it by."""


@dataclass(frozen=True, slots=True)
class ExpectedEntry(Strict):
    """What is expected of the story, on the list where it has the best chance."""

    stage: Stage
    board: str
    rank: Rank
    chance_1h: Chance | None
    """The chance of the top ten within an hour; null where it was there already."""
    chance_3h: Chance | None
    minutes_left: float
    """Minutes on the list to come, the median."""


@dataclass(frozen=True, slots=True)
class ChangeEntry(Strict):
    """What became of the story since the desk heard of it."""

    code: str
    """lists, rank or chance."""
    before: float | None
    now: float


@dataclass(frozen=True, slots=True)
class LinksEntry(Strict):
    """Addresses at which a person decides on the story."""

    adopt: WebLink
    skip: WebLink
    mute: WebLink


@dataclass(frozen=True, slots=True)
class StoryEntry(Strict):
    """A story as it stood when the message was decided."""

    topic_id: TopicId
    kind: Kind
    """Why this story is told."""
    title: str
    url: WebLink | None
    category: str | None
    first_seen_at: Instant
    first_board: str
    places: list[PlaceEntry]
    """By rank; empty where it stands on none."""
    rules: list[RuleEntry]
    expected: ExpectedEntry | None
    changes: list[ChangeEntry]
    flags: list[str]
    """What to verify first, by code."""
    links: LinksEntry | None


@dataclass(frozen=True, slots=True)
class MessageDocument(Strict):
    """A message of a desk, as a channel of the kind webhook posts it."""

    schema: Literal["fengkou.message/1"]
    desk: str
    desk_title: str
    kind: Kind
    at: Instant
    is_breaking: bool
    is_again: bool
    """Whether it may have arrived before: a try had no answer."""
    since: Instant | None
    """The span that a digest covers: from since on, before until."""
    until: Instant | None
    stories: list[StoryEntry]
    more: Count
    """Stories that it counts and does not tell."""
    held_count: Count
    """How often a story was held back in the span."""
    unread_lists: list[str]
    text: str
    """The message in words, as a chat shows it, in the language of the desk."""


def document(
    message: Message, text: str, links: Mapping[int, StoryLinks], *, is_again: bool
) -> dict[str, Any]:
    """The message as JSON; ``text``: in words."""
    covered = message.covered
    told = MessageDocument(
        schema=SCHEMA,
        desk=message.desk,
        desk_title=_plain(message.desk_title),
        kind=message.kind,
        at=_instant(message.at),
        is_breaking=message.is_breaking,
        is_again=is_again,
        since=_instant(covered.since) if covered else None,
        until=_instant(covered.until) if covered else None,
        stories=[_story(story, links.get(story.topic_id)) for story in message.stories],
        more=message.more,
        held_count=message.held_count,
        unread_lists=[_plain(name) for name in message.unread_lists],
        text=text,
    )
    return asdict(told)


def schema() -> dict[str, Any]:
    """The JSON schema of a message."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(MessageDocument).json_schema(schema_generator=Untitled, mode="serialization"),
        "title": SCHEMA,
    }


def _story(story: ToldStory, links: StoryLinks | None) -> StoryEntry:
    return StoryEntry(
        topic_id=str(story.topic_id),
        kind=story.kind,
        title=_plain(story.title),
        url=web_link(story.url),
        category=story.category,
        first_seen_at=_instant(story.first_seen_at),
        first_board=story.first_board,
        places=[
            PlaceEntry(
                place.board,
                _plain(place.name_zh),
                _plain(place.name_en),
                place.rank,
                place.rank_before,
            )
            for place in story.places
        ],
        rules=[RuleEntry(_plain(hit.rule_id), _plain(hit.words)) for hit in story.rules],
        expected=_expected(story.expected) if story.expected else None,
        changes=[ChangeEntry(change.code, change.before, change.now) for change in story.changes],
        flags=[str(flag) for flag in story.flags],
        links=LinksEntry(links.adopt, links.skip, links.mute) if links else None,
    )


def _expected(expected: Expected) -> ExpectedEntry:
    return ExpectedEntry(
        expected.stage,
        expected.board,
        expected.rank,
        expected.chance_1h,
        expected.chance_3h,
        expected.minutes_left,
    )


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _plain(text: str) -> str:
    return cut_to(plain(text), TITLE_SIZE)
