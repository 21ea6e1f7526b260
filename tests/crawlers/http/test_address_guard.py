import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest

from crawlers import catalog
from crawlers.child import PROJECT
from crawlers.http.address_guard import hosts_of, refusal
from crawlers.http.public_address import is_public
from crawlers.landing import Landed, read
from crawlers.run import collect
from crawlers.simulation.server import Asked, Fault, serving
from crawlers.simulation.world import World
from pipelines.captures import Entry, Kind

WORLD = World(datetime(2026, 11, 1, tzinfo=UTC))
HOSTS = frozenset({"top.example.com"})

# Where each board's host sends us: the address, and what must be said of it.
REDIRECTS: Mapping[str, tuple[str, str]] = {
    "baidu_board_api": ("http://169.254.169.254/latest/meta-data/", "private_address"),
    "bilibili_hotword": ("http://2130706433/admin", "private_address"),
    "toutiao_hot_board": ("http://[::ffff:127.0.0.1]/", "private_address"),
    "zhihu_hot_list_web": ("https://tracker.example.net/pixel?id=1", "redirect_refused"),
    "hackernews_front": ("file:///etc/passwd", "redirect_refused"),
    "github_trending": ("https://github.com:8443/trending", "redirect_refused"),
    "tieba_topic_list": ("https://tieba.baidu.com@evil.example/x", "redirect_refused"),
    "v2ex_hot": ("http://www.v2ex.com/api/topics/hot.json", "redirect_refused"),
    "ithome_rank": ("HTTP://www.ithome.com:80/block/rank.html", "redirect_refused"),
    "juejin_hot": ("https://me:secret@api.juejin.cn/", "redirect_refused"),
    "google_trends_rss": ("https://trends.google.com.evil.example/", "redirect_refused"),
    "weibo_side_hotsearch": ("https://passport.weibo.com/visitor/visitor", "login_wall"),
    "thepaper_hot": ("https://www.thepaper.cn/moved", "not_json"),  # its homepage's host: followed
}


class Malicious:
    """A world whose boards link to places inside a network."""

    def ranked(self, board: str, at: datetime) -> list[Entry]:
        links = ("http://169.254.169.254/", "http://localhost/admin", "https://t.example/?u=1")
        return [
            Entry(n, Kind.RANKED, n, f"第{n}条 {at:%M}", links[n % 3], native_id=f"a/{n}")
            for n in range(1, 40)
        ]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "::1", "::"),
        *(
            "192.0.0.192",
            "192.0.0.9",
            "192.88.99.2",
            "168.63.129.16",
            "::ffff:168.63.129.16",
            "3fff::1",
        ),
        *(
            "3fff:fff::1",
            "5f00::1",
            "64:ff9b::c000:c0",
            "100::1",
            "2001:db8::1",
            "::7f00:1",
            "fec0::1",
        ),
        *("fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1"),
    ],
)
def test_a_special_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "110.242.68.66", "2400:3200::1", "::ffff:1.1.1.1"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("https://top.example.com/list", ""),
        ("http://TOP.example.com.:80/list", ""),
        ("https://other.example.com/", "address_refused"),
        ("https://top.example.com:8443/", "address_refused"),
        ("https://me:secret@top.example.com/", "address_refused"),
        ("ftp://top.example.com/", "address_refused"),
        ("https://top.example.com:x/", "address_refused"),
        ("https://localhost/", "private_address"),
        ("https://db.internal/", "private_address"),
        ("https://router/", "private_address"),
        ("http://0x7f.1/", "private_address"),
        ("http://[fe80::1]/", "private_address"),
    ],
)
def test_an_address_is_judged_before_it_is_asked(url: str, reason: str) -> None:
    refused = refusal(url, HOSTS)
    assert (refused.reason if refused else "") == reason


def test_a_refusal_does_not_repeat_a_password() -> None:
    refused = refusal("https://me:secret@top.example.com/", HOSTS)
    assert refused
    assert "secret" not in refused.detail


def test_the_hosts_of_a_board_are_those_that_it_names() -> None:
    class Named(catalog.board("douyin_web_hot")):  # type: ignore[misc] # a class that is found by name
        also_hosts = ("cdn.example.com",)

    assert hosts_of(Named) == {"www.douyin.com", "login.douyin.com", "cdn.example.com"}


