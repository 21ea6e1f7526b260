"""``python -m benchmarks [--archives DIR] [--labels DIR]``: every benchmark, printed as tables."""

import argparse
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks import (
    cadence,
    categories,
    collect,
    desk_matching,
    forecast,
    harm,
    line,
    made,
    spread,
    start,
    starting,
    tokens,
    topics,
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--archives", type=Path, help="folder of Parquet archives to measure on")
    parser.add_argument("--labels", type=Path, help="folder of labelled pairs and stories (CSV)")
    options = parser.parse_args()
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as directory:
        work = Path(directory)
        if options.archives:
            files = sorted(options.archives.glob("*.parquet"))
            if not files:
                sys.exit(f"{options.archives}: no Parquet file there. Name a folder of archives.")
            console.print(f"measured on {len(files)} files of {options.archives}")
        else:
            files = [made.archive(work / "made.parquet")]
            console.print(
                "measured on made titles: the simulated boards repeat their words, so figures flatter. "
                "For real ones: make bench ARCHIVES=<folder of Parquet files>"
            )
        console.print(tokens.measure(files))
        console.print(tokens.measure_new_words(files))
        if options.archives:
            for table in categories.measure(files):
                console.print(table)
        for table in topics.measure(files, options.labels, work):
            console.print(table)
        console.print(line.measure(files, work))
        console.print(start.measure(work / "home"))
        console.print(desk_matching.measure(files))
        console.print(collect.measure())
        console.print(cadence.measure(work))
        if options.archives:
            console.print(forecast.measure(files))
            console.print(harm.measure(files))
            console.print(spread.measure(files, work))
            console.print(forecast.measure_learning(files))
            console.print(starting.measure(files))


if __name__ == "__main__":
    main()
