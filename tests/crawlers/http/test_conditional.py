import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.http.conditional import WHOLE_EVERY, of
from crawlers.landing import read, read_body, read_whole, write
from crawlers.run import collect
from crawlers.simulation.server import Asked, Fault, serving
from pipelines.captures import Outcome, Status
from pipelines.landing_format import Exchange
from tests.crawlers.http.board_fetches import BOARD, OK, URL, fetched
from tests.crawlers.http.witness import NOW, WORLD

pytestmark = pytest.mark.xdist_group("politeness")  # one worker sets it up, not each

TAGS = {"ETag": '"v1"', "Last-Modified": "Mon, 02 Nov 2026 03:00:00 GMT"}


def page_headers(asked: Sequence[Asked]) -> Mapping[str, str]:
    return next(one.headers for one in asked if not one.path.endswith("robots.txt"))


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_host_that_names_no_version_is_asked_without_one(tmp_path: Path) -> None:
    asked: list[Asked] = []
    fetched(tmp_path, Fault())
    fetched(tmp_path, Fault(), asked)
    assert "If-None-Match" not in page_headers(asked)


@pytest.mark.slow
def test_not_modified_without_a_question_is_a_failure(tmp_path: Path) -> None:
    assert fetched(tmp_path, Fault(status=304, body=b"")).reason == "http_304"


@pytest.mark.slow
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
