"""Which rows of a list are adverts: by a mark, a class or a member of the row, never by its title."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from crawlers.authoring.detect_fields import HALF_OF_ROWS
from crawlers.boards.reading import holds
from pipelines.captures import Json

MARKS = frozenset(
    (
        *("广告", "廣告", "推广", "推廣", "赞助", "贊助", "商业推广"),
        *("ad", "ads", "advert", "advertisement", "sponsored", "promoted", "promotion"),
    )
)
"""Texts that stand alone in an element of an advert. 荐 and 商 have other meanings elsewhere."""

NAMES = frozenset(
    ("ad", "ads", "advert", "advertisement", "sponsor", "sponsored", "promoted", "promo")
)
"""Classes of an element, and members of an object behind "is_", that say so."""


def adverts_in_elements(
    rows: Sequence[Any], value: Callable[[Any, str], str]
) -> list[dict[str, str]]:
    """Conditions that hold of the adverts among elements, as ``paid_when`` has them; few are, or none is."""
    found: dict[str, dict[str, str]] = {}
    count = 0
    for row in rows:
        signs = list(_signs(row, value))
        count += bool(signs)
        found |= {str(sign): sign for sign in signs[:1]}
    return list(found.values()) if count < HALF_OF_ROWS * len(rows) else []


def _signs(row: Any, value: Callable[[Any, str], str]) -> Iterator[dict[str, str]]:
    own = value(row, "@class")
    if NAMES & set(own.lower().split()):
        yield {"@class": own}
    for element in row.iterdescendants():
        if not isinstance(element.tag, str) or len(element):
            continue
        text = " ".join((element.text or "").split())
        if text.lower() in MARKS:
            classes = [
                f"{element.tag}.{name}"
                for name in (element.get("class") or "").split()
                if re.fullmatch(r"[A-Za-z][\w-]*", name)
            ]
            for path in (*classes, element.tag):
                if value(row, path) == text:
                    yield {path: text}
                    break


def adverts_in_members(rows: Sequence[Mapping[str, Json]]) -> list[dict[str, bool]]:
    """Conditions that hold of the adverts among objects, where a member tells, of each, whether it is one."""
    names = dict.fromkeys(name for row in rows for name in row if _tells(name))
    return [
        {name: True}
        for name in names
        if "." not in name
        and not any(isinstance(row.get(name), dict | list) for row in rows)
        and sum(holds(row.get, {name: True}) for row in rows) < HALF_OF_ROWS * len(rows)
    ]


def _tells(name: str) -> bool:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return words.removeprefix("is_") in NAMES
