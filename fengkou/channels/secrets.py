"""Keys of channels in what is told of them: an address is a key, and services print back what they got."""

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.http.key_spellings import GONE, spelled
from pipelines.desks.render.signs import cut_to
from pipelines.digest.render.safe_text import plain

SHORTEST = 6
"""Characters of a part of an address that is looked for: "send" and "v2" open nothing."""

HOSTED = frozenset({"http", "https", "smtp", "smtps"})
"""Schemes after which a host stands, which is no secret."""

SAID_SIZE = 300
"""Bytes of a service's own words that are kept: a page in the place of an answer is long."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """What no log, table or error may tell of a channel."""

    parts: frozenset[str] = field(repr=False)

    @classmethod
    def of(cls, address: str, *keys: str) -> "Secrets":
        """An address with all parts of it that open something, and keys, looked for at any length."""
        return cls(frozenset({*_parts(address), *filter(None, keys)}))

    def told(self, text: str, *more: str) -> str:
        """The text in a line that may be kept, without them and ``more``, such as a signature."""
        found = spelled((*self.parts, *more))
        cleaned = text.encode(errors="replace")
        if found:
            cleaned = found.sub(GONE, cleaned)
        return cut_to(plain(cleaned.decode()), SAID_SIZE)


def _parts(address: str) -> Iterator[str]:
    yield address
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    yield from filter(None, (parts.password, unquote(parts.password or "")))
    # Apprise writes tokens where a host stands: tgram://token/chat.
    if parts.scheme not in HOSTED:
        yield from (piece for piece in re.split("[:@]", parts.netloc) if len(piece) >= SHORTEST)
    values = [value for _, value in parse_qsl(parts.query)] + re.split("[&=]", parts.query)
    pieces = [
        parts.path,
        parts.query,
        f"{parts.path}?{parts.query}",
        *parts.path.split("/"),
        *values,
    ]
    yield from (piece for piece in (*pieces, parts.username or "") if len(piece) >= SHORTEST)


class _TellsAddresses(logging.Filter):
    """Keeps what a library says of each request below a warning: there an address stands whole."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING


def hush(loggers: Iterable[str]) -> None:
    """Keep loggers of libraries from telling addresses, however much of a log is wanted."""
    for name in loggers:
        logger = logging.getLogger(name)
        if not any(isinstance(each, _TellsAddresses) for each in logger.filters):
            logger.addFilter(_TellsAddresses())
