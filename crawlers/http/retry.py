"""Asking again, patiently: each time twice as long later, and as late as the host says."""

import asyncio
import random
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Request, Response
from scrapy.settings import BaseSettings

LONGEST_PAUSE_SECONDS = 7 * 24 * 3600.0
"""Nobody's Retry-After is believed further than a week: it may be a slip, and is asked once then."""


def wished_pause(response: Response) -> float:
    """The seconds that a host asks us to stay away (Retry-After, as a number or a date); 0 if none."""
    wished = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if wished.isascii() and wished.isdigit():
        return min(float(wished), LONGEST_PAUSE_SECONDS)
    try:
        until = parsedate_to_datetime(wished)
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        seconds = (until - datetime.now(UTC)).total_seconds()
    except (ValueError, OverflowError):  # also a zone that leads out of the years that there are
        return 0.0
    return min(max(0.0, seconds), LONGEST_PAUSE_SECONDS)


class PatientRetryMiddleware(RetryMiddleware):
    """Scrapy asks again at once; a host that says "too many requests" deserves a pause."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self.backoff = settings.getfloat("RETRY_BACKOFF_SECONDS")
        self.limit = settings.getfloat("RETRY_AFTER_LIMIT_SECONDS")

    # Scrapy awaits a coroutine here, though the types of its own middleware say nothing of it.
    async def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        again = super().process_response(request, response)
        if isinstance(again, Request):
            wished = wished_pause(response)
            if wished > self.limit:
                # The pause is landed with the outcome and kept by the circuit.
                return response
            await asyncio.sleep(max(wished, self._pause(again)))
        return again

    async def process_exception(  # type: ignore[override] # as above
        self, request: Request, exception: Exception
    ) -> Request | Response | None:
        again = super().process_exception(request, exception)
        if isinstance(again, Request):
            await asyncio.sleep(self._pause(again))
        return again

    def _pause(self, request: Request) -> float:
        again: float = 2 ** (request.meta["retry_times"] - 1)
        # The spread keeps boards that failed together from coming back together.
        return self.backoff * again * random.uniform(0.8, 1.2)  # noqa: S311 - not a secret
