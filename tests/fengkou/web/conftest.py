"""A board that is served on loopback, over a small home whose titles are what strangers typed."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from fengkou import operations
from fengkou.desks.round import hear_and_send
from fengkou.home import Home
from fengkou.web.server import listening_at, server_of
from tests.fengkou.desks.test_round import write_desk
from tests.made_hands import COME, COMING, MUSEUM, TRAINS
from tests.warehouse.models.test_topics import BAIDU, MIDNIGHT, WEIBO, ZHIHU, land

HALF_HOUR = timedelta(minutes=30)
HOSTILE = (
    "<script>document.title='taken'</script>台风登岛",
    '"><img src=x onerror=alert(1)>演唱会加场',
    '=HYPERLINK("http://evil.example")地震预警',
    "{{ 7 * 7 }}{% raw %}彩票",
    "\u202e正反颠倒的台风新闻",
    "</title></style><h1>高铁新线</h1>",
)
FAULTY = "desk: broken\nwatch: [<script>alert(1)</script>"
NAMED_HOST = "board.example.org"


@dataclass(frozen=True)
class Served:
    """A home and the address of its board."""

    home: Home
    address: str


@contextmanager
def serving(home: Home) -> Iterator[str]:
    """The board of a home on a free port of this machine, by its address."""
    listening = listening_at("127.0.0.1", 0)
    server = server_of(home, "127.0.0.1", [NAMED_HOST])
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)


def land_hours(home: Home, first: int, last: int) -> None:
    """Half-hourly captures of three boards: a storm that climbs among hostile titles."""
    for step in range(first, last):
        at = MIDNIGHT + step * HALF_HOUR
        rotated = [*HOSTILE[step % 3 :], *HOSTILE[: step % 3]]
        land(home, WEIBO, at, *rotated[: 5 - min(step, 4)], COMING, MUSEUM, *rotated[5:])
        land(home, BAIDU, at, MUSEUM, *HOSTILE, *([COME] if step > 2 else []))
        land(home, ZHIHU, at, *HOSTILE[::-1], *([TRAINS] if step > 3 else []))


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = Home(tmp_path_factory.mktemp("board") / "home")
    write_desk(home)
    write_desk(home, FAULTY, "broken")
    land_hours(home, 0, 4)
    operations.build(home)
    hear_and_send(home)
    land_hours(home, 4, 8)
    operations.build(home)
    hear_and_send(home)
    operations.build(home)
    with serving(home) as address:
        yield Served(home, address)
