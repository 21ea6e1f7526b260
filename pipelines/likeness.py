"""How likely two titles tell one story, from what they share and how unusual that is just now.

A word is evidence as far as it is rare, and as far as it is busier now than its past lets expect: every
day has titles with a country's name, and on some day most of them tell of one crash there. The
log-odds are a weighted sum of a few such figures and of what speaks against (``conflicts``); how the
weights were found is told in docs/decisions/0004.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from pipelines.conflicts import Claims, Word, are_opposite, claims, counts_differ, frame

Floats = NDArray[np.float64]
Ids = NDArray[np.int64]

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - instants are naive UTC
HOUR = timedelta(hours=1)

PRIOR_TITLES = 2_000
"""Titles that a young warehouse pretends to have seen, so that its first words do not all weigh alike."""

PRIOR_COUNT = 0.5
"""In how many of them each word stood: Jeffreys' prior."""

MOST_BUSY = 60.0
"""A sum of busy weights beyond this says no more."""

FRAMED = 0.5
"""From this share of common character weight on, titles are looked at for one frame with two fillings."""

ROWS_AT_ONCE = 256
"""New titles compared with all live ones at once: bounds memory."""

WORTH_ASKING = {"words": 0.12, "busy_words": 4.0, "characters": 0.3}
"""Pairs with less of all three are not looked at: none of them ever came near a common story."""

UNLIKELY = -1.0
"""Log-odds below which a pair is dropped before its titles are read for conflicts, which only lower them."""

CONTRADICTED = -1.2
"""Two titles of like words contradict each other when conflicts take this much of their log-odds."""


@dataclass(frozen=True)
class NewItem:
    """An item at the moment it was first seen."""

    item_id: int
    first_seen_at: datetime
    source: str
    folded_title: str
    words: tuple[Word, ...]

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """Its keywords, each once."""
        return tuple(dict.fromkeys(word.token for word in self.words))

    @cached_property
    def characters(self) -> tuple[str, ...]:
        """Its characters, each once."""
        return tuple(dict.fromkeys(self.folded_title))

    @cached_property
    def claims(self) -> Claims:
        """What it says that another title may contradict."""
        return claims(self.folded_title, self.words)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each figure adds to the log-odds that two titles tell one story."""

    intercept: float
    words: float
    busy_words: float
    characters: float
    busy_characters: float
    log_hours: float
    same_source: float
    lone_names: float
    counts_differ: float
    frame: float
    in_a_row: float
    are_opposite: float


VETO = -20.0
"""Log-odds that nothing outweighs. By hand: hardly a labelled pair tells, and everybody knows."""

WEIGHTS = Weights(
    intercept=-1.023,
    words=-0.06,  # share of word weight that is common, 0 to 1: characters tell it better
    busy_words=0.028,  # weights of common words times how busy they are, summed
    characters=6.202,  # both again of characters: abbreviations keep some of theirs
    busy_characters=0.018,
    log_hours=-0.521,  # log(1 + hours between their first sights)
    same_source=-1.953,  # editors of a list seldom print one thing twice
    lone_names=-0.159,  # the heaviest name that only one has; of both sides the lesser
    counts_differ=-2.296,  # 0 or 1
    frame=-2.423,  # 0 to 1
    in_a_row=VETO,  # 1 where counts differ and else the titles are alike: round 6 and round 7
    are_opposite=VETO,  # 0 or 1
)


class Rarity:
    """In how many titles of the past each term stood: of words, or of characters."""

    def __init__(self, counts: Mapping[str, int], title_count: int) -> None:
        self._places = {term: place for place, term in enumerate(counts)}
        self._counts = np.fromiter(counts.values(), np.float64, len(counts))
        self._title_count = title_count

    def places(self, terms: Iterable[str]) -> Ids:
        """Where those terms stand in ``weights`` and ``shares``; unknown ones are given a place."""
        known = self._places
        found = np.fromiter((known.setdefault(term, len(known)) for term in terms), np.int64)
        if len(known) > len(self._counts):
            grown = np.zeros(max(1024, 2 * len(known)))
            grown[: len(self._counts)] = self._counts
            self._counts = grown
        return found

    def place_of(self, term: str) -> int:
        """Where that term stands; KeyError for one that was given no place."""
        return self._places[term]

    def learn(self, places: Ids) -> None:
        """One more title of the past, with those terms, each once."""
        self._counts[places] += 1
        self._title_count += 1

    def shares(self) -> Floats:
        """Share of titles in which each term stood, smoothed."""
        return (self._counts + PRIOR_COUNT) / (self._title_count + PRIOR_TITLES)

    def weights(self) -> Floats:
        """Inverse document frequency of each term (Spärck Jones 1972), natural logarithm."""
        return np.maximum(0.0, -np.log(self.shares()))


class Terms:
    """The words, or the characters, of titles, weighed as of the start of one hour."""

    def __init__(self, rarity: Rarity, titles: Sequence[Ids], live_count: int) -> None:
        shares = rarity.shares()
        ends = np.cumsum([0, *map(len, titles)])
        terms = np.concatenate([*titles, np.empty(0, np.int64)])
        live = np.bincount(terms[: ends[live_count]], minlength=len(shares))
        # Each with the one title more that a new one makes, and one that anything may have.
        busyness = np.maximum(0.0, np.log((live + 2) / (shares * live_count + 1)))
        self.busyness = busyness
        self.weights = rarity.weights()

        def matrix(values: Floats) -> "sparse.csr_array[np.float64]":
            shape = (len(titles), len(shares))
            return sparse.csr_array((values, terms, ends), shape=shape)

        self._held = matrix(np.ones(len(terms)))
        self._weighed = matrix(self.weights[terms])
        self._busy = matrix((self.weights * busyness)[terms])
        self._totals: Floats = self._weighed.sum(axis=1)
        self._place_of = rarity.place_of

    def weight(self, term: str) -> float:
        """That of one term that some title holds."""
        return float(self.weights[self._place_of(term)])

    def shared(self, one: Sequence[str], other: Sequence[str]) -> tuple["SharedTerm", ...]:
        """The terms that two titles have in common, what says most first."""
        found = [
            SharedTerm(term, self.weight(term), float(self.busyness[self._place_of(term)]))
            for term in one
            if term in other
        ]
        return tuple(
            sorted(found, key=lambda each: (-each.weight * (1 + each.busyness), each.term))
        )

    def common(self, rows: Ids, columns: Ids) -> tuple[Floats, Floats]:
        """Of each pair the common weight, 0 to 1, and the sum of busy common weight."""
        others = self._held[columns].T
        shared = (self._weighed[rows] @ others).toarray()
        busy = (self._busy[rows] @ others).toarray()
        totals = self._totals[rows, None] + self._totals[None, columns]
        return 2 * shared / np.maximum(totals, 1e-9), np.minimum(busy, MOST_BUSY)


class SharedTerm(NamedTuple):
    """A word or character of two titles: how rare in the past, and how busy now, natural logarithms."""

    term: str
    weight: float
    busyness: float


class Figure(NamedTuple):
    """One field of ``Weights``: what was measured, and what it adds to the log-odds."""

    name: str
    value: float
    log_odds: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two titles are likely to tell one story or not; the ``log_odds`` are the figures' sum.

    ``lone_names`` are those that only the one has, and those that only the other has.
    """

    words: tuple[SharedTerm, ...]
    characters: tuple[SharedTerm, ...]
    lone_names: tuple[tuple[str, ...], tuple[str, ...]]
    counts: tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]
    figures: tuple[Figure, ...]
    log_odds: float
    chance: float


