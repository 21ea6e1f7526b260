"""The landed file: what stands in it, where it stands, and whether it still says what was landed.

Below the landing directory::

    <board>/<YYYY-MM-DD of captured_at, UTC>/<YYYYMMDDTHHMMSS.ffffffZ>.json
    <board>/<YYYY-MM-DD of captured_at, UTC>/<YYYYMMDDTHHMMSS.ffffffZ>.body.gz

The JSON file is the commit point: a body without one is a capture that was cut short, and is to be
ignored. Names beginning with a dot are unfinished, but for ``.robots``
(``crawlers.http.robots_cache``). The keys of the JSON object (sorted, UTF-8):

=============  ==================================================================================
format         1
board          the board's name
captured_at    "2026-11-02T03:04:05.000006Z"; equal to the file's stem
status         "ok" or "failed"
reason         "" or a short code, see ``crawlers.boards.errors`` and ``crawlers.http.capture``
detail         "" or a sentence
request_url    the address asked for
http_status    number or null
elapsed_ms     number or null
body_bytes     length of the body as received, 0 when there was none
body           name of the body's file beside this one, or null
upstream_at    the time the page itself states, or null
cached         true when the source says that it served a cache
entries        objects with position, kind, rank, title, url, heat, native_id, label, category,
               excerpt and extra
rejects        objects with position, reason and found
checksum       SHA-256 of the rest as ``json.dumps(rest, sort_keys=True)`` writes it; older files
               have none
=============  ==================================================================================

And, where there is something to say of the exchange with the host (``Exchange``):

=============  ==================================================================================
asked          requests that went out, by host, robots.txt and retries among them
etag           the host's name for this version of the page, to ask with next time
last_modified  the host's time of this version, likewise
same_as        status 304: the capture, below the landing, whose body the host confirmed; the
               entries are repeated from it and ``cached`` is true
retry_at       the host asked us to stay away until then
=============  ==================================================================================
"""

import json
import math
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import NoneType
from typing import Any, TypeAlias

from pipelines.captures import Entry, Json, Kind, Outcome, Page, Reject, Status

FORMAT = 1

CRAWL_DIED = "crawl_died"
"""The reason of a board that was not come to: its host was never asked, and of a replay it is asked again."""

STEM = "%Y%m%dT%H%M%S.%fZ"
STEM_PRINTED = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z")
INSTANT_LENGTH = len("2026-11-02T03:04:05.000006Z")
WHOLE_NUMBERS = 2**31
FILE_BYTES_LIMIT = 64 * 1024 * 1024
"""Ten times the longest: of ten megabytes of a page, what its rows print."""
"""A number of a landed file is nearer to 0 than this: the warehouse holds 32 bits."""

HALF = re.compile("[\ud800-\udfff]")  # JSON can print one: "\\ud83d"
HALF_PRINTED = re.compile(rb"\\u[dD][89a-fA-F]")
"""As JSON prints it; a file that prints none holds none, being UTF-8."""

Document: TypeAlias = dict[str, Any]
"""A landed file's JSON object, with the keys above."""
Shape: TypeAlias = Mapping[str, tuple[type, ...]]
"""Key -> the types that its value may have."""

TEXT, TEXT_OR_NOTHING = (str,), (str, NoneType)
CAPTURE: Shape = {
    **dict.fromkeys(("board", "captured_at", "status", "reason", "detail", "request_url"), TEXT),
    **dict.fromkeys(("body", "upstream_at"), TEXT_OR_NOTHING),
    **dict.fromkeys(("http_status", "elapsed_ms"), (int, NoneType)),
    **dict.fromkeys(("entries", "rejects"), (list,)),
    "format": (int,),
    "body_bytes": (int,),
    "cached": (bool,),
}
SAID_AT_TIMES: Shape = {
    **dict.fromkeys(("checksum", "etag", "last_modified", "same_as", "retry_at"), TEXT),
    "asked": (dict,),
}
ENTRY: Shape = {
    **dict.fromkeys(("url", "heat", "native_id", "label", "category", "excerpt"), TEXT_OR_NOTHING),
    "position": (int,),
    "kind": TEXT,
    "rank": (int, NoneType),
    "title": TEXT,
    "extra": (dict,),
}
KINDS = {str(kind): kind for kind in Kind}
RANKED = str(Kind.RANKED)
REJECT: Shape = {"position": (int,), "reason": TEXT, "found": TEXT}


