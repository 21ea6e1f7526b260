"""A board as Scrapy crawls it: what is asked for, and in which order."""

import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import scrapy
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawlers import catalog
from crawlers.boards.board import Board
from crawlers.boards.errors import CatalogError
from crawlers.http import capture, conditional
from crawlers.http.own_keys import without_keys
from crawlers.http.throttle import ASKED
from crawlers.landing import Capture
from crawlers.simulation import INSTANT_HEADER
from pipelines.landing_format import iso


class BoardSpider(scrapy.Spider):
    """The crawl of one board: now, or at each of the instants to replay."""

    board: ClassVar[type[Board]]

    def __init__(
        self, name: str | None = None, *, instants: Sequence[datetime] = (), **kwargs: Any
    ) -> None:
        super().__init__(name, **kwargs)
        self.instants = tuple(instants)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        super().update_settings(settings)
        # Cookies are kept for the boards that hand one to every visitor, and for no other.
        settings.set("COOKIES_ENABLED", bool(cls.board.visitor_url), priority="spider")

    async def start(self) -> AsyncIterator[scrapy.Request]:
        if self.board.visitor_url:
            # The list is asked for in any case: its shape tells whether a cookie was needed.
            yield scrapy.Request(
                self.board.visitor_url,
                callback=self.visited,
                errback=self.visited,
                dont_filter=True,
            )
        else:
            for request in self.list_requests():
                yield request

    def visited(self, _: Response | Failure) -> Iterator[scrapy.Request]:
        yield from self.list_requests()

    def list_requests(self) -> Iterator[scrapy.Request]:
        """The request for the list, once for each instant to replay, or once for now."""
        board, known = self.board, None
        if not self.instants and board.method == "GET" and self.settings["CONDITIONAL_REQUESTS"]:
            landing = Path(self.settings["LANDING_DIR"])
            known = conditional.of(landing, board.name, board.start_urls[0], datetime.now(UTC))
        for instant in self.instants or (None,):
            headers = board.request_headers() | (known.headers() if known else {})
            if instant is not None:
                headers[INSTANT_HEADER] = iso(instant)
            yield scrapy.Request(
                board.start_urls[0],
                method=board.method,
                body=board.body,
                headers=headers,
                callback=self.parse,
                errback=self.failed,
                dont_filter=True,
                meta={"instant": instant, "began": time.monotonic(), "known": known},
            )

    def parse(self, response: Response, **_: Any) -> Iterator[Capture]:
        answer = without_keys(response, self.board.own_keys())
        yield capture.captured(self.board, answer, self._asked())

    def failed(self, failure: Failure) -> Iterator[Capture]:
        yield capture.not_captured(self.board, failure, self._asked())

    def _asked(self) -> Mapping[str, int] | None:
        if self.instants:
            return None
        counts = self.crawler.stats.get_stats()
        return {key.removeprefix(ASKED): n for key, n in counts.items() if key.startswith(ASKED)}


def spider_of(board: type[Board]) -> type[BoardSpider]:
    """The spider of a board. Raises CatalogError where a header's value is not to be had."""
    board.request_headers()
    attributes = {"name": board.name, "board": board, "__module__": board.__module__}
    return type(board.__name__, (BoardSpider,), attributes)


class BoardLoader:
    """How Scrapy's own commands find the boards: in the catalogue."""

    @classmethod
    def from_settings(cls, _: BaseSettings) -> "BoardLoader":
        return cls()

    def load(self, spider_name: str) -> type[BoardSpider]:
        """The spider of that name. Raises KeyError, as Scrapy expects, where there is none."""
        try:
            return spider_of(catalog.board(spider_name))
        except CatalogError as error:
            raise KeyError(str(error)) from error

    def find_by_request(self, request: scrapy.Request) -> list[str]:
        return [name for name, board in catalog.boards().items() if request.url in board.start_urls]

    def list(self) -> list[str]:
        return [*catalog.names()]
