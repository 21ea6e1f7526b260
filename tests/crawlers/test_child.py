"""The child of a collection and its parent end together, and what was landed is neither lost nor doubled."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import pytest

from crawlers import child
from crawlers.child import PROJECT
from crawlers.landing import Landed, newest, read
from crawlers.run import collect, land_failure
from crawlers.simulation.server import Fault, serving
from crawlers.simulation.world import World
from pipelines.landing_format import CRAWL_DIED
from tests.crawlers.crawl_children import crawls_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the child in /proc"),
]

START = datetime(2026, 11, 1, tzinfo=UTC)
WORLD = World(START)
INSTANTS = [START + timedelta(minutes=30 * n) for n in range(6)]
BOARD, OTHER = "thepaper_hot", "tieba_topic_list"
COLLECTING = """
import json, sys
from datetime import datetime
from pathlib import Path
from crawlers.run import collect
landing, origin, boards, instants = json.loads(sys.argv[1])
collect(Path(landing), boards, origin=origin, on_outcome=lambda landed: print(landed.path, flush=True),
        instants=[datetime.fromisoformat(at) for at in instants] or None)
"""


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 30
    while not happens():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def landed_in(landing: Path) -> list[Path]:
    return sorted(landing.rglob("[0-9]*.json"))


def begun(
    landing: Path, origin: str, boards: Sequence[str], instants: Sequence[datetime] = ()
) -> "subprocess.Popen[str]":
    given = [str(landing), origin, boards, [at.isoformat() for at in instants]]
    return subprocess.Popen(
        [sys.executable, "-c", COLLECTING, json.dumps(given)],
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def later_and_later(at: datetime) -> Fault:
    return Fault(wait_seconds=(at - START) / timedelta(hours=1))


def kill_children(_: Landed) -> None:
    for pid in crawls_of(os.getpid()):
        os.kill(pid, signal.SIGKILL)


def test_a_child_ends_with_its_parent_and_nothing_lands_twice(tmp_path: Path) -> None:
    with serving(WORLD, {BOARD: later_and_later}) as origin:
        with begun(tmp_path, origin, [BOARD], INSTANTS) as parent:
            assert parent.stdout
            assert parent.stdout.readline()
            (pid,) = crawls_of(parent.pid)
            parent.kill()
        assert wait_until(lambda: not is_alive(pid))
        at_death = landed_in(tmp_path)
        assert 1 <= len(at_death) < len(INSTANTS)
        collect(tmp_path, [BOARD], origin=origin, instants=INSTANTS)
    assert [read(path).captured_at for path in landed_in(tmp_path)] == INSTANTS
    assert set(at_death) <= set(landed_in(tmp_path))


def test_a_child_ends_where_the_kernel_tells_it_nothing() -> None:
    code = "import time; from crawlers import child; child._wait_for_the_end(); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, cwd=PROJECT) as pid:
        assert pid.poll() is None
        assert pid.stdin
        pid.stdin.close()
        assert pid.wait(timeout=30) == child.ENDED_WITH_PARENT


def test_instants_that_a_killed_child_left_are_asked_again(tmp_path: Path) -> None:
    with serving(WORLD, {BOARD: later_and_later}) as origin:
        first = collect(
            tmp_path, [BOARD], origin=origin, instants=INSTANTS, on_outcome=kill_children
        )
        reasons = [done.reason for done in first]
        assert sorted(done.captured_at for done in first) == INSTANTS
        assert set(reasons) == {"", CRAWL_DIED}
        # What is told as died has no file, what is told as landed has one.
        assert len(landed_in(tmp_path)) == reasons.count("")
        again = collect(tmp_path, [BOARD], origin=origin, instants=INSTANTS)
    assert {done.reason for done in again} == {""}
    assert [read(path).captured_at for path in landed_in(tmp_path)] == INSTANTS


def test_an_instant_once_landed_as_died_is_asked_again(tmp_path: Path) -> None:
    land_failure(tmp_path, BOARD, START, CRAWL_DIED, "an older release landed this")
    with serving(WORLD) as origin:
        (done,) = collect(tmp_path, [BOARD], origin=origin, instants=[START])
    assert done.reason == ""
    assert landed_in(tmp_path) == [tmp_path / done.path]


def test_what_landed_but_was_not_told_is_found(tmp_path: Path) -> None:
    """A child may die between landing and telling: here it tells half a line."""
    with pytest.MonkeyPatch.context() as patch, serving(WORLD) as origin:
        patch.setattr(Landed, "from_line", classmethod(lambda *_: pytest.fail("told")))
        patch.setattr("crawlers.run.run_child", untold)
        live = collect(tmp_path / "live", [BOARD, OTHER], origin=origin)
        replay = collect(tmp_path / "replay", [BOARD], origin=origin, instants=INSTANTS)
    assert sorted((done.board, done.reason) for done in live) == [(BOARD, ""), (OTHER, "")]
    assert len(landed_in(tmp_path / "live")) == 2
    assert [done.reason for done in replay] == [""] * len(INSTANTS)


def untold(arguments: Sequence[str], errors: IO[bytes], limit: float, _: object) -> str:
    return child.run_child(arguments, errors, limit, lambda line: None)


def test_a_child_that_takes_too_long_is_ended_and_what_it_landed_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawlers.run.limit_seconds", lambda rounds, pages: 6.0)
    with serving(WORLD, {OTHER: Fault(wait_seconds=60)}) as origin:
        begin = time.monotonic()
        done = collect(tmp_path, [BOARD, OTHER], origin=origin)
        assert time.monotonic() - begin < 20
    assert [(each.board, each.reason) for each in done] == [(BOARD, ""), (OTHER, CRAWL_DIED)]
    assert "ended after 6 s" in done[1].detail
    assert next(newest(tmp_path, BOARD, datetime.now(UTC), days=2)) == tmp_path / done[0].path


def test_the_limit_follows_the_boards_due() -> None:
    assert child.limit_seconds(rounds=1, pages=1) < child.limit_seconds(rounds=1, pages=70)
    assert child.limit_seconds(rounds=1, pages=1) < child.limit_seconds(rounds=2, pages=1)
