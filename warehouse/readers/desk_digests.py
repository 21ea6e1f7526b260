"""Making the digests of desks from the warehouse as it stood at an instant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from pipelines.digest.contents import (
    DeskHead,
    Digest,
    Period,
    Section,
    StoryLine,
    TakenBy,
    TopicCard,
)
from pipelines.digest.sections import Story, choose
from warehouse.connection import Connection
from warehouse.readers.digest import KnownThen, ToldStories, digest_of, tell

Told = TypeVar("Told", TopicCard, StoryLine)

Placed = tuple[Section, Story]


@dataclass(frozen=True, slots=True)
class TakenStories:
    """What a desk's rules take at an instant: by topic, the rules that do."""

    desk: DeskHead
    taken_by: Mapping[int, tuple[TakenBy, ...]]


def make_desk_digests(
    con: Connection, known: KnownThen, period: Period, desks: Sequence[TakenStories]
) -> list[Digest]:
    """The digest of each desk, chosen from the stories that its rules take.

    It has a line too of what is only listed, and no record: forecasts are of all stories. What the digests
    tell is read once for all of them.
    """
    taken = [
        [story for story in known.stories if story.topic_id in each.taken_by] for each in desks
    ]
    chosen = [choose(stories, known.at, period, with_listed=True) for stories in taken]
    told = tell(
        con,
        known,
        _each_once(placed for each in chosen for placed in each.cards),
        _each_once(placed for each in chosen for placed in each.lines),
    )
    card_of = {(card.section, card.topic_id): card for card in told.cards}
    line_of = {(line.section, line.topic_id): line for line in told.lines}
    made = []
    for desk, stories, each in zip(desks, taken, chosen, strict=True):
        cards, lines = _of_desk(each.cards, card_of, desk), _of_desk(each.lines, line_of, desk)
        digest = digest_of(known, period, each, ToldStories(cards, lines, told.storylines))
        made.append(replace(digest, desk=replace(desk.desk, taken_count=len(stories))))
    return made


def _each_once(placed: Iterable[Placed]) -> list[Placed]:
    return [*{(section, story.topic_id): (section, story) for section, story in placed}.values()]


def _of_desk(
    placed: Iterable[Placed], told: Mapping[tuple[Section, int], Told], desk: TakenStories
) -> list[Told]:
    """What a desk's digest tells, with the rules that took it."""
    return [
        replace(told[section, story.topic_id], taken_by=desk.taken_by[story.topic_id])
        for section, story in placed
    ]
