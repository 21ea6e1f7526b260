"""Whatever stands in a page of ten megabytes, it is read in bounded time and memory."""

import gc
import os
import resource
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from crawlers import catalog
from crawlers.authoring.fixtures import page_file
from crawlers.boards.board import Board, FeedBoard, HtmlBoard, JsonBoard
from crawlers.boards.errors import PageError
from crawlers.boards.reading import Paths
from crawlers.boards.rows import ROWS_LIMIT
from tests.crawlers.boards.pumped_pages import KINDS, pumped
from tests.crawlers.boards.pumped_rows import pumped_feed, pumped_html, pumped_json

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
        gc.freeze()  # what the tests hold is not gone over, nor copied, for the page's sake
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


def grown(name: str) -> Iterator[tuple[str, bytes]]:
    """A board's recorded page, grown in each of the places that its description reads."""
    board, recorded = catalog.board(name), page_file(RECORDED / name).read_text(encoding="utf-8")
    if issubclass(board, HtmlBoard):
        return pumped_html(board, recorded)
    assert issubclass(board, JsonBoard)
    return (
        pumped_feed(recorded)
        if recorded.lstrip()[:1] == "<" and not board.json_in
        else pumped_json(board, recorded)
    )


EVERY_BOARD = "EVERY_BOARD"
"""Set in the environment it has all boards tried: a quarter of an hour. Else every thirtieth is."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=pytest.mark.skipif(
                number % 30 > 0 and EVERY_BOARD not in os.environ,
                reason=f"{EVERY_BOARD}=1 tries all boards",
            ),
        )
        for number, name in enumerate(catalog.names())
    ],
)
def test_a_boards_own_page_is_read_in_bounded_time_however_it_grows(name: str) -> None:
    board = catalog.board(name)
    said = {how: trouble(board, page) for how, page in grown(name)}
    assert said
    assert {how: why for how, why in said.items() if why} == {}


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
