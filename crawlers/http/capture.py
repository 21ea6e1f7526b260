"""What becomes of a board's request: one capture, whether a list, another page or nothing came."""

import re
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import TunnelError
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from crawlers.boards.board import Board
from crawlers.boards.errors import PageError
from crawlers.http import conditional
from crawlers.http.address_guard import Refused
from crawlers.http.retry import wished_pause
from crawlers.http.throttle import RobotsUnreachable
from crawlers.landing import Capture
from pipelines.captures import Outcome, Page, Status
from pipelines.landing_format import NO_EXCHANGE, Exchange

OBJECT = re.compile(r"<[^<>]*>")  # how Twisted names what failed, with its place in memory

# Why no response came, and what a person can do about it.
FAILURES: tuple[tuple[type[Exception], str, str, str], ...] = (
    (
        RobotsUnreachable,
        "",
        "robots_unreachable",
        "Without its rules a host is not asked. Fetch again later.",
    ),
    (
        IgnoreRequest,
        "robots.txt",
        "robots_denied",
        "The host's robots.txt forbids this address. Leave the board off, or ask the host.",
    ),
    (
        IgnoreRequest,
        "DOWNLOAD_MAXSIZE",
        "body_too_large",
        "It is not the list. Look at the address before raising DOWNLOAD_MAXSIZE.",
    ),
    (
        IgnoreRequest,
        "redirections",
        "redirect_loop",
        "The host sends every visitor in a circle. It probably wants a cookie (visitor_url).",
    ),
    (
        DownloadCancelledError,
        "",
        "body_too_large",
        "It is not the list. Look at the address before raising DOWNLOAD_MAXSIZE.",
    ),
    (
        DownloadTimeoutError,
        "",
        "timeout",
        "Fetch again later; a host that stays slow needs FENGKOU_TIMEOUT_SECONDS raised.",
    ),
    (
        CannotResolveHostError,
        "",
        "dns",
        "The host's name has no address here. Check the network, then the name.",
    ),
    (
        DownloadConnectionRefusedError,
        "",
        "connection_refused",
        "Nothing listens there. Check the network, then the address.",
    ),
    (ResponseDataLossError, "", "connection_lost", "The answer was cut short. Fetch again."),
    (
        TunnelError,
        "",
        "proxy_refused",
        "The proxy let nothing through. Look at HTTPS_PROXY and NO_PROXY.",
    ),
    (
        DownloadFailedError,
        "",
        "connection_lost",
        "The host closed the connection. Fetch again, less often.",
    ),
)

ADVICE = {
    401: "The list now wants a login. See whether the source has another public address.",
    403: "The host refuses us and is not asked again. See whether a Referer is missing.",
    404: "The list has moved. Look for its new address.",
    429: "We ask too often. Raise cadence_minutes.",
}


def captured(
    board: type[Board], response: Response, asked: Mapping[str, int] | None = None
) -> Capture:
    """The capture of an answer, read as the board describes it.

    ``asked`` counts the requests that went out, by host; None in a replay, where the exchange with
    the host would only describe this machine.
    """
    instant = response.meta.get("instant")
    page, status, reason, detail = Page(entries=()), Status.FAILED, "", ""
    known: conditional.Validators | None = response.meta.get("known")
    body: bytes | None = response.body
    exchange = _exchange(asked, response)
    if response.status // 100 == 2:  # noqa: PLR2004 - the family of success; the shape decides from here
        try:
            page = board.parse_page(response.body, encoding=_declared(response), url=response.url)
            status = Status.OK
        except PageError as error:
            reason, detail = error.reason, error.detail
        except Exception as error:  # noqa: BLE001 - one board's defect must not take the other boards' captures
            reason = "spider_error"
            detail = (
                f"{type(error).__name__}: {error} while reading {len(response.body)} bytes. "
                f"Run `fengkou parse {board.name}` on the landed body and correct the board."
            )
    elif response.status == 304 and known:  # noqa: PLR2004 - "Not Modified"
        # The list is confirmed as of now; that it is the old one is said by cached and same_as.
        page, status, body = replace(known.page, cached=True), Status.OK, None
        exchange = replace(
            exchange,
            etag=exchange.etag or known.etag,
            last_modified=exchange.last_modified or known.last_modified,
            same_as=known.same_as,
        )
    elif response.status // 100 == 3 and response.headers.get("Location"):  # noqa: PLR2004
        # Scrapy follows http and https; what is left leads elsewhere, such as file:.
        reason = "redirect_refused"
        detail = f"The host answered {response.status} with an address that is none of the web's."
    else:
        reason = f"http_{response.status}"
        advice = ADVICE.get(response.status, "Fetch again later.")
        detail = f"The host answered {response.status}, expected 200. {advice}"
    latency = response.meta.get("download_latency")
    outcome = Outcome(
        board=board.name,
        captured_at=instant or datetime.now(UTC),
        status=status,
        request_url=board.start_urls[0],
        reason=reason,
        detail=detail,
        http_status=response.status,
        elapsed_ms=None if latency is None else round(latency * 1000),
        body_bytes=len(response.body),
        page=page,
    )
    return Capture(outcome, body, instant, exchange)


def not_captured(
    board: type[Board], failure: Failure, asked: Mapping[str, int] | None = None
) -> Capture:
    """The capture of no answer."""
    meta = getattr(failure, "request", Request("data:,")).meta
    reason, detail = _why(failure.value or Exception("no word"))
    began = meta.get("began")
    outcome = Outcome(
        board=board.name,
        captured_at=meta.get("instant") or datetime.now(UTC),
        status=Status.FAILED,
        request_url=board.start_urls[0],
        reason=reason,
        detail=detail,
        elapsed_ms=None if began is None else round((time.monotonic() - began) * 1000),
    )
    return Capture(outcome, None, meta.get("instant"), _exchange(asked))


def _why(error: BaseException) -> tuple[str, str]:
    """The reason and the sentence for a fetch that yielded nothing."""
    if isinstance(error, RobotsUnreachable) and error.__cause__ is not None:
        reason, detail = _why(error.__cause__)
        return reason, f"{error}: {detail}"
    if isinstance(error, Refused):
        return error.reason, error.detail
    reason, advice = (
        "fetch_error",
        "This failure is new here: give it a reason in crawlers/http/capture.py.",
    )
    for kind, words, name, what_next in FAILURES:
        if isinstance(error, kind) and words in str(error):
            reason, advice = name, what_next
            break
    said = " ".join(OBJECT.sub("", str(error)).split()).rstrip(".")
    return reason, f"{type(error).__name__}: {said or 'no further word'}. {advice}"


def _exchange(asked: Mapping[str, int] | None, response: Response | None = None) -> Exchange:
    if asked is None:
        return NO_EXCHANGE
    if response is None:
        return Exchange(asked)
    pause = wished_pause(response)
    return Exchange(
        asked=asked,
        etag=conditional.said(response, "ETag"),
        last_modified=conditional.said(response, "Last-Modified"),
        retry_at=datetime.now(UTC) + timedelta(seconds=pause) if pause else None,
    )


def _declared(response: Response) -> str | None:
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return http_content_type_encoding(header)
