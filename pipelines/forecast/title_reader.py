"""Reading titles as their stays begin, hour by hour, in training and in the live build alike.

A ``TitleReader`` holds a memory and, of the stays of the last weeks, which runs of signs they share. Hours
are handed to it in order: it first learns the outcomes that were known when the hour began, then reads
the stays that began in it. A build goes on from where the last one stopped.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from pipelines.forecast.rank_history import DAY, HOUR, Floats, Ints
from pipelines.forecast.title_memory import NAMES, Grams, Memory, grams_of

NEIGHBOURS = 8
NEIGHBOUR_PRIOR = 0.5
MOST_SHARED = 400
"""Of a run of signs that very many titles share, so many newest are compared."""

STORY_LIKENESS = 0.15
STORY_LASTS = 36 * HOUR
"""Stays that began so long before, with titles so alike, tell one story."""

RECALL_DAYS = 14
"""Alike titles are looked for among the stays of so many days: two weeks hold most that help."""

MOST_KIN = 40
"""So many of a story's stays are kept, the most alike: more than nine in ten stays have."""

Stay = tuple[str, int, int]
"""A stay's identity: list, item, and when it began, microseconds UTC."""


@dataclass(frozen=True, slots=True)
class NewStay:
    """A stay that began, and what stands in its title."""

    stay: Stay
    title: str
    grams: tuple[Grams, Grams]


@dataclass(frozen=True, slots=True)
class StayOutcome:
    """What became of a stay: whether it reached the top ten within six hours, and how far up it came."""

    stay: Stay
    grams: tuple[Grams, Grams]
    top: float
    depth: float


@dataclass(frozen=True, slots=True)
class TitleReading:
    """What a stay's title told when it began: ``figures`` in the order of title_memory.NAMES, and its kin."""

    begun: NewStay
    figures: Floats
    kin: tuple[tuple[Stay, float], ...]


class TitleReader:
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

    def learn(self, hour: int, outcomes: Iterable[StayOutcome]) -> None:
        """Take in what was known when an hour began and not when the one before did."""
        if self.hour:
            self.memory.fade(min((hour - self.hour) * HOUR / DAY, 1.0))
        self.hour = hour
        for outcome in outcomes:
            self.memory.learn(outcome.grams, outcome.stay[0], outcome.top, outcome.depth)
            number = self._number.get(outcome.stay)
            if number is not None:
                self._facts[1:3, number] = outcome.top, outcome.depth

    def read(self, begun: NewStay) -> TitleReading:
        """A stay that began; they come in the order they did."""
        board, _, began_at = begun.stay
        signs = begun.grams[1]
        others, shared = _sharing(signs, self._postings)
        sizes, top, depth, began = self._facts
        recent = began[others] >= began_at // HOUR * HOUR - RECALL_DAYS * DAY
        others, shared = others[recent], shared[recent]
        like = shared / np.sqrt(np.maximum(sizes[others] * len(signs), 1))
        figures = np.zeros(len(NAMES))
        figures[:17] = self.memory.read(begun.grams, board)
        usual = self.memory.usual_of(board)
        known = ~np.isnan(top[others])
        figures[17:21] = _similar(like[known], others[known], top, depth, usual)
        figures[21] = len(begun.title)
        figures[22:] = usual[:2]
        near = np.flatnonzero((like >= STORY_LIKENESS) & (began[others] > began_at - STORY_LASTS))
        near = near[np.argsort(-like[near], kind="stable")[:MOST_KIN]]
        kin = [
            (self._stays[number], likeness)
            for number, likeness in zip(others[near].tolist(), like[near].tolist(), strict=True)
        ]
        self.recall(begun.stay, len(signs), signs.tolist(), np.nan, np.nan)
        return TitleReading(begun, figures, tuple(kin))


def new_stay(stay: Stay, title: str) -> NewStay:
    """A stay with what stands in its title."""
    return NewStay(stay, title, grams_of(title))


def first_hour_known(known_at: int) -> int:
    """The first hour (since 1970) that begins with what is known at an instant, microseconds."""
    return -(-known_at // HOUR)


def read_by_hour(
    reader: TitleReader,
    begun: Iterable[NewStay],
    outcomes: Mapping[int, Sequence[StayOutcome]],
    on_learnt: Callable[[int], None] = lambda _: None,
) -> list[TitleReading]:
    """Read stays, in the order they began, each hour after learning the outcomes that it began with.

    ``outcomes`` are by ``first_hour_known``; ``on_learnt`` is told each hour once it is learnt.
    """
    by_hour = {hour: list(stays) for hour, stays in groupby(begun, lambda new: new.stay[2] // HOUR)}
    readings: list[TitleReading] = []
    for hour in sorted({*outcomes, *by_hour}):
        if hour in outcomes:
            reader.learn(hour, outcomes[hour])
            on_learnt(hour)
        readings += map(reader.read, by_hour.get(hour, ()))
    return readings


def _sharing(grams: Grams, postings: dict[int, list[int]]) -> tuple[Ints, Floats]:
    """Earlier stays that share runs of signs, in order, and how many each shares."""
    found = [postings[g][-MOST_SHARED:] for g in grams.tolist() if g in postings]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0)
    others, shared = np.unique(np.concatenate(found), return_counts=True)
    return others.astype(np.int64), shared.astype(float)


def _similar(
    value: Floats, who: Ints, top: Floats, depth: Floats, usual: tuple[float, float, float]
) -> tuple[float, float, float, float]:
    """Rate and depth of the most alike earlier titles above the usual, best likeness, and how many."""
    if len(value) > NEIGHBOURS:
        order = np.lexsort((-who, -value))[:NEIGHBOURS]
        value, who = value[order], who[order]
    weight = value**2
    total = weight.sum() + NEIGHBOUR_PRIOR
    return (
        float((weight * (top[who] - usual[0])).sum() / total),
        float((weight * (depth[who] - usual[1])).sum() / total),
        float(value.max(initial=0.0)),
        float(weight.sum()),
    )
