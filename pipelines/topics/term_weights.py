"""The words, and the characters, of titles, weighed by how rare they were and how busy they are now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

PRIOR_TITLES = 2_000
"""Titles that a young warehouse pretends to have seen, so that its first words do not all weigh alike."""

PRIOR_COUNT = 0.5
"""In how many of them each word stood: Jeffreys' prior."""

TELLING_TITLES = 5_000
"""Titles of the past from which on plain terms are known: two or three days of the boards."""

MOST_BUSY = 60.0
"""A sum of busy weights beyond this says no more."""


class Rarity:
    """In how many titles of the past each term stood: of words, or of characters."""

    def __init__(self, counts: Mapping[str, int], title_count: int) -> None:
        self._places: defaultdict[str, int] = defaultdict()
        self._places.default_factory = self._places.__len__
        self._places.update(zip(counts, range(len(counts)), strict=True))
        self._counts = np.fromiter(counts.values(), np.float64, len(counts))
        self._title_count = title_count

    def places(self, terms: Sequence[str]) -> Ids:
        """Where those terms are counted; unknown ones are given a place."""
        known = self._places
        found = np.fromiter(map(known.__getitem__, terms), np.int64, len(terms))
        if len(known) > len(self._counts):
            grown = np.zeros(max(1024, 2 * len(known)))
            grown[: len(self._counts)] = self._counts
            self._counts = grown
        return found

    def place_of(self, term: str) -> int:
        """Where that term is counted; KeyError for one that was given no place."""
        if term not in self._places:
            raise KeyError(term)
        return self._places[term]

    def learn(self, places: Ids) -> None:
        """One more title of the past, with those terms, each once."""
        self._counts[places] += 1
        self._title_count += 1

    @property
    def youth(self) -> float:
        """How far the past is from telling plain terms from rare ones, 1 to 0."""
        return max(0.0, 1 - self._title_count / TELLING_TITLES)

    def shares(self, places: Ids) -> Floats:
        """Share of titles in which the terms of those places stood, smoothed."""
        return (self._counts[places] + PRIOR_COUNT) / (self._title_count + PRIOR_TITLES)


@dataclass(frozen=True, slots=True)
class Bags:
    """The terms of titles, each once: those of title n are ``places[ends[n]:ends[n + 1]]``."""

    places: Ids
    ends: Ids

    @classmethod
    def of(cls, titles: Sequence[Ids]) -> "Bags":
        """Those of each title."""
        return cls(
            np.concatenate([*titles, np.empty(0, np.int64)]), np.cumsum([0, *map(len, titles)])
        )

    def __len__(self) -> int:
        return len(self.ends) - 1

    def with_more(self, more: "Bags") -> "Bags":
        """And those of more titles."""
        ends = np.concatenate([self.ends, more.ends[1:] + self.ends[-1]])
        return Bags(np.concatenate([self.places, more.places]), ends)

    def take(self, titles: Ids) -> "Bags":
        """Those of some titles, in that order."""
        lengths = np.diff(self.ends)[titles]
        taken, _ = spread(self.ends[titles], lengths)
        return Bags(self.places[taken], np.concatenate([[0], np.cumsum(lengths)]))


def spread(begins: Ids, lengths: Ids) -> tuple[Ids, Ids]:
    """All places of some ranges one after the other, and the number of the range of each."""
    owner = np.repeat(np.arange(len(begins)), lengths)
    ahead = np.cumsum(lengths) - lengths
    return np.arange(len(owner)) + (begins - ahead)[owner], owner


