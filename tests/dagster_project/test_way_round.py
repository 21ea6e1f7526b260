"""What Dagster and the command line tell of lists that a stand-in serves."""

import json
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from crawlers import catalog
from crawlers.simulation.server import LOGIN_WALL, serving
from dagster_project.defs.checks import boards_are_fresh
from dagster_project.defs.landing import collect_boards
from dagster_project.defs.resources import WhereBoardsAre, WhereStateIs
from fengkou import operations
from fengkou.cli import app, terminal
from fengkou.home import Home
from tests.crawlers.test_way_round import BAIDU, WEIBO, OneWorld

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("way_round")]

ASKED = sorted([*WEIBO, *BAIDU])


@pytest.fixture(scope="module")
def walled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dg.ExecuteInProcessResult]:
    """Weibo's first board wants a login, Baidu's answers; collected by Dagster, and built."""
    home = Home(tmp_path_factory.mktemp("walled"))
    with serving(OneWorld(), {WEIBO[0]: LOGIN_WALL}) as origin:
        result = dg.materialize(
            [collect_boards],
            selection=[dg.AssetKey(["landing", name]) for name in ASKED],
            resources={"fengkou": WhereStateIs(home.root), "hosts": WhereBoardsAre(origin)},
        )
    operations.build(home)
    return home, result


def told(result: dg.ExecuteInProcessResult) -> dict[str, dict[str, Any]]:
    """Board -> what was told of its asset."""
    return {
        event.asset_key.path[-1]: {
            name: value.value
            for name, value in event.step_materialization_data.materialization.metadata.items()
        }
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }


def test_a_stand_in_that_was_not_needed_is_told_of_and_fails_nothing(
    walled: tuple[Home, dg.ExecuteInProcessResult],
) -> None:
    _, result = walled
    assert result.success
    found = told(result)
    assert sorted(found) == ASKED
    asked = {name: facts["asked"].partition(":")[0] for name, facts in found.items()}
    assert asked == {
        **dict.fromkeys([*WEIBO[:2], BAIDU[0]], "yes"),
        **dict.fromkeys([WEIBO[2], BAIDU[1]], "no"),
    }
    answered = {one.asset_key.path[-1]: one.passed for one in result.get_asset_check_evaluations()}
    assert answered == {name: name != WEIBO[0] for name in ASKED}


def test_a_stand_in_that_is_not_needed_keeps_its_checks_green(
    walled: tuple[Home, dg.ExecuteInProcessResult],
) -> None:
    home, _ = walled
    checks = dg.materialize(
        [boards_are_fresh],
        selection=dg.AssetSelection.all_asset_checks(),
        resources={"fengkou": WhereStateIs(home.root)},
    ).get_asset_check_evaluations()
    passed = {(one.asset_key.path[-1], one.check_name): one.passed for one in checks}
    contract = {name: passed[name, "keeps_its_contract"] for name in ASKED}
    assert contract == {name: name != WEIBO[0] for name in ASKED}
    said = {one.asset_key.path[-1]: one.description for one in checks}
    assert said[WEIBO[2]] == f"Not needed: {WEIBO[1]} serves the list of {WEIBO[0]}."


def test_the_status_says_who_serves_each_list(
    walled: tuple[Home, dg.ExecuteInProcessResult],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home, _ = walled
    monkeypatch.setenv("FENGKOU_HOME", str(home.root))
    monkeypatch.setattr(terminal.out, "_width", 200)
    for arguments in (["status", "--json"], ["status"]):
        monkeypatch.setattr(sys, "argv", ["fengkou", *arguments])
        with pytest.raises(SystemExit) as ended:
            app.main()
        assert not ended.value.code
    machine, end = json.JSONDecoder().raw_decode(printed := capsys.readouterr().out)
    lists = {row["board"]: row for row in machine["boards"]}
    assert {name: row["served_by"] for name, row in lists.items()} == {
        WEIBO[0]: WEIBO[1],
        BAIDU[0]: BAIDU[0],
    }
    assert "the list without a login" in lists[WEIBO[0]]["sentence_en"]
    assert "1 lists fine, 1 not" in printed[end:]
    assert f"Served by {catalog.board(WEIBO[1]).title_en}: " in " ".join(printed[end:].split())


def test_collecting_by_hand_asks_in_turn_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FENGKOU_HOME", str(tmp_path))
    # Nothing answers here, and neither board may be asked twice.
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setattr(sys, "argv", ["fengkou", "collect", "--json", *WEIBO[1:]])
    with pytest.raises(SystemExit) as ended:
        app.main()
    done = json.loads(capsys.readouterr().out)
    assert ended.value.code == 4
    assert [one["board"] for one in done] == WEIBO[1:]
