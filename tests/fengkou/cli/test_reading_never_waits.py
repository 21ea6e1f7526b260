"""Who only reads opens the published copy: it answers while another process writes, and makes nothing."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fengkou import reads
from fengkou.cli.app import app
from fengkou.cli.published import head
from fengkou.home import Home
from warehouse.connection import open_published

HOLD = """
import sys
from pathlib import Path
from warehouse.connection import open_for_writing
with open_for_writing(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

READING = [
    ["status"],
    ["boards", "--cadence"],
    ["tokens"],
    pytest.param(["digest"], marks=pytest.mark.slow),  # it draws
    ["checks"],
    ["topic"],
    ["why"],
]


@pytest.fixture(scope="module")
def written_to(tmp_path_factory: pytest.TempPathFactory, simulated_home: Path) -> Iterator[Home]:
    """A home whose warehouse another process holds open for writing."""
    home = Home(tmp_path_factory.mktemp("written_to"))
    for folder in ("published", "warehouse"):
        shutil.copytree(simulated_home / folder, home.root / folder)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home.warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[3],
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield home
        holder.communicate("")


@pytest.fixture(scope="module")
def items(written_to: Home) -> list[str]:
    with open_published(written_to.published) as con:
        rows = con.execute("SELECT DISTINCT item_id FROM mart.topic_titles ORDER BY ALL LIMIT 2")
        return [str(item) for (item,) in rows.fetchall()]


def words_of(command: list[str], items: list[str]) -> list[str]:
    named = {"topic": items[:1], "why": items}
    return [*command, *named.get(command[0], [])]


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_it_answers_while_the_warehouse_is_written(
    written_to: Home, items: list[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("FENGKOU_HOME", str(written_to.root))
    told = CliRunner().invoke(app, [*words_of(command, items), "--json"])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    published = reads.published_copy(written_to)
    assert answer["published_at"] == published.published_at.isoformat()
    assert 0 <= answer["age_minutes"] <= published.age_minutes(datetime.now(UTC))


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_its_head_says_how_old_the_copy_is(
    written_to: Home, items: list[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("FENGKOU_HOME", str(written_to.root))
    told = CliRunner().invoke(app, words_of(command, items))
    assert told.exit_code == 0, told.output
    said, _, age = head(reads.published_copy(written_to)).rpartition(", ")
    assert said in " ".join(told.stdout.split())
    assert age.endswith("min old")


@pytest.mark.slow  # each command is a process of its own
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_in_an_empty_folder_it_says_what_to_do_and_makes_nothing(
    tmp_path: Path, command: list[str]
) -> None:
    program = Path(sys.executable).with_name("fengkou")
    told = subprocess.run(
        [program, *words_of(command, ["1", "2"])],
        cwd=tmp_path,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = told.stdout + told.stderr
    assert told.returncode == (0 if command == ["status"] else 1)
    assert said.count("\n") == 1
    assert "fengkou collect" in said
    assert list(tmp_path.iterdir()) == []


def test_where_only_the_simulated_boards_were_built_it_says_how_to_read_them(
    tmp_path: Path, written_to: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "a home")
    shutil.copytree(written_to.published, home.simulated.published)
    monkeypatch.setenv("FENGKOU_HOME", str(home.root))
    told = CliRunner().invoke(app, ["tokens"])
    assert told.exit_code == 1
    assert f"FENGKOU_HOME='{home.simulated.root}' and the same command" in str(told.exception)
    assert reads.choosing(home.simulated) == f"FENGKOU_HOME='{home.simulated.root}'"


def test_a_broken_claim_is_found_in_the_copy(
    tmp_path: Path, written_to: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    shutil.copytree(written_to.published, home.published)
    file = home.published / "fengkou.duckdb"
    file.chmod(0o644)
    _break(file)
    monkeypatch.setenv("FENGKOU_HOME", str(home.root))
    told = CliRunner().invoke(app, ["checks", "--json"])
    assert told.exit_code == 1
    broken = {check["name"] for check in json.loads(told.stdout)["checks"] if check["row_count"]}
    assert broken == {"every_topic_has_a_card"}


def _break(file: Path) -> None:
    import duckdb

    with duckdb.connect(str(file)) as con:
        con.execute(
            "DELETE FROM core.topic_cards WHERE topic_id = (SELECT max(topic_id) FROM mart.topics)"
        )
