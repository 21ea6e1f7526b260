"""Kill -9 at instants spread evenly over each process of the line: ``python -m benchmarks.kills``.

After each kill the process runs again, undisturbed; what the home holds then is compared with a home that
was never disturbed. Each kill has a home of its own.
"""

import argparse
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.home_state import State, differences, state
from benchmarks.kill_steps import NAMES, ORIGIN, PROCESSES, WORLD, Killed, Victim
from crawlers.boards.names import built_in_names
from crawlers.simulation.server import serving
from fengkou.home import Home

COMMAND = "python -m benchmarks.kills"

AT_ONCE = os.cpu_count() or 1

EARLIER = 0.8
"""A kill that came after the end is aimed so much earlier, in a new home."""

CRAWL = b"crawl_process"

CHILDREN = multiprocessing.get_context("forkserver")
"""Forked from a server that has imported everything and done nothing: a child is at its work at once."""
CHILDREN.set_forkserver_preload(
    ["benchmarks.kill_steps", "lightgbm", *(f"crawlers.spiders.{n}" for n in built_in_names())]
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one kill, ``seconds`` after the start; no ``differences`` where nothing was lost."""

    seconds: float
    differences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """All kills of a process, which takes ``seconds`` undisturbed."""

    process: Killed
    seconds: float
    outcomes: tuple[Outcome, ...]

    @property
    def equal(self) -> int:
        return sum(not outcome.differences for outcome in self.outcomes)


def try_kills(process: Killed, work: Path, kills: int | None = None) -> Tried:
    """Kill a process so many times, else as often as it says, in homes under ``work``.

    Raises RuntimeError where the process fails without having been disturbed.
    """
    count = process.kills if kills is None else kills
    with serving(WORLD) as origin:
        prepared, calm = Home(work / "prepared"), Home(work / "calm")
        prepared.root.mkdir(parents=True)
        (prepared.root / ORIGIN).write_text(origin, encoding="utf-8")
        for step in process.before:
            _run(step, prepared)
        shutil.copytree(prepared.root, calm.root)
        seconds = _run(process.step, calm)
        for step in process.after:
            _run(step, calm)
        wanted = state(calm)

        def at(number: int) -> Outcome:
            after = seconds * (number + 0.5) / count
            return _killed_once(process, prepared, work / f"killed{number}", after, wanted)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return Tried(process, seconds, tuple(pool.map(at, range(count))))


def _killed_once(
    process: Killed, prepared: Home, root: Path, after: float, wanted: State
) -> Outcome:
    while True:
        home = Home(root)
        shutil.copytree(prepared.root, home.root)
        if _kill(process, home, after):
            break
        shutil.rmtree(home.root)
        after *= EARLIER
    try:
        for step in (process.step, *process.after):
            _run(step, home)
        found = differences(wanted, state(home))
    except RuntimeError as error:
        found = [str(error)]
    shutil.rmtree(home.root)
    return Outcome(after, tuple(found))


def _work(step: Callable[[Home], object], root: str, said: str) -> None:
    """The child: a group of its own, so that all of it can be killed."""
    os.setsid()
    with Path(said).open("w", encoding="utf-8") as file:
        os.dup2(file.fileno(), sys.stderr.fileno())
        step(Home(Path(root)))


@contextmanager
def _started(step: Callable[[Home], object], home: Home) -> Iterator[BaseProcess]:
    """A process at its step; what it says is kept beside its home."""
    said = home.root.with_name(f"{home.root.name}.stderr")
    child = CHILDREN.Process(target=_work, args=(step, str(home.root), str(said)))
    child.start()
    try:
        with suppress(ProcessLookupError):  # it has ended already
            while child.pid and child.exitcode is None and os.getpgid(child.pid) != child.pid:
                time.sleep(0.001)  # a group that is not there yet cannot be killed
        yield child
        child.join()
    finally:
        child.kill()
        child.join()


def _run(step: Callable[[Home], object], home: Home) -> float:
    """Run a step to its end; the seconds it took."""
    with _started(step, home) as child:
        began = time.monotonic()
        child.join()
        seconds = time.monotonic() - began
    if child.exitcode != 0:
        lines = home.root.with_name(f"{home.root.name}.stderr").read_text(encoding="utf-8")
        last = lines.strip().splitlines()[-1:] or [""]
        raise RuntimeError(f"{step.__name__} ended with {child.exitcode}: {last[0]}")
    return seconds


def _kill(process: Killed, home: Home, after: float) -> bool:
    """Start a process and kill its victim; whether that was still at work."""
    with _started(process.step, home) as child:
        time.sleep(after)
        if child.exitcode is not None or child.pid is None:
            return False
        if process.victim is Victim.CHILD:
            while not (crawls := [pid for pid in _group(child.pid) if _is_crawl(pid)]):
                if child.exitcode is not None:
                    return False
                time.sleep(0.02)  # it is not begun yet
            for pid in crawls:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            return bool(crawls)
        with suppress(ProcessLookupError):
            if process.victim is Victim.PARENT:
                os.kill(child.pid, signal.SIGKILL)
            else:
                os.killpg(child.pid, signal.SIGKILL)
        child.join()
        _wait_for_the_group(child.pid)
        return child.exitcode == -signal.SIGKILL


def _group(leader: int) -> list[int]:
    """The living processes of a group, by /proc."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):
            status, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(group) == leader and status not in "ZX":
                found.append(int(folder.name))
    return found


def _is_crawl(pid: int) -> bool:
    try:
        return CRAWL in Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return False


ORPHAN_SECONDS = 30


def _wait_for_the_group(leader: int) -> None:
    """A child ends with its parent: only then is the process run again."""
    deadline = time.monotonic() + ORPHAN_SECONDS
    while left := _group(leader):
        if time.monotonic() > deadline:
            raise RuntimeError(f"processes {left} go on though their parent was killed.")
        time.sleep(0.02)


def tabulate(tried: Sequence[Tried]) -> Table:
    """Kills of each process, and after how many nothing was otherwise."""
    table = Table("process", "seconds", "kills", "equal", title="kill -9", title_justify="left")
    for row in tried:
        figures = f"{row.seconds:.1f}", f"{len(row.outcomes)}", f"{row.equal}"
        table.add_row(row.process.title, *figures)
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Kill what was asked for and print what came of it; 1 where something is otherwise."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("processes", nargs="*", metavar="process", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--kills", type=int, help="so many of each, instead of as many as is usual")
    options = parser.parse_args(arguments)
    if unknown := sorted(set(options.processes) - set(NAMES)):
        parser.error(f"no process {', '.join(unknown)}. There are: {', '.join(NAMES)}")
    wanted = [each for each in PROCESSES if not options.processes or each.name in options.processes]
    tried = []
    console = Console(width=110)
    for number, process in enumerate(wanted):
        with tempfile.TemporaryDirectory() as folder:
            tried.append(try_kills(process, Path(folder) / str(number), options.kills))
        for outcome in tried[-1].outcomes:
            for said in outcome.differences:
                console.print(
                    f"{process.title}, killed after {outcome.seconds:.2f} s: {said}", markup=False
                )
    console.print(tabulate(tried))
    return int(any(row.equal < len(row.outcomes) for row in tried))


if __name__ == "__main__":
    sys.exit(main())
