"""A board's test case: a page, the entries that it reads as, and a note."""

import json
from collections.abc import Sequence
from pathlib import Path

from crawlers.boards.board import Board
from pipelines.captures import Entry, Kind
from pipelines.landing_format import entry_document

SUFFIXES = {"json": "json", "html": "html", "feed": "xml"}


def page_file(folder: Path) -> Path:
    """The one page in a board's test folder."""
    return next(iter(sorted(folder.glob("page.*"))), folder / "page.missing")


def to_lines(entries: Sequence[Entry]) -> str:
    """Entries as the lines of entries.jsonl."""
    return "".join(
        json.dumps(entry_document(e), ensure_ascii=False, sort_keys=True) + "\n" for e in entries
    )


def first_page(board: type[Board]) -> bytes:
    """Three invented entries as the board would show them."""
    entries = []
    for number, title in enumerate(("示例标题一", "示例标题二", "示例标题三"), start=1):
        native_id = str(1000 + number)
        heat = str(9000 // number) if "heat" in board.fields else None
        address = f"{board.homepage.rstrip('/')}/{native_id}"
        entries.append(Entry(number, Kind.RANKED, number, title, address, heat, native_id))
    return board.render(entries)
