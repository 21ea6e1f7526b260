"""The environment is read in one place, and what it says is refused with what was found."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from fengkou.errors import SettingError
from fengkou.home import Home
from fengkou.settings import LogFormat, Settings, Switch, settings, variable

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.delenv(variable(field), raising=False)


def test_nothing_said_is_the_defaults() -> None:
    said = settings()
    assert (said.schedules, said.log_format) == (Switch.OFF, LogFormat.LINES)
    assert said.model_fields_set == set()


def test_an_empty_variable_is_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGKOU_SCHEDULES", "")
    assert settings().schedules is Switch.OFF


def test_the_address_of_digests_is_that_of_a_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGKOU_DIGEST_URL", "https://example.org/fengkou/")
    assert settings().digest_url == "https://example.org/fengkou"


@pytest.mark.parametrize("folder", ["", "here", "/tmp/there", "~/home"])
def test_the_home_is_the_same_to_both_readers(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    monkeypatch.setenv("FENGKOU_HOME", folder)
    assert Home.from_environment().root == settings().home.expanduser().absolute()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("FENGKOU_REQUESTS_PER_HOUR", "many"),
        ("FENGKOU_REQUESTS_PER_HOUR", "0"),
        ("FENGKOU_REQUESTS_PER_HOUR", "nan"),
        ("FENGKOU_SCHEDULES", "perhaps"),
        ("FENGKOU_LOG_FORMAT", "xml"),
        ("FENGKOU_CONTACT", "me\r\nCookie: yours"),
        ("FENGKOU_TIMEOUT_SECONDS", "-1"),
        ("FENGKOU_CIRCUIT_FAILURES", "1.5"),
        ("FENGKOU_CIRCUIT_FAILURES", "9" * 400),
        ("FENGKOU_DIGEST_URL", "example.org/fengkou"),
        ("FENGKOU_DIGEST_URL", "https://me:secret@example.org/"),
        ("FENGKOU_DIGEST_URL", "https://example.org/?page=1"),
        ("FENGKOU_DIGEST_URL", 'https://example.org/"><script>'),
    ],
)
def test_a_value_that_cannot_be_taken_is_told_with_what_was_found(
    monkeypatch: pytest.MonkeyPatch, name: str, found: str
) -> None:
    monkeypatch.setenv(name, found)
    with pytest.raises(SettingError, match=name) as refused:
        settings()
    assert repr(found) in str(refused.value)
    assert "docs/reference/settings.md" in str(refused.value)


@pytest.mark.parametrize("name", ["FENGKOU_TIMEOUT_SECONDS", "FENGKOU_CIRCUIT_FAILURES"])
def test_what_dagster_loads_says_which_variable_cannot_be_taken(name: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", "import dagster_project.definitions"],
        env={**os.environ, name: "soon"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert f"SettingError: {name}: found 'soon'." in ended.stderr.splitlines()[-1]


def test_each_variable_is_documented() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert [field for field in Settings.model_fields if f"`{variable(field)}`" not in page] == []