class DamagedError(ValueError):
    """What is wrong with a landed file: what was found and what was expected."""


def expect_file(found: os.stat_result) -> None:
    """Raise DamagedError for what is not to be opened: pipes and devices never end, big files fill memory."""
    if not stat.S_ISREG(found.st_mode):
        raise DamagedError(f"found {stat.filemode(found.st_mode)}, expected a plain file")
    if found.st_size > FILE_BYTES_LIMIT:
        raise DamagedError(f"found {found.st_size} bytes, expected at most {FILE_BYTES_LIMIT}")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What passed between us and the hosts for a capture; the module says what each part is."""

    asked: Mapping[str, int] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    same_as: str = ""
    retry_at: datetime | None = None


NO_EXCHANGE = Exchange()


def iso(instant: datetime) -> str:
    """UTC with microseconds and a Z, always of one length: text order is time order."""
    # strftime would not fill up the years before 1000, which pages print where they have no time.
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def stem_of(instant: datetime) -> str:
    """The name of the file of a capture at an instant (aware), without its ending."""
    return instant.astimezone(UTC).strftime(STEM)


def stem_instant(stem: str) -> datetime | None:
    """The instant (UTC) that a landed file's name states; None for a name that a crawl never gives."""
    if not STEM_PRINTED.fullmatch(stem):
        return None
    try:
        return datetime.strptime(stem, STEM).replace(tzinfo=UTC)
    except ValueError:
        return None


def day_of(instant: datetime) -> str:
    """The name of the folder of a capture at an instant (aware)."""
    return instant.astimezone(UTC).strftime("%Y-%m-%d")


def encode(outcome: Outcome, body_name: str | None, exchange: Exchange = NO_EXCHANGE) -> bytes:
    """The file's content; the same outcome always gives the same bytes."""
    page = outcome.page
    document: dict[str, Any] = {
        "format": FORMAT,
        "board": outcome.board,
        "captured_at": iso(outcome.captured_at),
        "status": str(outcome.status),
        "reason": outcome.reason,
        "detail": outcome.detail,
        "request_url": outcome.request_url,
        "http_status": outcome.http_status,
        "elapsed_ms": outcome.elapsed_ms,
        "body_bytes": outcome.body_bytes,
        "body": body_name,
        "upstream_at": None if page.upstream_at is None else iso(page.upstream_at),
        "cached": page.cached,
        "entries": [entry_document(entry) for entry in page.entries],
        "rejects": [asdict(reject) for reject in page.rejects],
    }
    said = asdict(exchange)
    said["retry_at"] = exchange.retry_at and iso(exchange.retry_at)
    document |= {name: value for name, value in said.items() if value}
    # Mended once more, whatever of it came from where: nothing downstream could hold the rest.
    document = json.loads(mended(json.dumps(document, ensure_ascii=False, allow_nan=False)))
    document["checksum"] = checksum(document)
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def entry_document(entry: Entry) -> dict[str, Json]:
    """An entry as a JSON object."""
    return {
        "position": entry.position,
        "kind": str(entry.kind),
        "rank": entry.rank,
        "title": entry.title,
        "url": entry.url,
        "heat": entry.heat,
        "native_id": entry.native_id,
        "label": entry.label,
        "category": entry.category,
        "excerpt": entry.excerpt,
        "extra": dict(entry.extra),
    }


def decode(content: bytes, board: str, instant: datetime) -> tuple[Outcome, Exchange]:
    """The capture in a file, of the board and the instant (UTC) that its place and name state.

    Raises DamagedError for whatever is not, whole and unchanged, what was landed.
    """
    document = checked_document(content, board, instant)
    outcome = Outcome(
        board=board,
        captured_at=instant,
        status=Status(document["status"]),
        request_url=document["request_url"],
        reason=document["reason"],
        detail=document["detail"],
        http_status=document["http_status"],
        elapsed_ms=document["elapsed_ms"],
        body_bytes=document["body_bytes"],
        page=Page(
            entries=tuple(
                Entry(**{**row, "kind": KINDS[row["kind"]]}) for row in document["entries"]
            ),
            rejects=tuple(Reject(**row) for row in document["rejects"]),
            upstream_at=instant_in(document["upstream_at"]),
            cached=document["cached"],
        ),
    )
    exchange = Exchange(
        asked=document.get("asked", {}),
        etag=document.get("etag", ""),
        last_modified=document.get("last_modified", ""),
        same_as=document.get("same_as", ""),
        retry_at=instant_in(document.get("retry_at")),
    )
    return outcome, exchange


