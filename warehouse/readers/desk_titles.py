"""The titles of the last weeks, to read a desk's words in before they are watched for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.desks.lint import SeenTitle
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware

BATCH = 50_000
"""Titles whose words are read at once: DuckDB cannot spill lists."""


@dataclass(frozen=True, slots=True)
class _Seen:
    title_id: int
    title: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class _Words:
    title_id: int
    tokens: list[str]


def titles_of_days(con: Connection, at: datetime, days: int) -> list[SeenTitle]:
    """The titles that first came in the ``days`` before ``at`` (naive UTC), as they came."""
    since = at - timedelta(days=days)
    found = query.rows(con, _Seen, "readers/desk_titles", since=since, at=at)
    return [SeenTitle(row.title_id, row.title, to_aware(row.first_seen_at)) for row in found]


def words_of(con: Connection, title_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The words of titles as they were cut, by the title."""
    ids = sorted(title_ids)
    return {
        row.title_id: tuple(row.tokens)
        for begin in range(0, len(ids), BATCH)
        for row in query.rows(
            con, _Words, "readers/desk_titles.words", title_ids=ids[begin : begin + BATCH]
        )
    }
