"""Jobs and schedules: collect by cadence, build after collect, digests by the hour and the day."""

from collections.abc import Iterator

import dagster as dg

from crawlers import catalog
from dagster_project.defs.landing import ANSWERED
from fengkou.cadences import due, kept
from fengkou.home import Home
from fengkou.settings import Switch, settings
from pipelines.boards.cadence import INTERVALS

STATUS = (
    dg.DefaultScheduleStatus.RUNNING
    if settings().schedules is Switch.ON
    else dg.DefaultScheduleStatus.STOPPED
)
"""Looking at the UI must not begin to crawl: schedules start when they are switched on."""

SENSOR_STATUS = dg.DefaultSensorStatus(STATUS.value)
WRITES = {"fengkou/writes": "warehouse"}
LANDING = dg.AssetSelection.groups("landing")
# Both are read from what is built: they belong to the build, though they are told of the boards.
FRESHNESS = dg.AssetSelection.checks(
    *(
        dg.AssetCheckKey(dg.AssetKey(["landing", name]), check)
        for name in catalog.names()
        for check in ("fresh", "keeps_its_contract")
    )
)
BUILD = (
    dg.AssetSelection.groups("raw", "core", "mart", "ops")
    | dg.AssetSelection.assets(["publish", "warehouse"], ["publish", "cadences"])
    | dg.AssetSelection.groups("desks")
    | FRESHNESS
)

LEARNING = dg.AssetSelection.groups("learning")

everything = dg.define_asset_job(
    "everything",
    dg.AssetSelection.all() - LEARNING,
    description="The whole line once: collect, load, build, publish, digest.",
    executor_def=dg.in_process_executor,
    tags=WRITES,
)
collect = dg.define_asset_job(
    "collect",
    LANDING - FRESHNESS,
    description="Fetch boards; each lands an outcome.",
    executor_def=dg.in_process_executor,
)
build = dg.define_asset_job(
    "build",
    BUILD,
    description="Bring the warehouse up to what was landed, and publish.",
    executor_def=dg.in_process_executor,
    tags=WRITES,
)
digest_hourly = dg.define_asset_job(
    "digest_hourly",
    dg.AssetSelection.assets(["publish", "digest_hour"], ["publish", "desk_digests_hour"]),
    executor_def=dg.in_process_executor,
)
digest_daily = dg.define_asset_job(
    "digest_daily",
    dg.AssetSelection.assets(["publish", "digest_day"], ["publish", "desk_digests_day"]),
    executor_def=dg.in_process_executor,
)
learning = dg.define_asset_job(
    "learning",
    LEARNING,
    description="Learn from the warehouse's own history; keep what is better.",
    executor_def=dg.in_process_executor,
    tags=WRITES,
)


@dg.schedule(
    job=collect,
    cron_schedule=f"*/{INTERVALS[0]} * * * *",
    execution_timezone="Asia/Shanghai",
    default_status=STATUS,
)
def collect_by_cadence(
    context: dg.ScheduleEvaluationContext,
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """Fetch the boards that are due, with their stand-ins behind them."""
    lists = due(context.scheduled_execution_time, kept(Home.from_environment()))
    boards = [board.name for board in catalog.facts() if board.list_board in lists]
    if not boards:
        yield dg.SkipReason("no board is due")
        return
    keys = [dg.AssetKey(["landing", name]) for name in boards]
    # Named, lest Dagster add the other checks of these assets, which read what is yet to be built.
    checks = [dg.AssetCheckKey(key, ANSWERED) for key in keys]
    yield dg.RunRequest(asset_selection=keys, asset_check_keys=checks)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[collect],
    request_job=build,
    default_status=SENSOR_STATUS,
)
def build_after_collect(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """Build once boards were fetched, but for a build that has not begun: it will load them too."""
    waiting = dg.RunsFilter(job_name=build.name, statuses=[dg.DagsterRunStatus.QUEUED])
    if context.instance.get_runs_count(waiting):
        return dg.SkipReason("a build waits in the queue, and loads what was fetched by then")
    return dg.RunRequest(run_key=context.dagster_run.run_id)


digest_every_hour = dg.ScheduleDefinition(
    name="digest_every_hour",
    job=digest_hourly,
    cron_schedule="10 * * * *",  # after the captures of the full hour are built
    execution_timezone="Asia/Shanghai",
    default_status=STATUS,
)
digest_every_morning = dg.ScheduleDefinition(
    name="digest_every_morning",
    job=digest_daily,
    cron_schedule="0 8 * * *",
    execution_timezone="Asia/Shanghai",
    default_status=STATUS,
)
learn_every_night = dg.ScheduleDefinition(
    name="learn_every_night",
    job=learning,
    cron_schedule="30 4 * * *",  # when least happens, and builds can wait some minutes
    execution_timezone="Asia/Shanghai",
    default_status=STATUS,
)

JOBS = (everything, collect, build, digest_hourly, digest_daily, learning)
SCHEDULES = (collect_by_cadence, digest_every_hour, digest_every_morning, learn_every_night)
SENSORS = (build_after_collect,)
