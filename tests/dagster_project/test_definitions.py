"""What Dagster is handed, compared with a stored list, and which boards are due when."""

import os
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._core.remote_origin import (
    RegisteredCodeLocationOrigin,
    RemoteJobOrigin,
    RemoteRepositoryOrigin,
)

from crawlers import catalog
from dagster_project.definitions import defs
from dagster_project.defs.schedules import build_after_collect, collect_by_cadence
from fengkou.cadences import due
from fengkou.home import Home
from pipelines.boards.cadence import INTERVALS

STORED = Path(__file__).with_name("definitions.txt")
REFRESH = "FENGKOU_REFRESH=1 python -m pytest tests/dagster_project/test_definitions.py"
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def repository() -> dg.RepositoryDefinition:
    return defs().get_repository_def()


def _listed(repository: dg.RepositoryDefinition) -> list[str]:
    graph = repository.asset_graph
    named = {f"asset {_folded(key)}" for key in graph.get_all_asset_keys()}
    named |= {f"check {_folded(key.asset_key)} {key.name}" for key in graph.asset_check_keys}
    named |= {f"job {job.name}" for job in repository.get_all_jobs() if job.name[:2] != "__"}
    named |= {
        f"schedule {one.name} runs {one.job_name} at {one.cron_schedule}"
        for one in repository.schedule_defs
    }
    named |= {f"sensor {one.name}" for one in repository.sensor_defs}
    return sorted(named)


def _folded(key: dg.AssetKey) -> str:
    # One line for all boards: a new board edits no list.
    return "landing/*" if key.path[0] == "landing" else key.to_user_string()


def test_the_definitions_are_the_stored_ones(repository: dg.RepositoryDefinition) -> None:
    listed = _listed(repository)
    if os.environ.get("FENGKOU_REFRESH"):
        STORED.write_text("\n".join(listed) + "\n", encoding="utf-8")
    stored = STORED.read_text(encoding="utf-8").splitlines()
    new, gone = sorted({*listed} - {*stored}), sorted({*stored} - {*listed})
    assert listed == stored, f"new: {new}; gone: {gone}. If that is meant: {REFRESH}"


def test_every_board_is_an_asset_with_its_two_checks(repository: dg.RepositoryDefinition) -> None:
    graph = repository.asset_graph
    landing = {key.path[1] for key in graph.get_all_asset_keys() if key.path[0] == "landing"}
    assert landing == set(catalog.names())
    checks = {(key.asset_key.path[-1], key.name) for key in graph.asset_check_keys}
    assert {(b, c) for b in landing for c in ("answered_with_a_list", "fresh")} <= checks


def test_freshness_is_judged_where_the_warehouse_is_built(
    repository: dg.RepositoryDefinition,
) -> None:
    steps = {
        name: {n.name for n in repository.get_job(name).nodes} for name in ("collect", "build")
    }
    assert steps["collect"] == {"collect_boards"}
    assert "boards_are_fresh" in steps["build"]
    assert "collect_boards" not in steps["build"]


def test_every_asset_says_what_it_is(repository: dg.RepositoryDefinition) -> None:
    specs = repository.assets_defs_by_key.values()
    described = {key: text for one in specs for key, text in one.descriptions_by_key.items()}
    assert not [key.to_user_string() for key, text in described.items() if not text]


def test_nothing_runs_before_it_is_switched_on(repository: dg.RepositoryDefinition) -> None:
    schedules, sensors = repository.schedule_defs, repository.sensor_defs
    assert {one.default_status for one in schedules} == {dg.DefaultScheduleStatus.STOPPED}
    assert {one.default_status for one in sensors} == {dg.DefaultSensorStatus.STOPPED}


@pytest.fixture(autouse=True)
def _no_chosen_intervals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FENGKOU_HOME", str(tmp_path))


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2025-05-20T{clock}").replace(tzinfo=SHANGHAI)


TICKS = [at("00:00") + timedelta(minutes=minute) for minute in range(0, 24 * 60, INTERVALS[0])]


LISTS = [one for one in catalog.facts() if not one.stands_in_for]


def test_every_board_is_due_at_midnight_but_the_stand_ins() -> None:
    assert due(at("00:00"), {}) == [one.name for one in LISTS]


@pytest.mark.parametrize("clock", ["00:05", "01:00", "08:30", "13:40", "23:55"])
def test_a_board_is_due_when_its_cadence_divides_the_minute(clock: str) -> None:
    minute = int(clock[:2]) * 60 + int(clock[3:])
    expected = [one.name for one in LISTS if minute % one.cadence_minutes == 0]
    assert due(at(clock), {}) == expected


def test_a_schedule_that_starts_late_still_finds_its_boards() -> None:
    assert due(at("12:03:59"), {}) == due(at("12:00"), {})


def test_in_a_day_each_board_is_due_as_often_as_its_cadence_says() -> None:
    days = [name for tick in TICKS for name in due(tick, {})]
    for one in LISTS:
        assert days.count(one.name) == 24 * 60 / one.cadence_minutes, one.name


def said_by(context: dg.ScheduleEvaluationContext) -> Sequence[object]:
    said = collect_by_cadence(context)
    assert isinstance(said, Iterable)
    return list(said)


def test_the_schedule_asks_for_the_boards_that_are_due_with_their_stand_ins() -> None:
    context = dg.build_schedule_context(scheduled_execution_time=at("00:00"))
    (asked,) = said_by(context)
    assert isinstance(asked, dg.RunRequest)
    assert asked.asset_selection is not None
    assert [key.path for key in asked.asset_selection] == [["landing", b] for b in catalog.names()]


def test_the_schedule_says_when_no_board_is_due() -> None:
    moment = next(tick for tick in TICKS if not due(tick, {}))
    (said,) = said_by(dg.build_schedule_context(scheduled_execution_time=moment))
    assert isinstance(said, dg.SkipReason)


@pytest.mark.parametrize(
    ("status", "is_asked"),
    [
        (dg.DagsterRunStatus.QUEUED, False),
        (dg.DagsterRunStatus.STARTED, True),
        (dg.DagsterRunStatus.SUCCESS, True),
    ],
)
def test_a_build_that_waits_builds_for_later_collects_and_one_that_runs_does_not(
    status: dg.DagsterRunStatus, is_asked: bool
) -> None:
    repository = RemoteRepositoryOrigin(RegisteredCodeLocationOrigin("line"), "line")
    origin = RemoteJobOrigin(repository, "build")
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_run(dg.DagsterRun("build", status=status, remote_job_origin=origin))
        collected = instance.add_run(dg.DagsterRun("collect", status=dg.DagsterRunStatus.SUCCESS))
        context = dg.build_run_status_sensor_context(
            "build_after_collect",
            dg.DagsterEvent("PIPELINE_SUCCESS", "collect"),
            instance,
            collected,
        )
        asked = build_after_collect(context)
    assert isinstance(asked, dg.RunRequest) is is_asked


def test_a_collect_by_cadence_runs_no_check_of_what_is_yet_to_be_built(
    repository: dg.RepositoryDefinition, home: Home
) -> None:
    midnight = datetime(2026, 1, 1, tzinfo=SHANGHAI)
    context = dg.build_schedule_context(scheduled_execution_time=midnight)
    (asked,) = collect_by_cadence.evaluate_tick(context).run_requests or ()
    assert asked.asset_selection
    run = repository.get_job("collect").get_subset(
        asset_selection=set(asked.asset_selection),
        asset_check_selection=set(asked.asset_check_keys or ()) or None,
    )
    assert [node.name for node in run.nodes] == ["collect_boards"]
