"""Whatever stands in a page of ten megabytes, it is read in bounded time and memory."""

import os
import resource
import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from crawlers import catalog
from crawlers.authoring.fixtures import page_file
from crawlers.boards.board import Board, FeedBoard, HtmlBoard, JsonBoard
from crawlers.boards.errors import PageError
from crawlers.boards.reading import Paths
from crawlers.boards.rows import ROWS_LIMIT
from tests.crawlers.boards.pumped_pages import KINDS, pumped, pumped_rows

RECORDED = Path(__file__).parents[2] / "boards"
SECONDS, MEGABYTES = 2.0, 300  # of processor and of memory beside what the test takes itself
KILLED_AFTER_SECONDS = 20  # of processor: a page that hangs must not hang the tests


class InJson(JsonBoard):
    name = "some_json"
    homepage = "https://example.org/"
    entries_at = ("data.list", "data")
    pinned_at = ("data.top",)
    fields: ClassVar[Mapping[str, Paths]] = {
        "title": ("t", "a.b"),
        "url": "u",
        "heat": "h",
        "more": "x",
    }


class InPage(InJson):
    json_in = "var b = {json};"


class InHtml(HtmlBoard):
    name = "some_html"
    homepage = "https://example.org/"
    entries_at = ("ul.y li", "li")
    fields: ClassVar[Mapping[str, Paths]] = {
        "title": "a",
        "url": "a@href",
        "heat": "span.h",
        "label": "i ~ b",
    }


class InMessyHtml(InHtml):
    messy = True


class InFeed(FeedBoard):
    name = "some_feed"
    homepage = "https://example.org/"
    fields: ClassVar[Mapping[str, Paths]] = {
        "title": "title",
        "url": ("link.@href", "link"),
        "native_id": "guid",
    }


BOARDS: dict[str, type[Board]] = {
    "json": InJson,
    "json_in": InPage,
    "html": InHtml,
    "messy": InMessyHtml,
    "feed": InFeed,
}


def trouble(board: type[Board], page: bytes) -> str:
    """What a process of its own spends too much of to read a page; empty where it does not."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        resource.setrlimit(resource.RLIMIT_CPU, (KILLED_AFTER_SECONDS, KILLED_AFTER_SECONDS))
        before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
        said = ""
        try:
            board.parse_page(page)
        except PageError:
            pass
        except BaseException as error:  # noqa: BLE001 - the parent is told
            said = repr(error)[:200]
        spent = time.process_time() - begun
        taken = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        if spent > SECONDS or taken > MEGABYTES:
            said += f" {spent:.1f} s, {taken:.0f} MB"
        os.write(writing, said.encode() or b"-")
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as told:
        return (told.read().decode() or "killed").removeprefix("-")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_pumped_page_is_read_in_bounded_time_and_memory(kind: str) -> None:
    slow = {
        name: said
        for its_kind, name, page in pumped()
        if its_kind == kind and (said := trouble(BOARDS[kind], page))
    }
    assert not slow


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [name for name in catalog.names() if catalog.board(name).page_kind == "html"]
)
def test_siblings_that_a_boards_own_selectors_find_are_read_in_bounded_time(name: str) -> None:
    board = catalog.board(name)
    recorded = page_file(RECORDED / name).read_text(encoding="utf-8")
    pages = list(pumped_rows(recorded, board.entries_at))
    assert pages
    slow = {
        f"{kind} at {selector}": said
        for kind, selector, page in pages
        if (said := trouble(board, page))
    }
    assert not slow


@pytest.mark.parametrize(
    ("kind", "before", "again", "after"),
    [
        ("json", b'{"data":[{"t":"a"}', b',{"t":"b"}', b"]}"),
        ("html", b"<ul>", b"<li><a>b</a>", b"</ul>"),
        ("feed", b"<rss><channel>", b"<item><title>b</title></item>", b"</channel></rss>"),
    ],
)
def test_rows_past_the_limit_are_one_reject_that_counts_them(
    kind: str, before: bytes, again: bytes, after: bytes
) -> None:
    page = BOARDS[kind].parse_page(before + again * (ROWS_LIMIT + 500) + after)
    assert len(page.entries) == ROWS_LIMIT
    (reject,) = page.rejects
    assert reject.reason == "too_many_rows"
    assert reject.found.startswith(("500 ", "501 "))
