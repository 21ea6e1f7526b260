"""The command line: what it prints, how it exits, and what it says to do next."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crawlers import catalog
from crawlers.simulation.server import WALL_PAGE
from fengkou.cli import app
from fengkou.cli.terminal import UNPRINTABLE, exit_status
from fengkou.home import Home
from pipelines.digest.render.formats import Format

PAGES = Path(__file__).parents[2] / "boards"
COMMANDS = {
    "boards",
    "build",
    "collect",
    "digest",
    "import",
    "parse",
    "publish",
    "checks",
    "status",
}


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


Fengkou = Callable[..., Said]


@pytest.fixture
def fengkou(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Fengkou:
    """``fengkou`` with these arguments, on an empty home, in this process."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("DAGSTER_DISABLE_TELEMETRY", "yes")

    def run(*arguments: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["fengkou", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app.main()
        printed = capsys.readouterr()
        return Said(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.mark.parametrize("command", [("build",), ("build", "-v"), ("doctor", "no_board")])
def test_words_that_cannot_be_cut_whole_are_named_at_once(
    fengkou: Fengkou, home: Home, command: tuple[str, ...]
) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    words = home.root / "words.txt"
    words.write_text("奥古斯丁·维拉\n★★\n渡\n", encoding="utf-8")
    said = fengkou(*command).err
    assert "words.txt lists what is not cut whole" in said
    assert "★★, 渡" in said
    assert "奥古斯丁" not in said
    words.write_text("奥古斯丁·维拉\n", encoding="utf-8")
    assert "words.txt" not in fengkou(*command).err


@pytest.mark.parametrize(
    "command", [("build",), ("doctor", "no_board"), ("doctor", "no_board", "-v")]
)
def test_words_that_cannot_be_read_are_told_with_the_file(
    fengkou: Fengkou, home: Home, command: tuple[str, ...]
) -> None:
    home.root.mkdir(parents=True, exist_ok=True)
    (home.root / "words.txt").write_bytes("渡口早市\n".encode("gb18030"))
    said = fengkou(*command).err
    assert "warning: words.txt is taken as empty: write one word a line, in UTF-8" in said
    assert f"file={home.root / 'words.txt'}" in said
    assert "Traceback" not in said


def test_the_index_names_every_command(fengkou: Fengkou) -> None:
    said = fengkou("--help")
    assert said.status == 0
    assert {word for word in said.out.split() if word in COMMANDS} == COMMANDS


def test_the_program_runs_from_any_folder(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("fengkou")
    said = subprocess.run(
        [program, "boards", "--json"], cwd=tmp_path, capture_output=True, check=True, timeout=60
    )
    assert [one["name"] for one in json.loads(said.stdout)] == list(catalog.names())
    assert list(tmp_path.iterdir()) == []


def test_boards_are_listed_for_people(fengkou: Fengkou) -> None:
    assert len(fengkou("boards").out.splitlines()) == len(catalog.names())


@pytest.mark.parametrize("board", catalog.names())
def test_a_saved_page_is_printed_as_json_lines(fengkou: Fengkou, board: str) -> None:
    (page,) = (PAGES / board).glob("page.*")
    said = fengkou("parse", board, page)
    expected = (PAGES / board / "entries.jsonl").read_text(encoding="utf-8").splitlines()
    titles = [json.loads(line)["title"] for line in said.out.splitlines()]
    assert said.status == 0
    assert titles == [json.loads(line)["title"] for line in expected]


def test_a_login_wall_is_no_page_and_says_what_to_do(fengkou: Fengkou, tmp_path: Path) -> None:
    wall = tmp_path / "wall.html"
    wall.write_text(WALL_PAGE, encoding="utf-8")
    said = fengkou("parse", catalog.names()[0], wall)
    assert (said.status, said.out) == (1, "")
    assert "login_wall" in said.err
    assert "Fetch less often" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["parse", "no_board", "page.json"], "There are: "),
        (["parse", catalog.names()[0], "no-such-file"], "no-such-file"),
        (["collect", "no_board"], "There are: "),
        (["collect", "--boards", "no_board", "weibo_hot_band"], "There are: "),
        (["doctor", "weibo_hot_band,no_board"], "There are: "),
        (["import", "no-such-file.csv"], "no such file"),
        (["digest"], "fengkou collect"),
        (["publish"], "fengkou collect"),
        (["build"], "fengkou collect"),
    ],
)
def test_what_a_user_can_mend_is_told_without_a_traceback(
    fengkou: Fengkou, arguments: list[str], expected: str
) -> None:
    said = fengkou(*arguments)
    assert said.status == 1
    assert expected in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["digest", "--at", "2025-05-20T08:00"],
        ["digest", "--at", "9999-12-31T23:59+08:00"],
        ["digest", "--at", "0001-01-01T00:00+08:00"],
        ["learn", "--at", "9999-12-31T23:59-14:00"],
        ["digest", "--at", "yesterday"],
        ["digest", "--period", "week"],
        ["digest", "--language", "fr"],
        ["import", "a.csv", "--map", "rank"],
        ["collect", "--boards", ","],
        ["fly"],
    ],
)
def test_a_wrong_word_is_a_usage_error(fengkou: Fengkou, arguments: list[str]) -> None:
    said = fengkou(*arguments)
    assert said.status == 2
    assert "Usage" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["\x1b[31mfly"],
        ["digest", "--period", "\x1b]0;t\x07"],
        ["digest", "--\x1b[2J"],
        ["topic", "undo", "\x9b2J"],
        ["tokens", "--at", "\u202e"],
    ],
)
def test_a_usage_error_shows_nothing_that_a_terminal_obeys(
    fengkou: Fengkou, arguments: list[str]
) -> None:
    said = fengkou(*arguments)
    assert said.status == 2
    assert not UNPRINTABLE.search(said.err)


