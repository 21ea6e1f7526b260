"""Every board with every trouble, and what was made of it: ``python -m benchmarks.chaos``.

A simulated internet answers each board with each fault in turn; what was landed is built, and the
verdicts are written to ``docs/chaos.md``.
"""

import argparse
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from unittest.mock import patch

from crawlers import catalog, landing
from crawlers.run import collect
from crawlers.simulation import server
from crawlers.simulation.server import Fault
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from warehouse.instants import to_aware, to_naive
from warehouse.readers.boards import verdicts_since

PAGE = Path(__file__).resolve().parent.parent / "docs" / "chaos.md"
COMMAND = "python -m benchmarks.chaos"

DAY = datetime(2026, 11, 2, tzinfo=UTC)
"""The day of the troubles; the boards' past lies before it."""

PAST_HOURS = 30
"""More lists than a contract needs to have learnt what is usual."""

TIMEOUT_SECONDS = "4"
"""Short, so that a dripping host costs seconds; long enough for an honest answer on a busy machine."""

DISTINCT = ("hackernews_front", "github_trending")
"""Boards whose titles stand on no other: what is taken from them is somebody else's for sure."""

WORLD = World(DAY - timedelta(hours=PAST_HOURS), hours=PAST_HOURS + 24)

Lines = Callable[[str, datetime], tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Served:
    """A fault of a host; ``fault`` may depend on the board."""

    name: str
    what: str
    fault: Callable[[str], Fault]


@dataclass(frozen=True, slots=True)
class Shown:
    """A fault that only the list has: the page is whole, what stands on it is not the board's."""

    name: str
    what: str
    lines: Lines
    captures: int = 1
    about_heat: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of a fault on a board; ``reason`` is the landed one, empty for a list."""

    board: str
    fault: str
    verdict: str
    reason: str
    claims: tuple[str, ...]

    @property
    def said(self) -> str:
        return self.reason or ", ".join(self.claims)


def _status(code: int, **headers: str) -> Callable[[str], Fault]:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Fault(status=code, headers=sent)


def _circle(board: str) -> Fault:
    return Fault(status=302, headers={"Location": catalog.board(board).start_urls[0]})


def _in_gbk(board: str) -> Fault:
    kinds = {"json": "application/json", "feed": "application/rss+xml", "html": "text/html"}
    kind = kinds[catalog.board(board).page_kind]
    return Fault(encoding="gb18030", headers={"Content-Type": f"{kind}; charset=utf-8"})


def _page_of_another(board: str) -> Fault:
    other = _other(board)
    page = catalog.board(other).render(WORLD.ranked(other, DAY))
    return Fault(rewrite=lambda _: page)


def _renamed(board: str) -> Fault:
    spider = catalog.board(board)
    if spider.page_kind == "html":
        # A new release of a site renames its classes and keeps its words.
        return Fault(rewrite=lambda page: re.sub(rb'(class|id)="', rb'\1="v2-', page))
    titles = spider.fields["title"]
    names = {path.split(".")[-1] for path in ([titles] if isinstance(titles, str) else titles)}
    words = "|".join(map(re.escape, names))
    if spider.page_kind == "feed":
        tags = re.compile(rf"(</?)({words})\b".encode())
        return Fault(rewrite=lambda page: tags.sub(rb"\1v2_\2", page))
    keys = re.compile(rf'"({words})"(\s*:)'.encode())
    return Fault(rewrite=lambda page: keys.sub(rb'"v2_\1"\2', page))


SERVED = (
    Served("403", "forbidden", _status(403)),
    Served("404", "gone", _status(404)),
    Served("418", "an odd refusal", _status(418)),
    Served("429", "too many requests, Retry-After: 1", _status(429, Retry_After="1")),
    Served("500", "an error of the host", _status(500)),
    Served("login wall", "200 with Sina's visitor page", lambda _: server.LOGIN_WALL),
    Served("empty list", "200 with the page and no row", lambda _: server.EMPTY_LIST),
    Served("half a page", "200, the second half missing", lambda _: Fault(kept_share=0.5)),
    Served("gzip bomb", "64 KB that unpack to 64 MB", lambda _: server.GZIP_BOMB),
    Served("slow drip", "a byte each half second", lambda _: Fault(drip_seconds=0.5)),
    Served("reset", "the connection is reset", lambda _: server.RESET),
    Served("redirect loop", "a redirect to itself", _circle),
    Served(
        "redirect inside",
        "a redirect to http://127.0.0.1:9/",
        _status(302, Location="http://127.0.0.1:9/admin"),
    ),
    Served("wrong charset", "GB18030 that says it is UTF-8", _in_gbk),
    Served("another page", "the page of another board", _page_of_another),
    Served("fields renamed", "the title's field (HTML: all classes) renamed", _renamed),
)


def _other(board: str) -> str:
    source = board.partition("_")[0]
    return next(board for board in DISTINCT if board.partition("_")[0] != source)


@cache
def prints_heat(board: str) -> bool:
    """Whether the board's own page has heat on it."""
    page = catalog.board(board).render(WORLD.ranked(board, DAY))
    return any(entry.heat for entry in catalog.parse(board, page).entries)


def _honest(board: str, at: datetime) -> tuple[Entry, ...]:
    entries = WORLD.ranked(board, at)
    return tuple(entries) if prints_heat(board) else _without_heat(board, at)


def _of_another(board: str, at: datetime) -> tuple[Entry, ...]:
    entries = WORLD.ranked(_other(board), at)
    return tuple(entry if prints_heat(board) else replace(entry, heat=None) for entry in entries)


def _frozen(board: str, _: datetime) -> tuple[Entry, ...]:
    return _honest(board, DAY)


def _shrunk(board: str, at: datetime) -> tuple[Entry, ...]:
    entries = _honest(board, at)
    return entries[: len(entries) // 3]


def _without_heat(board: str, at: datetime) -> tuple[Entry, ...]:
    return tuple(replace(entry, heat=None) for entry in WORLD.ranked(board, at))


def _thousandfold(board: str, at: datetime) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, heat=f"{900_000_000_000 + entry.position}")
        for entry in WORLD.ranked(board, at)
    )


