"""What stands in a home is its owner's alone, whatever the umask; what somebody opened stays open."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawlers import landing
from crawlers.durable_file import replace_file
from fengkou.cli.app import app
from fengkou.digests import write_digest
from fengkou.private_files import open_to_others
from pipelines.captures import Outcome, Status
from pipelines.digest.contents import Digest, Period
from pipelines.language import Language
from tests.dagster_project.conftest import PROGRAM, PROJECT

AT = datetime(2026, 7, 1, tzinfo=UTC)
EMPTY = Digest(AT, AT, Period.HOUR, (), ())
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_ones(root: Path) -> list[str]:
    """The files and folders of a tree that others may read, write or enter, the root too."""
    return [
        f"{path.relative_to(root)} {mode(path):04o}"
        for path in (root, *root.rglob("*"))
        if mode(path) & OTHERS and not path.is_symlink()
    ]


def fengkou(home: Path, umask: int, *words: str) -> int:
    """The exit status of a command that began under that umask."""
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        cwd=PROJECT,
        env={**os.environ, "FENGKOU_HOME": str(home), "DAGSTER_HOME": ""},
        umask=umask,
        capture_output=True,
        check=False,
    )
    return ran.returncode


@pytest.mark.slow
def test_nothing_that_the_whole_line_makes_is_open_to_others(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert fengkou(home, 0, "run") == 0  # what this umask leaves closed, any does
    made = {path.name for path in (home / "simulated").iterdir()}
    assert {"landing", "warehouse", "published", "digests", "dagster"} <= made
    assert open_ones(home) == []


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_a_landed_page_is_its_owners_also_where_scrapy_itself_was_called(tmp_path: Path) -> None:
    outcome = Outcome("board", AT, Status.FAILED, "https://a.example/")
    file = landing.write(tmp_path, outcome, b"page")
    assert {mode(path) for path in file.parent.iterdir()} == {0o600}


@pytest.mark.usefixtures("open_umask")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode"), [(0o755, 0o644), (0o750, 0o640), (0o700, 0o600)]
)
def test_digests_are_as_open_as_their_folder(
    tmp_path: Path, folder_mode: int, file_mode: int
) -> None:
    folder = tmp_path / "digests"
    folder.mkdir()
    folder.chmod(folder_mode)
    os.umask(0o077)
    written = write_digest(EMPTY, folder, Language.EN)
    assert {mode(file) for file in written.files.values()} == {file_mode}
    assert {mode(file.parent) for file in written.files.values()} == {folder_mode}


@pytest.mark.usefixtures("open_umask")
def test_a_file_that_is_replaced_keeps_the_mode_that_somebody_gave_it(tmp_path: Path) -> None:
    file = tmp_path / "boards.toml"
    replace_file(file, b"1")
    file.chmod(0o640)
    replace_file(file, b"2")
    assert (mode(file), file.read_bytes()) == (0o640, b"2")


def test_doctor_says_that_others_may_enter_a_home_and_leaves_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FENGKOU_HOME", str(tmp_path))
    tmp_path.chmod(0o755)
    ran = CliRunner().invoke(app, ["doctor", "no_such_board"])
    assert "has mode 0755" in ran.stderr
    assert "chmod -R go=" in ran.stderr
    assert mode(tmp_path) == 0o755
    tmp_path.chmod(0o700)
    assert open_to_others(tmp_path) is None
    assert open_to_others(tmp_path / "none") is None
