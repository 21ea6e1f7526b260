import json
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from scrapy.http import Response
from scrapy.settings import Settings

from crawlers import catalog
from crawlers.http.address_guard import hosts_of
from crawlers.http.circuit_breaker import Circuit, Circuits, Patience, circuit
from crawlers.http.conditional import WHOLE_EVERY, of
from crawlers.http.retry import wished_pause
from crawlers.http.robots_cache import FOLDER, KeptRules, lasting
from crawlers.landing import Exchange, Landed, newest, read, read_body, read_whole, write
from crawlers.run import PROJECT, collect
from crawlers.simulation import server as loopback
from crawlers.simulation.server import Asked, Fault, serving
from crawlers.simulation.world import World
from pipelines.captures import Entry, Kind, Outcome, Page, Status

pytestmark = pytest.mark.xdist_group("politeness")  # one worker sets it up, not each

WORLD = World(datetime(2026, 11, 1, tzinfo=UTC))
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
BOARD = "thepaper_hot"
URL = catalog.board(BOARD).start_urls[0]
PATIENCE = Patience(3, timedelta(minutes=30), timedelta(hours=12))
OK = Outcome(BOARD, NOW, Status.OK, URL, page=Page((Entry(1, Kind.RANKED, 1, "第一"),)))
DELAY = 0.3


# --- The audit: what the hosts themselves saw of one whole run. ---------------------------------


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


def _pages() -> list[tuple[str, "type[object]"]]:
    return [(board.start_urls[0], board) for board in catalog.boards().values()]


def politely(landing: Path, boards: Sequence[str], origin: str, delay: float) -> list[Landed]:
    """A run with the settings of a live one, but for the origin and a shorter delay."""
    code = (
        "import crawlers.run as run, crawlers.settings as settings\n"
        "run.ORIGIN_SETTINGS = {'HTTPPROXY_ENABLED': False}\n"
        f"settings.DOWNLOAD_DELAY = settings.AUTOTHROTTLE_START_DELAY = {delay}\n"
        "settings.RETRY_BACKOFF_SECONDS = 0.05\n"
        "run.main()"
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


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Landed], list[Visit]]:
    landing = tmp_path_factory.mktemp("audited")
    with witness() as (origin, visits):
        return landing, politely(landing, catalog.names(), origin, DELAY), visits


def by_host(visits: Sequence[Visit]) -> dict[str, list[Visit]]:
    hosts = defaultdict(list)
    for visit in sorted(visits, key=lambda visit: visit.began_at):
        hosts[visit.host].append(visit)
    return hosts


def test_every_host_is_first_asked_for_its_rules_and_once(audited) -> None:
    for visits in by_host(audited[2]).values():
        assert [visit.path for visit in visits].index("robots.txt") == 0
        assert [visit.path for visit in visits].count("robots.txt") == 1


def test_no_host_has_two_requests_at_a_time(audited) -> None:
    for visits in by_host(audited[2]).values():
        for before, after in pairwise(visits):
            assert after.began_at >= before.ended_at


def test_requests_to_one_host_are_the_delay_apart(audited) -> None:
    gaps = [
        after.began_at - before.began_at
        for visits in by_host(audited[2]).values()
        for before, after in pairwise(visits)
    ]
    assert gaps
    assert min(gaps) >= DELAY


def test_no_request_goes_outside_the_boards_hosts(audited) -> None:
    allowed = set().union(*(hosts_of(board) for board in catalog.boards().values()))
    assert set(by_host(audited[2])) <= allowed


def test_what_was_asked_is_landed_with_the_outcome(audited) -> None:
    landing, done, visits = audited
    counted: dict[str, int] = defaultdict(int)
    for one in done:
        for host, count in read_whole(landing / one.path)[1].asked.items():
            counted[host] += count
    assert counted == {host: len(them) for host, them in by_host(visits).items()}


def test_rules_that_cannot_be_read_forbid(tmp_path: Path) -> None:
    broken = {"cache.thepaper.cn": (503, "busy")}
    with witness(broken) as (origin, visits):
        (one,) = politely(tmp_path, [BOARD], origin, 0)
    assert one.reason == "robots_unreachable"
    assert {visit.path for visit in visits} == {"robots.txt"}


def test_a_host_without_rules_may_be_asked(tmp_path: Path) -> None:
    with witness({"cache.thepaper.cn": (404, "User-agent: *\nDisallow: /")}) as (origin, _):
        (one,) = politely(tmp_path, [BOARD], origin, 0)
    assert one.status is Status.OK


