"""What topics are about, told from the titles that were known at an instant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from pipelines.topics.cards import Card, Title, card
from pipelines.topics.categories import Said, chances_of_each
from warehouse import query
from warehouse.connection import Connection

BATCH = 100_000
"""Titles read at once: DuckDB cannot spill lists of words, and those of half a million titles took 4 GiB."""


@dataclass(frozen=True, slots=True)
class _CardTitle:
    item_id: int
    board: str
    title: str
    printed: str
    tokens: list[str] | None
    tags: list[str] | None
    keywords: list[bool] | None
    found: list[bool] | None


@dataclass(frozen=True, slots=True)
class _Member:
    item_id: int
    topic_id: int
    joined_at: datetime


def card_titles(con: Connection, item_ids: Iterable[int]) -> list[Title]:
    """What items said when they were first seen, in that order."""
    order = query.column(con, "readers/topic_cards.seen", item_ids=_listed(item_ids))
    return [
        title
        for begin in range(0, len(order), BATCH)
        for title in _titles(con, order[begin : begin + BATCH])
    ]


def _titles(con: Connection, item_ids: Iterable[int]) -> list[Title]:
    rows = query.rows(con, _CardTitle, "readers/topic_cards.titles", item_ids=_listed(item_ids))
    said = [
        tuple(map(Said, row.tokens or (), row.tags or (), row.keywords or (), row.found or ()))
        for row in rows
    ]
    chances = chances_of_each(
        [(row.title, words, row.printed, row.board) for row, words in zip(rows, said, strict=True)]
    )
    return [
        Title(row.item_id, row.title, words, chance)
        for row, words, chance in zip(rows, said, chances, strict=True)
    ]


def _listed(item_ids: Iterable[int]) -> str:
    return " ".join(map(str, item_ids))


@dataclass(frozen=True, slots=True)
class ToldTopic:
    """What a topic is about, and what its items said when they were first seen, in that order."""

    card: Card
    titles: tuple[Title, ...]


def topics_at(
    con: Connection,
    topic_ids: Sequence[int],
    at: datetime,
    living: Mapping[int, Collection[int]] = MappingProxyType({}),
) -> dict[int, ToldTopic]:
    """What topics were about at ``at`` (naive UTC), from the titles known then.

    ``living`` tells of a topic the items that stand on lists: one of them gives the label.
    """
    members = query.rows(con, _Member, "readers/topic_cards.members", topic_ids=topic_ids, at=at)
    topic_of = {member.item_id: member.topic_id for member in members}
    told: dict[int, list[Title]] = {}
    for title in card_titles(con, topic_of):
        told.setdefault(topic_of[title.item_id], []).append(title)
    return {
        topic_id: ToldTopic(card(titles, living.get(topic_id, ())), tuple(titles))
        for topic_id, titles in told.items()
    }