class Pair(NamedTuple):
    """A title and an earlier one, by their places in the comparison, and how likely they tell one story.

    ``contradicts``: their words are alike and their claims are not; of two matches, say.
    """

    later: int
    earlier: int
    chance: float
    contradicts: bool


class Comparison:
    """Live titles, then new ones in the order in which they came, as of the start of one hour."""

    def __init__(self, titles: Sequence[NewItem], words: Terms, characters: Terms) -> None:
        self._titles = titles
        self._words = words
        self._characters = characters
        sources: dict[str, int] = {}
        self._sources = np.array([sources.setdefault(t.source, len(sources)) for t in titles])
        self._hours = np.array([(t.first_seen_at - EPOCH) / HOUR for t in titles])

    def candidates(self, first: int) -> Iterator[list[Pair]]:
        """Of each title from place ``first`` on, those before it that may tell its story, in order."""
        for start in range(first, len(self._titles), ROWS_AT_ONCE):
            stop = min(start + ROWS_AT_ONCE, len(self._titles))
            pairs = self._likely(np.arange(start, stop), np.arange(stop))
            found = {later: list(group) for later, group in groupby(pairs, attrgetter("later"))}
            for place in range(start, stop):
                yield found.get(place, [])

    def between(self, groups: Sequence[Sequence[int]]) -> Iterator[Pair]:
        """The pairs that may tell one story, of titles of different groups."""
        places = np.array([place for group in groups for place in group])
        group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        order = np.argsort(places)
        places, group_of = places[order], group_of[order]
        return self._likely(places, places, group_of[:, None] != group_of[None, :])

    def explain(self, later: int, earlier: int) -> Evidence:
        """What ``candidates`` and ``between`` weigh of two titles, term by term."""
        first, second = self._titles[later], self._titles[earlier]
        here, there = first.claims, second.claims
        rows, columns = np.array([later]), np.array([earlier])
        (words,), (busy_words,) = (each[0] for each in self._words.common(rows, columns))
        (characters,), (busy,) = (each[0] for each in self._characters.common(rows, columns))
        alike = characters > FRAMED
        values = {
            "intercept": 1.0,
            "words": words,
            "busy_words": busy_words,
            "characters": characters,
            "busy_characters": busy,
            "log_hours": math.log1p(abs(self._hours[later] - self._hours[earlier])),
            "same_source": float(first.source == second.source),
            "lone_names": self._lone_names(first, second),
            "counts_differ": float(counts_differ(here, there)),
            "frame": frame(first.folded_title, second.folded_title) if alike else 0.0,
            "in_a_row": float(alike and counts_differ(here, there)),
            "are_opposite": float(are_opposite(here, there)),
        }
        figures = tuple(
            Figure(name, float(value), float(value * getattr(WEIGHTS, name)))
            for name, value in values.items()
        )
        log_odds = round(sum(each.log_odds for each in figures), 9)
        return Evidence(
            words=self._words.shared(first.tokens, second.tokens),
            characters=self._characters.shared(first.characters, second.characters),
            lone_names=(
                tuple(name for name in here.names if name not in second.folded_title),
                tuple(name for name in there.names if name not in first.folded_title),
            ),
            counts=(here.counts, there.counts),
            figures=figures,
            log_odds=log_odds,
            chance=1 / (1 + math.exp(-log_odds)),
        )

    def _likely(
        self, rows: Ids, columns: Ids, asked: NDArray[np.bool_] | bool = True
    ) -> Iterator[Pair]:
        words, busy_words = self._words.common(rows, columns)
        characters, busy_characters = self._characters.common(rows, columns)
        asked = asked & (
            (words > WORTH_ASKING["words"])
            | (busy_words > WORTH_ASKING["busy_words"])
            | (characters > WORTH_ASKING["characters"])
        )
        asked &= columns[None, :] < rows[:, None]
        at = np.nonzero(asked)
        one, other = rows[at[0]], columns[at[1]]
        hours = np.abs(self._hours[one] - self._hours[other])
        log_odds = (
            WEIGHTS.intercept
            + WEIGHTS.words * words[at]
            + WEIGHTS.busy_words * busy_words[at]
            + WEIGHTS.characters * characters[at]
            + WEIGHTS.busy_characters * busy_characters[at]
            + WEIGHTS.log_hours * np.log1p(hours)
            + WEIGHTS.same_source * (self._sources[one] == self._sources[other])
        )
        kept = log_odds > UNLIKELY
        for later, earlier, odds, alike in zip(
            one[kept].tolist(),
            other[kept].tolist(),
            log_odds[kept].tolist(),
            characters[at][kept].tolist(),
            strict=True,
        ):
            # What speaks against only lowers the odds, so that it is asked of the likely alone.
            # Rounded: sums of the same terms in another order differ in their last digit.
            against = self._against(later, earlier, alike)
            guarded = round(odds + against, 9)
            contradicts = against < CONTRADICTED
            if guarded > UNLIKELY:
                yield Pair(later, earlier, 1 / (1 + math.exp(-guarded)), contradicts)
            elif contradicts:
                yield Pair(later, earlier, 0.0, contradicts)

    def _against(self, one: int, other: int, alike: float) -> float:
        """What conflicts take from the log-odds of a pair, 0 or less."""
        first, second = self._titles[one], self._titles[other]
        here, there = first.claims, second.claims
        taken = WEIGHTS.lone_names * self._lone_names(first, second)
        if here.counts and there.counts and counts_differ(here, there):
            taken += WEIGHTS.counts_differ + WEIGHTS.in_a_row * (alike > FRAMED)
        if alike > FRAMED:
            taken += WEIGHTS.frame * frame(first.folded_title, second.folded_title)
        if are_opposite(here, there):
            taken += WEIGHTS.are_opposite
        return taken

    def _lone_names(self, one: NewItem, other: NewItem) -> float:
        """The heaviest name that only one has; of both sides the lesser."""
        here, there = one.claims.names, other.claims.names
        if not (here and there):
            return 0.0
        return min(self._heaviest_absent(here, other), self._heaviest_absent(there, one))

    def _heaviest_absent(self, names: Sequence[str], title: NewItem) -> float:
        weigh = self._words.weight
        return max((weigh(name) for name in names if name not in title.folded_title), default=0.0)


class Likeness:
    """What the past tells of words and characters, and the places of the titles that are live."""

    def __init__(self, words: Rarity, characters: Rarity) -> None:
        self._words = words
        self._characters = characters
        self._places: dict[int, tuple[Ids, Ids]] = {}

    def learn(self, item: NewItem) -> None:
        """The item belongs to the past now."""
        words, characters = self._places_of(item)
        self._words.learn(words)
        self._characters.learn(characters)

    def forget(self, item_id: int) -> None:
        """The item is live no more."""
        self._places.pop(item_id, None)

    def compare(self, live: Sequence[NewItem], new: Sequence[NewItem]) -> Comparison:
        """The new titles beside the live ones; terms weigh as what was learnt until now says."""
        titles = [*live, *new]
        known = self._places
        places = [known.get(one.item_id) or self._places_of(one) for one in titles]
        return Comparison(
            titles,
            Terms(self._words, [one for one, _ in places], len(live)),
            Terms(self._characters, [one for _, one in places], len(live)),
        )

    def _places_of(self, item: NewItem) -> tuple[Ids, Ids]:
        found = self._places.get(item.item_id)
        if found is None:
            found = self._words.places(item.tokens), self._characters.places(item.characters)
            self._places[item.item_id] = found
        return found
