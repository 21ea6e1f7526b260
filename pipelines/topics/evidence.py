"""Why two titles are likely to tell one story or not, as it is told to people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pipelines.topics.term_weights import SharedTerm


class Figure(NamedTuple):
    """One of ``pair_weights.WEIGHTS``: what was measured, and what it adds to the log-odds."""

    name: str
    value: float
    log_odds: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two titles are likely to tell one story or not; the ``log_odds`` are the figures' sum.

    ``lone_names`` are those that only the one has, and those that only the other has.
    Of two titles in an alphabet no ``characters`` are told: they go by words.
    """

    words: tuple[SharedTerm, ...]
    characters: tuple[SharedTerm, ...]
    lone_names: tuple[tuple[str, ...], tuple[str, ...]]
    counts: tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]
    figures: tuple[Figure, ...]
    log_odds: float
    chance: float
