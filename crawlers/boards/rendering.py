"""From entries to a page: the inverse of reading, so that a board can be played back and tested."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from lxml import etree, html

from crawlers.boards.description import Description
from crawlers.boards.reading import Condition, Paths
from pipelines.captures import Entry, Json, Kind

# XML and HTML can hold no control characters but tab and line ends.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
STEP = re.compile(r"^(?P<tag>[a-zA-Z][\w-]*)?(?P<marks>(?:[.#][\w-]+|\[[^\]]+\])*)$")


def as_json(board: type[Description], entries: Sequence[Entry]) -> bytes:
    """The envelope with a row at each entry's place."""
    document: dict[str, Json] = {}
    apart = [entry for entry in entries if entry.kind is Kind.PINNED and board.pinned_at]
    if apart:
        _put(document, board.pinned_at[0], [_row(board, entry, told=True) for entry in apart])
    listed: list[Json] = [_row(board, e, told=False) for e in entries if e not in apart]
    if not _first(board.entries_at):
        return json.dumps(listed, ensure_ascii=False).encode("utf-8", errors="backslashreplace")
    _put(document, _first(board.entries_at), listed)
    return json.dumps(document, ensure_ascii=False).encode("utf-8", errors="backslashreplace")


def as_feed(board: type[Description], entries: Sequence[Entry]) -> bytes:
    """An RSS document with an item for each entry."""
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    etree.SubElement(channel, "title").text = board.title_en
    for entry in entries:
        _fill(etree.SubElement(channel, "item"), _row(board, entry, told=False))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def as_html(board: type[Description], entries: Sequence[Entry], list_at: str = "") -> bytes:
    """A page with an element for each entry, below ``list_at``.

    Selectors must be plain: tag, class, id, attribute.
    """
    page = html.document_fromstring("<html><head><meta charset='utf-8'></head><body></body></html>")
    head, body = page
    etree.SubElement(head, "title").text = board.title_en
    around = _planted(body, list_at) if list_at else body
    for entry in entries:
        element = _grown(around, _first(board.entries_at).split()[-1])
        for name, paths in board.fields.items():
            value = printed(board, entry, name)
            if value is None:
                continue
            selector, attribute = split_path(_first(paths))
            target = _planted(element, selector) if selector else element
            text = _writable(value)
            if attribute and attribute != "text()":
                target.set(attribute, text)
            else:
                target.text = text
    return b"<!DOCTYPE html>\n" + bytes(html.tostring(page, encoding="utf-8"))


def split_path(path: str) -> tuple[str, str]:
    """A selector and the attribute it ends in: "h3 a@href" is ("h3 a", "href")."""
    selector, mark, attribute = path.rpartition("@")
    return (selector, attribute) if mark and "]" not in attribute else (path, "")


def printed(board: type[Description], entry: Entry, name: str) -> Json:
    """What the board prints in one field of an entry."""
    if name == "rank":
        return entry.rank
    if name == "label":
        codes = {word: code for code, word in board.labels.items()}
        return codes.get(entry.label or "", entry.label)
    return getattr(entry, name, None) if name in Entry.__slots__ else entry.extra.get(name)


def _row(board: type[Description], entry: Entry, *, told: bool) -> dict[str, Json]:
    row: dict[str, Json] = {}
    conditions: tuple[Condition, ...] = ()
    if entry.kind is Kind.PAID:
        conditions = board.paid_when
    elif entry.kind is Kind.PINNED and not told:
        conditions = board.pinned_when
    for path, wanted in (conditions[0] if conditions else {}).items():
        _put(row, path, _example(wanted))
    # The identity first: where it is part of the address, the address says both.
    for name in sorted(board.fields, key=lambda name: name != "native_id"):
        value = printed(board, entry, name)
        if value is not None:
            _put(row, _first(board.fields[name]), value)
    return row


def _example(wanted: object) -> Json:
    if wanted is True:
        return 1
    value = wanted[0] if isinstance(wanted, tuple) else wanted
    return value if isinstance(value, str | int | None) else str(value)


def _first(paths: Paths) -> str:
    return paths if isinstance(paths, str) else paths[0]


def _put(document: dict[str, Json], path: str, value: Json) -> None:
    steps = path.split(".")
    place: Any = document
    for step, following in zip(steps, [*steps[1:], ""], strict=True):
        fresh: Json = value if not following else [] if following.isdigit() else {}
        if isinstance(place, list):
            if not place or not following:
                place.append(fresh)
            place = place[0]
        else:
            place[step] = fresh if not following else place.get(step, fresh)
            place = place[step]


def _fill(element: Any, row: Mapping[str, Json]) -> None:
    for name, value in row.items():
        if name.startswith("@"):
            element.set(name[1:], _writable(value))
        elif isinstance(value, dict):
            _fill(etree.SubElement(element, name), value)
        else:
            etree.SubElement(element, name).text = _writable(value)


def _writable(value: Json) -> str:
    return UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))


def _planted(root: Any, selector: str) -> Any:
    for step in selector.replace(">", " ").split():
        found = root.cssselect(step)
        root = found[0] if found else _grown(root, step)
    return root


def _grown(root: Any, step: str) -> Any:
    match = STEP.match(step)
    if match is None:
        raise ValueError(
            f"cannot build an element for {step!r}: write it as tag.class#id[attribute=value]"
        )
    element = etree.SubElement(root, match["tag"] or "div")
    classes = re.findall(r"\.([\w-]+)", re.sub(r"\[[^\]]*\]", "", match["marks"]))
    if classes:
        element.set("class", " ".join(classes))
    for name in re.findall(r"#([\w-]+)", match["marks"]):
        element.set("id", name)
    for name, value in re.findall(
        r"""\[([\w-]+)(?:[~^$*|]?=["']?([^"'\]]*)["']?)?\]""", match["marks"]
    ):
        element.set(name, value)
    return element


def in_page(page: bytes, where: str) -> bytes:
    """JSON set into an HTML page as ``json_in`` says it stands there."""
    # "<" is escaped as sites do it: a title must not end the script that it stands in.
    inner = page.decode("utf-8").replace("<", "\\u003c")
    return f"<!DOCTYPE html><html><body>{where.replace('{json}', inner)}</body></html>".encode()
