"""What robots.txt said, kept between runs for a day at most (RFC 9309, section 2.4).

One file for each host, ``<landing>/.robots/<place>.json``: ``asked_at``, ``until``, ``origin`` (set
where one address stands for the whole web: its rules are not those of the hosts) and ``text``.
A damaged file is no file.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from scrapy.http import Response

from crawlers.durable_file import read_json, replace_file

FOLDER = ".robots"
LASTING = (200, 404, 410)
"""Rules, or the word that there are none. Any other answer may be a passing one: it holds for its run."""

ROBOTS_BYTES = 500 * 1024
"""As much as RFC 9309, section 2.5, wants read; ten megabytes of rules take ten seconds and a gigabyte."""


@dataclass(frozen=True, slots=True)
class KeptRules:
    """The rules that were kept beside a landing, of the real web or of the one at ``origin``."""

    landing: Path
    origin: str = ""

    def of(self, place: str, now: datetime) -> str | None:
        """Those of a place such as ``https://example.com`` that still hold; None: it is to be asked."""
        try:
            row = read_json(self.file(place))
            asked_at, until = (datetime.fromisoformat(row[name]) for name in ("asked_at", "until"))
            # A clock that was set back must not make the rules last longer.
            if row["origin"] == self.origin and asked_at <= now < until:
                return str(row["text"])
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return None

    def keep(self, place: str, text: str, now: datetime, lasting: timedelta) -> None:
        """Keep the rules of a place for so long, in the stead of those before."""
        row = {
            "asked_at": now.astimezone(UTC).isoformat(),
            "until": (now + lasting).astimezone(UTC).isoformat(),
            "origin": self.origin,
            "text": text,
        }
        replace_file(self.file(place), json.dumps(row, indent=1).encode())

    def file(self, place: str) -> Path:
        return self.landing / FOLDER / f"{quote(place, safe='')}.json"


def rules_in(body: bytes) -> str:
    """The text of a robots.txt, at most ROBOTS_BYTES of it and no half rule: all lines that end before."""
    if len(body) > ROBOTS_BYTES:
        body = body[: body.rfind(b"\n", 0, ROBOTS_BYTES) + 1]
    return body.decode("utf-8-sig", errors="ignore")


def lasting(response: Response, longest: timedelta) -> timedelta:
    """How long an answer may be kept: ``longest``, or shorter where the host says so; 0: not at all."""
    if response.status not in LASTING:
        return timedelta()
    said = b",".join(response.headers.getlist("Cache-Control")).decode("latin-1").lower()
    if re.search(r"\bno-(store|cache)\b", said):
        return timedelta()
    ages = [int(age) for age in re.findall(r"(?<![\w-])max-age\s*=\s*\"?([0-9]{1,9})", said)]
    return min([longest, *(timedelta(seconds=age) for age in ages)])