def _with_gaps(board: str, at: datetime) -> tuple[Entry, ...]:
    return tuple(
        replace(entry, rank=entry.rank * 2) if entry.rank is not None else entry
        for entry in _honest(board, at)
        if entry.kind is not Kind.PAID
    )


SHOWN = (
    Shown("another's list", "its own page with the titles of another board", _of_another),
    Shown("shrunk", "a third of its lines", _shrunk),
    Shown("heat renamed", "lines without heat", _without_heat, about_heat=True),
    Shown("heat in another unit", "heat far over its usual range", _thousandfold, about_heat=True),
    Shown("ranks with gaps", "every second rank missing", _with_gaps),
    Shown("frozen", "the same list for six hours", _frozen, captures=7),
)

FAULTS: Mapping[str, str] = {fault.name: fault.what for fault in (*SERVED, *SHOWN)}


def run(home: Home, boards: Sequence[str], turns: int = len(SERVED)) -> tuple[Cell, ...]:
    """Every fault on every board, landed and built under ``home``, which should be empty.

    With fewer ``turns`` than faults of a host, each board has so many of them, one after another.
    """
    for hour in range(PAST_HOURS):
        at = DAY - timedelta(hours=PAST_HOURS - hour)
        for board in boards:
            _land(home, board, at, _honest(board, at))
    shown = list(_land_shown(home, boards))
    served = _collect_served(home, boards, turns)
    operations.build(home)
    with operations.opened(home) as con:
        found = {
            (told.board, to_aware(told.captured_at)): told
            for told in verdicts_since(con, to_naive(DAY))
        }
    cells = []
    for board, fault, at in [*served, *shown]:
        told = found[board, at]
        cells.append(Cell(board, fault, told.verdict, told.reason, tuple(told.claims)))
    return tuple(cells)


def _land(home: Home, board: str, at: datetime, entries: tuple[Entry, ...]) -> None:
    outcome = Outcome(board, at, Status.OK, catalog.board(board).start_urls[0], page=Page(entries))
    landing.write(home.landing, outcome, durable=False)


