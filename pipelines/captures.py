"""The nouns that travel between rooms: what a page said, and what became of the request for it.

Nothing here knows Scrapy, DuckDB or Dagster. Every instant is an aware ``datetime`` in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


class Kind(StrEnum):
    """What an entry is on its list; only ranked entries have a rank."""

    RANKED = "ranked"
    PINNED = "pinned"
    PAID = "paid"


class Status(StrEnum):
    """Whether a fetch yielded a list."""

    OK = "ok"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a snapshot, as printed: nothing is cleaned or computed here.

    ``position`` counts every line from 1; ``rank`` counts the ranked ones from 1 and is None for
    pinned and paid lines. ``heat`` is the source's own text ("1.2万"). ``native_id`` is the source's
    own identity for the thing, where it prints one. ``extra`` holds further printed fields.
    """

    position: int
    kind: Kind
    rank: int | None
    title: str
    url: str | None = None
    heat: str | None = None
    native_id: str | None = None
    label: str | None = None
    category: str | None = None
    excerpt: str | None = None
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reject:
    """A line that could not become an entry: where it stood, why, and what was found there."""

    position: int
    reason: str
    found: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a parser read from one body."""

    entries: tuple[Entry, ...]
    rejects: tuple[Reject, ...] = ()
    upstream_at: datetime | None = None
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """One capture of one board: always written, whatever happened.

    ``reason`` is a short code (``http_403``, ``login_wall``, ``not_json`` …) and ``detail`` a
    sentence saying what was found, what was expected and what to do; both are empty when ok.
    """

    board: str
    captured_at: datetime
    status: Status
    request_url: str
    reason: str = ""
    detail: str = ""
    http_status: int | None = None
    elapsed_ms: int | None = None
    body_bytes: int = 0
    page: Page = field(default_factory=lambda: Page(entries=()))
