"""Labels as the project keeps them: titles as hashes, so that only who has the archive can read them."""

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from pipelines.rules import SHANGHAI_HOURS

KEPT = Path(__file__).parent / "topic_pairs.csv"

KEY_LETTERS = 16
"""Of the hash: among a million titles two share it once in ten million archives."""

LABELS = ("same", "part", "other", "unsure")
"""One story; two affairs of one larger whole; two stories; a reader could not say."""

SPLITS = ("learn", "check", "neither")
"""Neither: of a week for checking, and a story or work of it was learnt from in another week."""

CHECK_WEEK = 3
"""Every third week is for checking."""


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Two titles as hashes, the earlier first. ``second``: the label of a second, blind reading, or empty.

    ``week`` is the ISO week in Shanghai in which the later one came, ``hours`` how long after the earlier.
    """

    earlier: str
    later: str
    week: str
    hours: int
    kind: str
    label: str
    second: str
    split: str


def key(source: str, folded_title: str) -> str:
    """The hash of a title on a source."""
    return hashlib.sha256(f"{source}\n{folded_title}".encode()).hexdigest()[:KEY_LETTERS]


def week_of(instant: datetime) -> str:
    """The ISO week of a naive UTC instant, in Shanghai: 2026-W07."""
    year, week, _ = (instant + timedelta(hours=SHANGHAI_HOURS)).isocalendar()
    return f"{year}-W{week:02}"


def split_of(week: str) -> str:
    """What pairs of that week are for: to learn from, or to check with."""
    return "check" if int(week[-2:]) % CHECK_WEEK == 0 else "learn"


def read_labels(file: Path = KEPT) -> list[LabelledPair]:
    """The labelled pairs, in file order. Raises ValueError for a label that is none."""
    with file.open(encoding="utf-8", newline="") as text:
        pairs = [
            LabelledPair(**{**row, "hours": int(row["hours"])})  # type: ignore[arg-type] # all else is text
            for row in csv.DictReader(text)
        ]
    for number, pair in enumerate(pairs, start=2):
        for label in filter(None, (pair.label, pair.second)):
            if label not in LABELS:
                raise ValueError(
                    f"{file}, line {number}: {label!r} is no label. Write one of {', '.join(LABELS)}."
                )
    return pairs


def write_labels(pairs: Iterable[LabelledPair], file: Path = KEPT) -> None:
    """In the order of the hashes, so that one more pair is one more line."""
    with file.open("w", encoding="utf-8", newline="") as text:
        print_labels(pairs, text)


def print_labels(pairs: Iterable[LabelledPair], to: TextIO) -> None:
    """The same into an open file."""
    writer = csv.DictWriter(to, [field.name for field in fields(LabelledPair)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(p) for p in sorted(pairs, key=lambda p: (p.earlier, p.later)))
