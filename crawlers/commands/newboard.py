"""``scrapy newboard NAME URL --kind json|html|feed``: a board, a page and its test."""

import argparse
from importlib import invalidate_caches
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawlers import catalog
from crawlers.authoring.fixtures import SUFFIXES, first_page, to_lines
from crawlers.boards.names import NAME, SPIDERS

PACKAGE = Path(__file__).resolve().parent.parent
TEMPLATES = PACKAGE / "templates" / "board"
TESTS = PACKAGE.parent / "tests" / "boards"


class Command(ScrapyCommand):
    """The command as Scrapy finds it."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        return "<source>_<list> URL [--kind json|html|feed]"

    def short_desc(self) -> str:
        return "Write a new board, a synthetic page and its test case"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--kind", choices=sorted(SUFFIXES), default="json", help="what the page is"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 2:  # noqa: PLR2004 - NAME and URL
            raise UsageError("Give a name and an address: scrapy newboard NAME URL --kind json")
        for path in create(args[0], args[1], opts.kind):
            print(path.relative_to(PACKAGE.parent))  # noqa: T201 - a command speaks
        print(f"Next: correct {args[0]}.py, then run: pytest tests/crawlers -k {args[0]}")  # noqa: T201


def create(name: str, url: str, kind: str) -> list[Path]:
    """Write the four files of a board and return their paths."""
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} is not <source>_<list> in lower case, such as weibo_hot_band.")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise UsageError(f"{url!r} is not an http(s) address.")
    spider, folder = SPIDERS / f"{name}.py", TESTS / name
    if spider.exists() or folder.exists():
        raise UsageError(f"{name} exists already: {spider if spider.exists() else folder}.")
    words = {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "class_name": "".join(part.capitalize() for part in name.split("_")),
        "url": url,
        "homepage": f"{parts.scheme}://{parts.netloc}/",
    }
    spider.write_text(Template(_template(f"{kind}.py")).substitute(words), encoding="utf-8")
    invalidate_caches()
    board = catalog.board(name)
    folder.mkdir(parents=True)
    page, entries, about = (
        folder / file for file in (f"page.{SUFFIXES[kind]}", "entries.jsonl", "about.toml")
    )
    body = first_page(board)
    page.write_bytes(body)
    entries.write_text(to_lines(board.parse_page(body).entries), encoding="utf-8")
    about.write_text(_template("about.toml"), encoding="utf-8")
    return [spider, page, entries, about]


def _template(name: str) -> str:
    return (TEMPLATES / f"{name}.txt").read_text(encoding="utf-8")
