"""Everything Dagster loads: what stands in the modules of ``dagster_project/defs``."""

import dagster as dg

import dagster_project.defs
from dagster_project.defs import schedules
from dagster_project.defs.resources import WhereBoardsAre, WhereStateIs


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster is handed: boards are fetched from their own hosts."""
    return line(WhereBoardsAre())


def line(hosts: WhereBoardsAre) -> dg.Definitions:
    """All assets, checks, jobs, schedules and resources.

    Found by package and not by ``load_from_defs_folder``, which wants a pyproject.toml above it: an
    installed wheel has none.
    """
    return dg.Definitions(
        assets=dg.load_assets_from_package_module(dagster_project.defs),
        asset_checks=dg.load_asset_checks_from_package_module(dagster_project.defs),
        jobs=schedules.JOBS,
        schedules=schedules.SCHEDULES,
        sensors=schedules.SENSORS,
        resources={"fengkou": WhereStateIs(), "hosts": hosts},
    )
