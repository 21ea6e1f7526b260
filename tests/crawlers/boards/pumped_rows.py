"""A board's own recorded page, grown to ten megabytes in each of the places that the board reads."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup, Tag

from crawlers.boards.board import HtmlBoard, JsonBoard
from crawlers.boards.decode import JSON_MARKS, JSON_MARKS_LIMIT, json_within
from crawlers.boards.feed import MARKS_LIMIT
from crawlers.boards.reading import Paths, at
from crawlers.boards.rows import ROWS_LIMIT
from pipelines.captures import Json
from tests.crawlers.boards.pumped_pages import SIZE

FILLERS = {
    "words": "某地 x",
    "figures": "9",
    "entities": "&amp;",
    "topic signs": "#a",
    "spaces": " ",
    "accents": "e\u0301\u0323",
    "address": "https://a.example/?a=1&utm_x=%E4",
}
"""What a value is filled with: each makes another part of reading work."""

FULLEST = ((JSON_MARKS, JSON_MARKS_LIMIT - 60_000), ("<=", MARKS_LIMIT - 20_000))
"""What is counted before a page is read, less what the recorded page has of it."""

DEEP = 900
"""Levels of a value that the reader of JSON still takes."""

HOLE = "THE HOLE"
"""Where what was pumped goes: written once by hand, so that ten megabytes are not made twice."""


def pumped_html(board: type[HtmlBoard], recorded: str) -> Iterator[tuple[str, bytes]]:
    """(how, page): a page whose first row, or a part of it, is told again and again."""
    soup = BeautifulSoup(recorded, "lxml")
    text = str(soup)
    for selector in _all(board.entries_at):
        row = soup.select_one(selector)
        if row is None or str(row) not in text:
            continue
        begin, end = str(row)[: str(row).index(">") + 1], f"</{row.name}>"
        children = [str(child) for child in row.children if isinstance(child, Tag)]
        rows = {
            "rows": _filled(str(row)),
            "empty rows": _filled(begin + end),
            "rows in rows": _filled(begin),
            "words": begin + _filled("<a>x</a><span>y</span><b>z</b>", 4_000_000) + end,
            **{
                f"child {n}": begin + _filled(child, 5_000_000) + row.decode_contents() + end
                for n, child in enumerate(children)
            },
        }
        for how, pumped in rows.items():
            yield f"{how} at {selector}", text.replace(str(row), pumped, 1).encode()[:SIZE]


def pumped_json(board: type[JsonBoard], recorded: str) -> Iterator[tuple[str, bytes]]:
    """(how, page): a page with many rows, rows of many members, and long and deep values in its fields."""
    document: Any = board.load(recorded)
    path = next((path for path in _all(board.entries_at) if at(document, path)), "")
    rows = at(document, path)
    row = rows[0] if isinstance(rows, list) else next(iter(rows.values()))  # type: ignore[union-attr]
    assert isinstance(row, dict)
    written = json.dumps(row)

    def page(pumped: str, place: str = path) -> bytes:
        whole = json.dumps(_with(document, place, HOLE)).replace(json.dumps(HOLE), pumped, 1)
        within = json_within(recorded, board.json_in, board.name) if board.json_in else recorded
        return recorded.replace(within, whole, 1).encode()

    yield "rows", page(_listed(written))
    yield "empty rows", page(_listed("{}"))
    yield "rows of nothing", page(_listed("0"))
    yield "rows by their ids", page("{" + _numbered(f'":{written},') + f'"k":{written}}}')
    yield "members", page(f"[{written[:-1]}, " + _numbered('":0,') + '"z":0}]')
    yield (
        "rows in rows",
        page("[" + f"{written[:-1]}, {json.dumps(path)}: [" * DEEP + "]}" * DEEP + "]"),
    )
    for pinned in _all(board.pinned_at):
        yield f"pinned rows at {pinned}", page(_listed(written), pinned)
    fields = [path for paths in board.fields.values() for path in _all(paths)]
    for name, filler in FILLERS.items():
        long = _with_all(row, fields, _filled(filler, SIZE // len(fields) // 2))
        yield f"one row of {name}", page(f"[{json.dumps(long, ensure_ascii=False)}]")
        each = _with_all(row, fields, _filled(filler, SIZE // ROWS_LIMIT // len(fields)))
        rows_of = ",".join([json.dumps(each, ensure_ascii=False)] * ROWS_LIMIT)
        yield f"rows of {name}", page(f"[{rows_of}]")
    for name, value in (("[]", "[" * DEEP + "]" * DEEP), ("{}", '{"a":' * DEEP + "0" + "}" * DEEP)):
        deep = json.dumps(_with_all(row, fields, HOLE)).replace(json.dumps(HOLE), value)
        yield f"deep {name}", page(_listed(deep))
    many = json.dumps(_with_all(row, fields, HOLE)).replace(
        json.dumps(HOLE), _listed('"a"', SIZE // len(fields) // 2)
    )
    yield "values of many", page(f"[{many}]")


def pumped_feed(recorded: str) -> Iterator[tuple[str, bytes]]:
    """(how, page): a feed with many rows, and with many, deep and long values in its first row."""
    found = re.search(r"<(item|entry)\b.*?</\1>", recorded, re.DOTALL)
    assert found
    row, name = found[0], found[1]
    begin, end = row[: row.index(">") + 1], f"</{name}>"
    inner = row[len(begin) : -len(end)]
    parts = dict.fromkeys(re.findall(r"<([\w:]+)\b[^>]*?(?:/>|>.*?</\1>)", inner, re.DOTALL))
    pumped = {
        "rows": _filled(row),
        "empty rows": _filled(begin + end),
        "rows in rows": begin * 200 + inner + end * 200,
        "attributes": f"{begin[:-1]} " + _numbered('="" ', "a") + f">{inner}{end}",
    }
    for part in parts:
        pumped[f"many {part}"] = begin + _filled(f"<{part}>x</{part}>") + inner + end
        pumped[f"deep {part}"] = begin + f"<{part}>" * 200 + f"</{part}>" * 200 + inner + end
    for how, filler in {**FILLERS, "tags": "&lt;b>", "sections": "<![CDATA[<b>]]>"}.items():
        long = _filled(filler.replace("&utm", "&amp;utm"), SIZE // len(parts) // 2)
        texts = "".join(f"<{part}>{long}</{part}>" for part in parts)
        pumped[f"one row of {how}"] = f"{begin}{texts}{inner}{end}"
    for how, text in pumped.items():
        yield how, recorded.replace(row, text, 1).encode()


def _all(paths: Paths) -> Sequence[str]:
    return (paths,) if isinstance(paths, str) else paths


def _filled(part: str, size: int = SIZE - 100_000) -> str:
    return part * _count(part, size)


def _count(part: str, size: int) -> int:
    """How often a part can stand: as long as a page can be, and as full as none is refused for."""
    fullest = (limit // max(sum(map(part.count, marks)), 1) for marks, limit in FULLEST)
    return max(1, min(size // len(part.encode()), *fullest))


def _listed(part: str, size: int = SIZE - 100_000) -> str:
    return f"[{_filled(part + ',', size)}{part}]"


def _numbered(member: str, begin: str = '"') -> str:
    """Members of an object or a tag, each with a name of its own."""
    count = _count(f"{begin}100000{member}", SIZE - 100_000)
    return "".join(f"{begin}{100_000 + n}{member}" for n in range(count))


def _with_all(row: Mapping[str, Json], paths: Sequence[str], value: Json) -> Json:
    found: Json = dict(row)
    for path in paths:
        found = _with(found, path, value)
    return found


def _with(document: Json, path: str, value: Json) -> Json:
    """A document with a value at a path, whatever stood there or on the way there."""
    if not path:
        return value
    step, _, rest = path.partition(".")
    if isinstance(document, list):
        place = int(step) if step.isdigit() else 0
        kept = document[: place + 1] or [{}]
        return [*kept[:-1], _with(kept[-1], rest, value)]
    around = document if isinstance(document, dict) else {}
    return {**around, step: _with(around.get(step), rest, value)}
