"""The other topics of a topic's storyline, from what was known at an instant."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.digest.contents import OtherPart, StoryLine, TopicCard
from pipelines.text.scripts import latin_title
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware
from warehouse.readers.topic_cards import topics_at
from warehouse.readers.topic_names import names_at

PARTS_SHOWN = 3

SEEN_WITHIN_HOURS = 48
"""What was on no list for two days is no part of what goes on."""

WIDE = 2
"""Lists that told of a part for it to come before the others: of a great story each list has its own chat."""


@dataclass(frozen=True, slots=True)
class Storyline:
    """The storyline that a topic is part of, and some of its other parts, the newest first."""

    storyline_id: int
    parts: tuple[OtherPart, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    topic_id: int
    storyline_id: int
    part_id: int | None
    first_seen_at: datetime | None


def storylines_at(con: Connection, topic_ids: Sequence[int], at: datetime) -> dict[int, Storyline]:
    """The storylines of those topics that were part of one at ``at`` (naive UTC)."""
    rows = query.rows(
        con,
        _Part,
        "readers/storylines.parts",
        topic_ids=topic_ids,
        at=at,
        hours=SEEN_WITHIN_HOURS,
        wide=WIDE,
        shown=PARTS_SHOWN,
    )
    part_ids = sorted({row.part_id for row in rows if row.part_id is not None})
    topics = topics_at(con, part_ids, at) if part_ids else {}
    names = names_at(con, part_ids, at) if part_ids else {}
    found: dict[int, int] = {}
    parts: defaultdict[int, list[OtherPart]] = defaultdict(list)
    for row in rows:
        found[row.topic_id] = row.storyline_id
        if row.part_id is None or row.first_seen_at is None:
            continue
        label = topics[row.part_id].card.label
        named = next(iter(names.get(row.part_id, ())), None)
        titles = (title.title for title in reversed(topics[row.part_id].titles))
        parts[row.topic_id].append(
            OtherPart(
                topic_id=row.part_id,
                title=named or label,
                first_seen_at=to_aware(row.first_seen_at),
                latin_title=None if named else latin_title(label, titles),
            )
        )
    return {
        topic_id: Storyline(storyline_id, tuple(parts[topic_id]))
        for topic_id, storyline_id in found.items()
    }


def with_other_parts(
    storylines: Mapping[int, Storyline], cards: Sequence[TopicCard], lines: Iterable[StoryLine]
) -> Iterator[TopicCard]:
    """The cards of a digest with what else belongs to their storylines, each called as its cards and lines
    call it."""
    called = {line.topic_id: (line.title, line.latin_title) for line in lines}
    called |= {card.topic_id: (card.title, card.latin_title) for card in cards}

    def as_called(part: OtherPart) -> OtherPart:
        title, latin = called.get(part.topic_id, (part.title, part.latin_title))
        return replace(part, title=title, latin_title=latin)

    for card in cards:
        storyline = storylines.get(card.topic_id)
        if storyline is None:
            yield card
        else:
            parts = tuple(map(as_called, storyline.parts))
            yield replace(card, storyline_id=storyline.storyline_id, other_parts=parts)
