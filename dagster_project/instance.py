"""Dagster's own folder in a home: its settings, and whether somebody has seen its invitation."""

import os
from pathlib import Path

from dagster._core.nux import set_nux_seen

from fengkou.home import Home
from fengkou.private_files import keep_private

SETTINGS = """\
# Written by Fengkou when missing; yours to change.
telemetry:
  enabled: false
python_logs:
  python_log_level: INFO
  # What the line tells of itself stands beside each run.
  managed_python_loggers: [fengkou]
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    max_concurrent_runs: 2
    # DuckDB takes one writing process: the others wait in the queue, not at the lock.
    tag_concurrency_limits:
      - key: fengkou/writes
        limit: 1
"""


def prepare(home: Home) -> Path:
    """Make Dagster's folder in a home and name both in the environment; the folder is returned."""
    keep_private()
    home.dagster.mkdir(parents=True, exist_ok=True)
    settings = home.dagster / "dagster.yaml"
    if not settings.exists():
        settings.write_text(SETTINGS, encoding="utf-8")
    os.environ["FENGKOU_HOME"] = str(home.root)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    # Else the first who looks at a run sees an invitation to a newsletter in its place.
    set_nux_seen()  # type: ignore[no-untyped-call]
    return home.dagster
