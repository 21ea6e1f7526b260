"""What is wrong with a desk's file, and where in it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crawlers.boards.reading import shown
from fengkou.errors import FengkouError

ADDRESS = "://"
"""What is in every address of a hook, which may hold its key."""
KEY = re.compile(r"[\w-]{1,30}")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column of a text, both from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What was found, where, what was expected, what to do. It holds no value that may be a secret."""

    file: Path
    place: Place
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.sentence}"


class DeskFaultyError(FengkouError):
    """A desk's file that says what cannot be heeded: every fault of it, a line each."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


def told(value: object) -> str:
    """A value for a sentence, which tells no address."""
    if value is None:
        return "nothing"
    text = shown(value)
    return "an address" if ADDRESS in text else text


def told_way(steps: Iterable[str | int]) -> str:
    """The keys on the way to a value, for a sentence; what is none, and may be a secret, is not told."""
    keys = [step for step in steps if isinstance(step, str)]
    in_channels = keys[:1] == ["channels"]
    return ".".join(
        key if KEY.fullmatch(key) or (not in_channels and ADDRESS not in key) else "…"
        for key in keys
    )
