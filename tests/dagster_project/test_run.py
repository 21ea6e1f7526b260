"""The whole line as one Dagster run, on simulated boards whose truth is known."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest
from jsonschema import Draft202012Validator

from crawlers.simulation.looks import LOOKS
from crawlers.simulation.server import LOGIN_WALL, Fault
from crawlers.simulation.world import World
from dagster_project import run as whole
from fengkou import operations
from fengkou.home import Home
from fengkou.reference import REFERENCE
from pipelines.boards.standing import Verdict
from pipelines.digest.contents import Period
from pipelines.digest.render.formats import Format
from pipelines.language import Language
from tests.dagster_project.conftest import WholeRun, keep_homes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("whole_run"),
]  # one worker sets it up, not each


def _recorded(home: Home) -> tuple[dg.DagsterRun, dict[tuple[str, str], bool]]:
    """The newest run in the instance under ``home``, and how each asset check went."""
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        run = instance.get_runs(limit=1)[0]
        events = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    checks = [e.dagster_event.asset_check_evaluation_data for e in events if e.dagster_event]
    return run, {(c.asset_key.to_user_string(), c.check_name): c.passed for c in checks}


def _published(home: Home, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(home.published / "fengkou.duckdb"), read_only=True) as con:
        return con.execute(query).fetchall()


def test_the_run_and_all_its_checks_passed(whole_run: WholeRun) -> None:
    run, checks = _recorded(whole_run.home)
    assert run.status is dg.DagsterRunStatus.SUCCESS
    assert [check for check, passed in checks.items() if not passed] == []
    assert {name for _, name in checks} >= {"answered_with_a_list", "fresh", "loads_add_up"}


def test_every_board_answered_at_every_instant(whole_run: WholeRun) -> None:
    ran = whole_run.ran
    assert (ran.failed, ran.board_count) == ({}, len(LOOKS))
    assert ran.snapshot_count == ran.board_count * whole_run.hours * 2


@pytest.mark.parametrize("period", Period)
def test_the_digest_is_written_in_every_format(whole_run: WholeRun, period: Period) -> None:
    written = [file for file in (whole_run.home.digests / period).iterdir() if file.stat().st_size]
    assert {file.name.partition(".")[2] for file in written} == set(Format)


@pytest.mark.parametrize("period", Period)
def test_the_digests_keep_to_their_published_schema(whole_run: WholeRun, period: Period) -> None:
    schema = json.loads((REFERENCE / "digest.schema.json").read_text(encoding="utf-8"))
    written = [
        json.loads(file.read_bytes()) for file in (whole_run.home.digests / period).glob("*.json")
    ]
    assert any(digest["topics"] for digest in written)
    for digest in written:
        Draft202012Validator(schema).validate(digest)


def test_what_is_published_tells_what_rises(whole_run: WholeRun) -> None:
    told = _published(
        whole_run.home, "SELECT chance_1h, chance_3h, chance_6h, len(causes) FROM mart.rising"
    )
    assert told
    for *chances, cause_count in told:
        assert [0, *chances, 1] == sorted([0, *chances, 1])  # type: ignore[type-var]
        assert cause_count


def test_a_story_that_is_climbing_rises_before_its_peak(whole_run: WholeRun) -> None:
    at = whole_run.ran.written.digest.at
    start = at - timedelta(hours=whole_run.hours) + whole.SIMULATED_EVERY
    climbing = {
        LOOKS[board].words(story.tale)
        for story in World(start, hours=whole_run.hours).stories
        for board in story.delays
        if story.share(board, at) > 0 and at < story.peaks_at(board)
    }
    told = _published(
        whole_run.home,
        "SELECT titles.title FROM mart.rising JOIN mart.topic_titles AS titles USING (topic_id)",
    )
    assert climbing & {title for (title,) in told}


def test_stories_are_told_across_boards(whole_run: WholeRun) -> None:
    (count,) = _published(whole_run.home, "SELECT max(board_count) FROM mart.rising")[0]
    assert isinstance(count, int)
    assert count >= 2


def test_building_again_writes_nothing(whole_run: WholeRun, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    for name in ("landing", "warehouse"):
        shutil.copytree(whole_run.home.root / name, home.root / name)
    built = operations.build(home)
    assert built.loaded.snapshot_count == built.loaded.rows_in == 0
    assert not [table for table, rows in built.rows.items() if rows]


WALLED, FORBIDDEN = min(LOOKS), max(LOOKS)


def test_boards_that_fail_are_named_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_homes(monkeypatch)
    home = Home(tmp_path / "home")
    faults = {WALLED: LOGIN_WALL, FORBIDDEN: Fault(status=403)}
    ran = whole.run_simulated(home, Language.EN, lambda _: None, hours=1, faults=faults)

    assert {board: reason for board, (reason, _) in ran.failed.items()} == {
        WALLED: "login_wall",
        FORBIDDEN: "http_403",
    }
    assert all(detail for _, detail in ran.failed.values())

    run, checks = _recorded(home)
    assert run.status is dg.DagsterRunStatus.SUCCESS
    answered = {key: passed for (key, name), passed in checks.items() if name[:8] == "answered"}
    assert {key for key, passed in answered.items() if not passed} == {
        f"landing/{WALLED}",
        f"landing/{FORBIDDEN}",
    }

    troubled = {one.board: one for one in ran.written.digest.troubled}
    assert set(troubled) == {WALLED, FORBIDDEN}
    assert {one.verdict for one in troubled.values()} <= {Verdict.FAILED, Verdict.MISSING}
    head = ran.written.files["md"].read_text(encoding="utf-8")[:1_500]
    assert all(one.name_en in head for one in troubled.values())
