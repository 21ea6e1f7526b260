"""One board, fetched as often as a test likes."""

from pathlib import Path

from crawlers import catalog
from crawlers.landing import Landed
from crawlers.run import collect
from crawlers.simulation.server import Asked, Fault, serving
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from tests.crawlers.http.witness import NOW, WORLD

BOARD = "thepaper_hot"
URL = catalog.board(BOARD).start_urls[0]
OK = Outcome(BOARD, NOW, Status.OK, URL, page=Page((Entry(1, Kind.RANKED, 1, "第一"),)))


def fetched(landing: Path, fault: Fault, asked: list[Asked] | None = None) -> Landed:
    with serving(WORLD, {BOARD: fault}, asked) as origin:
        (one,) = collect(landing, [BOARD], origin=origin)
    return one
