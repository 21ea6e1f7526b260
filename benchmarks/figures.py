"""``python -m benchmarks.figures``: what README tells of time and tests, measured here and kept in docs.

Processor seconds compare between machines better than what a clock says, so those are kept.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import start

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "docs" / "figures.json"
COLLECTED = re.compile(r"^(\d+) tests collected", re.MULTILINE)


def test_count() -> int:
    """How many tests there are, cases counted."""
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = COLLECTED.search(told.stdout)
    if found is None:
        sys.exit(f"pytest does not say how many tests it found: {told.stdout[-500:]}")
    return int(found[1])


def main() -> None:
    """Measure, and keep what was found."""
    tests = test_count()  # first: it is what a half-done change breaks
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        line = start.spent([str(start.PROGRAM), "run"], home, must_succeed=True)
        first_words = start.measured(home / "simulated")
    found = {
        "tests": tests,
        "run_seconds": round(line),
        "help_seconds": round(first_words["fengkou --help"], 2),
        "status_seconds": round(first_words[start.MADE], 2),
    }
    KEPT.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(KEPT.relative_to(ROOT), found)


if __name__ == "__main__":
    main()
