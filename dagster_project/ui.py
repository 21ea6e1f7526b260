"""The Dagster UI on the home that was used last, so that the run that was just made is there to be seen."""

import os
import sys
from pathlib import Path

from dagster import DagsterInstance

from dagster_project.instance import prepare
from fengkou.home import Home
from warehouse.connection import PUBLISHED_FILE

DEFINITIONS = "dagster_project.definitions"


def last_used(root: Home, *, is_named: bool, collects: bool) -> Home:
    """The home to open: ``root``, or the simulated one within it where that was used later.

    A root that was named, by FENGKOU_HOME, is opened where anything was ever done in it; and where boards
    are to be collected it is opened in any case, for the simulated home is made afresh by each trial.
    """
    simulated = root.simulated
    if collects or not _used_at(simulated):
        return root
    if is_named and _used_at(root):
        return root
    return max(root, simulated, key=_used_at)


def _used_at(home: Home) -> float:
    """When something was last done in a home, in seconds of the machine's clock; 0: never."""
    marks = (home.dagster / "history" / "runs.db", home.published / PUBLISHED_FILE)
    return max((mark.stat().st_mtime for mark in marks if mark.exists()), default=0.0)


def newest_run(home: Home) -> str | None:
    """The newest run that Dagster remembers in a home, once that is prepared; None where there is none."""
    prepare(home)
    with DagsterInstance.get() as instance:
        runs = instance.get_run_records(limit=1)
    return runs[0].dagster_run.run_id if runs else None


def serve(host: str, port: int) -> None:
    """Become Dagster's own server of the definitions; does not return."""
    program = Path(sys.executable).with_name("dagster")
    words = [str(program), "dev", "-m", DEFINITIONS, "-h", host, "-p", str(port)]
    os.execv(program, words)  # noqa: S606 - our own environment's program
