"""Reading titles as they come, hour by hour: what ``wording.follow`` does to a whole past, done from where
the last build stopped.

A ``Reader`` holds a memory and, of the stays of the last weeks, which runs of signs they share. Hours are
handed to it in order: it first learns the outcomes that were known when the hour began, then reads the
stays that began in it.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.forecast.features import DAY, HOUR, Floats
from pipelines.forecast.title_memory import (
    NAMES,
    STORY_LASTS,
    STORY_LIKENESS,
    Grams,
    Memory,
    _sharing,
    _similar,
    grams_of,
)

RECALL_DAYS = 14
"""Alike titles are looked for among the stays of so many days: two weeks hold most that help."""

MOST_KIN = 40
"""So many of a story's stays are kept, the most alike: more than nine in ten stays have."""

Stay = tuple[str, int, int]
"""A stay's identity: list, item, and when it began, microseconds UTC."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A stay that began, and what stands in its title."""

    stay: Stay
    title: str
    grams: tuple[Grams, Grams]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a stay: whether it reached the top ten within six hours, and how far up it came."""

    stay: Stay
    grams: tuple[Grams, Grams]
    top: float
    depth: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stay's title told when it began: ``figures`` in the order of wording.NAMES, and its kin."""

    begun: Begun
    figures: Floats
    kin: tuple[tuple[Stay, float], ...]


class Reader:
    """Reads new stays; what it learnt is in ``memory``, up to ``hour`` (hours since 1970)."""

    def __init__(self, memory: Memory, hour: int) -> None:
        self.memory, self.hour = memory, hour
        self._stays: list[Stay] = []
        self._number: dict[Stay, int] = {}
        self._postings: dict[int, list[int]] = {}
        # Of each stay: runs of signs, top ten or not (nan: not known), depth, began at.
        self._facts = np.empty((4, 1024))

    def recall(
        self, stay: Stay, sign_count: int, signs: Sequence[int], top: float, depth: float
    ) -> None:
        """A stay of the past, in the order they began; ``top`` is nan where its outcome is not known.

        ``signs`` may be only those that will be asked for.
        """
        number = len(self._stays)
        self._number[stay] = number
        self._stays.append(stay)
        if number == self._facts.shape[1]:
            self._facts = np.hstack([self._facts, np.empty_like(self._facts)])
        self._facts[:, number] = sign_count, top, depth, stay[2]
        for sign in signs:
            self._postings.setdefault(sign, []).append(number)

    def learn(self, hour: int, outcomes: Iterable[Outcome]) -> None:
        """Take in what was known when an hour began and not when the one before did."""
        if self.hour:
            self.memory.fade(min((hour - self.hour) * HOUR / DAY, 1.0))
        self.hour = hour
        for one in outcomes:
            self.memory.learn(one.grams, one.stay[0], one.top, one.depth)
            number = self._number.get(one.stay)
            if number is not None:
                self._facts[1:3, number] = one.top, one.depth

    def read(self, one: Begun) -> Reading:
        """A stay that began; they come in the order they did."""
        board, _, began_at = one.stay
        signs = one.grams[1]
        others, shared = _sharing(signs, self._postings)
        sizes, top, depth, began = self._facts
        recent = began[others] >= began_at // HOUR * HOUR - RECALL_DAYS * DAY
        others, shared = others[recent], shared[recent]
        like = shared / np.sqrt(np.maximum(sizes[others] * len(signs), 1))
        figures = np.zeros(len(NAMES))
        figures[:17] = self.memory.read(one.grams, board)
        usual = self.memory.usual_of(board)
        known = ~np.isnan(top[others])
        figures[17:21] = _similar(like[known], others[known], top, depth, usual)
        figures[21] = len(one.title)
        figures[22:] = usual[:2]
        near = np.flatnonzero((like >= STORY_LIKENESS) & (began[others] > began_at - STORY_LASTS))
        near = near[np.argsort(-like[near], kind="stable")[:MOST_KIN]]
        kin = [
            (self._stays[number], likeness)
            for number, likeness in zip(others[near].tolist(), like[near].tolist(), strict=True)
        ]
        self.recall(one.stay, len(signs), signs.tolist(), np.nan, np.nan)
        return Reading(one, figures, tuple(kin))


def begin(stay: Stay, title: str) -> Begun:
    """A stay with what stands in its title."""
    return Begun(stay, title, grams_of(title))


def to_bytes(memory: Memory) -> bytes:
    """A memory, compressed; what was never touched is left out."""
    touched = np.flatnonzero(memory.weight.any(axis=0) | (memory.slope != 0))
    head = json.dumps({"usual": memory.usual, "scale": memory.scale.tolist()}).encode()
    columns = [*memory.weight, *memory.excess, memory.slope, memory.energy]
    parts = [touched.astype(np.int64), *(column[touched] for column in columns)]
    body = b"".join(part.tobytes() for part in parts)
    return zlib.compress(len(head).to_bytes(4, "big") + head + body, level=1)


def from_bytes(data: bytes) -> Memory:
    """A memory that ``to_bytes`` wrote: the same to the last digit."""
    raw = zlib.decompress(data)
    split = 4 + int.from_bytes(raw[:4], "big")
    head = json.loads(raw[4:split])
    memory = Memory(scale=np.array(head["scale"]))
    memory.usual = {board: tuple(usual) for board, usual in head["usual"].items()}
    columns = [*memory.weight, *memory.excess, memory.slope, memory.energy]
    cells = np.frombuffer(raw[split:], np.float64).reshape(len(columns) + 1, -1)
    touched = cells[0].view(np.int64)
    for column, values in zip(columns, cells[1:], strict=True):
        column[touched] = values
    return memory
