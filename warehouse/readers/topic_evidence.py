"""Why two items are one topic or two: how each came there, and what their titles have in common."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipelines.clock import start_of_hour
from pipelines.text.titles import clean_title, fold_title
from pipelines.topics.evidence import Evidence
from pipelines.topics.short_id import is_topic_id, topic_id
from pipelines.topics.similarity import Likeness
from pipelines.topics.term_weights import Rarity
from warehouse import query
from warehouse.connection import Connection
from warehouse.readers.new_items import new_item
from warehouse.readers.past_terms import past_terms

LIKEST_SHOWN = 5
"""Titles that spoke for the topic when the later item was seen."""


class NotFoundError(LookupError):
    """Neither an item's id nor a part of a title that the warehouse holds."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item that was asked for, its topic now, and how many items the question fits."""

    item_id: int
    topic_id: int
    match_count: int


@dataclass(frozen=True, slots=True)
class Joined:
    """When an item came to a topic; ``from_topic_id`` is the one that was merged or left, where one was.

    ``hand`` is the number of the hand that moved it, where a person did.
    """

    item_id: int
    topic_id: int
    from_topic_id: int | None
    joined_at: datetime
    chance: float
    is_merge: bool
    hand: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """An item as it was first seen."""

    item_id: int
    topic_id: int
    source: str
    title: str
    first_seen_at: datetime
    joined: tuple[Joined, ...]


@dataclass(frozen=True, slots=True)
class Likest:
    """A title that was live when the later item was seen, and the chance that they told one story."""

    item_id: int
    title: str
    chance: float


@dataclass(frozen=True, slots=True)
class Why:
    """What is known of two items, as of ``since``, the start of the hour that first saw the later one (UTC).

    ``is_live``: the earlier one was first seen in the 36 hours before; what is older is compared with no
    new title. ``likest`` are the titles that were, nearest to the later item's.
    """

    is_one_topic: bool
    since: datetime
    earlier: Told
    later: Told
    hours_between: float
    is_live: bool
    evidence: Evidence
    likest: tuple[Likest, ...]


@dataclass(frozen=True, slots=True)
class _ItemFound:
    item_id: int
    topic_id: int


@dataclass(frozen=True, slots=True)
class _Compared:
    item_id: int
    source: str
    first_seen_at: datetime
    is_live: bool
    title: str
    folded_title: str
    tokens: list[str] | None
    tags: list[str] | None


def find(con: Connection, asked: str) -> list[Found]:
    """The items that ``asked`` may mean, an id, its short name or a part of a title, best first.

    Raises NotFoundError where there are none.
    """
    rows = query.rows(
        con,
        _ItemFound,
        "readers/topic_evidence.items_found",
        item_id=topic_id(asked) if is_topic_id(asked) else -1,
        folded_title=fold_title(clean_title(asked)),
    )
    if not rows:
        raise NotFoundError(
            f"{asked!r}: no item has that id, and no title holds it. Give an item_id of "
            "mart.topic_titles, or a few characters that stand together in a title."
        )
    return [Found(row.item_id, row.topic_id, len(rows)) for row in rows]


def explain(con: Connection, first: Found, other: Found) -> Why:
    """Why those two items, of different ids, are one topic or two."""
    ids = [first.item_id, other.item_id]
    joins = query.rows(con, Joined, "readers/topic_evidence.joins", item_ids=ids)
    seen_at = {
        item_id: min(join.joined_at for join in joins if join.item_id == item_id) for item_id in ids
    }
    since = start_of_hour(max(seen_at.values()))
    compared = query.rows(
        con, _Compared, "readers/topic_evidence.titles_compared", since=since, item_ids=ids
    )
    rows = {row.item_id: row for row in compared}
    items = {row.item_id: new_item(row) for row in compared}
    live = [items[row.item_id] for row in compared if row.is_live]
    # Rows come in the order in which the items were seen.
    earlier, later = (row.item_id for row in compared if row.item_id in ids)
    new = [items[item_id] for item_id in (earlier, later) if not rows[item_id].is_live]
    titles = [*live, *new]
    places = {item.item_id: place for place, item in enumerate(titles)}
    comparison = _likeness(con, since).compare(live, new)
    nearest = sorted(next(comparison.candidates(places[later])), key=lambda pair: -pair.chance)
    topic_of = {first.item_id: first.topic_id, other.item_id: other.topic_id}

    def told(item_id: int) -> Told:
        row = rows[item_id]
        return Told(
            item_id,
            topic_of[item_id],
            row.source,
            row.title,
            row.first_seen_at,
            tuple(join for join in joins if join.item_id == item_id),
        )

    between = rows[later].first_seen_at - rows[earlier].first_seen_at
    return Why(
        is_one_topic=first.topic_id == other.topic_id,
        since=since,
        earlier=told(earlier),
        later=told(later),
        hours_between=between.total_seconds() / 3600,
        is_live=rows[earlier].is_live or rows[earlier].first_seen_at >= since,
        evidence=comparison.explain(places[later], places[earlier]),
        likest=tuple(
            Likest(
                titles[pair.earlier].item_id,
                rows[titles[pair.earlier].item_id].title,
                pair.chance,
            )
            for pair in nearest[:LIKEST_SHOWN]
        ),
    )


def as_json(told: Why) -> dict[str, Any]:
    """The same for a program to read; ids stay numbers, sets become lists."""
    found = asdict(told)
    found["evidence"]["counts"] = [
        {unit: sorted(values) for unit, values in each.items()} for each in told.evidence.counts
    ]
    for part in ("words", "characters", "figures"):
        found["evidence"][part] = [term._asdict() for term in getattr(told.evidence, part)]
    return found


def _likeness(con: Connection, since: datetime) -> Likeness:
    """What the past told of words and characters when the hour ``since`` began."""
    past = past_terms(con, since)
    words, characters = (
        Rarity(counts, past.item_count) for counts in (past.words, past.characters)
    )
    return Likeness(words, characters)
