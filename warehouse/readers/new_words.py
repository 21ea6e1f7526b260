"""The words that no dictionary has, with what shows that they are words, and new."""

from dataclasses import dataclass
from datetime import datetime

from warehouse import query
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class ListedNewWord:
    """A word that was found; instants are naive UTC, titles and lists of the 28 days before.

    ``new_at`` and the days are None where nobody can say that it is new; ``first_seen_at`` is the first of
    those titles, ``title`` the newest. ``said`` is ``strike`` or ``keep`` where a person spoke of it.
    """

    token: str
    is_new: bool
    new_at: datetime | None
    found_at: datetime
    first_seen_at: datetime | None
    title_count: int
    list_count: int
    days_before: int | None
    days_since: int | None
    days_seen: int | None
    chance: float | None
    title: str | None
    said: str | None
    said_by: str | None
    hand: int | None


def new_words_at(
    con: Connection, since: datetime, at: datetime, *, unlisted: bool = False
) -> list[ListedNewWord]:
    """The words that are new since ``since``, the newest first, as known at ``at`` (naive UTC); all that were
    found since then where ``unlisted``."""
    return query.rows(
        con, ListedNewWord, "readers/new_words", since=since, at=at, unlisted=unlisted
    )


def is_found(con: Connection, token: str) -> bool:
    """Whether that folded text was found for a word."""
    found = con.execute("SELECT count(*) FROM core.new_words WHERE token = ?", [token]).fetchone()
    return bool(found and found[0])
