"""The board on loopback: every page and link answers, titles of strangers stay text, nothing is changed."""

import csv
import http.client
import io
import json
import shutil
import sqlite3
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, sync_playwright

from fengkou import operations, topic_hands
from fengkou.home import Home
from fengkou.web.server import CannotListenError, listening_at
from pipelines.topics.short_id import short_id
from tests.dagster_project.conftest import CHROMIUM_FLAGS
from tests.fengkou.web.conftest import HOSTILE, NAMED_HOST, Served, land_hours, serving
from tests.made_hands import BY, COMING, MUSEUM
from tests.warehouse.models.test_topics import rows
from warehouse.connection import PUBLISHED_FILE

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("served_board")]

PAGES = (
    "/",
    "/words",
    "/search",
    "/search?q=台风",
    "/sources",
    "/desks",
    "/desks/weather",
    "/desks/broken",
)


def get(address: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, Message]:
    """Status, body and headers of an address; redirects are followed."""
    request = urllib.request.Request(address, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.read(), refused.headers


def page(served: Served, path: str) -> BeautifulSoup:
    status, body, _ = get(served.address + quote(path, safe="/?=&"))
    assert status == 200, (path, body[-500:])
    return BeautifulSoup(body, "lxml")


def document(served: Served, path: str) -> dict[str, object]:
    status, body, _ = get(served.address + quote(path, safe="/?=&"))
    assert status == 200, path
    return dict(json.loads(body))


def storm(home: Home) -> int:
    return int(
        str(rows(home, f"SELECT topic_id FROM mart.topic_titles WHERE title = '{COMING}'")[0][0])
    )


def links_from(address: str, body: bytes) -> set[str]:
    """The addresses on this server that a page leads to."""
    found = BeautifulSoup(body, "lxml").select("a[href], link[href]")
    there = {urljoin(address, str(each["href"])).partition("#")[0] for each in found}
    return {each for each in there if urlsplit(each).netloc == urlsplit(address).netloc}


def test_every_link_of_every_page_answers_and_none_changes_anything(served: Served) -> None:
    before = told_rows(served.home)
    wanted = {served.address + quote(path, safe="/?=&") for path in PAGES}
    seen: set[str] = set()
    while wanted - seen:
        address = min(wanted - seen)
        seen.add(address)
        status, body, headers = get(address)
        assert status == 200, (address, body[-300:])
        if headers.get_content_type() == "text/html":
            wanted |= links_from(address, body)
    assert {urlsplit(each).path.partition("/")[2].partition("/")[0] for each in seen} > {
        "stories",
        "now.csv",
    }
    assert any("language=en" in each for each in seen)
    assert told_rows(served.home) == before


def told_rows(home: Home) -> list[tuple[object, ...]]:
    """All that the ledger holds."""
    with sqlite3.connect(home.desk_ledger) as con:
        tables = [
            name for (name,) in con.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        found = [
            (name, *row) for name in sorted(tables) for row in con.execute(f"SELECT * FROM {name}")
        ]
    con.close()
    return found


@pytest.mark.parametrize("path", PAGES)
def test_titles_of_strangers_are_text(served: Served, path: str) -> None:
    found = page(served, path)
    assert not found.select("script, img, iframe, [onerror], [onload]")
    assert len(found.select("h1")) == 1
    assert all(str(each["href"]).startswith(("/", "#", "http")) for each in found.select("a[href]"))


def test_a_hostile_title_is_read_on_the_first_page_and_its_own(served: Served) -> None:
    link = next(
        each for each in page(served, "/").select("a[href^='/stories/']") if "<script>" in each.text
    )
    assert HOSTILE[0] in page(served, str(link["href"])).select_one("h1").text  # type: ignore[union-attr]


def test_no_cell_of_a_spreadsheet_is_a_formula(served: Served) -> None:
    status, body, headers = get(f"{served.address}/search.csv?q={quote('地震预警')}")
    assert (status, headers.get_content_type()) == (200, "text/csv")
    head, *lines = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    assert head[0] == "story"
    assert lines
    assert not [cell for line in lines for cell in line if cell.startswith("=")]


def test_a_story_tells_its_lists_titles_and_desks(served: Served) -> None:
    told = document(served, f"/stories/{short_id(storm(served.home))}.json")
    assert {each["title"] for each in told["titles"]} >= {COMING}  # type: ignore[attr-defined]
    assert {each["desk"] for each in told["deliveries"]} == {"weather"}  # type: ignore[attr-defined]
    assert {each["rank"] for each in told["ranks"]} >= {6, 2}  # type: ignore[attr-defined]
    assert page(served, f"/stories/{short_id(storm(served.home))}").select("svg[role=img] path")


def test_a_story_tells_what_was_expected_of_it_and_what_came(served: Served) -> None:
    told = document(served, f"/stories/{short_id(storm(served.home))}.json")["forecasts"]
    instants = [each["told_at"] for each in told]  # type: ignore[attr-defined]
    assert instants == sorted(instants, reverse=True)
    expected = rows(
        served.home,
        "SELECT count(*), count(*) FILTER (chance_3h IS NULL) FROM mart.forecasts "
        f"WHERE topic_id = {storm(served.home)}",
    )
    assert [(len(instants), sum(each["chance_3h"] is None for each in told))] == expected  # type: ignore[attr-defined]
    assert instants


def test_a_desk_tells_what_it_was_told_and_where_its_file_is_faulty(served: Served) -> None:
    told = document(served, "/desks/weather.json")["told"]
    assert [(each["state"], each["channel"]) for each in told] == [("sent", "room")] * len(told)  # type: ignore[attr-defined, arg-type]
    assert COMING in {each["story"] for each in told}  # type: ignore[attr-defined]
    faults = document(served, "/desks/broken.json")["faults"]
    assert [each["file"] for each in faults] == ["broken.yaml"]  # type: ignore[attr-defined]
    assert str(served.home.root) not in str(document(served, "/desks.json"))


def test_search_finds_by_title_in_any_width_and_says_how_many(served: Served) -> None:
    told = document(served, "/search.json?q=青鸟 松涧")
    assert told["found_count"] == len(told["stories"]) == 1  # type: ignore[arg-type]
    assert document(served, "/search.json?q=没有这样的标题")["stories"] == []
    assert document(served, "/search.json?q=%_'")["found_count"] == 0


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/stories/t1", 404), ("/stories/no-story", 404), ("/stories/99999999999999999999999", 404),
        ("/desks/../healthz", 404), ("/desks/nobody", 404), ("/nothing", 404), ("/search?page=0", 400),
        ("/search?page=999999999999", 400), ("/search?page=²", 400), (f"/search?q={'长' * 101}", 400),
        ("/?language=xx", 400), ("/stories/t1.json", 404),
    ],
)  # fmt: skip
def test_what_is_not_there_or_too_much_is_refused_with_a_reason(
    served: Served, path: str, status: int
) -> None:
    found, body, headers = get(served.address + quote(path, safe="/?=&"))
    assert found == status
    assert headers["Content-Security-Policy"]
    assert len(body) > 30


