"""The simulated web on this machine: ``/<host>/<path>`` answers as the board would, or fails so."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET
from struct import pack
from typing import ClassVar, Protocol, TypeAlias
from urllib.parse import urlsplit

from crawlers import catalog
from crawlers.boards.board import Board
from crawlers.simulation import INSTANT_HEADER
from pipelines.captures import Entry

MEGABYTE = 1024 * 1024


class Shows(Protocol):
    """Whatever can say what a board shows at an instant."""

    def ranked(self, board: str, at: datetime) -> Sequence[Entry]: ...


@dataclass(frozen=True, slots=True)
class Fault:
    """How a host misbehaves; unset parts stay as the board would have them."""

    status: int = 200
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    empty: bool = False
    kept_share: float = 1.0
    """How much of the body is sent before it ends as if whole."""
    encoding: str = "utf-8"
    wait_seconds: float = 0.0
    resets: bool = False
    endless_megabytes: int = 0
    drip_seconds: float = 0.0
    """How long each byte of the body lets the next one wait."""
    rewrite: Callable[[bytes], bytes] | None = None
    """What becomes of the page before it is sent."""
    robots: str = ""


Faults: TypeAlias = Mapping[str, Fault | Callable[[datetime], Fault]]
"""Board -> how it misbehaves, always or by the instant that is asked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a host sees it; ``path`` begins with the host's name."""

    path: str
    headers: Mapping[str, str]


WALL_PAGE = "<!DOCTYPE html><html><title>Sina Visitor System</title><span id=message></span></html>"

LOGIN_WALL = Fault(body=WALL_PAGE.encode(), headers={"Content-Type": "text/html"})
EMPTY_LIST = Fault(empty=True)
TRUNCATED = Fault(kept_share=0.6)
GBK = Fault(encoding="gb18030")
FIFTY_MEGABYTES = Fault(endless_megabytes=50)
GZIP_BOMB = Fault(body=gzip.compress(b" " * (64 * MEGABYTE)), headers={"Content-Encoding": "gzip"})
RESET = Fault(resets=True)
ROBOTS_DENY = Fault(robots="User-agent: *\nDisallow: /\n")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # All boards knock at once; a knock that finds the queue full is heard a second later.
    request_queue_size = 512

    def handle_error(self, *_: object) -> None:
        """Say nothing: visitors leave whenever they like."""


@contextmanager
def serving(
    world: Shows, faults: Faults | None = None, asked: list[Asked] | None = None
) -> Iterator[str]:
    """The address at which the boards of a world answer while the block runs.

    ``asked`` is filled with every request as it arrives.
    """
    boards = {_place(board.start_urls[0]): board for board in catalog.boards().values()}
    # One path may show several boards; a query that was written otherwise finds the first of them.
    for place, board in list(boards.items()):
        boards.setdefault(place.partition("?")[0], board)
    hosts = {urlsplit(board.start_urls[0]).netloc: name for name, board in catalog.boards().items()}
    handler = type(
        "Handler",
        (_Handler,),
        {
            "world": world,
            "boards": boards,
            "hosts": hosts,
            "faults": faults or {},
            "asked": [] if asked is None else asked,
        },
    )
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _place(url: str) -> str:
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"/{parts.netloc}{parts.path or '/'}{query}"


class _Handler(BaseHTTPRequestHandler):
    world: ClassVar[Shows]
    boards: ClassVar[Mapping[str, type[Board]]]
    hosts: ClassVar[Mapping[str, str]]
    faults: ClassVar[Faults]
    asked: ClassVar[list[Asked]]
    protocol_version = "HTTP/1.1"
    # Without this every second answer on a kept connection waits 40 ms for an acknowledgement.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        host = path.split("/")[1]
        self.asked.append(Asked(path, dict(self.headers.items())))
        if path.endswith("/robots.txt"):
            rules = self._fault(self.hosts.get(host, "")).robots or "User-agent: *\nAllow: /\n"
            self._answer(200, rules.encode(), {"Content-Type": "text/plain"})
        elif board := self.boards.get(self.path) or self.boards.get(path):
            self._answer_as(board)
        else:
            self._answer(
                200,
                b"<html><body>welcome</body></html>",
                {"Set-Cookie": "visitor=anonymous; Path=/"},
            )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.do_GET()

    def _at(self) -> datetime:
        said = self.headers.get(INSTANT_HEADER)
        return datetime.fromisoformat(said) if said else datetime.now(UTC)

    def _fault(self, board: str) -> Fault:
        fault = self.faults.get(board, Fault())
        return fault if isinstance(fault, Fault) else fault(self._at())

    def _answer_as(self, board: type[Board]) -> None:
        fault = self._fault(board.name)
        if fault.wait_seconds:
            time.sleep(fault.wait_seconds)
        if fault.resets:
            # Lingering for no time at all makes closing a reset.
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        if fault.endless_megabytes:
            self._pour(fault.endless_megabytes)
            return
        body = fault.body if fault.body is not None else self._page(board, fault)
        kinds = {"json": "application/json", "feed": "application/rss+xml", "html": "text/html"}
        headers = {
            "Content-Type": f"{kinds[board.page_kind]}; charset={fault.encoding}",
            **fault.headers,
        }
        if fault.rewrite:
            body = fault.rewrite(body)
        body = body[: round(len(body) * fault.kept_share)]
        self._answer(fault.status, body, headers, fault.drip_seconds)

    def _page(self, board: type[Board], fault: Fault) -> bytes:
        entries = [] if fault.empty else list(self.world.ranked(board.name, self._at()))
        page = board.render(entries)
        return page if fault.encoding == "utf-8" else page.decode().encode(fault.encoding)

    def _pour(self, megabytes: int) -> None:
        self.close_connection = True
        self.wfile.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
        )
        with suppress(OSError):  # the visitor has had enough, as it should
            for _ in range(megabytes):
                self.wfile.write(b" " * MEGABYTE)

    def _answer(
        self, status: int, body: bytes, headers: Mapping[str, str], drip_seconds: float = 0.0
    ) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        pieces = (body[n : n + 1] for n in range(len(body))) if drip_seconds else (body,)
        with suppress(OSError):  # a visitor may leave while it waits
            for piece in pieces:
                self.wfile.write(piece)
                time.sleep(drip_seconds)

    def log_message(self, *_: object) -> None:
        """Say nothing: the landed outcomes tell it all."""
