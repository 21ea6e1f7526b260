"""The key of a hook stands in no file of a home, whatever the service says with it."""

import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from fengkou import operations
from fengkou.desks.round import hear_and_send
from fengkou.home import Home
from tests.fengkou.desks.test_round import DESK, OPENED, publish, write_desk
from tests.made_hands import COMING, MUSEUM
from tests.warehouse.models.test_topics import MIDNIGHT, WEIBO, land

pytestmark = pytest.mark.slow

KEY = "k3y-0f-a-h00k-that-nobody-may-read"


class Echo(BaseHTTPRequestHandler):
    """A service that refuses, and says again all that it was told."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = b'{"errcode": 93000, "errmsg": "' + self.path.encode() + b'"}' + body[:0]
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' own output is read."""


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/cgi-bin/webhook/send?key={KEY}"
    server.shutdown()
    server.server_close()


def test_a_key_that_a_service_echoes_stands_nowhere(
    tmp_path: Path,
    address: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    home = Home(tmp_path / "home")
    write_desk(home, DESK.replace("kind: console", "kind: wecom, secret: ROOM_HOOK"))
    land(home, WEIBO, OPENED, MUSEUM)
    publish(home)
    environment = {"ROOM_HOOK": address}
    hear_and_send(home, environment=environment)
    land(home, WEIBO, MIDNIGHT, COMING, MUSEUM)
    publish(home)
    listened = hear_and_send(home, environment=environment)
    publish(home)
    assert listened.sent.failed == {"weather/room": 1}
    (troubled,) = listened.troubled
    with operations.opened(home) as con:
        con.execute("CHECKPOINT")
    files = [file for file in home.root.rglob("*") if file.is_file()]
    assert len(files) > 5
    assert [file for file in files if KEY.encode() in file.read_bytes()] == []
    shown = capsys.readouterr()
    assert KEY not in f"{troubled}{listened}{caplog.text}{shown.out}{shown.err}"
