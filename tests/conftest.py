"""How the tests run, and a warehouse that is built once for all tests that read one."""

import logging
import os
import sys

# Before numpy is there: its threads wait by spinning, which on two cores with two workers at work costs
# several times what their sums do.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

# Workers are given a width when they start, and a console that is made then keeps it: tests say their own.
os.environ.pop("COLUMNS", None)

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from importlib.abc import MetaPathFinder
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import is_hypothesis_test, settings

from crawlers import landing
from crawlers.simulation.world import World
from fengkou.board_seed import seed_boards
from fengkou.home import Home
from fengkou.logs import ROOMS
from pipelines.captures import Kind, Outcome, Status
from tests.examples import QUICK, register_profiles
from tests.processor_time import ProcessorTime
from warehouse.connection import Connection, open_for_writing
from warehouse.graph import steps
from warehouse.load.archive import import_archive
from warehouse.load.landing import load_landing
from warehouse.publish import publish

# The tests are of the built-in boards, whatever boards.toml their operator has.
os.environ["FENGKOU_BOARDS"] = os.devnull

register_profiles()


class NoPandas(MetaPathFinder):
    """Says at once that pandas is not there: DuckDB looks for it through all of sys.path with each value."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(name=fullname)


sys.meta_path.insert(0, NoPandas())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--costliest", type=int, default=0, help="name so many tests with their processor seconds"
    )
    parser.addoption(
        "--beyond-quick",
        action="store_true",
        help="only what make test leaves out: slow tests, and properties with all their examples",
    )


@pytest.hookimpl(trylast=True)  # after hypothesis has loaded its profile
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ProcessorTime(config))
    if settings.get_current_profile_name() == QUICK:
        # DuckDB starts a thread for each core unless a cluster's scheduler gives it fewer, and for tables as
        # small as these the threads cost a quarter more than they do. make test-all runs with all of them.
        os.environ["SLURM_CPUS_ON_NODE"] = "1"


HOMES = ("simulated_home", "built", "whole_run")
"""Homes that are built once in a session, by the first test that reads one."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of one group, or of one home, go to one worker; what is slow runs first."""
    if config.getoption("beyond_quick"):
        config.hook.pytest_deselected(items=[item for item in items if _is_all_in_quick(item)])
        items[:] = [item for item in items if not _is_all_in_quick(item)]
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    for item in items if config.getoption("loadgroup", False) else ():
        for home in HOMES:
            if home in getattr(item, "fixturenames", ()) and not list(
                item.iter_markers("xdist_group")
            ):
                item.add_marker(pytest.mark.xdist_group(home))
        group = item.get_closest_marker("xdist_group")
        # pytest-xdist 3.8 tells a test's group at the end of its name in a field that pytest 9.2 does
        # not read: without this every worker sets up what a group shares.
        if group and not item.nodeid.endswith(f"@{group.args[0]}"):
            item._id = item._id.parse(f"{item.nodeid}@{group.args[0]}")


def _is_all_in_quick(item: pytest.Item) -> bool:
    """The quick suite runs the test, and in full."""
    is_slow = item.get_closest_marker("slow") is not None
    return not is_slow and not is_hypothesis_test(getattr(item, "obj", None))


SIMULATED_BOARDS = (
    "weibo_side_hotsearch",
    "douyin_web_hot",
    "toutiao_hot_board",
    "zhihu_hot_list_web",
    "thepaper_hot",
)
SIMULATED_START = datetime(
    2026, 4, 6, 16, tzinfo=UTC
)  # midnight in Shanghai, past what the starting model knows
SIMULATED_HOURS = 36
BUILT_AFTER_HOURS = (30, 36)  # forecasts are made at the end of each build


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """An empty home, which the environment names."""
    monkeypatch.setenv("FENGKOU_HOME", str(tmp_path / "home"))
    return Home.from_environment()


@pytest.fixture(scope="session")
def simulated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose warehouse holds a day and a half of invented boards, built and published.

    Read ``published/fengkou.duckdb``; whoever wants to write copies ``warehouse/`` first.
    """
    home = tmp_path_factory.mktemp("simulated_home")
    world = World(start=SIMULATED_START, hours=SIMULATED_HOURS)
    begun = 0
    with open_for_writing(home / "warehouse") as con:
        for hours in BUILT_AFTER_HOURS:
            instants = [
                SIMULATED_START + timedelta(minutes=30 * n)
                for n in range(2 * begun + 1, 2 * hours + 1)
            ]
            archive = home / f"hours_{begun}_to_{hours}.parquet"
            pq.write_table(_archive(world, instants), archive)
            import_archive(con, archive)
            if hours == SIMULATED_HOURS:
                _land_failures(home / "landing")
                load_landing(con, home / "landing")
            _build(con)
            begun = hours
        publish(con, home / "warehouse", home / "published")
    return home


def _archive(world: World, instants: Sequence[datetime]) -> pa.Table:
    rows = [
        {
            "source": board,
            "captured_at": at.isoformat(),
            "rank": entry.rank,
            "title": entry.title,
            "url": entry.url,
            "heat": entry.heat,
            "native_id": entry.native_id,
            "extra": {Kind.PAID: '{"ad": true}', Kind.PINNED: '{"pinned": true}'}.get(entry.kind),
        }
        for board in SIMULATED_BOARDS
        for at in instants
        for entry in world.ranked(board, at)
    ]
    # A line without a title, as every archive has one.
    rows.append({**rows[-1], "rank": 99, "title": ""})
    return pa.Table.from_pylist(rows)


def _land_failures(folder: Path) -> None:
    end = SIMULATED_START + timedelta(hours=SIMULATED_HOURS)
    for board, reason, detail in (
        ("baidu_board_api", "timeout", "No answer within 20 s. Fetch again later."),
        ("thepaper_hot", "login_wall", "Found a login page, expected a list. Open the address."),
    ):
        outcome = Outcome(
            board=board,
            captured_at=end - timedelta(minutes=5),
            status=Status.FAILED,
            request_url="https://example.org/list",
            reason=reason,
            detail=detail,
        )
        landing.write(folder, outcome, durable=False)


def _build(con: Connection) -> None:
    seed_boards(con)
    for step in steps():
        step.build(con)


@pytest.fixture(autouse=True)
def loggers_of_a_new_process() -> Iterator[None]:
    """Commands that a test calls in its own process set up the log; the next test's process had none."""
    yield
    for room in ROOMS:
        logger = logging.getLogger(room)
        logger.handlers, logger.propagate = [], True
        logger.setLevel(logging.NOTSET)