def asked_as(served: Served, method: str, host: str, origin: str = "") -> int:
    parts = urlsplit(served.address)
    connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=20)
    connection.putrequest(method, "/healthz", skip_host=True)
    connection.putheader("Host", host)
    if origin:
        connection.putheader("Origin", origin)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


def test_only_own_names_are_answered_and_only_to_read(served: Served) -> None:
    own = urlsplit(served.address).netloc
    assert asked_as(served, "GET", own) == 200
    assert asked_as(served, "GET", NAMED_HOST) == 200
    assert asked_as(served, "GET", "rebound.example") == 400
    assert asked_as(served, "GET", own, "https://evil.example") == 403
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert asked_as(served, method, own) == 405


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1", "no such host"])
def test_where_nobody_can_listen_it_says_so_in_one_line(served: Served, host: str) -> None:
    port = urlsplit(served.address).port or 0
    with pytest.raises(CannotListenError, match=f"{host}, port {port}: .*--port"):
        listening_at(host, port)


def test_a_page_that_is_known_is_not_sent_again(served: Served) -> None:
    _, _, headers = get(served.address)
    status, body, _ = get(served.address, {"If-None-Match": headers["ETag"]})
    assert (status, body) == (304, b"")


def test_an_older_id_leads_to_the_story_and_a_new_copy_is_read(
    served: Served, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(served.home.root, home.root)
    first, other = storm(home), museum(home)
    with serving(home) as address:
        before = json.loads(get(f"{address}/healthz")[1])["published_at"]
        assert get(f"{address}/stories/{short_id(other)}")[0] == 200
        topic_hands.join(home, [str(first), str(other)], BY)
        operations.build(home)
        assert json.loads(get(f"{address}/healthz")[1])["published_at"] > before
        kept = {
            json.loads(get(f"{address}/stories/{short_id(each)}.json")[1])["topic_id"]
            for each in (first, other)
        }
        assert len(kept) == 1
        _, body, _ = get(f"{address}/stories/{max(first, other)}?language=en")
        assert b'lang="en"' in body


def test_the_first_page_is_that_of_the_new_copy_soon_after_it_is_there(
    served: Served, tmp_path: Path
) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(served.home.root, home.root)
    with serving(home) as address:
        assert "–03:30" in get(address)[1].decode()
        land_hours(home, 8, 9)
        operations.build(home)
        deadline = time.monotonic() + 30
        while "–04:00" not in get(address)[1].decode():
            assert time.monotonic() < deadline, "the page of the older copy is still answered"
            time.sleep(0.1)


def museum(home: Home) -> int:
    return int(
        str(rows(home, f"SELECT topic_id FROM mart.topic_titles WHERE title = '{MUSEUM}'")[0][0])
    )


def test_where_nothing_is_published_it_says_what_to_do(tmp_path: Path) -> None:
    with serving(Home(tmp_path / "empty")) as address:
        for path in ("/", "/healthz", "/desks"):
            status, body, _ = get(address + path)
            assert status == 503
            assert b"fengkou collect" in body
    assert not list(tmp_path.glob("**/*.db"))


def test_a_page_comes_at_once_when_it_was_made(served: Served) -> None:
    get(served.address)
    spent = []
    for _ in range(20):
        began = time.perf_counter()
        get(served.address)
        spent.append(time.perf_counter() - began)
    assert sorted(spent)[10] < 0.15


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("no Chromium here; install it with: apt-get install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


def test_pages_fit_a_small_phone_ask_nobody_else_and_run_nothing(
    served: Served, browser: Browser
) -> None:
    shown = browser.new_page(viewport={"width": 320, "height": 640})
    asked: list[str] = []
    said: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.on("console", lambda message: said.append(message.text))
    for path in (*PAGES, f"/stories/{short_id(storm(served.home))}"):
        shown.goto(served.address + path)
        assert shown.evaluate("document.documentElement.scrollWidth") <= 320, path
        assert "taken" not in shown.title()
    shown.goto(served.address)
    shown.keyboard.press("Tab")
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "main"
    assert not said
    assert all(url.startswith(served.address) for url in asked)
    shown.close()


def test_the_published_copy_is_never_written(served: Served) -> None:
    before = (served.home.published / PUBLISHED_FILE).stat()
    for path in PAGES:
        page(served, path)
    after = (served.home.published / PUBLISHED_FILE).stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (
        before.st_mtime_ns,
        before.st_size,
        before.st_ino,
    )
