"""The process that fuzzes: ``python -m fuzzing.process MODULE TARGET SECONDS INPUTS [libFuzzer's options]``.

It ends at the first find, as libFuzzer does, and with another exit code than 0; else when its time is over,
or when it has read so many inputs (0: as many as there is time for).
"""

import importlib
import os
import sys
import time
from random import Random

import atheris

from fuzzing.target import READ, Target

COVERED = ["crawlers", "pipelines", "warehouse"]
SHARE_BY_BYTES = 0.3
"""Of changes are made to bytes, the rest to what they say."""


def main() -> None:
    module, name, seconds, inputs, *options = sys.argv[1:]
    # What is imported within is told apart by the branches that an input takes.
    with atheris.instrument_imports(include=COVERED):
        target: Target = importlib.import_module(module).TARGETS[name]
        for seed in target.seeds():
            target.read(seed)

    until, most, count = time.monotonic() + float(seconds), int(inputs), 0

    def read(data: bytes) -> None:
        nonlocal count
        if time.monotonic() > until or count == most > 0:
            print(READ, count, flush=True)
            # libFuzzer's own end unwinds libraries whose threads still run (DuckDB's), and dies of it.
            os._exit(0)
        target.read(data)
        count += 1

    def mutator(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() > SHARE_BY_BYTES:
            made = target.changed(data, random)
            if made and len(made) <= max_size:
                return made
        changed: bytes = atheris.Mutate(data, max_size)
        return changed

    atheris.Setup([sys.argv[0], *options], read, custom_mutator=mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
