"""What a board answers now stands beside what it last answered well, and nothing is kept."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawlers import catalog, landing
from crawlers.authoring import doctor
from crawlers.authoring.doctor import Finding, LookError, what_to_do
from crawlers.boards import boards_toml
from crawlers.boards.errors import CatalogError
from crawlers.simulation import server
from crawlers.simulation.server import Asked, Fault, serving
from crawlers.simulation.world import World
from fengkou.cli import app
from fengkou.cli.board_tables import finding_lines, finding_row
from pipelines.captures import Entry, Kind, Outcome, Page, Status

BOARD = "weibo_side_hotsearch"
NOW = datetime.now(UTC)
WORLD = World(NOW - timedelta(days=1))


def entries(count: int, word: str = "标题") -> tuple[Entry, ...]:
    return tuple(Entry(n, Kind.RANKED, n, f"{word}{n}") for n in range(1, count + 1))


def outcome(count: int, at: datetime = NOW, word: str = "标题") -> Outcome:
    return Outcome(
        board=BOARD,
        captured_at=at,
        status=Status.OK,
        request_url="https://weibo.com/",
        page=Page(entries(count, word)),
    )


FAILED = replace(
    outcome(0), status=Status.FAILED, reason="http_403", detail="The host refuses us. See why."
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "landing"
    landing.write(folder, outcome(50, NOW - timedelta(hours=2), "旧"))
    landing.write(folder, replace(FAILED, captured_at=NOW - timedelta(hours=1)))
    return folder


def landed_files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_a_board_is_examined_beside_its_last_good_capture(home: Path) -> None:
    before = landed_files(home)
    asked: list[Asked] = []
    faults = {"zhihu_hot_list_web": server.LOGIN_WALL}
    with serving(WORLD, faults, asked) as origin:
        weibo, zhihu = doctor.examine(home, [BOARD, "zhihu_hot_list_web"], origin=origin)
    assert landed_files(home) == before
    assert weibo.is_ok
    assert weibo.last_good is not None
    assert weibo.last_good.page.entries[0].title == "旧1"
    assert (zhihu.is_ok, zhihu.outcome.reason, zhihu.last_good) == (False, "login_wall", None)
    assert zhihu.what_to_do == zhihu.outcome.detail
    lists = [one for one in asked if not one.path.endswith("/robots.txt")]
    assert len([one for one in lists if "hotSearch" in one.path]) == 1


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (outcome(50), None, "Nothing"),
        (outcome(50), outcome(50, NOW - timedelta(hours=1)), "Nothing"),
        (outcome(50), outcome(50, NOW - timedelta(days=2)), "frozen"),
        (outcome(3), None, "3 ranked lines, expected"),
        (FAILED, None, "The host refuses us. See why."),
    ],
)
def test_what_to_do_is_said(now: Outcome, before: Outcome | None, said: str) -> None:
    assert said in what_to_do(now, before)


def test_a_finding_is_told_to_people_and_to_programs() -> None:
    one = Finding(FAILED, outcome(50), "Ask again.")
    assert "weibo_side_hotsearch: failed, http_403" in finding_lines(one)
    assert "50 entries at" in finding_lines(one)
    row = finding_row(one)
    assert (row["reason"], row["what_to_do"]) == ("http_403", "Ask again.")
    assert len(row["last_good_entries"]) == 5
    json.dumps(row, default=str)


@pytest.mark.slow
def test_a_page_that_no_board_has_is_looked_at() -> None:
    url = catalog.board(BOARD).start_urls[0]
    with serving(WORLD) as origin:
        body = doctor.look(url, origin=origin)
        assert catalog.parse(BOARD, body).entries
    with (
        serving(WORLD, {BOARD: Fault(status=403)}) as origin,
        pytest.raises(LookError, match="http_403"),
    ):
        doctor.look(url, origin=origin)
    with pytest.raises(CatalogError, match="public host"):
        doctor.look("http://127.0.0.1/")


PAGE = (
    '{"data": ['
    + ",".join(
        f'{{"title": "新闻标题{n}", "url": "https://example.com/{n}", "hot": {99 - n}}}'
        for n in range(9)
    )
    + "]}"
)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "boards.toml"
    path.write_text("", encoding="utf-8")
    (tmp_path / "page.json").write_text(PAGE, encoding="utf-8")
    with boards_toml.using(path):
        yield path


def add(file: Path, *arguments: str, answer: str = "") -> tuple[int, str]:
    page = str(file.with_name("page.json"))
    words = ["boards", "add", "https://example.com/api/hot", "--file", page, *arguments]
    result = CliRunner().invoke(app.app, words, input=answer)
    return result.exit_code, file.read_text(encoding="utf-8")


def test_a_board_is_added_from_a_page(file: Path) -> None:
    assert add(file, "--yes", "--name", "example_news")[0] == 0
    assert "example_news" in catalog.names()
    page = catalog.parse("example_news", PAGE.encode())
    assert [(e.title, e.heat) for e in page.entries][:2] == [
        ("新闻标题0", "99"),
        ("新闻标题1", "98"),
    ]


def test_nothing_is_written_without_a_yes(file: Path) -> None:
    assert add(file, answer="n\n") == (1, "")
    status, text = add(file, answer="y\n")
    assert status == 0
    assert "[boards.example_hot]" in text


def test_boards_are_listed_with_what_programs_need(file: Path) -> None:
    add(file, "--yes")
    listed = CliRunner().invoke(app.app, ["boards", "--json"])
    rows = {row["name"]: row for row in json.loads(listed.stdout)}
    assert rows["example_hot"]["is_custom"]
    assert not rows[BOARD]["is_custom"]
    assert rows[BOARD] | {"kind": "json", "source": "weibo", "heat_unit": "searches"} == rows[BOARD]
    places = CliRunner().invoke(app.app, ["boards", "--places", "--json"])
    assert {"weibo", "tianya"} <= {row["name"] for row in json.loads(places.stdout)}


def test_a_broken_file_is_told_in_one_line(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, said in (
        ("[boards.example_hot]\nx", "is not TOML"),
        ("[boards.example_hot]", f"[boards.example_hot] in {file}: found neither kind nor shape"),
    ):
        file.write_text(text, encoding="utf-8")
        monkeypatch.setattr(sys, "argv", ["fengkou", "boards"])
        with pytest.raises(SystemExit) as ended:
            app.main()
        assert ended.value.code == 1
        printed = capsys.readouterr().err
        assert said in printed
        assert "Traceback" not in printed
