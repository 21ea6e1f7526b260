"""What people say of topics, heeded by the builds that Dagster runs."""

import shutil
from pathlib import Path

import dagster as dg
import pytest

from dagster_project.definitions import line
from dagster_project.defs.resources import WhereBoardsAre
from dagster_project.instance import prepare
from fengkou import operations, topic_hands
from fengkou.home import Home
from tests.dagster_project.conftest import keep_homes
from tests.made_hands import COMING, MINUTE, MUSEUM, TRAINS, land_storm, told, topic_of
from tests.warehouse.models.test_topics import BAIDU, HOUR, MIDNIGHT, land

pytestmark = pytest.mark.slow

SAID = MIDNIGHT + 30 * MINUTE


def build(home: Home) -> dg.ExecuteInProcessResult:
    """The job that the sensor asks for after each collect."""
    prepare(home)
    with dg.DagsterInstance.ephemeral() as instance:  # what it logs is not looked at
        return (
            line(WhereBoardsAre())
            .resolve_job_def("build")
            .execute_in_process(
                instance=instance,
                run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            )
        )


def test_builds_by_dagster_heed_people_and_a_new_warehouse_ends_with_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_homes(monkeypatch)
    home, again = Home(tmp_path / "home"), Home(tmp_path / "again")
    land_storm(home)
    operations.build(home)
    storm, museum = str(topic_of(home, COMING)), str(topic_of(home, MUSEUM))
    topic_hands.split(home, storm, [TRAINS], "ann", SAID)
    topic_hands.rename(home, storm, "台风青鸟", "ann", SAID + MINUTE)
    built = build(home)
    (loaded,) = (
        event.step_materialization_data.materialization.metadata["rows_added"].value
        for event in built.get_asset_materialization_events()
        if event.asset_key == dg.AssetKey(["raw", "topic_hands"])
    )
    assert loaded == len(list(home.hands.glob("*.json")))
    trains = str(topic_of(home, TRAINS))
    topic_hands.join(home, [trains, museum], "bob", SAID + 2 * MINUTE)
    land(home, BAIDU, MIDNIGHT + HOUR, f"{TRAINS}!", MUSEUM)
    assert build(home).success
    assert topic_of(home, TRAINS) == topic_of(home, MUSEUM) == topic_of(home, f"{TRAINS}!")

    shutil.copytree(home.landing, again.landing)
    shutil.copytree(home.hands, again.hands)
    operations.build(again)
    assert told(again) == told(home)
