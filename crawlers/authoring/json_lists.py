"""The lists in a JSON document, also in one that a page's scripts draw from, as candidates."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from crawlers.authoring.detect_adverts import adverts_in_members
from crawlers.authoring.detect_fields import (
    DEPTH,
    LEAST_ROWS,
    MOST_OF_ROWS,
    SAMPLED_ROWS,
    Candidate,
    Description,
    fields_among,
    titled,
)
from crawlers.boards.reading import text_of
from pipelines.captures import Json

FIRST_SCRIPTS = 20  # of a page that are looked into

# Where pages keep the JSON that their scripts draw from; Baidu's stands in a comment. A name is looked
# for where it begins, and a tag within bounds: a page may be ten megabytes of one word.
STATE = re.compile(
    r"""(?<![\w$.])(?:(?:var|let|const)\s+[\w$]+|[\w$]+(?:\.[\w$]+)+|__\w+)\s*=\s*(?=[{\[])"""
    r"""|<script[^<>]{0,300}\btype=["'](?:application|text)/json["'][^<>]{0,300}>|<!--[\w-]+:(?=[{\[])"""
)


def lists_in_json(document: Json) -> Iterator[Candidate]:
    """The lists in a document, those of known services first."""
    if isinstance(document, dict):
        keys = set(document)
        if {"items", "updatedTime"} <= keys and "status" in keys:
            yield Candidate(100, {"shape": "newsnow"})
        if {"data", "updateTime", "name", "title"} <= keys:
            title = f"{document['title'] or ''} {document.get('type') or ''}".strip()
            yield Candidate(100, titled({"shape": "dailyhot"}, title))
        if "jsonfeed.org" in str(document.get("version")):
            yield Candidate(100, titled({"shape": "rsshub"}, text_of(document.get("title"))))
    for path, rows in _lists(document, ""):
        if found := _of_rows(path, rows[:SAMPLED_ROWS]):
            yield found


def _lists(value: Json, path: str, depth: int = 0) -> Iterator[tuple[str, list[dict[str, Json]]]]:
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if len(rows) >= LEAST_ROWS and len(rows) >= MOST_OF_ROWS * len(value):
            yield path, rows
        inner: list[tuple[str, Json]] = [
            (str(n), child) for n, child in enumerate(value[:LEAST_ROWS])
        ]
    else:
        inner = list(value.items()) if isinstance(value, dict) else []
    if depth <= DEPTH:
        for name, child in inner:
            if "." not in name and isinstance(child, dict | list):
                yield from _lists(child, f"{path}.{name}" if path else name, depth + 1)


def _flat(row: Mapping[str, Json], before: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        path = f"{before}{name}"
        if "." in name:
            continue
        if isinstance(value, dict) and depth < DEPTH:
            yield from _flat(value, f"{path}.", depth + 1)
        elif isinstance(value, str | int | float) and (text := text_of(value)):
            yield path, text.strip()


def _of_rows(path: str, rows: Sequence[Mapping[str, Json]]) -> Candidate | None:
    columns: dict[str, list[str]] = {}
    for row in rows:
        for name, text in _flat(row):
            columns.setdefault(name, []).append(text)
    fields, score = fields_among(columns, len(rows))
    if "title" not in fields:
        return None
    description: Description = {
        "kind": "json",
        "entries_at": path or [""],
        "fields": fields,
    }
    if adverts := adverts_in_members(rows):
        description["paid_when"] = adverts
    return Candidate(score - path.count("."), description)


def lists_in_scripts(text: str) -> Iterator[Candidate]:
    """The lists in the JSON that a page's scripts hold."""
    for mark in islice(STATE.finditer(text), FIRST_SCRIPTS):
        try:
            document, _ = json.JSONDecoder(strict=False).raw_decode(text[mark.end() :].lstrip())
        except ValueError:
            continue
        if text.find(mark[0]) != mark.start():
            continue  # the reader would stop at an earlier one
        for found in lists_in_json(document):
            if found.description.get("kind") == "json":
                where = f"{mark[0]}{{json}}</script>"
                yield Candidate(found.score, {**found.description, "json_in": where})