def checked_document(content: bytes, board: str, instant: datetime) -> Document:
    """The JSON object in a file, as ``decode`` takes it: every key there, every value of its type.

    For whoever makes a table of many: objects for each entry would take half as long again. Raises
    DamagedError.
    """
    try:
        document: Any = json.loads(content.decode(), parse_constant=_no_number, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise DamagedError(str(error)) from error
    if isinstance(document, dict) and document.get("format", FORMAT) != FORMAT:
        raise DamagedError(
            f"format {document['format']!r}, this program reads {FORMAT}; upgrade it if that is newer"
        )
    _fits(document, CAPTURE, "it", SAID_AT_TIMES)
    # What was landed before there were checksums has none.
    if document.get("checksum", said := checksum(document)) != said:
        raise DamagedError("its checksum is not that of what it holds")
    if HALF_PRINTED.search(content):
        document = mended_within(document)
    for number, row in enumerate(document["entries"], 1):
        _fits(row, ENTRY, f"entry {number}")
        if row["kind"] not in KINDS or (row["kind"] == RANKED) != (row["rank"] is not None):
            raise DamagedError(f"entry {number} is {row['kind']!r} with rank {row['rank']!r}")
        if min(row["position"], row["rank"] or 1) < 1:
            raise DamagedError(f"entry {number} has a place below 1")
    for number, row in enumerate(document["rejects"], 1):
        _fits(row, REJECT, f"reject {number}")
    if document["status"] not in list(Status):
        raise DamagedError(f"status {document['status']!r}, expected ok or failed")
    stated = (document["board"], _utc(document["captured_at"]))
    if stated != (board, instant):
        raise DamagedError(f"it says {stated[0]} at {stated[1]}, which its place and name do not")
    instant_in(document["upstream_at"])
    instant_in(document.get("retry_at"))
    checked: Document = document
    return checked


def checksum(document: Mapping[str, Any]) -> str:
    """What tells that a landed object is still what was landed."""
    rest = {name: value for name, value in document.items() if name != "checksum"}
    return sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def mended(text: str) -> str:
    """A text that UTF-8 can hold: half of a surrogate pair is no character, and becomes U+FFFD."""
    return text if text.isascii() else HALF.sub("\N{REPLACEMENT CHARACTER}", text)


def mended_within(value: Any) -> Any:
    """A JSON value with all its texts mended, keys too."""
    if isinstance(value, dict):
        return {mended(name): mended_within(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [mended_within(inner) for inner in value]
    return mended(value) if isinstance(value, str) else value


def _fits(found: object, shape: Shape, what: str, at_times: Shape | None = None) -> None:
    if not isinstance(found, dict):
        raise DamagedError(f"{what} is {type(found).__name__}, expected an object")
    allowed = {**shape, **at_times} if at_times else shape
    if missing := sorted(shape.keys() - found.keys()):
        raise DamagedError(f"{what} has no {', '.join(missing)}")
    for name, value in found.items():
        if name not in allowed:
            raise DamagedError(f"{what} has {name!r}, which no landed file has")
        if type(value) not in allowed[name]:
            expected = " or ".join(kind.__name__ for kind in allowed[name])
            raise DamagedError(
                f"{what} has a {type(value).__name__} as {name}, expected {expected}"
            )
        if type(value) is int and abs(value) >= WHOLE_NUMBERS:
            raise DamagedError(f"{what} has the {name} {value}")


def instant_in(text: str | None) -> datetime | None:
    """The instant (UTC) that a landed file states. Raises DamagedError for anything else."""
    # Pages print year 1 where they have no time; it was once landed without its zeros.
    return None if text is None else _utc(text.zfill(INSTANT_LENGTH))


def _utc(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise DamagedError(str(error)) from error
    if instant.utcoffset() != timedelta():
        raise DamagedError(f"{text!r} is no instant in UTC")
    return instant


def _no_number(text: str) -> None:
    raise DamagedError(f"{text} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise DamagedError(f"{text} is no number")
    return number
