"""Asking only for what changed: the validators of a board's last list, sent with the next request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from scrapy.http import Response

from crawlers.landing import LandingError, newest, read_whole
from pipelines.captures import Page, Status
from pipelines.landing_format import stem_instant

WHOLE_EVERY = timedelta(hours=24)
"""A body this old is asked for again in any case, so that a mended board reads it anew."""
LONGEST = 512  # characters of a validator that is worth keeping


@dataclass(frozen=True, slots=True)
class Validators:
    """What the host called the last list, and the list."""

    etag: str
    last_modified: str
    page: Page
    same_as: str
    """The capture with the body, below the landing."""

    def headers(self) -> dict[str, str]:
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in said.items() if value}


def of(landing: Path, board: str, url: str, now: datetime) -> Validators | None:
    """The validators of a board's last list, if it was had from this address and is young enough."""
    for path in newest(landing, board, now, days=2):
        try:
            outcome, exchange = read_whole(path)
        except LandingError:
            continue
        if outcome.status is not Status.OK:
            continue
        same_as = exchange.same_as or path.relative_to(landing).as_posix()
        had_at = stem_instant(Path(same_as).stem)
        whole = (landing / same_as).with_suffix(".body.gz")
        if (
            not (exchange.etag or exchange.last_modified)
            or outcome.request_url != url
            or had_at is None
            or now - had_at >= WHOLE_EVERY
            or not whole.exists()
        ):
            return None
        return Validators(exchange.etag, exchange.last_modified, outcome.page, same_as)
    return None


def said(response: Response, header: str) -> str:
    """A validator that the host gave, or ""."""
    value = (response.headers.get(header) or b"").decode("latin-1").strip()
    return value if len(value) <= LONGEST else ""