def _land_shown(home: Home, boards: Sequence[str]) -> Iterator[tuple[str, str, datetime]]:
    """(board, fault, instant) of each fault's last capture; an honest list stands before each."""
    at = DAY
    for fault in SHOWN:
        for board in boards:
            _land(home, board, at, _honest(board, at))
            if fault.about_heat and not prints_heat(board):
                continue
            for n in range(fault.captures):
                then = at + timedelta(hours=n + 1)
                _land(home, board, then, fault.lines(board, then))
            yield board, fault.name, at + timedelta(hours=fault.captures)
        at += timedelta(hours=fault.captures + 1)


def _collect_served(
    home: Home, boards: Sequence[str], turns: int
) -> list[tuple[str, str, datetime]]:
    """(board, fault, instant) of each; one crawl, in which every board has another fault each time."""
    start = DAY + timedelta(hours=sum(fault.captures + 1 for fault in SHOWN))
    # An honest list first: what follows is told from the troubles before.
    instants = [start + timedelta(minutes=20 * n) for n in range(turns + 1)]
    plan = {
        (board, at): SERVED[(place + n) % len(SERVED)]
        for place, board in enumerate(boards)
        for n, at in enumerate(instants[1:])
    }

    def faults(board: str) -> Callable[[datetime], Fault]:
        return lambda at: plan[board, at].fault(board) if (board, at) in plan else Fault()

    with (
        patch.dict(os.environ, FENGKOU_TIMEOUT_SECONDS=TIMEOUT_SECONDS),
        server.serving(WORLD, {board: faults(board) for board in boards}) as origin,
    ):
        collect(home.landing, boards, origin=origin, instants=instants)
    return [(board, fault.name, at) for (board, at), fault in plan.items()]


def render(cells: Iterable[Cell]) -> str:
    """The page: what each fault came to, then each board on its own."""
    cells = list(cells)
    boards = sorted({cell.board for cell in cells})
    lines = [
        f"<!-- Made by `{COMMAND}`; changes made here are lost. -->",
        "",
        "# Chaos",
        "",
        f"{len(boards)} boards, each answered with each of {len(FAULTS)} faults by a simulated "
        "internet, then landed, loaded, built and judged. A verdict is `failed` (no list, or "
        "another board's), `stale` (the list rests too long), `degraded` (a list that is not what "
        "it usually is) or `ok`; beside it stands the landed reason, or the broken claims of "
        "the contract (`pipelines/boards/contract.py`).",
        "",
        "## By fault",
        "",
        "| fault | what is served | verdict and reason: boards |",
        "| --- | --- | --- |",
    ]
    for fault, what in FAULTS.items():
        counts = Counter(_told(cell) for cell in cells if cell.fault == fault)
        said = "; ".join(f"{told}: {count}" for told, count in sorted(counts.items()))
        lines.append(f"| {fault} | {what} | {said} |")
    lines += ["", "## By board"]
    for board in boards:
        lines += ["", f"### {board}", "", "| fault | verdict and reason |", "| --- | --- |"]
        mine = {cell.fault: cell for cell in cells if cell.board == board}
        lines += [
            f"| {fault} | {_told(mine[fault]) if fault in mine else 'prints no heat'} |"
            for fault in FAULTS
        ]
    return "\n".join(lines) + "\n"


def _told(cell: Cell) -> str:
    return f"{cell.verdict} `{cell.said}`" if cell.said else cell.verdict


def stale(cells: Iterable[Cell], page: str) -> list[str]:
    """What the page says otherwise of these faults and boards, or does not say."""
    said = {
        (board, fault)
        for board, table in re.findall(
            r"^### (\w+)\n(.*?)(?=^###|\Z)", page, re.DOTALL | re.MULTILINE
        )
        for fault in table.splitlines()
    }
    return [
        f"docs/chaos.md does not say of {cell.board}: {line}. Run: {COMMAND}"
        for cell in cells
        if (cell.board, line := f"| {cell.fault} | {_told(cell)} |") not in said
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all of it and write the page; the exit status is returned."""
    argparse.ArgumentParser(prog=COMMAND, description="Make docs/chaos.md.").parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        cells = run(Home(Path(folder)), catalog.names())
    PAGE.write_text(render(cells), encoding="utf-8")
    sys.stdout.write(f"docs/{PAGE.name}: {len(cells)} pairs\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
