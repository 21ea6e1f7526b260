"""Boards of a boards.toml stand among the built-in ones; a bad entry is told and not guessed at."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawlers import catalog
from crawlers.authoring.write_board import add
from crawlers.boards import boards_toml
from crawlers.boards.board import FeedBoard, HtmlBoard, JsonBoard
from crawlers.boards.board_entry import BoardEntry
from crawlers.boards.description import Description
from crawlers.boards.errors import CatalogError, PageError
from crawlers.boards.names import built_in_names
from crawlers.child import PROJECT
from crawlers.http.public_address import address_problem
from crawlers.landing import read
from crawlers.run import collect
from crawlers.simulation.server import Asked, serving
from crawlers.simulation.world import World
from pipelines.captures import Kind, Page, Status
from tests.crawlers.boards.example_board import WHOLE


def one_line(shape: str) -> str:
    return f'[boards.example_hot]\nshape = "{shape}"\nurl = "https://hot.example.com/api/s?id=x"\n'


def parsed(file: Path, text: str, body: object) -> Page:
    file.write_text(text, encoding="utf-8")
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return catalog.parse("example_hot", raw)


def refused(file: Path, text: str) -> str:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        catalog.board("example_hot")
    said = str(caught.value)
    assert str(file) in said
    return said


# Said by the class itself: its kind, its name, its addresses, and what its shape is known from.
NOT_WRITTEN = {"page_kind", "name", "start_urls", "known_from"}


def test_every_word_of_a_board_class_can_be_written() -> None:
    words = {
        word
        for kind in (Description, JsonBoard, HtmlBoard, FeedBoard)
        for word in vars(kind).get("__annotations__", {})
    }
    lost = sorted(words - NOT_WRITTEN - set(BoardEntry.model_fields))
    assert not lost, f"Add {', '.join(lost)} to crawlers/boards/board_entry.py."


def test_a_custom_board_stands_in_the_catalogue(file: Path) -> None:
    assert "example_hot" in catalog.names()
    assert "example_hot" not in built_in_names()
    (fact,) = [fact for fact in catalog.facts() if fact.name == "example_hot"]
    assert fact.is_custom
    assert (fact.source, fact.kind, fact.cadence_minutes) == ("example", "json", 20)
    assert (fact.homepage, fact.expected_count) == ("https://api.example.com/", (3, 50))
    assert [one.name for one in catalog.facts() if one.is_custom] == ["example_hot"]


def test_its_page_is_read_like_any_other(file: Path) -> None:
    rows = [
        {"word": "甲", "link": "/a", "hot": "1.2万", "id": 1, "is_top": True},
        {"word": "乙", "mobile": {"link": "/b"}, "hot": 9, "id": 2},
        {"word": "丙", "kind": "ad"},
    ]
    page = parsed(file, WHOLE, {"data": {"list": rows}})
    assert [(e.title, e.kind, e.url) for e in page.entries] == [
        ("甲", Kind.PINNED, "https://api.example.com/a"),
        ("乙", Kind.RANKED, "https://api.example.com/b"),
        ("丙", Kind.PAID, None),
    ]


def test_a_changed_entry_is_another_board(file: Path) -> None:
    before = catalog.board("example_hot")
    assert catalog.board("example_hot") is before
    file.write_text(WHOLE.replace("示例热榜", "另一个榜"), encoding="utf-8")
    assert catalog.board("example_hot").title_zh == "另一个榜"


def test_an_error_in_a_page_names_the_file(file: Path) -> None:
    with pytest.raises(PageError) as caught:
        catalog.parse("example_hot", b'{"data": {"list": [{"title": "x"}]}}')
    assert f"[boards.example_hot] in {file}" in caught.value.detail
    assert "crawlers/spiders" not in caught.value.detail


@pytest.mark.slow
def test_the_crawl_child_sees_the_same_file(file: Path, tmp_path: Path) -> None:
    with serving(World(datetime(2026, 11, 1, tzinfo=UTC))) as origin:
        (one,) = collect(tmp_path / "landing", ["example_hot"], origin=origin)
    outcome = read(tmp_path / "landing" / one.path)
    assert one.status is Status.OK, one.detail
    assert outcome.page.entries


@pytest.mark.slow
def test_dagster_sees_the_same_file(file: Path) -> None:
    script = (
        "from dagster_project.definitions import defs\n"
        "import dagster as dg\n"
        "found = defs() if callable(defs) else defs\n"
        "keys = found.resolve_all_asset_keys()\n"
        "assert dg.AssetKey(['landing', 'example_hot']) in keys, keys\n"
    )
    environment = {**os.environ, "DAGSTER_DISABLE_TELEMETRY": "yes"}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_file_lies_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FENGKOU_BOARDS", raising=False)
    monkeypatch.setenv("FENGKOU_HOME", str(tmp_path))
    assert boards_toml.names() == ()
    (tmp_path / "boards.toml").write_text(WHOLE, encoding="utf-8")
    assert boards_toml.names() == ("example_hot",)


def test_a_named_file_that_is_missing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGKOU_BOARDS", str(tmp_path / "gone.toml"))
    with pytest.raises(CatalogError, match=r"gone\.toml, which is not there"):
        catalog.names()


def test_newsnow_is_one_line(file: Path) -> None:
    item = {
        "id": "a",
        "title": "甲",
        "url": "https://x.example/a",
        "extra": {"info": "12万", "hover": "一句", "icon": False},
    }
    envelope = {"status": "cache", "id": "x", "updatedTime": 1767225600000, "items": [item]}
    page = parsed(file, one_line("newsnow"), envelope)
    (entry,) = page.entries
    assert (entry.native_id, entry.heat, entry.excerpt) == ("a", "12万", "一句")
    assert page.cached
    assert page.upstream_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert not parsed(file, one_line("newsnow"), {**envelope, "status": "success"}).cached


def test_dailyhot_is_one_line(file: Path) -> None:
    item = {"id": 7, "title": "甲", "hot": 99, "url": "", "mobileUrl": "https://x.example/m"}
    envelope = {
        "code": 200,
        "updateTime": "2026-01-01T00:00:00.000Z",
        "fromCache": True,
        "data": [item],
    }
    page = parsed(file, one_line("dailyhot"), envelope)
    (entry,) = page.entries
    assert (entry.native_id, entry.heat, entry.url) == ("7", "99", "https://x.example/m")
    assert page.cached
    assert page.upstream_at == datetime(2026, 1, 1, tzinfo=UTC)


RSS = (
    "<rss><channel><lastBuildDate>Thu, 01 Jan 2026 00:00:00 GMT</lastBuildDate>"
    "<item><title>甲</title><link>https://x.example/a</link><guid isPermaLink='false'>7</guid></item>"
    "</channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><updated>2026-01-01T00:00:00Z</updated>"
    "<entry><title>甲</title><link href='https://x.example/a'/><id>7</id></entry></feed>"
)
JSON_FEED = '{"items": [{"id": "7", "title": "甲", "url": "https://x.example/a"}]}'


@pytest.mark.parametrize("body", [RSS, ATOM, JSON_FEED], ids=["rss", "atom", "json feed"])
def test_rsshub_is_one_line(file: Path, body: str) -> None:
    page = parsed(file, one_line("rsshub"), body.encode())
    (entry,) = page.entries
    assert (entry.title, entry.url, entry.native_id) == ("甲", "https://x.example/a", "7")
    assert body is JSON_FEED or page.upstream_at == datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "json"', 'kind = "yaml"', 'expected "json", "html", "feed"'),
        ('kind = "json"', "", "neither kind nor shape"),
        ('kind = "json"', 'kind = "json"\nshape = "newsnow"', "found kind and shape"),
        ("cadence_minutes = 20", "cadence_minute = 20", "Did you mean cadence_minutes"),
        ("cadence_minutes = 20", "cadence_minutes = 1", "5 or more"),
        ("cadence_minutes = 20", "cadence_minutes = true", "5 or more"),
        ("[3, 50]", "[50, 3]", "at least and at most"),
        ('title = "word", ', "", 'fields has no "title"'),
        ('heat = "hot"', "heat = 7", "fields.heat"),
        ('heat = "hot"', 'kind = "hot"', "expected names such as"),
        ('entries_at = "data.list"', "", "entries_at is missing"),
        ("[{ is_top = true }]", '"is_top"', "expected a list of tables"),
        ('heat_unit = "heat"', 'native_id_pattern = "("', "native_id_pattern"),
        ('heat_unit = "heat"', 'native_id_pattern = "x"', "a pattern with a group"),
        ('heat_unit = "heat"', "messy = true", "is for kind = 'html' only"),
        ('heat_unit = "heat"', 'headers = { Cookie = "SUB=1" }', "headers_from"),
        ('heat_unit = "heat"', 'headers = { X-Api-Key = "1" }', "headers_from"),
        ('heat_unit = "heat"', 'headers = { Referer = "a\\r\\nCookie: b" }', "texts of one line"),
        ('heat_unit = "heat"', 'headers_from = { Cookie = "SUB=abc" }', "environment variable"),
        ('heat_unit = "heat"', 'headers_from = { Referer = "REFERER" }', "Authorization or Cookie"),
        ('heat_unit = "heat"', 'also_hosts = ["10.0.0.1"]', "inside a network"),
        ('heat_unit = "heat"', 'also_hosts = ["a@b.example.com"]', "a name or password"),
        ("limit=50", "token=abc", "landed and published"),
        ("title_zh", "title_zh = 1\ntitle_en", "is not TOML"),
    ],
)
def test_a_bad_entry_says_what_and_where(file: Path, old: str, new: str, said: str) -> None:
    assert old in WHOLE
    assert said in refused(file, WHOLE.replace(old, new))


def test_the_value_of_a_secret_is_not_repeated(file: Path) -> None:
    said = refused(file, WHOLE + 'headers_from = { Cookie = "SUB=verysecret" }\n')
    assert "verysecret" not in said


@pytest.mark.parametrize("name", ["Example", "example", "../etc_x", "weibo_side_hotsearch"])
def test_a_name_that_is_taken_or_none_is_an_error(file: Path, name: str) -> None:
    file.write_text(WHOLE.replace("boards.example_hot", f'boards."{name}"'), encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        catalog.names()
    assert str(file) in str(caught.value)
    if name == "weibo_side_hotsearch":
        assert f"crawlers/spiders/{name}.py" in str(caught.value)


def test_html_wants_selectors(file: Path) -> None:
    html = WHOLE.replace('"json"', '"html"').replace('"data.list"', '"li["')
    assert "expected a CSS selector" in refused(file, html)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "//example.com/hot",
        "https://",
        "https://user:pass@example.com/",
        "https://user@example.com/",
        "https://localhost/",
        "https://newsnow/",
        "https://nas.local/",
        "https://db.internal./",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://10.0.0.8/",
        "https://192.168.1.4/hot",
        "https://172.16.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "https://[::1/",
        "https://example.com:8443/",
        "https://example.com:port/",
        "https://example.com\\@127.0.0.1/",
        "https://exa mple.com/",
    ],
)
def test_only_public_hosts_are_asked(file: Path, url: str) -> None:
    assert address_problem(url)
    quoted = json.dumps(url)
    said = refused(file, f'[boards.example_hot]\nshape = "newsnow"\nurl = {quoted}\n')
    assert "public host" in said


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a?b=c",
        "http://example.com:80/",
        "https://1.1.1.1/",
        "https://热榜.example.cn/",
        "https://[2606:4700::1111]/",
    ],
)
def test_a_public_host_may_be_asked(url: str) -> None:
    assert not address_problem(url)


@pytest.mark.slow
def test_a_key_comes_from_the_environment(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text(WHOLE + 'headers_from = { Authorization = "EXAMPLE_KEY" }\n', encoding="utf-8")
    heard: list[Asked] = []
    with serving(World(datetime(2026, 11, 1, tzinfo=UTC)), asked=heard) as origin:
        (without,) = collect(tmp_path / "landing", ["example_hot"], origin=origin)
        monkeypatch.setenv("EXAMPLE_KEY", "Bearer verysecret")
        (with_key,) = collect(tmp_path / "landing", ["example_hot"], origin=origin)
    assert (without.status, with_key.status) == (Status.FAILED, Status.OK)
    assert "EXAMPLE_KEY, which is not set" in without.detail
    assert [
        request.headers["Authorization"] for request in heard if "Authorization" in request.headers
    ] == ["Bearer verysecret"]
    landed = b"".join(path.read_bytes() for path in (tmp_path / "landing").rglob("*.json"))
    assert b"verysecret" not in landed


def test_an_entry_is_added_whole_or_not_at_all(file: Path) -> None:
    entry = {
        "kind": "html",
        "url": 'https://example.com/"热"',
        "entries_at": 'li[data-x="1"]',
        "fields": {"title": "a\x7f", "url": "a@href"},
        "title_zh": "榜\n\\单",
        "expected_count": [1, 9],
        "keep_query": False,
    }
    before = file.read_text(encoding="utf-8")
    with pytest.raises(CatalogError, match="CSS selector"):
        add(file, "other_hot", entry)
    assert file.read_text(encoding="utf-8") == before
    entry["fields"] = {"title": "a", "url": "a@href"}
    add(file, "other_hot", entry)
    board = catalog.board("other_hot")
    assert (board.title_zh, board.expected_count, board.keep_query) == ("榜\n\\单", (1, 9), False)
    assert file.read_text(encoding="utf-8").startswith(WHOLE)
    for taken in ("other_hot", "weibo_side_hotsearch", "Nonsense"):
        with pytest.raises(CatalogError):
            add(file, taken, entry)
