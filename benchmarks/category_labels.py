"""Labels of titles that were read: a hash of the folded title, and the category that a person would give.

The titles are other people's, so only their hashes are kept; whoever has an archive can join them.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from pipelines.text.titles import fold_title

LABELS = Path(__file__).parent / "labels" / "categories.csv"
KEY_LENGTH = 16
"""Hexadecimal digits that are kept of a hash: among a million titles two seldom share them."""


@dataclass(frozen=True, slots=True)
class Label:
    """``accepted`` are the categories that a reader takes as right, the first before the others; 'none' is
    one. ``half`` is learning, development (to choose by) or confirmation. ``again`` is the first category
    of a second reading, or empty."""

    half: str
    accepted: tuple[str, ...]
    again: str


def key_of(clean_title: str) -> str:
    """What a title is known by here."""
    return sha256(fold_title(clean_title).encode()).hexdigest()[:KEY_LENGTH]


@cache
def read_labels() -> Mapping[str, Label]:
    """Every label by its title's key."""
    with LABELS.open(encoding="utf-8", newline="") as lines:
        return {
            row["title_sha256"]: Label(row["half"], tuple(row["accepted"].split()), row["again"])
            for row in csv.DictReader(lines)
        }
