"""The whole line as one Dagster run, on the real boards or on simulated ones."""

import contextlib
import fcntl
import io
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import dagster as dg

from crawlers import catalog
from dagster_project.definitions import line
from dagster_project.defs.resources import WhereBoardsAre
from dagster_project.instance import prepare
from fengkou import operations
from fengkou.desks.examples import EXAMPLES
from fengkou.digests import Written
from fengkou.errors import RunFailedError
from fengkou.home import Home
from pipelines.digest.contents import Period
from pipelines.language import Language

if TYPE_CHECKING:
    from crawlers.simulation.server import Fault

SIMULATED_HOURS = 48
SIMULATED_EVERY = timedelta(minutes=30)

EXAMPLE = "society"
"""The ready desk that listens to the simulated boards."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run brought: ``failed`` is board -> (reason, detail) of its newest fetch.

    ``chat`` is what the channels of desks wrote to the terminal meanwhile.
    """

    written: Written
    chat: str
    failed: dict[str, tuple[str, str]]
    board_count: int
    snapshot_count: int
    entry_count: int


def run_simulated(
    home: Home,
    language: Language,
    on_step: Callable[[str], None],
    hours: int = SIMULATED_HOURS,
    faults: "Mapping[str, Fault] | None" = None,
) -> Ran:
    """Some hours of simulated boards, served on this machine and fetched over HTTP; starts afresh.

    ``faults`` says which boards misbehave, and how.
    """
    from crawlers.simulation.looks import LOOKS  # noqa: PLC0415
    from crawlers.simulation.server import serving  # noqa: PLC0415
    from crawlers.simulation.world import World  # noqa: PLC0415

    end = datetime.now(UTC).replace(second=0, microsecond=0)
    end -= timedelta(minutes=end.minute % 30)
    instants = [
        end - SIMULATED_EVERY * n
        for n in reversed(range(timedelta(hours=hours) // SIMULATED_EVERY))
    ]
    world = World(start=instants[0], hours=hours)
    with _alone(home), serving(world, faults) as origin:
        shutil.rmtree(home.root, ignore_errors=True)
        _open_desk(home)
        return _run(
            home,
            sorted(LOOKS),
            language,
            on_step,
            WhereBoardsAre(origin, instants),
        )


def _open_desk(home: Home) -> None:
    """A ready desk that listens at any hour and writes to the terminal."""
    text = (EXAMPLES / f"{EXAMPLE}.yaml").read_text(encoding="utf-8")
    watch, _, _ = text.partition("\nquiet:")
    home.desks.mkdir(parents=True)
    chat = f"{watch}\nchannels:\n  chat: {{kind: console}}\n"
    (home.desks / f"{EXAMPLE}.yaml").write_text(chat, encoding="utf-8")


@contextmanager
def _alone(home: Home) -> Iterator[None]:
    """No other trial in this home, which each makes afresh, while this one lasts."""
    home.root.parent.mkdir(parents=True, exist_ok=True)
    with home.root.with_name(f".{home.root.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RunFailedError(
                f"Another process tries the line in {home.root} now, and each trial begins it afresh. "
                "Wait for it, or give this one a folder of its own: FENGKOU_HOME."
            ) from None
        yield


def run_live(home: Home, language: Language, on_step: Callable[[str], None]) -> Ran:
    """Every real board once."""
    return _run(home, catalog.names(), language, on_step, WhereBoardsAre())


def _run(
    home: Home,
    boards: Sequence[str],
    language: Language,
    on_step: Callable[[str], None],
    hosts: WhereBoardsAre,
) -> Ran:
    prepare(home)
    config = {
        # The terminal shows the table; the run's log is in the UI.
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        "ops": {
            "publish__digest_hour": {"config": {"language": language.name}},
            "publish__digest_day": {"config": {"language": language.name}},
        },
    }
    on_step("running the line")
    everything = line(hosts).resolve_job_def("everything")
    selected = [
        key
        for key in everything.asset_layer.executable_asset_keys
        if key.path[0] != "landing" or key.path[1] in boards
    ]
    chat = io.StringIO()
    with dg.DagsterInstance.get() as instance, contextlib.redirect_stdout(chat):
        result = everything.execute_in_process(
            run_config=config,
            instance=instance,
            raise_on_error=False,
            asset_selection=selected,
        )
    failures = [event for event in result.all_events if event.is_step_failure]
    if failures:
        raise RunFailedError(_told(failures))
    written = operations.write_digest_at(home, None, Period.HOUR, language)
    return _ran(result, written, len(boards), chat.getvalue())


def _told(failures: Sequence[Any]) -> str:
    steps = ", ".join(str(event.step_key) for event in failures)
    error = failures[0].step_failure_data.error
    cause = error.cause or error if error else None
    first = cause.message.strip().splitlines()[0] if cause else "no message"
    return f"step {steps} failed: {first} Watch the run: make ui"


def _ran(result: dg.ExecuteInProcessResult, written: Written, board_count: int, chat: str) -> Ran:
    failed = {}
    counts = {"snapshots": 0, "entries": 0}
    for event in result.get_asset_materialization_events():
        key, materialization = event.asset_key, event.step_materialization_data.materialization
        facts = {name: value.value for name, value in materialization.metadata.items()}
        if key and key.path[0] == "landing" and facts.get("reason", "ok") != "ok":
            failed[key.path[1]] = (str(facts["reason"]), str(facts["detail"]))
        if key and key.path[0] == "raw" and key.path[1] in counts:
            counts[key.path[1]] = int(str(facts["rows_added"]))
    return Ran(written, chat, failed, board_count, counts["snapshots"], counts["entries"])
