"""From the rows of a page to entries and rejects, by a board's description."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import NamedTuple

from lxml import html

from crawlers.boards.description import Description, Row
from crawlers.boards.reading import (
    FOUND_LENGTH,
    Paths,
    address,
    filled,
    holds,
    printed_ranks,
    shown,
    text_of,
)
from pipelines.captures import Entry, Json, Kind, Page, Reject
from pipelines.landing_format import mended_within

ENTRY_FIELDS = frozenset(field.name for field in fields(Entry))


ROWS_LIMIT = 2_000
"""Rows of one page that are read. The longest list seen has 500; what is longer is no list of what is hot."""


DEPTH_LIMIT = 100
"""Values within values of one row. No recorded row has more than a dozen; to land one takes recursion."""


class Line(NamedTuple):
    """A row that has a title, on its way to an entry."""

    position: int
    row: Row
    title: str
    kind: Kind


def read(board: type[Description], lines: Sequence[tuple[bool, Row]]) -> Page:
    """Every line as an entry or as a reject, with its position; ranked entries with their rank.

    Lines past ROWS_LIMIT are one reject that counts them.
    """
    beyond = len(lines) - ROWS_LIMIT
    lines = [line for line in lines[:ROWS_LIMIT] if not _skipped(board, line[1])]
    readable: list[Line] = []
    rejects: list[Reject] = []
    for position, (pinned, row) in enumerate(lines, start=1):
        if _is_too_deep(row):
            found = f"values nested more than {DEPTH_LIMIT} deep"
            rejects.append(Reject(position=position, reason="row_too_deep", found=found))
            continue
        is_row = board.page_kind == "html" or isinstance(row, dict)
        printed = board.value(row, board.fields["title"]) if is_row else None
        title = text_of(printed) if isinstance(printed, str | int | float | dict) else None
        if title is None or _shows_nothing(title):
            rejects.append(_reject(board, row, position, printed))
        else:
            readable.append(Line(position, row, title, _kind(board, row, pinned=pinned)))
    if beyond > 0:
        found = f"{beyond} rows after the first {ROWS_LIMIT}"
        rejects.append(Reject(position=len(lines) + 1, reason="too_many_rows", found=found))
    ranked = [line.row for line in readable if line.kind is Kind.RANKED]
    path = board.fields.get("rank")
    # Excerpts have gaps: ranks that the page prints are kept, and only missing ones are counted.
    printed_on_page = printed_ranks([board.value(row, path) for row in ranked]) if path else None
    ranks = iter(printed_on_page or range(1, len(ranked) + 1))
    return Page(
        entries=tuple(
            _entry(board, line, next(ranks) if line.kind is Kind.RANKED else None)
            for line in readable
        ),
        rejects=tuple(rejects),
    )


def _is_too_deep(row: Row) -> bool:
    """Whether values of a JSON row stand in one another more than DEPTH_LIMIT deep."""
    level = [row]
    for _ in range(DEPTH_LIMIT):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _shows_nothing(title: str) -> bool:
    """Whether it is of blanks, controls, joiners and marks of direction alone."""
    return all(
        unicodedata.category(sign)[0] == "Z" or unicodedata.category(sign) in {"Cc", "Cf"}
        for sign in title
    )


def why_none(lines: Sequence[tuple[bool, Row]], page: Page) -> str:
    """Why a page's lines are no entries: each reason with its count and the first that it was given for."""
    reasons = Counter(reject.reason for reject in page.rejects)
    first = {reject.reason: reject.found for reject in reversed(page.rejects)}
    told = [
        f"{count} x {reason}, such as {first[reason]}" for reason, count in reasons.most_common()
    ]
    # What is skipped leaves no reject; of a page too long the rest is one that counts them.
    skipped = min(len(lines), ROWS_LIMIT) - sum(
        count for reason, count in reasons.items() if reason != "too_many_rows"
    )
    if skipped > 0:
        told.append(f"{skipped} x skipped_when holds")
    return "; ".join(told) or "there is no row"


def _entry(board: type[Description], line: Line, rank: int | None) -> Entry:
    values = {name: board.value(line.row, path) for name, path in board.fields.items()}
    texts = {name: text_of(value) for name, value in values.items()} | {"title": line.title}
    heat, label = texts.get("heat"), texts.get("label")
    url = _address(board, line.row, board.fields.get("url", ()))
    native_id = _native_id(board, texts.get("native_id"), url)
    if url is None:
        url = _made_address(board, texts | {"native_id": native_id})
    return Entry(
        position=line.position,
        kind=line.kind,
        rank=rank,
        title=line.title,
        url=url,
        # An editor's line has no heat; the 0 beside it says only that the field exists.
        heat=None if heat == "0" and rank is None else heat,
        native_id=native_id,
        label=None if label in {None, "0"} else board.labels.get(label, label) or None,
        category=texts.get("category"),
        excerpt=texts.get("excerpt"),
        extra={
            name: mended_within(value)
            for name, value in values.items()
            if name not in ENTRY_FIELDS and value is not None
        },
    )


def _reject(board: type[Description], row: Row, position: int, printed: Json) -> Reject:
    if board.page_kind != "html" and not isinstance(row, dict):
        reason = "row_not_object"
    elif isinstance(printed, str):
        reason = "title_empty"
    else:
        reason = "title_missing" if printed is None else "title_not_text"
    found = (
        " ".join(html.tostring(row, encoding="unicode").split())
        if board.page_kind == "html"
        else shown(row)
    )
    return Reject(position=position, reason=reason, found=(text_of(found) or "")[:FOUND_LENGTH])


def _skipped(board: type[Description], row: Row) -> bool:
    return any(holds(lambda path: board.value(row, path), when) for when in board.skipped_when)


def _kind(board: type[Description], row: Row, *, pinned: bool) -> Kind:
    def value_at(path: str) -> Json:
        return board.value(row, path)

    if (kind := board.kind_of(row)) is not None:
        return kind
    if any(holds(value_at, condition) for condition in board.paid_when):
        return Kind.PAID
    if pinned or any(holds(value_at, condition) for condition in board.pinned_when):
        return Kind.PINNED
    return Kind.RANKED


def _address(board: type[Description], row: Row, paths: Paths) -> str | None:
    for path in (paths,) if isinstance(paths, str) else paths:
        if url := address(
            text_of(board.value(row, path)), board.homepage, keep_query=board.keep_query
        ):
            return url
    return None


def _made_address(board: type[Description], values: Mapping[str, str | None]) -> str | None:
    templates = board.url_template
    for template in (templates,) if isinstance(templates, str) else templates:
        if template and (url := address(filled(template, values), board.homepage)):
            return url
    return None


def _native_id(board: type[Description], printed: str | None, url: str | None) -> str | None:
    if not board.native_id_pattern:
        return printed
    match = re.search(board.native_id_pattern, printed or url or "")
    return match.group(1) if match else None
