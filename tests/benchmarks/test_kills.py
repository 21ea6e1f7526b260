"""Each process of the line is killed, and what it left is told from what it should have left."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import kills
from benchmarks.kill_steps import PROCESSES, Killed
from crawlers import landing
from fengkou.home import Home
from pipelines.captures import Outcome, Page, Status

pytestmark = pytest.mark.slow

QUICK = [process for process in PROCESSES if process.name in {"collect", "import"}]
"""The others are killed in tests/warehouse/test_kill.py, but for what learns or replays for minutes."""


@pytest.mark.parametrize("process", QUICK, ids=lambda process: process.title)
def test_a_killed_process_that_runs_again_leaves_what_it_would_have_left(
    process: Killed, tmp_path: Path
) -> None:
    tried = kills.try_kills(process, tmp_path / "work", kills=2)
    assert [outcome.differences for outcome in tried.outcomes] == [(), ()]


def _land_and_rest(home: Home) -> None:
    """Not safe to run again: each run lands one capture more."""
    at = datetime(2026, 3, 1, tzinfo=UTC)
    landing.write(home.landing, Outcome("thepaper_hot", at, Status.OK, "made", page=Page(())))
    time.sleep(2)


def test_what_is_doubled_is_told_and_ends_with_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    doubling = Killed("doubling", 1, _land_and_rest)
    tried = kills.try_kills(doubling, tmp_path / "work")
    assert tried.equal == 0
    assert "landing/thepaper_hot" in tried.outcomes[0].differences[0]
    monkeypatch.setattr(kills, "PROCESSES", (doubling,))
    assert kills.main([]) == 1
    assert "landing/thepaper_hot" in capsys.readouterr().out
