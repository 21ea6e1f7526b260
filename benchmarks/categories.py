"""``python -m benchmarks.categories --archive FILE…``: how many titles get a category, how many a right one.

Single titles by themselves, whatever their board is or prints: a topic has more to go by. A title is right
where what is told is among the categories that its reader accepts; strictly, where it is the first of them.
Titles that are labelled for learning are not measured, for the weights have seen them.
"""

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table
from scipy.stats import binomtest

from benchmarks.category_labels import Label, key_of, read_labels
from pipelines.text.titles import clean_title
from pipelines.text.tokens import tokenise
from pipelines.topics.categories import Said, category_chances, category_of

HALVES = ("development", "confirmation")
NONE = "none"

TITLES = """
SELECT source, title
FROM read_parquet($files, union_by_name = true)
WHERE title IS NOT NULL
GROUP BY source, title
ORDER BY min(captured_at), source, title
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """A labelled title that an archive has, the board that had it first, and what it was told to be."""

    label: Label
    board: str
    told: str | None

    @property
    def is_right(self) -> bool:
        return self.told in self.label.accepted

    @property
    def has_category(self) -> bool:
        return self.label.accepted[0] != NONE


def told(title: str) -> str | None:
    """The category of a clean title by itself."""
    said = [Said(word.token, word.part_of_speech, word.is_keyword) for word in tokenise(title)]
    return category_of([category_chances(title, said)])


def measured_titles(files: Sequence[Path]) -> list[Measured]:
    """The labelled titles of archives, each once."""
    labels = dict(read_labels())
    with duckdb.connect() as con:
        rows = con.execute(TITLES, {"files": [str(file) for file in files]}).fetchall()
    found: list[Measured] = []
    for board, printed in rows:
        title = clean_title(printed)
        label = labels.pop(key_of(title), None)
        if label is not None and label.half in HALVES:
            found.append(Measured(label, board, told(title)))
    return found


def _interval(right: int, of: int) -> str:
    """A share, and where it lies 95 times in 100 (Wilson)."""
    if not of:
        return ""
    low, high = binomtest(right, of).proportion_ci(method="wilson")
    return f"{right / of:.1%} ({low:.0%} to {high:.0%})"


def _table(title: str, groups: Iterable[tuple[str, Sequence[Measured]]]) -> Table:
    table = Table(title=title, title_justify="left")
    for heading in (
        "",
        "titles",
        "with a category",
        "of those told",
        "right of all told",
        "strictly",
    ):
        table.add_column(heading, justify="right" if heading else "left")
    for name, group in groups:
        having = [title for title in group if title.has_category]
        given = [title for title in group if title.told]
        right = sum(title.is_right for title in given)
        strictly = sum(title.told == title.label.accepted[0] for title in given)
        covered = sum(title.told is not None for title in having)
        table.add_row(
            name, f"{len(group)}", f"{len(having)}", f"{covered / max(1, len(having)):.1%}",
            _interval(right, len(given)), f"{strictly / max(1, len(given)):.1%}",
        )  # fmt: skip
    return table


def _by(
    titles: Sequence[Measured], name: Callable[[Measured], str | None]
) -> list[tuple[str, list[Measured]]]:
    names = sorted({found for title in titles if (found := name(title))})
    return [(found, [title for title in titles if name(title) == found]) for found in names]


def measure(files: Sequence[Path]) -> list[Table]:
    """Over all by half, by what the confirmation half was told to be, and by board."""
    titles = measured_titles(files)
    confirmed = [title for title in titles if title.label.half == "confirmation"]
    twice = [title.label for title in titles if title.label.again]
    same = sum(label.again == label.accepted[0] for label in twice)
    taken = sum(label.again in label.accepted for label in twice)
    caption = (
        f"{len(twice)} were read twice: the second category was the first of the first reading in {same}, "
        f"among those accepted in {taken}."
    )
    whole = _table("categories: labelled titles", _by(titles, lambda title: title.label.half))
    whole.caption = caption
    whole.caption_justify = "left"
    return [
        whole,
        _table("confirmation, by what was told", _by(confirmed, lambda title: title.told)),
        _table("confirmation, by label", _by(confirmed, lambda title: title.label.accepted[0])),
        _table("confirmation, by board", _by(confirmed, lambda title: title.board)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.categories", description=__doc__)
    parser.add_argument(
        "--archive", type=Path, nargs="+", required=True, help="Parquet files with the titles"
    )
    options = parser.parse_args()
    console = Console(width=110)
    for table in measure(options.archive):
        console.print(table)


if __name__ == "__main__":
    main()
