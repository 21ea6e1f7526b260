"""A web that notes how it was visited, and runs with the manners of a live one."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from crawlers import catalog
from crawlers.boards.board import Board
from crawlers.child import PROJECT
from crawlers.landing import Landed
from crawlers.simulation.world import World

WORLD = World(datetime(2026, 11, 1, tzinfo=UTC))
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Visit:
    host: str
    path: str
    began_at: float
    ended_at: float


@contextmanager
def witness(
    robots: Mapping[str, tuple[int, str]] | None = None,
) -> Iterator[tuple[str, list[Visit]]]:
    """A slow web in which every host notes when a visit began and ended."""
    visits: list[Visit] = []
    boards = {url.partition("://")[2]: board for url, board in _pages()}
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            began_at = time.monotonic()
            time.sleep(0.05)
            host, _, path = self.path[1:].partition("/")
            status, body = 200, b"<html><body>welcome</body></html>"
            if path == "robots.txt":
                status, text = (robots or {}).get(host, (200, "User-agent: *\nAllow: /\n"))
                body = text.encode()
            elif board := boards.get(f"{host}/{path}"):
                body = board.render(WORLD.ranked(board.name, NOW))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with lock:
                visits.append(Visit(host, path, began_at, time.monotonic()))
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", visits
    finally:
        server.shutdown()
        server.server_close()


def _pages() -> list[tuple[str, type[Board]]]:
    return [(board.start_urls[0], board) for board in catalog.boards().values()]


def politely(landing: Path, boards: Sequence[str], origin: str, delay: float) -> list[Landed]:
    """A run with the settings of a live one, but for the origin and a shorter delay."""
    code = (
        "import crawlers.crawl_process as child, crawlers.settings as settings\n"
        "child.ORIGIN_SETTINGS = {'HTTPPROXY_ENABLED': False}\n"
        f"settings.DOWNLOAD_DELAY = settings.AUTOTHROTTLE_START_DELAY = {delay}\n"
        "settings.RETRY_BACKOFF_SECONDS = 0.05\n"
        "child.main()"
    )
    where = ["--landing", str(landing), "--boards", ",".join(boards), "--origin", origin]
    done = subprocess.run(
        [sys.executable, "-c", code, *where],
        capture_output=True,
        cwd=PROJECT,
        env=dict(os.environ),
        check=True,
        text=True,
    )
    assert done.stderr == ""
    return [Landed.from_line(line) for line in done.stdout.splitlines()]
