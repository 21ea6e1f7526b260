"""Boards that no file of this package describes: what ``boards.toml`` adds to a board's class."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from crawlers.boards.board import Board, FeedBoard, HtmlBoard, JsonBoard
from crawlers.boards.errors import CatalogError, PageError
from pipelines.captures import Page


class DescribedBoard(Board):
    """A board that a boards.toml describes; its errors name that file."""

    described_in: ClassVar[str] = ""
    headers_from: ClassVar[Mapping[str, str]] = {}
    """Header -> the environment variable that holds its value: a key is never written down."""

    @classmethod
    def parse_page(cls, body: bytes, *, encoding: str | None = None, url: str = "") -> Page:
        try:
            return super().parse_page(body, encoding=encoding, url=url)
        except PageError as error:
            where = f"crawlers/spiders/{cls.name}.py"
            detail = error.detail.replace(where, cls.described_in)
            raise PageError(error.reason, detail) from error

    @classmethod
    def own_keys(cls) -> tuple[str, ...]:
        headers = cls.request_headers()
        return tuple(headers[header] for header in cls.headers_from)

    @classmethod
    def request_headers(cls) -> dict[str, str]:
        headers = super().request_headers()
        for header, variable in cls.headers_from.items():
            if not (value := os.environ.get(variable)):
                raise CatalogError(
                    f"{cls.described_in}: the header {header} is to be found in the environment "
                    f"variable {variable}, which is not set. Set it where fengkou runs."
                )
            headers[header] = value
        return headers


@dataclass(frozen=True, slots=True)
class Shape:
    """What all lists of one kind of service have in common."""

    kind: type[Board]
    attributes: Mapping[str, Any] = field(default_factory=dict)


KINDS = {"json": Shape(JsonBoard), "html": Shape(HtmlBoard), "feed": Shape(FeedBoard)}

FEED_FIELDS = {
    "title": "title",
    "url": ("link", "link.@href"),
    "native_id": ("guid", "id"),
    "category": "category",
    "published": ("pubDate", "published", "updated", "date"),
}

SHAPES = {
    # {status, id, updatedTime, items: [{id, title, url, mobileUrl, extra: {info, hover, icon}}]}
    "newsnow": Shape(
        JsonBoard,
        {
            "entries_at": "items",
            "fields": {
                "title": "title",
                "url": ("url", "mobileUrl"),
                "native_id": "id",
                "heat": "extra.info",
                "excerpt": "extra.hover",
                "published": ("pubDate", "extra.date"),
            },
            "upstream_at": "updatedTime",
            "cached_when": ({"status": "cache"},),
            "expected_count": (1, 50),
        },
    ),
    # {code, name, title, type, updateTime, fromCache, data: [{id, title, desc, hot, url, …}]}
    "dailyhot": Shape(
        JsonBoard,
        {
            "entries_at": "data",
            "fields": {
                "title": "title",
                "url": ("url", "mobileUrl"),
                "native_id": "id",
                "heat": "hot",
                "excerpt": "desc",
                "author": "author",
                "image": "cover",
                "published": "timestamp",
            },
            "upstream_at": "updateTime",
            "cached_when": ({"fromCache": True},),
        },
    ),
    # RSS or Atom, and JSON Feed with ?format=json
    "rsshub": Shape(
        FeedBoard,
        {
            "entries_at": ("channel.item", "entry", "item"),
            "fields": FEED_FIELDS,
            "upstream_at": ("channel.lastBuildDate", "channel.pubDate", "updated"),
            "cadence_minutes": 30,
        },
    ),
}
