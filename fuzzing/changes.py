"""Changes to an input that keep its outer shape, so that they reach what stands behind the first parser.

Bytes alone are changed by the fuzzer itself; of a thousand such changes to a JSON text one is JSON.
"""

import io
import json
import re
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ODD_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**31, 2**63, 10**400, 1e300, -0.5, [], {}, [[]], [None], {"": {}}),
    *("", " ", "0", "null", "\x00", "\ud83c", "\u202e", "&amp;", "#", "##", "\u2800", "１２", "٣"),
    *(
        "1.2万",
        "9" * 400,
        "-1e999",
        "亿",
        "{",
        "//[",
        "http://[",
        "javascript:x",
        "?a=1&b",
        "x" * 5000,
    ),
    *("0001-01-01T00:00:00+14:00", "9999-12-31", "20250520", "1e9", "<b>", "]]>", "<!--"),
)
ODD_TEXTS = tuple(value for value in ODD_VALUES if isinstance(value, str))
MOST_COPIES = 40
"""Told again so often at most, and by the first of several changes alone: each would multiply the others."""

MOST_CHANGES = 4

TOKENS = {
    "markup": re.compile(r"(<!--|-->|</?|/?>|=|\"|'|&|\s+)"),
    "text": re.compile(r"(\d+|[^\W\d_]+|\s|.)"),
    "lines": re.compile(r"(\r\n|\n|[,;\t|\"=])"),
}


def by_tokens(kind: str) -> Callable[[bytes, Random], bytes]:
    """Text whose tokens are left out, told again, exchanged or made odd."""

    def change(data: bytes, random: Random) -> bytes:
        tokens = TOKENS[kind].split(data.decode("utf-8", errors="surrogateescape"))
        for number in range(random.randint(1, MOST_CHANGES)):
            at, other = random.randrange(len(tokens)), random.randrange(len(tokens))
            match random.randrange(5):
                case 0:
                    tokens[at] = ""
                case 1:
                    tokens[at] = tokens[other]
                case 2:
                    tokens[at] = random.choice(ODD_TEXTS)
                case 3 if not number:
                    tokens[at] *= random.randint(2, MOST_COPIES)
                case _:
                    tokens[min(at, other) : max(at, other)] *= random.randint(0, 2)
                    tokens = tokens or [""]
        return "".join(tokens).encode("utf-8", errors="replace")

    return change


def json_text(data: bytes, random: Random) -> bytes:
    """JSON of which a few values are others. Raises ValueError for what is none."""
    return _written(changed(json.loads(data), random), random)


def json_lines(data: bytes, random: Random) -> bytes:
    """JSON lines of which one has other values. Raises ValueError where that line is no JSON."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = json_text(lines[at], random)
    return b"\n".join(lines)


def parquet(data: bytes, random: Random) -> bytes:
    """A Parquet file of which a few values, or the type of a column, are others.

    Raises ValueError, OSError or an ArrowException for what is no table, or becomes none.
    """
    table = pq.read_table(io.BytesIO(data))
    table.validate(full=True)
    try:
        rows = changed(table.to_pylist(), random)
    except LookupError as error:  # instants of a zone that nobody knows
        raise ValueError(str(error)) from error
    if not isinstance(rows, list):
        raise ValueError(f"{type(rows).__name__} is no table")
    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([row for row in rows if isinstance(row, dict)]), written)
    return written.getvalue()


def changed(document: Any, random: Random) -> Any:
    """A JSON value of which a few values within are others."""
    around = [deepcopy(document)]
    for number in range(random.randint(1, MOST_CHANGES)):
        places = _places(around)
        holder, key = random.choice(places)
        _change(holder, key, places, random, may_grow=not number)
        around = around or [None]
    return around[0]


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Each container within a value with each key or index that it has."""
    found, waiting = [], [value]
    while waiting:
        holder = waiting.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        found += [(holder, key) for key in keys]
        waiting += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return found


def _change(
    holder: Any, key: Any, places: list[tuple[Any, Any]], random: Random, *, may_grow: bool
) -> None:
    value = holder[key]
    match random.randrange(7):
        case 0:
            del holder[key]
        case 1:
            other, at = random.choice(places)
            holder[key] = deepcopy(other[at])
        case 2:
            holder[key] = random.choice([[value], {"title": value}, json.dumps(value, default=str)])
        case 3 if isinstance(value, list) and may_grow:
            holder[key] = value * random.randint(0, MOST_COPIES)
        case 4 if isinstance(value, str):
            at = random.randint(0, len(value))
            holder[key] = value[:at] + random.choice(ODD_TEXTS) + value[at:]
        case 5 if isinstance(holder, dict):
            holder[random.choice(["", "title", key + "_"])] = holder.pop(key)
        case _:
            holder[key] = deepcopy(random.choice(ODD_VALUES))


def _written(value: Any, random: Random) -> bytes:
    text = json.dumps(value, ensure_ascii=random.random() < 0.5)  # noqa: PLR2004
    return text.encode("utf-8", errors="replace")