def test_the_pause_that_the_rules_ask_for_is_kept(tmp_path: Path) -> None:
    rules = "User-agent: *\nCrawl-delay: 0.7\n"
    with witness({"cache.thepaper.cn": (200, rules)}) as (origin, visits):
        politely(tmp_path, [BOARD], origin, 0)
    robots, page = visits
    assert page.began_at - robots.began_at > 0.65


# --- The rules between runs. --------------------------------------------------------------------

HOST = "cache.thepaper.cn"
DENIED = (200, "User-agent: *\nDisallow: /\n")


def aged(landing: Path, hours: float) -> None:
    """As if the rules had been asked for so much earlier."""
    (file,) = (landing / FOLDER).iterdir()
    row = json.loads(file.read_text(encoding="utf-8"))
    for name in ("asked_at", "until"):
        earlier = datetime.fromisoformat(row[name]) - timedelta(hours=hours)
        row[name] = earlier.isoformat()
    file.write_text(json.dumps(row), encoding="utf-8")


def test_rules_are_kept_for_a_day_and_then_asked_for_anew(tmp_path: Path) -> None:
    robots: dict[str, tuple[int, str]] = {}

    def run() -> tuple[str, int]:
        (one,) = politely(tmp_path, [BOARD], origin, 0)
        return one.reason, [visit.path for visit in visits].count("robots.txt")

    with witness(robots) as (origin, visits):
        assert run() == ("", 1)
        robots[HOST] = DENIED
        assert run() == ("", 1)
        aged(tmp_path, hours=23.9)
        assert run() == ("", 1)
        aged(tmp_path, hours=0.1)
        assert run() == ("robots_denied", 2)


def test_kept_rules_forbid_as_fresh_ones_do(tmp_path: Path) -> None:
    with witness({HOST: DENIED}) as (origin, visits):
        found = [politely(tmp_path, [BOARD], origin, 0)[0].reason for _ in range(2)]
    assert found == ["robots_denied"] * 2
    assert [visit.path for visit in visits] == ["robots.txt"]


@pytest.mark.parametrize("status", [403, 503])
def test_an_answer_that_may_pass_is_not_kept(tmp_path: Path, status: int) -> None:
    with witness({HOST: (status, "")}) as (origin, visits):
        politely(tmp_path, [BOARD], origin, 0)
        once = len(visits)
        politely(tmp_path, [BOARD], origin, 0)
    assert len(visits) == 2 * once


def test_the_rules_of_one_web_are_not_those_of_another(tmp_path: Path) -> None:
    place, real, made = f"https://{HOST}", KeptRules(tmp_path), KeptRules(tmp_path, "http://a:1")
    made.keep(place, "Disallow: /", NOW, timedelta(hours=1))
    assert real.of(place, NOW) is None
    assert made.of(place, NOW) == "Disallow: /"
    assert made.of(place, NOW - timedelta(days=1)) is None
    made.file(place).write_text("{", "utf-8")
    assert made.of(place, NOW) is None


@pytest.mark.parametrize(
    ("status", "said", "hours"),
    [
        (200, "", 24),
        (404, "", 24),
        (200, "public, max-age=3600", 1),
        (200, "max-age=999999, s-maxage=5", 24),
        (200, "no-store", 0),
        (200, "private, no-cache, max-age=3600", 0),
        (200, "max-age=0", 0),
        (401, "", 0),
    ],
)
def test_a_host_may_say_that_its_rules_last_shorter(status: int, said: str, hours: int) -> None:
    answer = Response("https://a.cn/robots.txt", status, {"Cache-Control": said} if said else None)
    assert lasting(answer, timedelta(hours=24)) == timedelta(hours=hours)


def test_a_replay_keeps_no_rules(tmp_path: Path) -> None:
    with serving(WORLD) as origin:
        collect(tmp_path, [BOARD], origin=origin, instants=[NOW])
    assert not (tmp_path / FOLDER).exists()


# --- Asking only for what changed. --------------------------------------------------------------

TAGS = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Nov 2026 03:00:00 GMT"}


def fetched(landing: Path, fault: Fault, asked: list[Asked] | None = None) -> Landed:
    with serving(WORLD, {BOARD: fault}, asked) as origin:
        (one,) = collect(landing, [BOARD], origin=origin)
    return one


def page_headers(asked: Sequence[Asked]) -> Mapping[str, str]:
    return next(one.headers for one in asked if not one.path.endswith("robots.txt"))


