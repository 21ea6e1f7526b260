"""Whatever a host answers where its rules should stand, each answer has an outcome of its own (RFC 9309)."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawlers import catalog
from crawlers.http.public_address import host_of
from tests.crawlers.http.witness import NOW, WORLD, politely

pytestmark = pytest.mark.xdist_group("politeness")

CLOSED, OPEN = "User-agent: *\nDisallow: /\n", "User-agent: *\nAllow: /\n"
ELSEWHERE = "https://rules.example.org/robots.txt"

CASES = {
    "csdn_hot_rank": ("redirect", "{own}/rules/{hop}", "redirect_loop"),
    "juejin_hot": ("redirect", "{own}/rules/last/{hop}", ""),
    "sspai_hot": ("redirect", ELSEWHERE + "?closed", "robots_denied"),
    "stackexchange_hot": ("redirect", ELSEWHERE + "?open", ""),
    "thepaper_hot": ("redirect", "http://rules.example.org/robots.txt", "redirect_refused"),
    "toutiao_hot_board": ("redirect", "https://127.0.0.1/robots.txt", "private_address"),
    "v2ex_hot": ("redirect", "https://10.0.0.1:8080/robots.txt", "private_address"),
    "wallstreetcn_hot": ("endless", CLOSED, "robots_denied"),
    "zhihu_daily": ("endless", OPEN, ""),
    "dongqiudi_headlines": ("500", CLOSED, "robots_unreachable"),
    "smzdm_rank": ("503", "", "robots_unreachable"),
    "devto_top": ("429", "", "robots_unreachable"),
    "lobsters_hottest": ("404", CLOSED, ""),
    "hackernews_front": ("403", CLOSED, ""),
    "huggingface_models": ("reset", "", "connection_lost"),
}
"""Board -> what its host does, with what, and the reason that is landed."""


@contextmanager
def hosts() -> Iterator[str]:
    """The hosts of CASES, at one address."""
    boards = {catalog.board(name).start_urls[0].partition("://")[2]: name for name in CASES}
    by_host = {host_of(f"//{place}"): name for place, name in boards.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = self.path[1:]
            host, _, path = place.partition("/")
            if host == host_of(ELSEWHERE):
                self.answer(200, CLOSED if path.endswith("closed") else OPEN)
            elif path.startswith(("robots.txt", "rules/")):
                self.rules(by_host[host], host, path)
            elif name := boards.get(place):
                self.answer(200, catalog.board(name).render(WORLD.ranked(name, NOW)).decode())
            else:
                self.answer(404, "")

        def rules(self, name: str, host: str, path: str) -> None:
            does, what, _ = CASES[name]
            hop = int(path.rpartition("/")[2]) + 1 if path[-1].isdigit() else 1
            if "/last/" in path and hop > 5:
                self.answer(200, OPEN)
            elif does == "redirect":
                self.send_response(302)
                self.send_header("Location", what.format(own=f"https://{host}", hop=hop))
                self.end_headers()
            elif does == "endless":
                self.send_response(200)
                self.end_headers()
                with suppress(OSError):  # the visitor has had enough
                    self.wfile.write(what.encode())
                    while True:
                        self.wfile.write(b"# and so on\n" * 10_000)
            elif does == "reset":
                self.connection.close()
            else:
                self.answer(int(does), what)

        def answer(self, status: int, body: str) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign] # visitors leave as they like
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.slow
def test_each_answer_in_the_place_of_rules_has_its_outcome(tmp_path: Path) -> None:
    with hosts() as origin:
        landed = politely(tmp_path, list(CASES), origin, 0)
    found = {outcome.board: outcome.reason for outcome in landed}
    # Of rules that cannot be had the reason is why; whatever it is, the host is not asked for its list.
    assert found == {name: reason for name, (_, _, reason) in CASES.items()}
