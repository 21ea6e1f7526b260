from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from scrapy.http import Response
from scrapy.settings import Settings

from crawlers import catalog
from crawlers.http.circuit_breaker import Circuit, Circuits, Patience, circuit
from crawlers.http.retry import wished_pause
from crawlers.landing import newest, read, write
from crawlers.run import collect
from crawlers.simulation import server as loopback
from crawlers.simulation.server import Asked, Fault, serving
from pipelines.captures import Outcome, Status
from pipelines.landing_format import Exchange
from tests.crawlers.http.board_fetches import BOARD, OK, URL, fetched
from tests.crawlers.http.witness import NOW, WORLD

pytestmark = pytest.mark.xdist_group("politeness")  # one worker sets it up, not each

PATIENCE = Patience(3, timedelta(minutes=30), timedelta(hours=12))


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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_replay_knows_no_circuit(tmp_path: Path) -> None:
    for minutes in (3, 2, 1):
        ago(tmp_path, "http_403", minutes)
    with serving(WORLD, {BOARD: loopback.LOGIN_WALL}) as origin:
        (one,) = collect(tmp_path, [BOARD], origin=origin, instants=[NOW])
    assert one.reason == "login_wall"
