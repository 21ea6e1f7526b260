import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawlers import catalog
from crawlers.boards.errors import CatalogError
from crawlers.child import PROJECT
from crawlers.landing import Landed, read, read_body
from crawlers.run import collect
from crawlers.simulation import server
from crawlers.simulation.looks import LOOKS
from crawlers.simulation.server import Asked, Fault, serving
from crawlers.simulation.world import World
from pipelines.captures import Status
from tests.crawlers.crawl_children import crawls_of

pytestmark = pytest.mark.xdist_group("collect")  # one worker sets it up, not each

START = datetime(2026, 11, 1, tzinfo=UTC)
WORLD = World(START)
INSTANTS = [START + timedelta(minutes=30 * n) for n in range(3)]

# One crawl tries them all: each board has its own trouble, and none may touch another's.
FAULTS: Mapping[str, tuple[Fault, str]] = {
    "weibo_side_hotsearch": (server.LOGIN_WALL, "login_wall"),
    "zhihu_hot_list_web": (Fault(status=403), "http_403"),
    "douyin_web_hot": (Fault(status=429), "http_429"),
    "toutiao_hot_board": (server.EMPTY_LIST, "empty_list"),
    "baidu_board_api": (server.TRUNCATED, "truncated_json"),
    "bilibili_hotword": (server.GZIP_BOMB, "body_too_large"),
    "tieba_topic_list": (server.GBK, ""),
    "thepaper_hot": (server.FIFTY_MEGABYTES, "body_too_large"),
    "hackernews_front": (server.RESET, "connection_lost"),
    "github_trending": (server.ROBOTS_DENY, "robots_denied"),
    "douban_group_explore": (
        Fault(status=302, headers={"Location": "https://accounts.douban.com/passport/login"}),
        "login_wall",
    ),
    "google_trends_rss": (Fault(wait_seconds=4), "timeout"),
}


@dataclass(frozen=True)
class Trouble:
    landing: Path
    done: list[Landed]
    asked: list[Asked]


def place(name: str) -> str:
    parts = urlsplit(catalog.board(name).start_urls[0])
    return f"/{parts.netloc}{parts.path}"


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Trouble:
    landing, asked = tmp_path_factory.mktemp("troubled"), list[Asked]()
    faults = {name: fault for name, (fault, _) in FAULTS.items()}
    with pytest.MonkeyPatch.context() as patch, serving(WORLD, faults, asked) as origin:
        patch.setenv("FENGKOU_TIMEOUT_SECONDS", "1.5")
        return Trouble(landing, collect(landing, sorted(LOOKS), origin=origin), asked)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Landed]]:
    landing = tmp_path_factory.mktemp("replayed")
    with serving(WORLD) as origin:
        return landing, collect(landing, sorted(LOOKS), origin=origin, instants=INSTANTS)


def test_every_board_has_its_trouble() -> None:
    assert set(FAULTS) == set(LOOKS)


def test_each_trouble_lands_once_with_its_reason(troubled: Trouble) -> None:
    assert sorted((one.board, one.reason) for one in troubled.done) == sorted(
        (name, reason) for name, (_, reason) in FAULTS.items()
    )


def test_a_failed_outcome_says_what_to_do(troubled: Trouble) -> None:
    for one in troubled.done:
        outcome = read(troubled.landing / one.path)
        assert outcome.status is (Status.FAILED if one.reason else Status.OK)
        assert bool(outcome.detail) is bool(one.reason)
        assert outcome.request_url == catalog.board(one.board).start_urls[0]


def test_the_body_of_a_refusal_is_kept(troubled: Trouble) -> None:
    (wall,) = [one for one in troubled.done if one.board == "weibo_side_hotsearch"]
    assert b"Sina Visitor System" in (read_body(troubled.landing / wall.path) or b"")


def test_a_refusal_is_asked_once_and_a_busy_host_again(troubled: Trouble) -> None:
    paths = [asked.path for asked in troubled.asked]
    counts = {name: paths.count(place(name)) for name in ("zhihu_hot_list_web", "douyin_web_hot")}
    assert counts == {"zhihu_hot_list_web": 1, "douyin_web_hot": 2}


def test_a_denied_address_is_never_asked(troubled: Trouble) -> None:
    paths = {asked.path for asked in troubled.asked}
    assert place("github_trending") not in paths
    assert "/github.com/robots.txt" in paths


def test_every_request_says_who_asks(troubled: Trouble) -> None:
    agents = {asked.headers["User-Agent"] for asked in troubled.asked}
    assert len(agents) == 1
    assert re.fullmatch(r"Mozilla/5\.0 \(compatible; Fengkou/.* \+.*\)", agents.pop())


def test_only_a_board_with_a_visitor_step_sends_a_cookie(troubled: Trouble) -> None:
    with_cookie = {asked.path for asked in troubled.asked if "Cookie" in asked.headers}
    assert with_cookie <= {place("douyin_web_hot"), "/www.douyin.com/robots.txt"}


