"""The words, and the characters, of titles, weighed by how rare they were and how busy they are now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
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

    def shares(self, places: Ids) -> Floats:
        """Share of titles in which the terms of those places stood, smoothed."""
        return (self._counts[places] + PRIOR_COUNT) / (self._title_count + PRIOR_TITLES)


@dataclass(frozen=True, slots=True)
class Bags:
    """The terms of titles, each once: those of title n are ``places[ends[n]:ends[n + 1]]``.

    ``are_names`` says which of them name someone or something.
    """

    places: Ids
    are_names: Bools
    ends: Ids

    @classmethod
    def of(cls, titles: Sequence[Ids], are_names: Sequence[Sequence[bool]] = ()) -> "Bags":
        """Those of each title, and which of each are names; by default none."""
        places = np.concatenate([*titles, np.empty(0, np.int64)])
        named = np.zeros(len(places), np.bool_)
        if are_names:
            named[:] = [*chain.from_iterable(are_names)]
        return cls(places, named, np.cumsum([0, *map(len, titles)]))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def with_more(self, more: "Bags") -> "Bags":
        """And those of more titles."""
        ends = np.concatenate([self.ends, more.ends[1:] + self.ends[-1]])
        return Bags(
            np.concatenate([self.places, more.places]),
            np.concatenate([self.are_names, more.are_names]),
            ends,
        )

    def take(self, titles: Ids) -> "Bags":
        """Those of some titles, in that order."""
        begins, lengths = self.ends[titles], np.diff(self.ends)[titles]
        ends = np.concatenate([[0], np.cumsum(lengths)])
        within = np.arange(ends[-1]) - np.repeat(ends[:-1], lengths)
        taken = np.repeat(begins, lengths) + within
        return Bags(self.places[taken], self.are_names[taken], ends)


class Terms:
    """The words, or the characters, of titles, weighed as of the start of one hour.

    ``weights`` are inverse document frequencies (Spärck Jones 1972), natural logarithms; ``busyness``
    says how much more of the live titles have a term than its past lets expect.
    """

    def __init__(self, rarity: Rarity, titles: Bags, live_count: int) -> None:
        present = np.flatnonzero(np.bincount(titles.places))
        # All that was ever seen is much more than what this hour's titles hold.
        self._column = np.zeros(present[-1] + 1 if len(present) else 0, np.int32)
        self._column[present] = np.arange(len(present))
        self._place_of = rarity.place_of
        self._terms = terms = self._column[titles.places]
        self._ends = titles.ends.astype(np.int32)
        live = np.bincount(terms[: self._ends[live_count]], minlength=len(present))
        shares = rarity.shares(present)
        self.weights: Floats = np.maximum(0.0, -np.log(shares))
        # Each with the one title more that a new one makes, and one that anything may have.
        self.busyness = np.maximum(0.0, np.log((live + 2) / (shares * live_count + 1)))
        self._busy_weights: Floats = self.weights * self.busyness
        self._weighed = self._matrix(self.weights[terms])
        self._busy = self._matrix(self._busy_weights[terms])
        self._held = self._matrix(np.ones(len(terms)))
        self._holders = self._held.T.tocsr()
        self._are_names = titles.are_names
        self._totals: Floats = self._weighed.sum(axis=1)

    def _matrix(self, values: Floats) -> "sparse.csr_array[np.float64]":
        shape = (len(self._ends) - 1, len(self.weights))
        return sparse.csr_array((values, self._terms, self._ends), shape=shape)

    @cached_property
    def _names_twice(self) -> "sparse.csr_array[np.float64]":
        return self._matrix(np.where(self._are_names, 2.0, 1.0))

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
        titles = [self._terms[self._ends[place] : self._ends[place + 1]] for place in places]
        lengths = list(map(len, titles))
        terms, column = np.unique(np.concatenate(titles), return_inverse=True)
        holders = np.zeros((len(terms), len(titles)))
        holders[column, np.repeat(np.arange(len(titles)), lengths)] = 1.0

        def sums(weights: Floats) -> Floats:
            values = weights[terms][column], column, np.cumsum([0, *lengths])
            # Sparse by dense: a product of two dense ones takes all processors, and longer.
            return sparse.csr_array(values, shape=holders.shape[::-1]) @ holders

        shared, busy = sums(self.weights), sums(self._busy_weights)
        return self._measured(shared, busy, self._totals[places], self._totals[places])

    def share_one_plain(self, first: Ids, second: Ids) -> Bools:
        """Of those pairs of titles: they have a single term in common, and to the one it is no name."""
        in_common = self._names_twice[first] * self._held[second]
        return np.asarray(in_common.sum(axis=1) == 1, np.bool_)

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
