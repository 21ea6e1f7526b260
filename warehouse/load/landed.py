"""A landed file as the loader takes it: whole, or as a failed capture that says what is wrong with it.

``crawlers/landing.py`` documents the format. Those who sync, copy and index folders leave names in a
landing that no capture has ("x (1).json", "@eaDir"): such are no captures, so that none is loaded twice.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from types import NoneType
from typing import Any

FORMAT = 1
"""The landed file's format number that this reader knows."""

INSTANT_LENGTH = len("2026-11-02T03:04:05.000006Z")
STEM = "%Y%m%dT%H%M%S.%fZ"
STEM_PRINTED = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z")
BOARD_PRINTED = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
WHOLE_NUMBERS = 2**31
"""A number of a landed file is nearer to 0 than this: raw holds 32 bits."""

HALF = re.compile("[\ud800-\udfff]")
HALF_PRINTED = re.compile(rb"\\u[dD][89a-fA-F]")
"""As JSON prints it; a file that prints none holds none, being UTF-8."""

Shape = Mapping[str, tuple[type, ...]]
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
REJECT: Shape = {"position": (int,), "reason": TEXT, "found": TEXT}
KINDS = frozenset({"ranked", "pinned", "paid"})


class DamagedError(ValueError):
    """What is wrong with a landed file: what was found and what was expected."""


def boards_in(landing: Path) -> Iterator[Path]:
    """The folders of a landing that are named as boards are."""
    yield from (p for p in landing.iterdir() if BOARD_PRINTED.fullmatch(p.name) and p.is_dir())


def days_in(board: Path) -> Iterator[Path]:
    """The folders of a board that are named as days are."""
    yield from (p for p in board.iterdir() if _is_day(p.name) and p.is_dir())


def instant_of(path: Path) -> datetime | None:
    """The instant that a landed file's name states, naive UTC; None where no capture has that name."""
    if path.suffix != ".json" or not STEM_PRINTED.fullmatch(path.stem):
        return None
    try:
        instant = datetime.strptime(path.stem, STEM)  # noqa: DTZ007 - naive UTC, as in the warehouse
    except ValueError:
        return None
    # A copy into another day's folder would be the capture a second time.
    return instant if instant.date().isoformat() == path.parent.name else None


def read_landed(path: Path, instant: datetime) -> dict[str, Any]:
    """The capture of that instant in a file, its instants naive UTC; a failed one if it is damaged."""
    try:
        return _read(path, instant)
    except (OSError, ValueError, RecursionError) as error:
        return {
            "board": path.parent.parent.name,
            "captured_at": instant,
            "status": "failed",
            "reason": "landed_file_damaged",
            "detail": f"{path.name}: {error}. It changed after it was landed; it stays a failed capture.",
            "body_bytes": 0,
            "upstream_at": None,
            "cached": False,
            "entries": [],
            "rejects": [],
        }


def mended(value: Any) -> Any:
    """A JSON value that UTF-8 can hold, keys too: half of a surrogate pair becomes U+FFFD."""
    if isinstance(value, dict):
        return {mended(name): mended(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [mended(inner) for inner in value]
    return HALF.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def _read(path: Path, instant: datetime) -> dict[str, Any]:
    content = path.read_bytes()
    landed: dict[str, Any] = json.loads(
        content.decode(), parse_constant=_no_number, parse_float=_finite
    )
    if isinstance(landed, dict) and landed.get("format", FORMAT) != FORMAT:
        raise DamagedError(
            f"format {landed['format']!r}, this program reads {FORMAT}; upgrade it if that is newer"
        )
    _fits(landed, CAPTURE, "it", SAID_AT_TIMES)
    _check_seal(landed)
    if HALF_PRINTED.search(content):
        landed = mended(landed)
    for number, entry in enumerate(landed["entries"], 1):
        _fits(entry, ENTRY, f"entry {number}")
        is_ranked = entry["kind"] == "ranked"
        if entry["kind"] not in KINDS or is_ranked != (entry["rank"] is not None):
            raise DamagedError(f"entry {number} is {entry['kind']!r} with rank {entry['rank']!r}")
        if min(entry["position"], entry["rank"] or 1) < 1:
            raise DamagedError(f"entry {number} has a place below 1")
    for number, reject in enumerate(landed["rejects"], 1):
        _fits(reject, REJECT, f"reject {number}")
    if landed["status"] not in ("ok", "failed"):
        raise DamagedError(f"status {landed['status']!r}, expected ok or failed")
    said = (landed["board"], _utc(landed["captured_at"]))
    if said != (path.parent.parent.name, instant):
        raise DamagedError(f"it says {said[0]} at {said[1]}, which its place and name do not")
    upstream_at = landed["upstream_at"]
    return landed | {
        "captured_at": instant,
        # Pages print year 1 where they have no time; it was once landed without its zeros.
        "upstream_at": None if upstream_at is None else _utc(upstream_at.zfill(INSTANT_LENGTH)),
    }


def _fits(found: object, shape: Shape, what: str, at_times: Shape | None = None) -> None:
    if not isinstance(found, dict):
        raise DamagedError(f"{what} is {type(found).__name__}, expected an object")
    allowed = {**shape, **(at_times or {})}
    if missing := sorted(set(shape) - set(found)):
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


def _check_seal(landed: Mapping[str, Any]) -> None:
    """Raise where what was landed is not what its checksum was made of; older files have none."""
    rest = {name: value for name, value in landed.items() if name != "checksum"}
    text = json.dumps(rest, ensure_ascii=True, sort_keys=True)
    if "checksum" in landed and landed["checksum"] != sha256(text.encode()).hexdigest():
        raise DamagedError("its checksum is not that of what it holds")


def _utc(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.utcoffset() is None or instant.utcoffset() != UTC.utcoffset(None):
        raise DamagedError(f"{text!r} is no instant in UTC")
    return instant.replace(tzinfo=None)


def _no_number(text: str) -> None:
    raise DamagedError(f"{text} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise DamagedError(f"{text} is no number")
    return number


def _is_day(name: str) -> bool:
    try:
        return date.fromisoformat(name).isoformat() == name
    except ValueError:
        return False
