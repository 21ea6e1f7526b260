"""``scrapy record BOARD``: a board's page for a bug report, without cookies, tokens and names."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawlers import catalog
from crawlers.authoring import doctor, redact
from crawlers.authoring.fixtures import SUFFIXES
from crawlers.boards.board import Board
from crawlers.boards.decode import decode
from crawlers.boards.errors import CatalogError, PageError
from pipelines.captures import Outcome, Page
from pipelines.landing_format import iso


class Command(ScrapyCommand):
    """The command as Scrapy finds it."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "BOARD [--page FILE] [--folder FOLDER]"

    def short_desc(self) -> str:
        return "Save a board's page for a bug report, without secrets and names"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--page", type=Path, help="a saved page to clean, instead of asking the host"
        )
        parser.add_argument("--folder", type=Path, default=Path(), help="where to write")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            raise UsageError("Give one board: scrapy record weibo_side_hotsearch")
        try:
            board = catalog.board(args[0])
        except CatalogError as error:
            raise UsageError(str(error)) from error
        outcome, body = (None, opts.page.read_bytes()) if opts.page else doctor.page_of(board.name)
        for path in save(board, outcome, body, opts.folder):
            print(path)  # noqa: T201 - a command speaks
        print("Read the page before you send it: no rule knows every name.")  # noqa: T201


@dataclass(frozen=True, slots=True)
class Clean:
    """A page without secrets, and whether its titles read as before."""

    body: bytes
    has_same_titles: bool


def clean(board: type[Board], body: bytes) -> Clean:
    """A page of a board without cookies, tokens and people's names, with the titles it had."""
    before = _page(board, body)
    titles = [entry.title for entry in before.entries] if before else []
    try:
        text = decode(body)
    except PageError:  # an image or a broken stream: its readable part is what can be shown
        text = body.decode("utf-8", errors="replace")
    cleaned = redact.page(text, titles).encode("utf-8", errors="backslashreplace")
    after = _page(board, cleaned)
    return Clean(cleaned, titles == ([entry.title for entry in after.entries] if after else []))


def save(
    board: type[Board], outcome: Outcome | None, body: bytes | None, folder: Path
) -> list[Path]:
    """Write the clean page and what became of the fetch; the files are returned."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    note: dict[str, object] = {"board": board.name}
    if outcome is not None:
        note |= {
            "captured_at": iso(outcome.captured_at),
            "request_url": redact.page(outcome.request_url),
            "status": str(outcome.status),
            "reason": outcome.reason,
            "detail": redact.page(outcome.detail),
            "http_status": outcome.http_status,
            "elapsed_ms": outcome.elapsed_ms,
            "body_bytes": outcome.body_bytes,
        }
    if body is not None:
        cleaned = clean(board, body)
        note["has_same_titles"] = cleaned.has_same_titles
        page = folder / f"{board.name}.{SUFFIXES[board.page_kind]}"
        page.write_bytes(cleaned.body)
        written.append(page)
    about = folder / f"{board.name}.about.json"
    about.write_text(json.dumps(note, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return [*written, about]


def _page(board: type[Board], body: bytes) -> Page | None:
    try:
        return board.parse_page(body)
    except PageError:
        return None
