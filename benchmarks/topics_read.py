"""``python -m benchmarks.topics_read HOME [-n 200]``: topics to be read, and the verdicts that were kept.

Of the topics of a few titles on two lists or more as many as are asked for, in the order of the hashes of
their titles, each with its verdict: is it one story, or does it hold a stranger? ``--sheet FILE`` writes
those that nobody has read, with their titles, to be filled in (that file is not to be committed);
``--keep FILE`` takes the verdicts of such a sheet in, as hashes. A topic with one title more or less is
another topic.
"""

import argparse
import csv
import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from benchmarks.topic_labels.kept import KEY_LETTERS, key
from fengkou.home import Home
from pipelines.text.titles import clean_title, fold_title
from warehouse.connection import open_published

KEPT = Path(__file__).parent / "topic_labels" / "topics_read.csv"

FEWEST_TITLES, MOST_TITLES = 3, 12
"""Two titles are a pair, and pairs are labelled elsewhere; more than a dozen nobody reads with care."""

FEWEST_LISTS = 2

VERDICTS = ("story", "parts", "stranger", "unsure")
"""One happening; several of one larger whole, a show or a speech say; one title or more of something else;
a reader could not say. The rules are those of the labelled pairs."""


@dataclass(frozen=True, slots=True)
class ReadTopic:
    """A verdict as it is kept: ``topic`` is the hash of its titles, ``kind`` says who the stranger is."""

    topic: str
    titles: int
    verdict: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A topic by the hash of its titles, with each title and the source that showed it."""

    topic: str
    told: tuple[tuple[str, str], ...]


def drawn(home: Home, count: int) -> list[Drawn]:
    """So many topics of a home, in the order of their hashes."""
    with open_published(home.published) as con:
        rows = con.execute(
            "SELECT topic_id, list(struct_pack(source, title) ORDER BY joined_at, item_id) "
            "FROM mart.topic_titles GROUP BY topic_id"
        ).fetchall()
    found = []
    for _, items in rows:
        told = {
            key(item["source"], fold_title(clean_title(item["title"]))): (
                item["source"],
                item["title"],
            )
            for item in items
        }
        titles = {fold_title(clean_title(title)) for _, title in told.values()}
        lists = {source for source, _ in told.values()}
        if FEWEST_TITLES <= len(titles) <= MOST_TITLES and len(lists) >= FEWEST_LISTS:
            found.append(Drawn(_hash(told), tuple(told.values())))
    return sorted(found, key=lambda topic: topic.topic)[:count]


def _hash(keys: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:KEY_LETTERS]


def read_verdicts(file: Path = KEPT) -> dict[str, ReadTopic]:
    """The verdicts by topic. Raises ValueError for one that is none."""
    if not file.exists():
        return {}
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    for number, row in enumerate(rows, start=2):
        if row["verdict"] not in VERDICTS:
            raise ValueError(
                f"{file}, line {number}: {row['verdict']!r} is no verdict. "
                f"Write one of {', '.join(VERDICTS)}."
            )
    return {
        row["topic"]: ReadTopic(row["topic"], int(row["titles"]), row["verdict"], row["kind"])
        for row in rows
    }


def keep(sheet: Path, file: Path = KEPT) -> int:
    """Take in the verdicts of a sheet, rows without one left out; how many the project has then."""
    known = read_verdicts(file)
    with sheet.open(encoding="utf-8", newline="") as text:
        rows = [row for row in csv.DictReader(text) if row["verdict"]]
    for row in rows:
        known[row["topic"]] = ReadTopic(
            row["topic"], int(row["titles"]), row["verdict"], row["kind"]
        )
    with file.open("w", encoding="utf-8", newline="") as text:
        names = [field.name for field in fields(ReadTopic)]
        writer = csv.DictWriter(text, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(known[topic]) for topic in sorted(known))
    read_verdicts(file)
    return len(known)


def write_sheet(topics: Iterable[Drawn], file: Path) -> None:
    """A row for each topic, its verdict and kind empty."""
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(["topic", "titles", "verdict", "kind", "told"])
        for topic in topics:
            told = " | ".join(f"{source}: {title}" for source, title in topic.told)
            writer.writerow([topic.topic, len(topic.told), "", "", told])


def told(topics: Sequence[Drawn], verdicts: dict[str, ReadTopic]) -> str:
    """What was read of them, in a sentence."""
    read = [verdicts[topic.topic] for topic in topics if topic.topic in verdicts]
    verdict = Counter(each.verdict for each in read)
    kinds = Counter(each.kind for each in read if each.verdict == "stranger")
    share = f"{verdict['stranger'] / len(read):.1%}" if read else "none"
    named = "; ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return (
        f"{len(topics)} topics of {FEWEST_TITLES} to {MOST_TITLES} titles on {FEWEST_LISTS} lists or more, "
        f"{len(read)} read, {share} of these with a stranger{': ' if named else ''}{named}; "
        f"{verdict['parts']} of several parts, {verdict['unsure']} unsure"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.topics_read",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("home", type=Path, nargs="?", help="a home that was built")
    parser.add_argument("-n", type=int, default=200, help="how many topics")
    parser.add_argument("--sheet", type=Path, help="write what nobody has read, to be filled in")
    parser.add_argument("--keep", type=Path, help="take in the verdicts of a sheet")
    options = parser.parse_args()
    console = Console(width=130)
    if options.keep:
        console.print(f"{KEPT.name}: {keep(options.keep)} verdicts")
    if options.home is None:
        if not options.keep:
            parser.error("name a home, or a sheet to keep")
        return
    topics = drawn(Home(options.home.absolute()), options.n)
    verdicts = read_verdicts()
    for topic in topics:
        known = verdicts.get(topic.topic)
        said = f"{known.verdict} {known.kind}" if known else "not read"
        console.print(f"{topic.topic} {said}", style="bold")
        for source, title in topic.told:
            console.print(f"  {source}  {escape(title)}", highlight=False, soft_wrap=True)
    if options.sheet:
        write_sheet((topic for topic in topics if topic.topic not in verdicts), options.sheet)
    console.print(told(topics, verdicts))


if __name__ == "__main__":
    main()
