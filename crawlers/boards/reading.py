"""Reading bytes: which text they are, what stands at a path, and what went wrong if nothing does.

Everything here is pure. Boards fail with HTTP 200, so the shape of a body is the only judge of it.
"""

import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TypeAlias
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from pipelines.captures import Json
from pipelines.landing_format import mended
from pipelines.place_holders import PLACE_HOLDERS

Paths: TypeAlias = str | tuple[str, ...]
"""Where a value stands ("data.cards.0.word"), or several places: the first filled one counts."""

Condition: TypeAlias = Mapping[str, object]
"""What must all hold, by path. True: anything but empty, 0 or false. None: nothing there.
A tuple: any of these."""

FOUND_LENGTH = 160  # as much of a strange value as a person needs to recognise it

ADDRESS_LENGTH = 2083  # no browser ever had to take a longer one

INSTANT_LENGTH = 100  # the longest way to write an instant has 40 characters

# Query parameters that say who followed a link, not where it leads.
TRACKING = frozenset(
    [
        "log_pb",
        "Refer",
        "band_rank",
        "from_source",
        "spm",
        "spm_id_from",
        "share_token",
        "share_source",
        "vd_source",
        "rsv_dl",
        "fbclid",
        "gclid",
    ]
)


@cache
def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")) if path else ()


def at(document: Json, paths: Paths) -> Json:
    """What stands at the first of these paths that is filled; None when none is."""
    for path in (paths,) if isinstance(paths, str) else paths:
        value = document
        for step in _steps(path):
            if isinstance(value, dict):
                value = value.get(step)
            elif isinstance(value, list) and step.isdigit():
                value = value[int(step)] if int(step) < len(value) else None
            else:
                value = None
        if value is not None and value != "":
            return value
    return None


def is_null(document: Json, path: str) -> bool:
    """Whether a place is there and says that nothing is in it."""
    around, _, name = path.rpartition(".")
    holder = at(document, around)
    return isinstance(holder, dict) and name in holder and holder[name] is None


def places(paths: Paths) -> list[str]:
    """The paths, then what is left of each when its envelope was cut off: "a.b.c", "b.c", "c"."""
    whole = [paths] if isinstance(paths, str) else list(paths)
    cut = [
        ".".join(path.split(".")[start:])
        for path in whole
        for start in range(1, path.count(".") + 1)
    ]
    return list(dict.fromkeys([*whole, *cut]))


def holds(value_at: Callable[[str], Json], condition: Condition) -> bool:
    """Whether a row fulfils every clause of a condition."""
    return all(_fulfils(value_at(path), wanted) for path, wanted in condition.items())


def _fulfils(value: Json, wanted: object) -> bool:
    if wanted is True:
        return bool(value) and str(value).strip().lower() not in {
            "",
            "0",
            "false",
            "no",
            "null",
            "none",
        }
    if wanted is None:
        return value is None or value == ""
    options = wanted if isinstance(wanted, tuple) else (wanted,)
    return (
        value is not None
        and not isinstance(value, bool)
        and str(value) in {str(option) for option in options}
    )


def text_of(value: Json) -> str | None:
    """A value as the text it was printed with; None when there is nothing to print."""
    if isinstance(value, dict):
        value = value.get("#text")  # a feed element that also has attributes
    if isinstance(value, list):
        parts = (
            [part for item in value if (part := text_of(item))]
            if not any(isinstance(v, list) for v in value)
            else []
        )
        return ",".join(parts) or None
    if value is None or isinstance(value, bool | dict):
        return None
    text = mended(value) if isinstance(value, str) else json.dumps(value)
    return text if text.strip() else None


def shown(value: object) -> str:
    """A strange value, short enough for a sentence."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return repr(text if len(text) <= FOUND_LENGTH else text[: FOUND_LENGTH - 1] + "…")


def printed_ranks(values: Sequence[Json]) -> list[int] | None:
    """The ranks a page prints, when they are numbers from 1 upwards in the order of the rows."""
    ranks: list[int] = []
    for value in values:
        text = text_of(value)
        if text is None or not re.fullmatch(r"[0-9]{1,6}", text.strip()):
            return None
        ranks.append(int(text))
    rising = all(before < after for before, after in zip([0, *ranks], ranks, strict=False))
    return ranks if rising else None


def address(url: str | None, homepage: str, *, keep_query: bool = True) -> str | None:
    """An http(s) address without its tracking parameters; None for anything else, or with a password."""
    # Addresses arrive with HTML's &amp; in them even inside JSON (Tieba).
    if not url or len(url) > 2 * ADDRESS_LENGTH:
        return None
    text = html.unescape(url).strip() if "&amp;" in url else url.strip()
    if text.lower() in PLACE_HOLDERS or text[:1] in {"", "#"} or len(text) > ADDRESS_LENGTH:
        return None
    try:
        parts = urlsplit(
            text if text.startswith(("https://", "http://")) else urljoin(homepage, text)
        )
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
            return None
        if host in PLACE_HOLDERS:
            return None
        query = ""
        if keep_query:
            pairs = [(pair.partition("=")[0], pair) for pair in parts.query.split("&")]
            query = "&".join(
                pair for name, pair in pairs if name not in TRACKING and not name.startswith("utm_")
            )
        return urlunsplit(
            (parts.scheme, parts.netloc, parts.path, query, parts.fragment if keep_query else "")
        )
    except ValueError:  # "http://[": urllib refuses half an IPv6 address
        return None


def filled(template: str, values: Mapping[str, str | None]) -> str | None:
    """A url_template with its words quoted; None when one of them is missing."""
    filled_in = template
    for name in re.findall(r"{(\w+)}", template):
        value = values.get(name)
        if not value or len(value) > ADDRESS_LENGTH:
            return None
        filled_in = filled_in.replace(f"{{{name}}}", quote(value, safe=""))
    return filled_in


def instant(value: Json) -> datetime | None:
    """A page's own time: seconds, milliseconds, ISO with an offset, or a mail date."""
    text = text_of(value)
    if text is None or len(text) > INSTANT_LENGTH:
        return None
    try:
        if re.fullmatch(r"\d{10}|\d{13}", text):
            return datetime.fromtimestamp(int(text) / (1000 if len(text) > 10 else 1), tz=UTC)  # noqa: PLR2004 - digits of seconds
        found = (
            datetime.fromisoformat(text)
            if re.match(r"\d{4}-", text)
            else parsedate_to_datetime(text)
        )
        # A zone may lead out of the years that there are.
        return None if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
