"""A collection counts its own memory, and not that of what started it."""

import subprocess
import sys
from pathlib import Path

import pytest

from crawlers.settings import MEMUSAGE_LIMIT_MB

BIG_PARENT = """
import sys
from datetime import UTC, datetime
from pathlib import Path

from crawlers.run import collect
from crawlers.simulation.server import serving
from crawlers.simulation.world import World

if __name__ == "__main__":
    held = b"x" * (int(sys.argv[2]) << 20)
    with serving(World(datetime(2026, 11, 1, tzinfo=UTC), hours=2)) as origin:
        (landed,) = collect(Path(sys.argv[1]), ["thepaper_hot"], origin=origin)
    print(len(held) >> 20, landed.status, landed.detail)
"""


@pytest.mark.slow  # starts programs
def test_what_a_big_parent_holds_ends_no_collection(tmp_path: Path) -> None:
    script = tmp_path / "big_parent.py"
    script.write_text(BIG_PARENT, encoding="utf-8")
    megabytes = MEMUSAGE_LIMIT_MB + 100
    told = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "landing"), str(megabytes)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split()[:2] == [str(megabytes), "ok"], told.stdout + told.stderr
