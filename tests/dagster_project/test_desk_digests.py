"""The digests of desks as Dagster writes them: of all desks at once, and told which failed."""

from pathlib import Path

import dagster as dg
import pytest

from dagster_project.defs.desks import desk_digests_day, desk_digests_hour, others
from dagster_project.defs.resources import WhereStateIs
from fengkou.home import Home

pytestmark = pytest.mark.slow

TEXT = "desk: {name}\nwatch: [{{id: all, any: [{{re: '.'}}]}}]\n"


@pytest.fixture
def home(tmp_path: Path, simulated_home: Path) -> Home:
    """Two desks over what the simulated boards showed."""
    (tmp_path / "published").symlink_to(simulated_home / "published")
    home = Home(tmp_path)
    home.desks.mkdir()
    for name in ("east", "west"):
        (home.desks / f"{name}.yaml").write_text(TEXT.format(name=name), encoding="utf-8")
    return home


def materialized(home: Home, *assets: dg.AssetsDefinition) -> dg.ExecuteInProcessResult:
    return dg.materialize(
        assets, resources={"fengkou": WhereStateIs(home.root)}, raise_on_error=False
    )


def test_every_desk_has_its_pages_and_what_they_cost_is_told(home: Home) -> None:
    result = materialized(home, desk_digests_hour, desk_digests_day)
    assert result.success
    for name in ("east", "west"):
        latest = home.digests / "desks" / name / "latest"
        assert {"hour.html", "day.html"} <= {file.name for file in latest.iterdir()}
    for event in result.get_asset_materialization_events():
        metadata = event.step_materialization_data.materialization.metadata
        assert metadata["desks"].value == 2
        assert "| east |" in str(metadata["pages"].value)


def test_a_desk_whose_page_is_not_written_is_told_and_the_others_are_written(home: Home) -> None:
    (home.digests / "desks").mkdir(parents=True)
    (home.digests / "desks" / "east").write_text("in the way")
    result = materialized(home, desk_digests_hour)
    assert not result.success
    (failure,) = result.get_step_failure_events()
    assert "Not written of 1 of 2 desks: east: " in str(failure.step_failure_data)
    assert (home.digests / "desks" / "west" / "latest" / "hour.html").exists()


def test_a_home_without_desks_writes_none(tmp_path: Path) -> None:
    result = materialized(Home(tmp_path), desk_digests_hour)
    assert result.success
    assert not (tmp_path / "digests").exists()


def test_a_desk_that_is_sent_a_message_has_its_page_renewed_and_another_not(home: Home) -> None:
    quiet = "desk: west\nwatch: [{id: none, any: [没有这样的标题]}]\n"
    (home.desks / "west.yaml").write_text(quiet, encoding="utf-8")
    room = "channels: {room: {kind: console}}\n"
    (home.desks / "east.yaml").write_text(TEXT.format(name="east") + room, encoding="utf-8")
    result = materialized(home, others)
    assert result.success
    assert result.get_asset_materialization_events()
    assert {folder.name for folder in (home.digests / "desks").iterdir()} == {"east"}
