"""The file of a hand: what stands in it, and whether it still says what was said.

``hands/<number, six digits or more>.json`` in the home. The file is the commit point: it is there whole or
not at all, and never changes. The keys of the JSON object (sorted, UTF-8) are the fields of
``pipelines.topics.hands.Hand``, ``format`` (1), and ``checksum`` as landed captures have it
(``pipelines.landing_format``). Instants are UTC with microseconds and a Z.
"""

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime
from types import NoneType
from typing import Any

from pipelines.landing_format import DamagedError, checksum, instant_in, iso, mended_within
from pipelines.topics.hands import Hand, HandKind, HandTitle
from pipelines.topics.short_id import LARGEST

FORMAT = 1

NAME_PRINTED = re.compile(r"([0-9]{6,9})\.json")

PARTS_AT_LEAST = dict.fromkeys(HandKind, 0) | {
    HandKind.SPLIT: 2,
    HandKind.JOIN: 2,
    HandKind.RENAME: 1,
}

FIELDS = {
    "format": (int,),
    "number": (int,),
    "kind": (str,),
    "said_at": (str,),
    "said_by": (str,),
    "topic_ids": (list,),
    "parts": (list,),
    "name": (str,),
    "undoes": (int, NoneType),
    "checksum": (str,),
}
TITLE = {"item_id": int, "source": str, "folded_title": str, "first_seen_at": str}


def file_name(number: int) -> str:
    """The name of the file of the hand of that number."""
    return f"{number:06}.json"


def number_in(name: str) -> int | None:
    """The number that a file's name states; None where no hand has that name."""
    found = NAME_PRINTED.fullmatch(name)
    number = int(found[1]) if found else 0
    return number if number and file_name(number) == name else None


def encode(hand: Hand) -> bytes:
    """The file's content; the same hand always gives the same bytes."""
    document = mended_within(
        asdict(hand)
        | {
            "format": FORMAT,
            "kind": str(hand.kind),
            "said_at": iso(hand.said_at.replace(tzinfo=UTC)),
            "topic_ids": list(hand.topic_ids),
            "parts": [
                [
                    asdict(title) | {"first_seen_at": iso(title.first_seen_at.replace(tzinfo=UTC))}
                    for title in part
                ]
                for part in hand.parts
            ],
        }
    )
    document["checksum"] = checksum(document)
    return json.dumps(document, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def decode(content: bytes, number: int) -> Hand:
    """The hand in a file, of the number that its name states.

    Raises DamagedError for whatever is not, whole and unchanged, what was written.
    """
    try:
        document: Any = json.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise DamagedError(str(error)) from error
    _fits(document)
    if document["format"] != FORMAT:
        raise DamagedError(
            f"format {document['format']!r}, this program reads {FORMAT}; upgrade it if that is newer"
        )
    if document["checksum"] != checksum(document):
        raise DamagedError("its checksum is not that of what it holds")
    if document["number"] != number:
        raise DamagedError(f"it says number {document['number']}, which its name does not")
    kind = HandKind(document["kind"])
    if len(document["parts"]) < PARTS_AT_LEAST[kind] or not all(document["parts"]):
        raise DamagedError(f"a {kind} with {len(document['parts'])} parts, or an empty one")
    return Hand(
        number=number,
        kind=kind,
        said_at=_naive(document["said_at"]),
        said_by=document["said_by"],
        topic_ids=tuple(document["topic_ids"]),
        parts=tuple(
            tuple(
                HandTitle(**title | {"first_seen_at": _naive(title["first_seen_at"])})
                for title in part
            )
            for part in document["parts"]
        ),
        name=document["name"],
        undoes=document["undoes"],
    )


def _fits(document: object) -> None:
    if not isinstance(document, dict) or document.keys() != FIELDS.keys():
        raise DamagedError(f"expected an object with {', '.join(sorted(FIELDS))}")
    for name, kinds in FIELDS.items():
        if type(document[name]) not in kinds:
            raise DamagedError(f"it has a {type(document[name]).__name__} as {name}")
    if document["kind"] not in list(HandKind):
        raise DamagedError(f"kind {document['kind']!r}, expected one of {', '.join(HandKind)}")
    titles = []
    for part in document["parts"]:
        if not isinstance(part, list):
            raise DamagedError(f"it has a {type(part).__name__} as a part, expected a list")
        titles += part
    for title in titles:
        if not isinstance(title, dict) or title.keys() != TITLE.keys():
            raise DamagedError(f"expected titles with {', '.join(TITLE)}")
        if wrong := [name for name, kind in TITLE.items() if type(title[name]) is not kind]:
            raise DamagedError(f"it has a title with {title[wrong[0]]!r} as {wrong[0]}")
    for number in (*document["topic_ids"], *(title["item_id"] for title in titles)):
        if type(number) is not int or not 0 <= number <= LARGEST:
            raise DamagedError(f"it has {number!r} as an id")


def _naive(text: str) -> datetime:
    instant = instant_in(text)
    assert instant is not None  # noqa: S101 - of a text there is one, or an error
    return instant.replace(tzinfo=None)