def test_a_replay_lands_each_board_at_each_instant(replayed: tuple[Path, list[Landed]]) -> None:
    assert {one.reason for one in replayed[1]} == {""}
    assert sorted((one.board, one.captured_at) for one in replayed[1]) == sorted(
        (name, instant) for name in sorted(LOOKS) for instant in INSTANTS
    )


def test_a_replay_lands_what_the_boards_showed(replayed: tuple[Path, list[Landed]]) -> None:
    landing, done = replayed
    for one in done:
        assert list(read(landing / one.path).page.entries) == WORLD.ranked(
            one.board, one.captured_at
        )


def test_the_count_of_entries_is_what_the_board_expects(
    replayed: tuple[Path, list[Landed]],
) -> None:
    landing, done = replayed
    for one in done:
        low, high = catalog.board(one.board).expected_count
        ranked = [e for e in read(landing / one.path).page.entries if e.rank is not None]
        assert low <= len(ranked) <= high


@pytest.mark.slow
def test_a_host_that_does_not_listen_is_an_outcome(tmp_path: Path) -> None:
    seen: list[Landed] = []
    boards = ["thepaper_hot", "tieba_topic_list"]
    done = collect(tmp_path, boards, origin="http://127.0.0.1:9", on_outcome=seen.append)
    assert {(one.board, one.reason) for one in done} == {(b, "connection_refused") for b in boards}
    assert seen == done


@pytest.mark.slow
def test_a_crawl_that_dies_leaves_an_outcome_for_each_board(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A child that cannot start is the quickest death there is.
    monkeypatch.setenv("PYTHONHOME", str(tmp_path / "nowhere"))
    done = collect(tmp_path, ["thepaper_hot"], origin="http://127.0.0.1:9", instants=INSTANTS)
    assert [(one.reason, one.captured_at) for one in done] == [
        ("crawl_died", at) for at in INSTANTS
    ]
    assert "encodings" in done[0].detail


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the child in /proc")
def test_a_crawl_that_is_killed_keeps_what_it_had(tmp_path: Path) -> None:
    def kill(_: Landed) -> None:
        for child in crawls_of(os.getpid()):
            os.kill(child, signal.SIGKILL)

    slow = {"tieba_topic_list": Fault(wait_seconds=5)}
    with serving(WORLD, slow) as origin:
        done = collect(
            tmp_path, ["thepaper_hot", "tieba_topic_list"], origin=origin, on_outcome=kill
        )
    assert [(one.board, one.reason) for one in done] == [
        ("thepaper_hot", ""),
        ("tieba_topic_list", "crawl_died"),
    ]
    assert "exit code -9" in done[1].detail


@pytest.mark.slow
def test_a_broken_board_does_not_stop_the_others(tmp_path: Path) -> None:
    spiders = tmp_path / "crawlers" / "spiders"
    for name in ("crawlers", "pipelines"):
        shutil.copytree(PROJECT / name, tmp_path / name)
    whole = (spiders / "thepaper_hot.py").read_text(encoding="utf-8")
    raising = whole.replace('"thepaper_hot"', '"raising_hot"')
    raising += "\n    @classmethod\n    def load(cls, text):\n        raise ZeroDivisionError\n"
    (spiders / "raising_hot.py").write_text(raising, encoding="utf-8")
    (spiders / "broken_hot.py").write_text("class (", encoding="utf-8")
    boards = "broken_hot,raising_hot,thepaper_hot"
    child = [sys.executable, "-m", "crawlers.crawl_process"]
    with serving(WORLD) as origin:
        done = subprocess.run(
            [*child, "--landing", "landing", "--boards", boards, "--origin", origin],
            capture_output=True,
            cwd=tmp_path,
            check=True,
            text=True,
        )
    landed = [Landed.from_line(line) for line in done.stdout.splitlines()]
    assert {(one.board, one.reason) for one in landed} == {
        ("broken_hot", "spider_error"),
        ("raising_hot", "spider_error"),
        ("thepaper_hot", ""),
    }


def test_an_unknown_board_is_refused_before_anything_is_fetched(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match="no_such"):
        collect(tmp_path, ["no_such"])
    assert not list(tmp_path.iterdir())


def test_real_hosts_are_not_asked_for_the_past(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="origin"):
        collect(tmp_path, ["thepaper_hot"], instants=INSTANTS)


def test_the_caller_of_a_collection_does_not_load_scrapy() -> None:
    code = "import sys, crawlers.run, crawlers.landing; print('scrapy' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=True, text=True
    )
    assert done.stdout.strip() == "False"


@pytest.mark.slow
def test_each_outcome_is_a_line_on_stdout(tmp_path: Path) -> None:
    child = [sys.executable, "-m", "crawlers.crawl_process"]
    with serving(WORLD) as origin:
        done = subprocess.run(
            [*child, "--landing", str(tmp_path), "--boards", "thepaper_hot", "--origin", origin],
            capture_output=True,
            cwd=PROJECT,
            check=True,
            text=True,
        )
    (line,) = done.stdout.splitlines()
    assert (tmp_path / json.loads(line)["path"]).exists()
    assert done.stderr == ""
