"""Kill -9 at instants spread over a step: the next run ends with the tables of an undisturbed one."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from crawlers.simulation.server import serving
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from pipelines.landing_format import iso
from tests.warehouse.captures import BOARDS, CHILDREN, Fingerprints

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("FENGKOU_KILLS", "7"))
"""Spread over a step; ``make kills`` has more, of every process of the line."""

Read = Callable[[Home], Fingerprints]


def _nothing(*_: str) -> None:
    pass


def _import(root: str, archive: str) -> None:
    operations.import_files(Home(Path(root)), [Path(archive)], {}, {})


def _build(root: str, _: str) -> None:
    operations.build(Home(Path(root)))


def _publish(root: str, _: str) -> None:
    operations.publish_home(Home(Path(root)))


def _run(step: Callable[[str, str], None], root: Path, archive: Path) -> float:
    """Run a step to its end in a child; the seconds it took."""
    child = CHILDREN.Process(target=step, args=(str(root), str(archive)))
    began = time.monotonic()
    child.start()
    child.join()
    assert child.exitcode == 0
    return time.monotonic() - began


def _kill(step: Callable[[str, str], None], root: Path, archive: Path, after: float) -> bool:
    """Start a step in a child and kill it; whether it was still at work."""
    child = CHILDREN.Process(target=step, args=(str(root), str(archive)))
    child.start()
    time.sleep(after)
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("before", "step"),
    [((), _import), ((_import,), _build), ((_import, _build), _publish)],
    ids=["import", "build", "publish"],
)
def test_a_killed_step_ends_as_if_undisturbed_when_run_again(
    tmp_path: Path,
    archive: Path,
    fingerprints: Read,
    before: tuple[Callable[[str, str], None], ...],
    step: Callable[[str, str], None],
) -> None:
    prepared, calm = tmp_path / "prepared", tmp_path / "calm"
    prepared.mkdir()
    _run(_nothing, prepared, archive)  # the server's own start is not to be timed
    for earlier in before:
        _run(earlier, prepared, archive)
    shutil.copytree(prepared, calm)
    seconds = _run(step, calm, archive)
    wanted = fingerprints(Home(calm))
    dice = random.Random(20)
    caught = 0
    for n in range(KILLS):
        root = tmp_path / f"killed{n}"
        shutil.copytree(prepared, root)
        if _kill(step, root, archive, seconds * (n + dice.random()) / KILLS):
            caught += 1
        else:
            seconds *= 0.8  # the machine was slower when it was measured: aim earlier
        _run(step, root, archive)
        assert fingerprints(Home(root)) == wanted
        if step is _publish:
            assert fingerprints_of_published(root) == fingerprints_of_published(calm)
        shutil.rmtree(root)
    assert caught >= KILLS // 3, "the kills came too late to disturb anything"


def fingerprints_of_published(root: Path) -> list[tuple[object, ...]]:
    file = Home(root).published / "fengkou.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        return con.execute("SELECT count(*), sum(hash(e)) FROM mart.entries AS e").fetchall()


COLLECT = """
import sys
from datetime import datetime
from pathlib import Path
from crawlers.run import collect
landing, origin, boards, *instants = sys.argv[1:]
collect(Path(landing), boards.split(","), origin=origin, instants=[*map(datetime.fromisoformat, instants)])
"""


def test_a_killed_crawl_loses_nothing_it_landed_and_doubles_nothing(
    tmp_path: Path, world: World, instants: list[datetime]
) -> None:
    """One landing suffers all the kills in turn; each next crawl goes on where the last was cut."""
    every = [at + (instants[1] - instants[0]) / 4 * n for at in instants for n in range(4)]
    landing = tmp_path / "landing"
    dice = random.Random(20)

    def start(origin: str) -> "subprocess.Popen[bytes]":
        arguments = [str(landing), origin, ",".join(BOARDS), *map(iso, every)]
        return subprocess.Popen([sys.executable, "-c", COLLECT, *arguments], start_new_session=True)

    with serving(world) as origin:
        acknowledged: set[Path] = set()
        for _ in range(KILLS):
            child = start(origin)
            time.sleep(dice.uniform(1.2, 2.4))
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            landed = set(landing.rglob("2*.json"))
            assert landed >= acknowledged
            acknowledged = landed
        assert start(origin).wait() == 0
    home = Home(tmp_path / "home")
    shutil.copytree(landing, home.landing)
    loaded = operations.load(home)
    assert loaded.snapshot_count == len(BOARDS) * len(every)
    with operations.opened(home) as con:
        failed = con.execute(
            "SELECT reason, detail, count(*) FROM raw.snapshots WHERE status = 'failed' GROUP BY ALL"
        ).fetchall()
        found = con.execute(
            "SELECT count(DISTINCT (board, captured_at)), sum(entry_count) FROM raw.snapshots"
        ).fetchone()
    assert failed == []
    lines = sum(len(world.ranked(board, at)) for board in BOARDS for at in every)
    assert found == (loaded.snapshot_count, lines)