def test_a_list_that_did_not_change_is_landed_as_confirmed(tmp_path: Path) -> None:
    asked: list[Asked] = []
    first = fetched(tmp_path, Fault(headers=TAGS))
    later = [fetched(tmp_path, Fault(status=304, body=b""), asked) for _ in range(2)]
    sent = [one.headers for one in asked if not one.path.endswith("robots.txt")]
    assert [headers["If-None-Match"] for headers in sent] == [TAGS["ETag"]] * 2
    assert [headers["If-Modified-Since"] for headers in sent] == [TAGS["Last-Modified"]] * 2
    for one in later:
        outcome, exchange = read_whole(tmp_path / one.path)
        assert (outcome.status, outcome.http_status, outcome.page.cached) == (Status.OK, 304, True)
        assert outcome.page.entries == read(tmp_path / first.path).page.entries
        assert outcome.captured_at > first.captured_at
        assert exchange.same_as == first.path
        assert read_body(tmp_path / one.path) is None


def test_a_host_that_names_no_version_is_asked_without_one(tmp_path: Path) -> None:
    asked: list[Asked] = []
    fetched(tmp_path, Fault())
    fetched(tmp_path, Fault(), asked)
    assert "If-None-Match" not in page_headers(asked)


def test_not_modified_without_a_question_is_a_failure(tmp_path: Path) -> None:
    assert fetched(tmp_path, Fault(status=304, body=b"")).reason == "http_304"


def test_a_replay_asks_for_the_whole_page(tmp_path: Path) -> None:
    asked: list[Asked] = []
    fetched(tmp_path, Fault(headers=TAGS))
    with serving(WORLD, asked=asked) as origin:
        collect(tmp_path, [BOARD], origin=origin, instants=[NOW])
    assert "If-None-Match" not in page_headers(asked)


@pytest.mark.parametrize(
    ("outcome", "exchange", "later", "known"),
    [
        (OK, Exchange(etag="v1"), timedelta(hours=1), True),
        (OK, Exchange(etag="v1"), WHOLE_EVERY, False),
        (OK, Exchange(), timedelta(hours=1), False),
        (
            replace(OK, request_url="https://moved.example/"),
            Exchange(etag="v1"),
            timedelta(0),
            False,
        ),
        (replace(OK, status=Status.FAILED), Exchange(etag="v1"), timedelta(0), False),
    ],
)
def test_only_a_young_list_from_the_same_address_is_asked_about(
    tmp_path: Path, outcome: Outcome, exchange: Exchange, later: timedelta, known: bool
) -> None:
    write(tmp_path, outcome, b"body", exchange=exchange)
    assert (of(tmp_path, BOARD, URL, NOW + later) is not None) is known


def test_an_exchange_is_read_back_and_absent_where_there_is_none(tmp_path: Path) -> None:
    exchange = Exchange({"a.cn": 2}, "v1", "then", "b/c.json", NOW)
    assert read_whole(write(tmp_path, OK, exchange=exchange)) == (OK, exchange)
    plain = json.loads(write(tmp_path / "plain", OK).read_text(encoding="utf-8"))
    assert not {"asked", "etag", "last_modified", "same_as", "retry_at"} & set(plain)


# --- Leaving a host alone. ----------------------------------------------------------------------


def ago(landing: Path, reason: str, minutes: float, exchange: Exchange | None = None) -> None:
    status = Status.FAILED if reason else Status.OK
    at = NOW - timedelta(minutes=minutes)
    write(
        landing,
        replace(OK, captured_at=at, status=status, reason=reason),
        exchange=exchange or Exchange(),
        durable=False,
    )


def of_late(landing: Path, now: datetime = NOW) -> Circuit:
    return circuit(landing, [BOARD], now, PATIENCE)


@pytest.mark.parametrize("reason", ["http_403", "http_429", "http_503", "timeout"])
def test_failures_in_a_row_open_the_circuit(tmp_path: Path, reason: str) -> None:
    ago(tmp_path, reason, 21)
    ago(tmp_path, reason, 11)
    assert of_late(tmp_path).until is None
    ago(tmp_path, reason, 1)
    assert of_late(tmp_path) == Circuit(3, reason, NOW + timedelta(minutes=29))


@pytest.mark.parametrize("reason", ["", "login_wall", "wrong_shape", "http_404"])
def test_any_answer_closes_it(tmp_path: Path, reason: str) -> None:
    for minutes in (40, 30, 20):
        ago(tmp_path, "http_503", minutes)
    ago(tmp_path, reason, 1)
    assert of_late(tmp_path) == Circuit()


@pytest.mark.parametrize("reason", ["circuit_open", "crawl_died", "dns", "connection_refused"])
def test_what_says_nothing_of_the_host_neither_opens_nor_closes(
    tmp_path: Path, reason: str
) -> None:
    for minutes in (40, 30, 20):
        ago(tmp_path, "http_503", minutes)
        ago(tmp_path, reason, minutes - 5)
    assert of_late(tmp_path).failures == 3