@pytest.mark.parametrize("command", ["status", "doctor", "collect", "digest", "tokens"])
@pytest.mark.parametrize(
    ("variable", "found"),
    [
        ("FENGKOU_TIMEOUT_SECONDS", "soon"),
        ("FENGKOU_CIRCUIT_FAILURES", "-1"),
        ("FENGKOU_HOME", "~nobody-of-that-name/fengkou"),
    ],
)
def test_a_setting_that_cannot_be_taken_is_one_line_of_every_command(
    fengkou: Fengkou, monkeypatch: pytest.MonkeyPatch, command: str, variable: str, found: str
) -> None:
    monkeypatch.delenv("FENGKOU_BOARDS", raising=False)
    monkeypatch.setenv(variable, found)
    said = fengkou(command)
    assert said.status == 1
    (line,) = said.err.splitlines()
    assert line.startswith(f"fengkou: {variable}: found {found!r}")


@pytest.mark.parametrize(("failed", "status"), [(0, 0), (1, 3), (11, 3), (12, 4)])
def test_the_exit_status_tells_how_many_boards_answered(failed: int, status: int) -> None:
    assert exit_status(failed, 12) == status


# An archive of two captures an hour apart, of a board under another name, with two rows of rubbish.
NOON = datetime(2025, 5, 20, 4, tzinfo=UTC)
HEAD = ("list", "seen", "place", "words", "heat")
MAPS = [
    "source=list",
    "captured_at=seen",
    "rank=place",
    "title=words",
    "source:old-name=weibo_side_hotsearch",
]
ROWS = [
    ("old-name", (NOON + timedelta(hours=hour)).isoformat(), str(place), f"第{place}条新闻", "12万")
    for hour in range(2)
    for place in range(1, 6)
]
RUBBISH = [
    ("old-name", "long ago", "1", "没有时间", ""),
    ("old-name", NOON.isoformat(), "first", "没有名次", ""),
]


@pytest.fixture(params=["csv", "jsonl", "parquet"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / f"archive.{request.param}"
    rows = [dict(zip(HEAD, row, strict=True)) for row in [*ROWS, *RUBBISH]]
    if request.param == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), file)
    elif request.param == "jsonl":
        file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    else:
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows([HEAD, *ROWS, *RUBBISH])
    return file


def _mapped(file: Path) -> list[object]:
    return ["import", file, "--json", *(word for one in MAPS for word in ("--map", one))]


def test_an_archive_is_imported_once_and_its_figures_add_up(
    fengkou: Fengkou, archive: Path
) -> None:
    (first,) = json.loads(fengkou(*_mapped(archive)).out).values()
    figures = ("rows_in", "rows_kept", "rows_rejected", "rows_known", "snapshot_count")
    assert {name: first[name] for name in figures} == {
        "rows_in": len(ROWS) + len(RUBBISH),
        "rows_kept": len(ROWS),
        "rows_rejected": len(RUBBISH),
        "rows_known": 0,
        "snapshot_count": 2,
    }
    (again,) = json.loads(fengkou(*_mapped(archive)).out).values()
    assert (again["rows_kept"], again["snapshot_count"]) == (0, 0)
    assert again["rows_in"] == again["rows_known"] + again["rows_rejected"]


def test_an_archive_of_other_columns_says_how_to_map_them(fengkou: Fengkou, archive: Path) -> None:
    said = fengkou("import", archive)
    assert said.status == 1
    assert "--map source=list" in said.err


def test_an_imported_archive_is_built_published_and_told(fengkou: Fengkou, home: Home) -> None:
    archive = home.root / "archive.csv"
    archive.parent.mkdir(parents=True)
    with archive.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEAD, *ROWS])
    fengkou(*_mapped(archive))

    built = json.loads(fengkou("build", "--json").out)
    assert built["rows_written"]["core.entries"] == len(ROWS)
    assert not any(json.loads(fengkou("build", "--json").out)["rows_written"].values())

    status = json.loads(fengkou("status", "--json").out)
    assert status["home"] == str(home.root)
    assert status["warehouse"]

    digest = json.loads(fengkou("digest", "--at", "2025-05-20T13:00+08:00", "--json").out)
    assert digest["topics"]
    assert len(list((home.digests / "day").iterdir())) == len(Format)

    assert "newest capture is of 2025-05-2" in fengkou("status").out

    published = json.loads(fengkou("publish", "--json").out)
    assert Path(published["file"]).stat().st_size == published["size_bytes"]


def test_the_versions_are_those_that_are_installed(fengkou: Fengkou) -> None:
    said = fengkou("--version").out
    for name in ("fengkou", "duckdb", "scrapy", "dagster"):
        assert f"{name} {version(name)}" in said
    assert f"python {sys.version.split()[0]}" in said


def test_an_empty_home_has_a_status_and_says_what_to_do(fengkou: Fengkou) -> None:
    said = fengkou("status")
    assert said.status == 0
    assert "fengkou collect" in said.out
