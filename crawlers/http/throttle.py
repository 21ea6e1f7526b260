"""Manners towards a host, shared by all boards of a run: its rules, its pauses, one request at a time."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ClassVar

from scrapy import Request, signals
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadFailedError,
    IgnoreRequest,
    StopDownload,
)
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.settings import BaseSettings
from scrapy.utils.httpobj import urlparse_cached

from crawlers.http.address_guard import RULES, GuardedResolver, distrusted, private
from crawlers.http.public_address import host_of, is_public
from crawlers.http.robots_cache import ROBOTS_BYTES, KeptRules, lasting, rules_in

ASKED = "fengkou/asked/"
"""Before the host: the crawl's count of requests that went out to it."""


HEARD = "fengkou_heard"
"""In a request's meta: the bytes of its answer so far."""


class Gate:
    """A host's door. Scrapy keeps pauses for each spider, but two boards may share a host."""

    doors: ClassVar[dict[str, "Gate"]] = {}

    def __init__(self, concurrency: int, delay: float) -> None:
        self.turns = asyncio.Semaphore(concurrency)
        self.delay = delay
        self.next_at = 0.0

    @classmethod
    def of(cls, host: str, settings: BaseSettings) -> "Gate":
        if host not in cls.doors:
            cls.doors[host] = cls(
                settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"),
                settings.getfloat("DOWNLOAD_DELAY"),
            )
        return cls.doors[host]

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        async with self.turns:
            now = time.monotonic()
            begin_at = max(now, self.next_at)
            self.next_at = begin_at + self.delay
            if begin_at > now:
                await asyncio.sleep(begin_at - now)
            try:
                yield
            finally:
                # A slow host has its pause after the answer, not while it works.
                self.next_at = max(self.next_at, time.monotonic() + self.delay)


class PoliteHandler(HTTP11DownloadHandler):
    """The last place before the wire: waits at the host's door, counts, and knows the address."""

    async def download_request(self, request: Request) -> Response:
        host = host_of(request.url)
        async with Gate.of(host, self.crawler.settings).turn():
            self.crawler.stats.inc_value(ASKED + host)
            try:
                return await self.fetch(request, host)
            except DownloadFailedError as error:
                raise distrusted(host, error) or error from error.__cause__

    async def fetch(self, request: Request, host: str) -> Response:
        try:
            response = await super().download_request(request)
        except CannotResolveHostError:
            if found := GuardedResolver.private.get(host):
                raise private(host, found) from None
            raise
        address = response.ip_address
        # Through a proxy the address is the proxy's, and the proxy looks the host up.
        if address and not request.meta.get("proxy") and not is_public(str(address)):
            raise private(host, str(address))
        return response


class RobotsUnreachable(IgnoreRequest):
    """The rules of a host could not be read; why stands in ``__cause__``, if nothing came."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """robots.txt once a host and day, for all boards; rules that cannot be had forbid (RFC 9309)."""

    rules: ClassVar[dict[str, "asyncio.Future[RobotParser]"]] = {}

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.limit = crawler.settings.getfloat("CRAWL_DELAY_LIMIT_SECONDS")
        landing, origin = Path(crawler.settings["LANDING_DIR"]), crawler.settings.get("ORIGIN", "")
        self.kept = KeptRules(landing, origin)
        self.longest = timedelta(hours=crawler.settings.getfloat("ROBOTS_KEPT_HOURS"))
        crawler.signals.connect(self.enough, signals.bytes_received)

    def enough(self, data: bytes, request: Request) -> None:
        """Hear no more of rules than is read of them: those that never end are rules at their head."""
        if request.meta.get(RULES):
            request.meta[HEARD] = request.meta.get(HEARD, 0) + len(data)
            if request.meta[HEARD] > ROBOTS_BYTES:
                raise StopDownload(fail=False)

    async def robot_parser(self, request: Request) -> RobotParser:
        parts = urlparse_cached(request)
        place = f"{parts.scheme}://{parts.netloc}"
        if place not in self.rules:
            self.rules[place] = asyncio.ensure_future(self._rules(place))
        # A board that gives up must not take the answer from the others.
        return await asyncio.shield(self.rules[place])

    async def _rules(self, place: str) -> RobotParser:
        gate = Gate.of(host_of(place), self.crawler.settings)
        known = self.kept.of(place, datetime.now(UTC)) if self.longest else None
        text = await self._asked(place) if known is None else known
        parser = ProtegoRobotParser.from_crawler(self.crawler, text.encode())
        if pause := parser.crawl_delay(self.agent):
            gate.delay = max(gate.delay, min(pause, self.limit))
            if known is None:
                gate.next_at = max(gate.next_at, time.monotonic() + gate.delay)
        return parser

    async def _asked(self, place: str) -> str:
        url = f"{place}/robots.txt"
        asking = Request(
            url,
            priority=self.DOWNLOAD_PRIORITY,
            meta={"dont_obey_robotstxt": True, RULES: True},
            callback=NO_CALLBACK,
        )
        try:
            assert self.crawler.engine is not None  # noqa: S101 - a request is under way
            response = await self.crawler.engine.download_async(asking)
        except Exception as error:
            raise RobotsUnreachable(f"{url} could not be read") from error
        status = response.status
        if status == 429 or status >= 500:  # noqa: PLR2004 - the host cannot answer now
            raise RobotsUnreachable(f"{url} answered {status}")
        # Any other answer but success means that there are no rules.
        body = response.body if status // 100 == 2 else b""  # noqa: PLR2004
        text = rules_in(body)
        if lasts := lasting(response, self.longest):
            self.kept.keep(place, text, datetime.now(UTC), lasts)
        return text
