"""``fengkou topic``: what people say of topics, from the command line."""

import json

import pytest
from typer.testing import CliRunner

from fengkou.cli.app import app
from fengkou.home import Home
from pipelines.topics.short_id import short_id
from tests.made_hands import COME, COMING, MUSEUM, TRAINS, land_storm, see, topic_of

pytestmark = pytest.mark.xdist_group("hand_commands")  # one worker sets it up, not each


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("storm") / "home")
    land_storm(home)
    see(home)
    return home


@pytest.fixture
def fengkou(storm: Home, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("FENGKOU_HOME", str(storm.root))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("USER", "ann")
    return CliRunner()


def told(fengkou: CliRunner, *words: str) -> str:
    said = fengkou.invoke(app, ["topic", *words])
    assert said.exit_code == 0, said.output
    return said.output


@pytest.mark.parametrize("words", [(COMING,), ("show", COMING), ("--json", COMING)])
def test_a_topic_is_shown_with_and_without_the_word(
    fengkou: CliRunner, words: tuple[str, ...]
) -> None:
    assert COMING in told(fengkou, *words)


def test_words_are_taken_down_told_and_heeded(fengkou: CliRunner, storm: Home) -> None:
    name = short_id(topic_of(storm, COMING))
    said = json.loads(told(fengkou, "split", name, "列车停运", "--json"))
    assert (said["number"], said["kind"], said["said_by"], said["is_new"]) == (
        1,
        "split",
        "ann",
        True,
    )
    again = told(fengkou, "split", name, TRAINS, "--by", "bob")
    assert "it was said before" in again
    assert "1 item leaves, 2 stay" in again
    assert "Next: fengkou build" in told(fengkou, "rename", name, "台风[red]青鸟", "--by", "bob")
    see(storm)
    assert topic_of(storm, COMING) == topic_of(storm, COME) != topic_of(storm, TRAINS)
    shown = told(fengkou, "--language", "en", name)
    assert "台风[red]青鸟" in shown
    assert f"named by bob; before: {COMING}" in shown
    part, museum = (short_id(topic_of(storm, title)) for title in (TRAINS, MUSEUM))
    told(fengkou, "join", part, museum)
    listed = json.loads(told(fengkou, "hands", "--json"))["hands"]
    assert [(hand["kind"], hand["is_built"]) for hand in listed] == [
        ("split", True),
        ("rename", True),
        ("join", False),
    ]
    told(fengkou, "undo", "1")
    assert "undone by hand 4" in told(fengkou, "hands")
    see(storm)
    assert (
        "moved from topic"
        in fengkou.invoke(app, ["why", COMING, TRAINS, "--language", "en"]).output
    )