@pytest.fixture(scope="module")
def sent_away(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Landed], list[Asked]]:
    asked: list[Asked] = []
    faults = {
        name: Fault(status=302, headers={"Location": url}) for name, (url, _) in REDIRECTS.items()
    }
    with serving(WORLD, faults, asked) as origin:
        landing = tmp_path_factory.mktemp("sent_away")
        return collect(landing, list(REDIRECTS), origin=origin), asked


@pytest.mark.slow
def test_a_redirect_leads_only_to_the_boards_own_hosts(
    sent_away: tuple[list[Landed], list[Asked]],
) -> None:
    done, _ = sent_away
    assert {one.board: one.reason for one in done} == {
        name: reason for name, (_, reason) in REDIRECTS.items()
    }


@pytest.mark.slow
def test_a_refused_host_is_not_even_asked_for_its_robots(
    sent_away: tuple[list[Landed], list[Asked]],
) -> None:
    _, asked = sent_away
    allowed = set().union(*(hosts_of(catalog.board(name)) for name in REDIRECTS))
    assert {one.path.split("/")[1] for one in asked} <= allowed
    assert "/www.thepaper.cn/moved" in {one.path for one in asked}


@pytest.mark.slow
def test_no_link_of_an_entry_is_ever_fetched(tmp_path: Path) -> None:
    asked: list[Asked] = []
    with serving(Malicious(), asked=asked) as origin:
        done = collect(tmp_path, catalog.names(), origin=origin)
    assert sum(one.entry_count for one in done) > 100
    own = {
        f"/{parts.netloc}{parts.path}"
        for board in catalog.boards().values()
        for parts in map(urlsplit, (board.start_urls[0], board.visitor_url))
    }
    robots = {f"/{place.split('/')[1]}/robots.txt" for place in own}
    assert {one.path for one in asked} <= own | robots


def child(landing: Path, before: str, **environment: str) -> tuple[Landed, str]:
    """One board collected from the real hosts by a child that first runs some code."""
    code = f"{before}\nimport crawlers.crawl_process\ncrawlers.crawl_process.main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--landing", str(landing), "--boards", "thepaper_hot"],
        capture_output=True,
        cwd=PROJECT,
        env={**os.environ, "FENGKOU_TIMEOUT_SECONDS": "3", **environment},
        check=True,
        text=True,
    )
    (line,) = done.stdout.splitlines()
    return Landed.from_line(line), done.stderr


# A name server that anybody may run says where a host is; here it says: with you.
LYING_NAMES = """
import socket
socket.gethostbyname = lambda name: "127.0.0.1"
import crawlers.settings
crawlers.settings.RETRY_BACKOFF_SECONDS = 0.01
crawlers.settings.DOWNLOAD_DELAY = 0
"""


@pytest.mark.slow
def test_a_public_name_at_a_private_address_is_not_connected_to(tmp_path: Path) -> None:
    direct = {"NO_PROXY": "*", "no_proxy": "*"}
    one, said = child(tmp_path, LYING_NAMES, **direct)
    assert one.reason == "private_address"
    assert "127.0.0.1" in one.detail
    assert said == ""


@contextmanager
def refusing_proxy(heads: list[str]) -> Iterator[str]:
    """A proxy that opens no tunnel and keeps what it was asked."""

    class Handler(StreamRequestHandler):
        def handle(self) -> None:
            lines = []
            while (line := self.rfile.readline().strip()) != b"":
                lines.append(line.decode())
            heads.append("\n".join(lines))
            self.wfile.write(b"HTTP/1.1 403 Forbidden\r\n\r\n")

    with ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.slow
def test_a_proxy_of_the_environment_is_used_and_its_password_kept(tmp_path: Path) -> None:
    heads: list[str] = []
    with refusing_proxy(heads) as place:
        proxy = {"https_proxy": f"http://me:s3cret@{place}", "no_proxy": ""}
        one, said = child(tmp_path, LYING_NAMES, NO_PROXY="", **proxy)
    assert one.reason == "proxy_refused"
    assert {head.splitlines()[0] for head in heads} == {"CONNECT cache.thepaper.cn:443 HTTP/1.1"}
    assert all("Proxy-Authorization: Basic bWU6czNjcmV0" in head for head in heads)
    landed = " ".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json"))
    for secret in ("s3cret", "bWU6czNjcmV0"):
        assert secret not in landed + json.dumps(one.detail) + said


@pytest.mark.slow
def test_a_replay_goes_past_the_proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving(WORLD) as origin:
        (one,) = collect(tmp_path, ["thepaper_hot"], origin=origin)
    assert read(tmp_path / one.path).page.entries
