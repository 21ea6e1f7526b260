"""``python -m benchmarks.topic_labels COMMAND --archive FILE … --work FOLDER``: labelled pairs of titles.

draw      pairs to be read, into a sheet with titles beside each archive's work; it is not to be committed
keep      a sheet with the columns label and second, as hashes, among the labels of the project
join      how many of the project's labels an archive holds
measure   how the present rule calls them
learn     the weights of that rule as the labels of the project would have them
weak      what the archive itself says of pairs, written as hashes
hands     what people said of topics in --home (else FENGKOU_HOME), printed as hashes in the labels' form
"""

import argparse
import csv
import sys
from pathlib import Path

from rich.console import Console

from benchmarks.topic_labels import draw, hands, kept, learn, measured, past, weak
from crawlers import catalog
from fengkou.home import Home
from fengkou.operations import archive_boards
from pipelines.text.titles import clean_title, fold_title

SEED = "topics 1"


def _barred(folder: Path | None) -> set[tuple[str, str]]:
    if folder is None:
        return set()
    source_of = {facts.name: facts.source for facts in catalog.facts()}
    boards = archive_boards()
    return {
        (source_of[boards[source]] if source in boards else source, fold_title(clean_title(title)))
        for source, title in draw.barred_titles(folder)
    }


def _keep(sheets: list[Path]) -> int:
    known = (
        {(pair.earlier, pair.later): pair for pair in kept.read_labels()}
        if kept.KEPT.exists()
        else {}
    )
    for sheet in sheets:
        with sheet.open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                if row["label"]:
                    known[row["earlier"], row["later"]] = kept.LabelledPair(
                        row["earlier"], row["later"], row["week"], int(row["hours"]), row["kind"],
                        row["label"], row["second"], row["split"],
                    )  # fmt: skip
    kept.write_labels(known.values())
    return len(known)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.topic_labels",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "command", choices=("draw", "keep", "join", "measure", "learn", "weak", "hands")
    )
    parser.add_argument("--archive", type=Path, nargs="+", default=[], help="Parquet archives")
    parser.add_argument("--work", type=Path, help="folder where archives are grouped, once each")
    parser.add_argument("--count", type=int, default=1000, help="draw: pairs of each archive")
    parser.add_argument("--seed", default=SEED, help="draw: another seed gives other pairs")
    parser.add_argument(
        "--without", type=Path, help="draw: folder of labels whose titles are not drawn"
    )
    parser.add_argument(
        "--sheet", type=Path, nargs="+", default=[], help="keep: sheets that were read"
    )
    parser.add_argument("--home", type=Path, help="hands: the folder of all state")
    options = parser.parse_args()
    console = Console(width=130)
    if options.command == "keep":
        console.print(f"{kept.KEPT.name}: {_keep(options.sheet)} pairs")
        return
    if options.command == "hands":
        home = Home(options.home.absolute()) if options.home else Home.from_environment()
        kept.print_labels(hands.of_home(home), sys.stdout)
        return
    if not options.archive or options.work is None:
        sys.exit(f"{options.command} needs --archive FILE … and --work FOLDER.")
    read = kept.read_labels() if kept.KEPT.exists() else []
    everything: list[measured.Judged] = []
    for archive in options.archive:
        told = past.read(archive, options.work)
        if options.command == "draw":
            pairs = list(draw.held(told, options.seed, _barred(options.without)))
            chosen = draw.choose(told, pairs, options.count)
            sheet = options.work / f"{archive.stem}.csv"
            draw.write_sheet(told, chosen, sheet)
            console.print(f"{sheet}: {len(chosen)} pairs of {len(pairs)} held")
        elif options.command == "weak":
            said = weak.of_archive(archive, options.work)
            weak.write(said, options.work / f"{archive.stem}.weak.csv")
            console.print(weak.counts(archive.name, said, read))
        else:
            found = list(measured.judged(told, read))
            everything += found
            console.print(measured.joined(archive.name, len(found), read))
    if options.command == "measure":
        console.print(measured.quality(everything))
    elif options.command == "learn":
        console.print(learn.learnt(everything))


if __name__ == "__main__":
    main()
