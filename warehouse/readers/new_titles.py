"""Titles in the order in which they came, and what they are cut with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from pipelines.text.known_words import FoundWord, StruckWord
from pipelines.text.tokens import Cutter
from warehouse import query
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class NewTitle:
    """A clean title and when it was first seen (naive UTC); ``window_start`` is the start of that hour."""

    title_id: int
    clean_title: str
    first_seen_at: datetime
    window_start: datetime


def titles_by_hour(
    con: Connection, since: datetime
) -> Iterator[tuple[datetime, tuple[NewTitle, ...]]]:
    """The titles first seen from ``since`` on, hour by hour."""
    titles = query.rows(con, NewTitle, "queries/titles_first_seen", since=since)
    for window_start, group in groupby(titles, key=lambda title: title.window_start):
        yield window_start, tuple(group)


def found_words(con: Connection) -> list[FoundWord]:
    """The words found in titles so far, in the order in which they were found."""
    return query.rows(con, FoundWord, "queries/new_words")


def struck_words(con: Connection) -> list[StruckWord]:
    """The words that people struck, and from when to when."""
    return query.rows(con, StruckWord, "queries/struck_words")


def listed_cutter(con: Connection) -> Cutter:
    """What cuts titles by the dictionary and by the words that people listed."""
    return Cutter(query.column(con, "queries/listed_words"))
