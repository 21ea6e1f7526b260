"""``python -m fuzzing [TARGET …] [--seconds N] [--found DIR]``: try every reader for a while. Exit 1: a find.

Each run draws anew; with ``--seed`` and ``--inputs`` it reads the same so many inputs of each target.
``python -m fuzzing --repeat FILE TARGET`` reads a find again, in this process, with its traceback.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from fuzzing.target import READ, Target

SECONDS = 600
"""For all targets together."""

INPUT_SECONDS = 10
"""A page of ten megabytes is read in two; inputs here are a hundred times smaller."""

MEMORY_MEGABYTES = 2_048
"""Resident; a process with DuckDB and the dictionaries takes 400."""

INPUT_BYTES = 100_000
STARTING_SECONDS = 120
"""For imports, the dictionaries and the inputs to begin from, on a busy machine."""

FOUND = ("crash-*", "timeout-*", "oom-*", "leak-*")
"""How libFuzzer names the inputs that it writes."""

KEPT = Path(__file__).resolve().parent.parent / "tests" / "fuzzing" / "found"
"""Inputs that were once finds: ``<target>/<name>``."""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a target is fuzzed: at most so many seconds, and so many ``inputs`` unless that is 0.

    Runs of one ``seed`` read the same inputs; without it each draws its own.
    """

    seconds: int
    inputs: int = 0
    seed: int | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """Of libFuzzer; it is not to look at its folder again by the clock."""
        return () if self.seed is None else (f"-seed={self.seed}", "-reload=0")

    @property
    def environment(self) -> dict[str, str]:
        """The order of a set must not change which branches are taken."""
        return {} if self.seed is None else {"PYTHONHASHSEED": "0"}


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a target: ``problem`` is empty where all went well, ``input`` shows it."""

    target: str
    inputs: int
    problem: str = ""
    input: Path | None = None
    log: Path | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m fuzzing", description=__doc__)
    parser.add_argument("targets", nargs="*", help="of these alone; else of all")
    parser.add_argument("--seconds", type=int, default=SECONDS, help="for all targets together")
    parser.add_argument("--seed", type=int, help="draw the same changes as another run with it")
    parser.add_argument("--inputs", type=int, default=0, help="of each target, where time is left")
    parser.add_argument("--found", type=Path, default=Path("var/fuzzing"), help="where finds go")
    parser.add_argument("--repeat", type=Path, metavar="FILE", help="read this input again")
    parser.add_argument("--module", default="fuzzing.targets", help="where TARGETS stands")
    asked = parser.parse_args(arguments)
    known: dict[str, Target] = importlib.import_module(asked.module).TARGETS
    if unknown := set(asked.targets) - known.keys():
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    names = asked.targets or list(known)
    if asked.repeat:
        for name in names:
            known[name].read(asked.repeat.read_bytes())
        return 0
    found = 0
    for name in names:
        length = Length(max(1, asked.seconds // len(names)), asked.inputs, asked.seed)
        tried = fuzz(asked.module, name, known[name], length, asked.found)
        found += bool(tried.problem)
        print(told(tried), flush=True)
    return min(found, 1)


def told(tried: Tried) -> str:
    """A line for a target, and for a find how to see it again."""
    if not tried.problem:
        return f"{tried.target}: nothing found in {tried.inputs} inputs"
    lines = [f"{tried.target}: {tried.problem}", f"  log: {tried.log}"]
    if tried.input:
        again = f"python -m fuzzing --repeat {tried.input} {tried.target}"
        lines += [f"  again: {again}", f"  to keep it as a test: cp it to {KEPT / tried.target}/"]
    return "\n".join(lines)


def fuzz(module: str, name: str, target: Target, length: Length, to: Path) -> Tried:
    """Fuzz a target in a process of its own."""
    found = to / name
    found.mkdir(parents=True, exist_ok=True)
    log = found / "log.txt"
    before = _finds(found)
    with tempfile.TemporaryDirectory(prefix="fuzzing-") as scratch, log.open("wb") as output:
        corpus = Path(scratch, "corpus")
        corpus.mkdir()
        for seed in [*target.seeds(), *kept(name)]:
            (corpus / sha256(seed).hexdigest()).write_bytes(seed)
        options = [
            *(str(corpus), f"-artifact_prefix={found}/", f"-timeout={INPUT_SECONDS}"),
            *(f"-rss_limit_mb={MEMORY_MEGABYTES}", f"-max_len={INPUT_BYTES}"),
            *length.options,
        ]
        asked = [module, name, str(length.seconds), str(length.inputs)]
        command = [sys.executable, "-m", "fuzzing.process", *asked, *options]
        environment = {**os.environ, "TMPDIR": scratch, **length.environment}
        code = _ended(command, output, environment, length.seconds + STARTING_SECONDS)
    said = log.read_text(errors="replace")
    inputs = _read(said)
    new = sorted(_finds(found) - before, key=lambda path: path.stat().st_mtime)
    if code == 0 and inputs and not new:
        return Tried(name, inputs)
    problem = _last_words(said) if code else "no input was tried"
    return Tried(name, inputs, problem or f"ended with {code}", new[0] if new else None, log)


def kept(name: str) -> list[bytes]:
    """The inputs of a target that were once finds."""
    return [file.read_bytes() for file in sorted((KEPT / name).glob("*")) if file.is_file()]


def _ended(
    command: Sequence[str], output: IO[bytes], environment: Mapping[str, str], seconds: float
) -> int:
    """The exit code of a process; below 0 where it had to be killed."""
    with subprocess.Popen(
        command, stdout=output, stderr=subprocess.STDOUT, env=environment
    ) as process:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _finds(folder: Path) -> set[Path]:
    return {path for pattern in FOUND for path in folder.glob(pattern)}


def _read(said: str) -> int:
    """How many inputs the process says that it read."""
    lines = [line for line in said.splitlines() if line.startswith(READ)]
    return int(lines[-1].removeprefix(READ)) if lines else 0


def _last_words(said: str) -> str:
    """What the process said of its end: the exception, or libFuzzer's word for a hang or a full memory."""
    lines = said.splitlines()
    for at, line in enumerate(lines):
        if "Uncaught Python exception" in line and at + 1 < len(lines):
            return lines[at + 1][:300]
    errors = [line for line in lines if "ERROR:" in line or "Error" in line]
    return errors[-1][:300] if errors else ""


if __name__ == "__main__":
    sys.exit(main())
