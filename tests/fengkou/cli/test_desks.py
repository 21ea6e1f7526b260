"""``fengkou desks``: begin with a desk, look at it, see what is wrong."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from fengkou.cli.app import app
from fengkou.desks.desk_folder import desks, keep_running
from fengkou.desks.examples import examples
from fengkou.errors import mendable
from fengkou.home import Home

GOOD = "desk: tech\nwatch: [{id: chips, any: [芯片]}]\nchannels: {room: {kind: console}}\n"
ALSO = "not: [抽奖, 福袋]\nbudget: {per_day: 1}\n"
FAULTY = GOOD.replace("any", "ani")


def fengkou(*words: str) -> Result:
    return CliRunner().invoke(app, ["desks", *words], env={"COLUMNS": "200"})


def write(home: Home, text: str, name: str = "tech") -> Path:
    home.desks.mkdir(parents=True, exist_ok=True)
    file = home.desks / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def told_of(result: Result) -> str:
    """What the program says of the error that ended a command."""
    assert result.exception is not None
    return mendable(result.exception) or "a fault of ours"


def test_a_home_without_desks_is_told_how_to_begin(home: Home) -> None:
    assert "Begin with one: fengkou desks examples" in fengkou().output


@pytest.mark.parametrize("name", examples())
def test_an_example_is_written_whole_and_never_over_another(home: Home, name: str) -> None:
    assert f"{name}.yaml" in fengkou("examples", name).output
    assert (home.desks / "desk.schema.json").is_file()
    said = fengkou("check", name, "--days", "0")
    assert said.exit_code == 0
    assert "no faults" in said.output
    changed = write(home, "# mine\n", name)
    assert "is not written over" in told_of(fengkou("examples", name))
    assert changed.read_text() == "# mine\n"


def test_examples_are_listed_and_a_slip_is_told(home: Home) -> None:
    assert all(name in fengkou("examples").output for name in examples())
    assert "Did you mean society?" in told_of(fengkou("examples", "socety"))


def test_desks_are_listed_with_the_faults_of_their_files(home: Home) -> None:
    write(home, GOOD)
    keep_running(home, desks(home))
    assert "runs" in fengkou().output
    write(home, FAULTY)
    said = fengkou().output
    assert "its file is faulty: as it ran before" in said
    assert "tech.yaml:2:21: watch.ani: there is no such key here. Did you mean any?" in said
    told = json.loads(fengkou("--json").output)
    assert [desk["runs_older_text"] for desk in told["desks"]] == [True]
    assert {(fault["line"], fault["column"]) for fault in told["faults"]} == {(2, 9), (2, 21)}


def test_a_check_tells_faults_and_ends_with_them(home: Home, tmp_path: Path) -> None:
    write(home, FAULTY)
    said = fengkou("check", "tech")
    assert said.exit_code == 1
    assert "tech.yaml:2:21" in said.output
    elsewhere = tmp_path / "tech.yaml"
    elsewhere.write_text(GOOD, encoding="utf-8")
    said = fengkou("check", str(elsewhere))
    assert said.exit_code == 0
    assert "1 rules, 1 channels" in said.output
    assert "The past says nothing of them" in said.output


def test_a_check_tells_a_variable_that_is_not_set(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(home, GOOD.replace("kind: console", "kind: wecom, secret: TECH_HOOK"))
    assert "the variable TECH_HOOK is not set" in fengkou("check", "--days", "0").output
    monkeypatch.setenv("TECH_HOOK", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc")
    assert "TECH_HOOK" not in fengkou("check", "--days", "0").output


def test_what_is_not_there_cannot_be_checked(home: Home) -> None:
    assert "There is no desk in" in told_of(fengkou("check"))
    write(home, GOOD)
    assert "Did you mean tech?" in told_of(fengkou("check", "teck"))
    assert "No such file" in told_of(fengkou("check", "./teck.yaml"))


def test_a_check_counts_messages_and_reads_words_in_what_is_published(
    simulated_home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FENGKOU_HOME", str(simulated_home))
    file = tmp_path / "tech.yaml"
    file.write_text(
        GOOD.replace("[芯片]", "[{re: '.'}], when: {boards: 1}") + ALSO, encoding="utf-8"
    )
    said = fengkou("check", str(file)).output
    assert "messages a day" in said
    assert "stories by rule: chips" in said
    assert "全台：not 里的 抽奖, 福袋 没有排除任何标题" in said
    (told,) = json.loads(fengkou("check", str(file), "--json").output)
    assert [lint["kind"] for lint in told["lints"]] == ["excludes_nothing"] * 2
    assert told["messages_a_day"]["most"] > 1
    assert told["is_over_budget"]


def test_words_are_imported_and_their_traps_told(home: Home, tmp_path: Path) -> None:
    words = tmp_path / "frequency_words.txt"
    words.write_text("[AI 相关]\n人工智能\n@3 条\n\n苹果\n!水果\n\n一，二\n", encoding="utf-8")
    said = fengkou("import", str(words), "--desk", "mine", "--language", "en")
    assert said.exit_code == 0
    assert "Line 3: @3 条" in said.output
    assert "mine.yaml: 3 rules" in said.output
    assert [rule.id for rule in desks(home).running[0].rules] == [
        "AI-相关",
        "苹果",
        "一，二",
    ]
    assert "is not written over" in told_of(fengkou("import", str(words), "--desk", "mine"))


def test_words_that_look_for_nothing_make_no_desk(home: Home, tmp_path: Path) -> None:
    words = tmp_path / "frequency_words.txt"
    words.write_text("[GLOBAL_FILTER]\n震惊\n\n芯片\n", encoding="utf-8")
    said = told_of(fengkou("import", str(words), "--desk", "mine"))
    assert "found no group that looks for a word" in said
    assert not home.desks.exists()


def test_the_status_tells_of_desks(
    simulated_home: Path, monkeypatch: pytest.MonkeyPatch, home: Home
) -> None:
    home.root.mkdir(parents=True)
    (home.root / "published").symlink_to(simulated_home / "published")
    write(home, GOOD)
    write(home, FAULTY.replace("tech", "other"), "other")
    said = CliRunner().invoke(app, ["status"]).output
    assert "desks: tech; 2 faults in their files, see fengkou desks" in said
    told = json.loads(CliRunner().invoke(app, ["status", "--json"]).output)["desks"]
    assert [desk["desk"] for desk in told["running"]] == ["tech"]
    assert len(told["faults"]) == 2
