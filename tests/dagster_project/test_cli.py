"""The commands that need Dagster, and which home its UI opens."""

import os
import sys
from pathlib import Path

import pytest

from dagster_project import cli, run
from dagster_project.instance import prepare
from dagster_project.ui import last_used, newest_run
from fengkou.cli.collecting import outage
from fengkou.errors import RunFailedError
from fengkou.home import Home


def used(home: Home, at: float) -> Home:
    """A home in which something was published at that second."""
    home.published.mkdir(parents=True)
    file = home.published / "fengkou.duckdb"
    file.touch()
    os.utime(file, (at, at))
    return home


def test_a_language_that_is_none_is_a_usage_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["fengkou", "run", "--language", "fr"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert "Usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("root_at", "simulated_at", "expected"),
    [
        (None, None, "root"),
        (1, None, "root"),
        (None, 1, "simulated"),
        (1, 2, "simulated"),
        (2, 1, "root"),
    ],
)
def test_the_ui_opens_the_home_that_was_used_last(
    tmp_path: Path, root_at: int | None, simulated_at: int | None, expected: str
) -> None:
    root = Home(tmp_path)
    for home, at in ((root, root_at), (root.simulated, simulated_at)):
        if at is not None:
            used(home, at)
    found = last_used(root, is_named=False, collects=False)
    assert found == {"root": root, "simulated": root.simulated}[expected]


def test_a_home_that_was_named_is_opened_where_it_was_ever_used(tmp_path: Path) -> None:
    root = used(Home(tmp_path), 1)
    used(root.simulated, 2)
    assert last_used(root, is_named=True, collects=False) == root


def test_boards_are_never_collected_into_the_simulated_home(tmp_path: Path) -> None:
    used(Home(tmp_path).simulated, 1)
    assert last_used(Home(tmp_path), is_named=False, collects=True) == Home(tmp_path)


def test_a_home_is_prepared_once_and_keeps_what_its_owner_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DAGSTER_HOME", "FENGKOU_HOME"):
        monkeypatch.setenv(name, "")
    home = Home(tmp_path)
    settings = prepare(home) / "dagster.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert newest_run(home) is None
    assert settings.read_text(encoding="utf-8").endswith("# mine\n")
    assert (home.dagster / ".nux" / "nux.yaml").is_file()


def test_that_nothing_could_be_reached_is_one_sentence() -> None:
    told = outage(3, {"a": "dns", "b": "dns", "c": "connection_refused"})
    assert told is not None
    assert told.startswith("No network: none of 3 boards could be reached")
    assert "HTTPS_PROXY" in told


@pytest.mark.parametrize(
    ("asked", "failed"),
    [(3, {"a": "dns", "b": "dns"}), (2, {"a": "dns", "b": "login_wall"}), (1, {"a": "dns"})],
)
def test_a_board_that_fails_of_itself_is_told_by_name(asked: int, failed: dict[str, str]) -> None:
    assert outage(asked, failed) is None


def test_the_program_is_the_one_that_is_installed() -> None:
    from fengkou.cli.command_reference import installed

    names = installed().list_commands(None)
    assert {"run", "ui", "status"} <= set(names)
    files = (Path(cli.__file__).parents[1] / "fengkou" / "cli" / "commands").glob("*.py")
    assert {file.stem.rstrip("_") for file in files if file.stem != "__init__"} <= set(names)


def test_two_trials_do_not_run_in_one_home_at_once(tmp_path: Path) -> None:
    home = Home(tmp_path / "simulated")
    with (
        run._alone(home),
        pytest.raises(RunFailedError, match="FENGKOU_HOME"),
        run._alone(home),
    ):
        pass
    with run._alone(home):
        pass
