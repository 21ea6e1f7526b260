"""How soon the first word comes: processor seconds (user and system) of commands, the least of several.

Beside them what no program of this kind can do without: Python itself, and the library that reads options.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

TRIES = 5
PROGRAM = Path(sys.executable).with_name("fengkou")

COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "python -c 'import typer'": [sys.executable, "-c", "import typer"],
    "python -c 'import duckdb, pyarrow'": [sys.executable, "-c", "import duckdb, pyarrow"],
    "fengkou --help": [str(PROGRAM), "--help"],
    "fengkou fly": [str(PROGRAM), "fly"],
    "fengkou status --bogus": [str(PROGRAM), "status", "--bogus"],
    "fengkou status, an empty home": [str(PROGRAM), "status"],
}
MADE = "fengkou status, a home of simulated boards"


def seconds(command: list[str], home: Path) -> float:
    """Processor seconds of the quickest of several tries: what else runs only adds to them."""
    return min(spent(command, home) for _ in range(TRIES))


def spent(command: list[str], home: Path, *, must_succeed: bool = False) -> float:
    """Processor seconds of one try, children included; one that must succeed shows its errors."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        env={**os.environ, "FENGKOU_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=None if must_succeed else subprocess.DEVNULL,
        check=must_succeed,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(home: Path | None = None) -> dict[str, float]:
    """Each command and its seconds; with a ``home`` that is built also the status of that."""
    with tempfile.TemporaryDirectory() as empty:
        found = {name: seconds(command, Path(empty)) for name, command in COMMANDS.items()}
    if home is not None:
        found[MADE] = seconds([str(PROGRAM), "status"], home)
    return found


def measure(home: Path | None = None) -> Table:
    """The figures as a table."""
    table = Table(
        "processor seconds", "of", title=f"until the first word, the least of {TRIES} tries"
    )
    for name, took in measured(home).items():
        table.add_row(f"{took:.3f}", name)
    return table


if __name__ == "__main__":
    Console().print(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
