"""Whether a landed object is still what was landed: its checksum, its instants, the types of its values."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from types import UnionType
from typing import Any, TypeVar, get_origin, get_type_hints

INSTANT_LENGTH = len("2026-11-02T03:04:05.000006Z")

WHOLE_NUMBERS = 2**31  # the warehouse holds 32 bits
STEM = "%Y%m%dT%H%M%S.%fZ"
STEM_PRINTED = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z")

Made = TypeVar("Made")


def loads(content: bytes) -> Any:
    """The JSON value of a file. Raises ValueError for what is not JSON in UTF-8."""
    return json.loads(content.decode(), parse_constant=_no_number, parse_float=_finite)


def checksum(row: Mapping[str, Any]) -> str:
    """What tells that a landed object is still what was landed."""
    rest = {name: value for name, value in row.items() if name != "checksum"}
    return sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()


def utc(text: str) -> datetime:
    """A landed instant. Raises ValueError for one that is not in UTC."""
    # Pages print year 1 where they have no time; it was once landed without its zeros.
    instant = datetime.fromisoformat(text.zfill(INSTANT_LENGTH))
    if instant.utcoffset() != timedelta():
        raise ValueError(f"{text!r} is no instant in UTC")
    return instant


def stem_instant(stem: str) -> datetime | None:
    """The instant that a landed file's name states; None for a name that a crawl never gives."""
    if not STEM_PRINTED.fullmatch(stem):
        return None
    try:
        return datetime.strptime(stem, STEM).replace(tzinfo=UTC)
    except ValueError:
        return None


def typed(made: Made) -> Made:
    """A dataclass made of a file's values, if each is of the type that its field states, else TypeError."""
    types = _types(type(made))
    for name, expected in types.items():
        value = getattr(made, name)
        # JSON's true is Python's 1.
        if not isinstance(value, expected) or (isinstance(value, bool) and expected is not bool):
            raise TypeError(f"{value!r:.60} as {name} of {type(made).__name__}")
        if isinstance(value, int) and abs(value) >= WHOLE_NUMBERS:
            raise ValueError(f"{value} as {name} of {type(made).__name__}")
    return made


_KNOWN: dict[type, dict[str, Any]] = {}


def _types(made: Any) -> dict[str, Any]:
    if made not in _KNOWN:
        hints = get_type_hints(made)
        # Of Mapping[str, int] only the Mapping can be asked for.
        _KNOWN[made] = {
            field.name: hints[field.name]
            if isinstance(hints[field.name], UnionType)
            else get_origin(hints[field.name]) or hints[field.name]
            for field in fields(made)
        }
    return _KNOWN[made]


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is no number")
    return number
