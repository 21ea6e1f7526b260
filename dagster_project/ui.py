"""The Dagster UI on the home that was used last, so that the run that was just made is there to be seen."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import uvicorn
from dagster import DagsterInstance

from dagster_project.instance import prepare
from dagster_project.webserver import pages
from fengkou.home import Home
from fengkou.web.own_origin import served_hosts
from warehouse.connection import PUBLISHED_FILE

DEFINITIONS = "dagster_project.definitions"

DAEMON_SECONDS = 60.0  # a run that it has begun is let go on; it is waited for as dagster dev waits

# Of Dagster's storage, as its own web server sets them: long pages must not hold the database.
STATEMENT_MILLISECONDS = 15_000
POOL_SECONDS = 3_600
POOL_OVERFLOW = 20


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


def serve(host: str, port: int, names: Sequence[str]) -> None:
    """Serve the UI until it is told to end, with Dagster's daemon beside it, which collects by schedule.

    ``names`` are further hosts that a browser may ask for, as FENGKOU_UI_HOSTS says.
    """
    # A service manager says SIGTERM where a person presses Ctrl-C: either way the daemon ends too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), DagsterInstance.get() as instance, _daemon():
        instance.optimize_for_webserver(STATEMENT_MILLISECONDS, POOL_SECONDS, POOL_OVERFLOW)
        with pages(instance, DEFINITIONS, served_hosts(host, names)) as app:
            uvicorn.run(app, host=host, port=port, log_level="warning")


@contextlib.contextmanager
def _daemon() -> Iterator[None]:
    program = Path(sys.executable).with_name("dagster-daemon")
    words = [str(program), "run", "-m", DEFINITIONS, "--log-level", "warning"]
    with subprocess.Popen(words) as daemon:  # noqa: S603 - our own environment's program
        try:
            yield
        finally:
            daemon.terminate()
            try:
                daemon.wait(DAEMON_SECONDS)
            except subprocess.TimeoutExpired:
                daemon.kill()
