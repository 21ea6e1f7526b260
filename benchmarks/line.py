"""The line on history: import, full build, publish, and one more tick on top of it all."""

import multiprocessing
import resource
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import duckdb
from rich.table import Table

from crawlers import catalog, landing
from crawlers.simulation.world import World
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Outcome, Page, Status
from warehouse.readers.forecasting import forecasts_at
from warehouse.readers.newest import newest_list

TICK_EVERY = timedelta(minutes=20)

HASHED = """
SELECT table_schema || '.' || table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema IN ('raw', 'core', 'mart') ORDER BY 1
"""


def _measured(
    step: Callable[[Home, Sequence[Path]], object], home: Home, files: Sequence[Path]
) -> tuple[float, float]:
    """Wall seconds and peak GiB of a step in a process of its own."""
    context = multiprocessing.get_context("spawn")
    told: SimpleQueue[tuple[float, float]] = context.SimpleQueue()
    child = context.Process(target=_child, args=(step, home, files, told))
    child.start()
    figures = told.get()
    child.join()
    return figures


def _child(
    step: Callable[[Home, Sequence[Path]], object],
    home: Home,
    files: Sequence[Path],
    told: "SimpleQueue[tuple[float, float]]",
) -> None:
    began = time.monotonic()
    step(home, files)
    seconds = time.monotonic() - began
    told.put((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2))


def _import(home: Home, files: Sequence[Path]) -> object:
    return operations.import_files(home, files, {}, {})


def _build(home: Home, _: Sequence[Path]) -> object:
    return operations.build(home)


def _publish(home: Home, _: Sequence[Path]) -> object:
    return operations.publish_home(home)


def _forecast(home: Home, _: Sequence[Path]) -> object:
    with operations.opened(home) as con:
        at = newest_list(con)
        return forecasts_at(con, at) if at else None


def _fingerprints(home: Home) -> dict[str, object]:
    with duckdb.connect(str(home.warehouse / "warehouse.duckdb"), read_only=True) as con:
        return {
            table: con.execute(f"SELECT count(*), sum(hash(r)) FROM {table} AS r").fetchone()
            for (table,) in con.execute(HASHED).fetchall()
        }


def _land_tick(home: Home, at: datetime) -> int:
    world = World(start=at - timedelta(hours=12), hours=24)
    count = 0
    for board in catalog.names():
        for captured_at in (at - TICK_EVERY / 2, at):
            entries = tuple(world.ranked(board, captured_at))
            count += len(entries)
            outcome = Outcome(board, captured_at, Status.OK, "made", page=Page(entries))
            landing.write(home.landing, outcome, b"made")
    return count


def measure(files: Sequence[Path], work: Path) -> Table:
    """Seconds and memory of each step, one after another in one home."""
    home = Home(work / "home")
    table = Table("step", "seconds", "peak GiB", "what", title="the line", title_justify="left")

    def add(name: str, figures: tuple[float, float], what: str) -> None:
        table.add_row(name, f"{figures[0]:.1f}", f"{figures[1]:.2f}", what)

    imported = _measured(_import, home, files)
    with operations.opened(home) as con:
        row = con.execute(
            "SELECT sum(rows_in), sum(rows_kept), sum(rows_rejected), sum(rows_known) FROM ops.loads"
        ).fetchone()
    assert row is not None
    add("import", imported, "{:,} rows in = {:,} kept + {:,} rejected + {:,} known".format(*row))
    built = _measured(_build, home, files)
    before = _fingerprints(home)
    add("full build", built, f"{len(before)} tables")
    total = (imported[0] + built[0], max(imported[1], built[1]))
    add("import and full build", total, "")
    again = _measured(_build, home, files)
    same = "same tables" if _fingerprints(home) == before else "TABLES DIFFER"
    add("build again", again, same)
    add("import again", _measured(_import, home, files), "every row known")
    add("publish", _measured(_publish, home, files), "")
    with operations.opened(home) as con:
        newest = con.execute("SELECT max(captured_at) FROM raw.snapshots").fetchone()
    assert newest is not None
    for n in (1, 2, 3):
        at = newest[0].replace(tzinfo=UTC) + n * TICK_EVERY
        count = _land_tick(home, at)
        add(
            f"tick {n}",
            _measured(_build, home, files),
            f"{count} entries of two captures of {len(catalog.names())} boards on top",
        )
    add(
        "forecasts of one build", _measured(_forecast, home, files), "of every topic on a list then"
    )
    return table