class Terms:
    """The words, or the characters, of titles, weighed as of the start of one hour.

    ``weights`` are inverse document frequencies (Spärck Jones 1972), natural logarithms; ``busyness``
    says how much more of the live titles have a term than its past lets expect.
    """

    def __init__(self, rarity: Rarity, titles: Bags, live_count: int) -> None:
        present = np.flatnonzero(np.bincount(titles.places))
        # All that was ever seen is much more than what this hour's titles hold; what none of them holds
        # has the column after the last.
        self._column = np.full(present[-1] + 2 if len(present) else 1, len(present), np.int32)
        self._column[present] = np.arange(len(present))
        self._place_of = rarity.place_of
        self.columns = columns = self._column[titles.places]
        self.owners: Ids = np.repeat(np.arange(len(titles)), np.diff(titles.ends))
        self._ends = titles.ends.astype(np.int32)
        live = np.bincount(columns[: self._ends[live_count]], minlength=len(present))
        shares = rarity.shares(present)
        self.weights: Floats = np.maximum(0.0, -np.log(shares))
        # Each with the one title more that a new one makes, and one that anything may have.
        self.busyness = np.maximum(0.0, np.log((live + 2) / (shares * live_count + 1)))
        self.busy_weights: Floats = self.weights * self.busyness
        self._weighed = self._matrix(self.weights[columns])
        self._busy = self._matrix(self.busy_weights[columns])
        self._held = self._matrix(np.ones(len(columns)))
        self._holders = self._held.T.tocsr()
        self._totals: Floats = self._weighed.sum(axis=1)

    def columns_of(self, places: Ids) -> Ids:
        """Where the terms of those places stand in ``weights``; one beyond the last for those in no title."""
        return self._column[np.minimum(places, len(self._column) - 1)].astype(np.int64)

    def _matrix(self, values: Floats) -> "sparse.csr_array[np.float64]":
        shape = (len(self._ends) - 1, len(self.weights))
        return sparse.csr_array((values, self.columns, self._ends), shape=shape)

    def term(self, term: str) -> "SharedTerm":
        """One that some title holds."""
        column = self._column[self._place_of(term)]
        return SharedTerm(term, float(self.weights[column]), float(self.busyness[column]))

    def shared(self, first: Sequence[str], second: Sequence[str]) -> tuple["SharedTerm", ...]:
        """The terms that two titles have in common, what says most first."""
        found = [self.term(term) for term in first if term in second]
        return tuple(
            sorted(found, key=lambda each: (-each.weight * (1 + each.busyness), each.term))
        )

    def common(self, rows: slice) -> tuple[Floats, Floats]:
        """Of those titles with each: the common weight, 0 to 1, and the sum of busy common weight."""
        shared = (self._weighed[rows] @ self._holders).toarray()
        busy = (self._busy[rows] @ self._holders).toarray()
        return self._measured(shared, busy, self._totals[rows], self._totals)

    def common_among(self, places: Ids) -> tuple[Floats, Floats]:
        """The same of each two of a few titles."""
        titles = [self.columns[self._ends[place] : self._ends[place + 1]] for place in places]
        lengths = list(map(len, titles))
        terms, column = np.unique(np.concatenate(titles), return_inverse=True)
        holders = np.zeros((len(terms), len(titles)))
        holders[column, np.repeat(np.arange(len(titles)), lengths)] = 1.0

        def sums(weights: Floats) -> Floats:
            values = weights[terms][column], column, np.cumsum([0, *lengths])
            # Sparse by dense: a product of two dense ones takes all processors, and longer.
            return sparse.csr_array(values, shape=holders.shape[::-1]) @ holders

        shared, busy = sums(self.weights), sums(self.busy_weights)
        return self._measured(shared, busy, self._totals[places], self._totals[places])

    def contained(self, common: Floats, first: Ids, second: Ids) -> Floats:
        """Of pairs with that share of weight in common: the share of the lighter title's, 0 to 1."""
        totals = self._totals[first], self._totals[second]
        return np.asarray(common * sum(totals) / 2 / np.maximum(np.minimum(*totals), 1e-9))

    @staticmethod
    def _measured(
        shared: Floats, busy: Floats, totals: Floats, other_totals: Floats
    ) -> tuple[Floats, Floats]:
        both = totals[:, None] + other_totals[None, :]
        return 2 * shared / np.maximum(both, 1e-9), np.minimum(busy, MOST_BUSY)


class SharedTerm(NamedTuple):
    """A word or character of two titles: how rare in the past, and how busy now, natural logarithms."""

    term: str
    weight: float
    busyness: float