def test_each_failure_doubles_the_pause_up_to_a_limit() -> None:
    pauses = [PATIENCE.pause(failures) / timedelta(minutes=1) for failures in range(1, 10)]
    assert pauses == [0, 0, 30, 60, 120, 240, 480, 720, 720]
    assert replace(PATIENCE, failures=0).pause(100) == timedelta()


def test_the_failures_of_a_hosts_boards_count_together(tmp_path: Path) -> None:
    for number, board in enumerate(("a_hot", "b_hot", "a_hot")):
        at = NOW - timedelta(minutes=number + 1)
        write(tmp_path, Outcome(board, at, Status.FAILED, "x", reason="http_429"))
    assert circuit(tmp_path, ["a_hot", "b_hot"], NOW, PATIENCE).failures == 3
    assert circuit(tmp_path, ["a_hot"], NOW, PATIENCE).until is None


def test_a_long_pause_that_the_host_wished_is_kept(tmp_path: Path) -> None:
    ago(tmp_path, "http_429", 1, Exchange(retry_at=NOW + timedelta(hours=5)))
    assert of_late(tmp_path).until == NOW + timedelta(hours=5)


def test_captures_of_the_future_are_not_known_yet(tmp_path: Path) -> None:
    for minutes in (-1, -2, 1):
        ago(tmp_path, "http_503", minutes)
    assert len(list(newest(tmp_path, BOARD, NOW, 8))) == 1


def wished(value: str) -> float:
    return wished_pause(Response("https://a.cn/", headers={"Retry-After": value}))


def test_a_wished_pause_is_read_as_seconds_or_as_a_date() -> None:
    assert wished("120") == 120
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert 3590 < wished(in_an_hour) <= 3600
    assert wished("Mon, 02 Nov 2020 03:00:00 GMT") == 0
    assert wished("soon") == wished("") == wished("²") == 0
    assert wished("9" * 30) == timedelta(days=7).total_seconds()


def test_a_host_that_wants_hours_of_peace_is_asked_once_and_then_not_at_all(tmp_path: Path) -> None:
    asked: list[Asked] = []
    busy = Fault(status=429, headers={"Retry-After": "7200"})
    assert fetched(tmp_path, busy, asked).reason == "http_429"
    one = fetched(tmp_path, busy, asked)
    assert one.reason == "circuit_open"
    assert "UTC" in one.detail
    assert [a.path for a in asked if not a.path.endswith("robots.txt")] == [
        f"/{URL.partition('://')[2]}"
    ]


def test_a_refusing_host_is_left_alone_and_then_one_board_asks(tmp_path: Path) -> None:
    for minutes in (22, 12, 2):
        at = datetime.now(UTC) - timedelta(minutes=minutes)
        write(tmp_path, Outcome(BOARD, at, Status.FAILED, URL, reason="http_403"))
    asked: list[Asked] = []
    assert fetched(tmp_path, Fault(), asked).reason == "circuit_open"
    assert asked == []
    for path in (tmp_path / BOARD).rglob("*.json"):  # the same, an hour earlier
        outcome = read(path)
        path.unlink()
        if outcome.reason != "circuit_open":
            earlier = outcome.captured_at - timedelta(hours=1)
            write(tmp_path, replace(outcome, captured_at=earlier))
    assert fetched(tmp_path, Fault(), asked).status is Status.OK


def test_when_a_pause_is_over_one_board_of_the_host_asks(tmp_path: Path) -> None:
    for minutes in (140, 130, 120):
        at = datetime.now(UTC) - timedelta(minutes=minutes)
        write(tmp_path, Outcome(BOARD, at, Status.FAILED, URL, reason="timeout"))
    settings = Settings()
    settings.setmodule("crawlers.settings")
    circuits = Circuits(tmp_path, settings)
    first = catalog.board(BOARD)
    twin = type("Twin", (first,), {"name": "thepaper_twin"})
    assert circuits.refusal(first) == circuits.refusal(first) == ""
    assert f"{BOARD} alone asks" in circuits.refusal(twin)


def test_a_replay_knows_no_circuit(tmp_path: Path) -> None:
    for minutes in (3, 2, 1):
        ago(tmp_path, "http_403", minutes)
    with serving(WORLD, {BOARD: loopback.LOGIN_WALL}) as origin:
        (one,) = collect(tmp_path, [BOARD], origin=origin, instants=[NOW])
    assert one.reason == "login_wall"
