"""Which words two titles share and which each has alone, by what kind of word it is.

Both of many pairs at once: a title is compared with ten others on average, and Python is slow at that. A word
is absent from the other title where some of its characters are: 国家男子篮球队 is not absent where 男篮国家队
is printed, however words are cut.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import numpy as np

from pipelines.topics.term_weights import Bags, Bools, Floats, Ids, Terms, spread

NUMBER = re.compile(r"\d+(?:\.\d+)?")
LATIN = re.compile(r"[a-z]")


class WordKind(IntEnum):
    """What a keyword is, by its letters and its ICTCLAS tag."""

    NUMBER = 0
    LATIN = 1
    PERSON = 2
    PLACE = 3
    NAME = 4
    NOUN = 5
    OTHER = 6


KIND_OF_TAG = {
    "nr": WordKind.PERSON,
    "ns": WordKind.PLACE,
    "nt": WordKind.NAME,
    "nz": WordKind.NAME,
}


def word_kind(token: str, part_of_speech: str) -> WordKind:
    """What the word is; a name with a digit or Latin letters is a code first: u17, c919, ai."""
    if NUMBER.search(token):
        return WordKind.NUMBER
    if LATIN.search(token):
        return WordKind.LATIN
    noun = WordKind.NOUN if part_of_speech.startswith("n") else WordKind.OTHER
    return KIND_OF_TAG.get(part_of_speech[:2], noun)


NAMES = [WordKind.PERSON, WordKind.PLACE, WordKind.NAME]


class _Side(NamedTuple):
    """Of each pair, what the words of the one title say beside the other."""

    common: Floats
    """Weight of the common words, a column for each kind."""

    absent: Floats
    """Weight of the heaviest word that is absent from the other title, a column for each kind."""

    heaviest: Floats
    second: Floats
    busiest: Floats
    number: Floats
    """Of the common words: the two heaviest, the heaviest times how busy it is, and how many there are."""


@dataclass(frozen=True, slots=True)
class Spelt:
    """The words of titles letter by letter, a row each in the order of the titles, and what they are.

    Those of title n are ``ends[n]:ends[n + 1]``; ``numbers`` has a row for each title.
    """

    letters: Bags
    kinds: Ids
    ends: Ids
    numbers: Bags

    def with_more(self, more: "Spelt") -> "Spelt":
        """And those of more titles."""
        return Spelt(
            self.letters.with_more(more.letters),
            np.concatenate([self.kinds, more.kinds]),
            np.concatenate([self.ends, more.ends[1:] + self.ends[-1]]),
            self.numbers.with_more(more.numbers),
        )

    def take(self, titles: Ids) -> "Spelt":
        """Those of some titles, in that order."""
        lengths = np.diff(self.ends)[titles]
        words, _ = spread(self.ends[titles], lengths)
        ends = np.concatenate([[0], np.cumsum(lengths)])
        return Spelt(self.letters.take(words), self.kinds[words], ends, self.numbers.take(titles))


class PairFigures:
    """Measures pairs of titles of one comparison, given by their places."""

    def __init__(self, words: Terms, characters: Terms, spelt: Spelt) -> None:
        self._words = words
        self._spelt = spelt
        titles = len(spelt.ends) - 1
        self._has_word = _Pairs(words.owners, words.columns, len(words.weights))
        owners = np.repeat(np.arange(titles), np.diff(spelt.numbers.ends))
        self._has_number = _Pairs(owners, spelt.numbers.places)
        # The last column is for characters that stand in no title.
        self._has_character = np.zeros((titles, len(characters.weights) + 1), np.bool_)
        self._has_character[characters.owners, characters.columns] = True
        self._spelling = characters.columns_of(spelt.letters.places)

    def of(self, first: Ids, second: Ids) -> Mapping[str, Floats]:
        """Figures of each pair by the names that they have in ``WEIGHTS``."""
        here, there = self._side(first, second), self._side(second, first)
        absent = np.minimum(here.absent, there.absent)
        named = here.common[:, NAMES].sum(axis=1) > 0
        numbers, differ = self._numbers(first, second)
        return {
            "heaviest": here.heaviest,
            "second": here.second,
            "busiest": here.busiest,
            "common_count": here.number,
            "common_person": here.common[:, WordKind.PERSON],
            "common_noun": here.common[:, WordKind.NOUN],
            "lone_number": absent[:, WordKind.NUMBER],
            "lone_latin": absent[:, WordKind.LATIN],
            "lone_person": absent[:, WordKind.PERSON],
            "lone_place": absent[:, WordKind.PLACE],
            "lone_name": absent[:, WordKind.NAME],
            "one_plain_word": ((here.number == 1) & ~named).astype(np.float64),
            "numbers": numbers,
            "numbers_differ": differ,
        }

    def _side(self, these: Ids, others: Ids) -> _Side:
        words, spelt = self._words, self._spelt
        pairs, kinds = len(these), len(WordKind)
        at, pair = spread(spelt.ends[these], np.diff(spelt.ends)[these])
        columns = words.columns[at]
        weights = words.weights[columns]
        is_common = self._has_word(others[pair], columns)
        begins, ends = spelt.letters.ends[:-1][at], spelt.letters.ends[1:][at]
        letters, word = spread(begins, ends - begins)
        missing = ~self._has_character[others[pair[word]], self._spelling[letters]]
        is_absent = np.bincount(word, missing, len(at)) > 0
        cell = pair * kinds + spelt.kinds[at]
        common = np.bincount(cell, weights * is_common, pairs * kinds).astype(np.float64)
        absent = np.zeros(pairs * kinds)
        np.maximum.at(absent, cell, weights * is_absent)
        owner, shared = pair[is_common], columns[is_common]
        busiest = np.zeros(pairs)
        np.maximum.at(busiest, owner, words.busy_weights[shared])
        return _Side(
            common.reshape(pairs, kinds),
            absent.reshape(pairs, kinds),
            *_two_largest(owner, words.weights[shared], pairs),
            busiest,
            np.bincount(owner, minlength=pairs).astype(np.float64),
        )

    def _numbers(self, first: Ids, second: Ids) -> tuple[Floats, Floats]:
        """Whether both titles print numbers, and what share of these only one of them has."""
        numbers = self._spelt.numbers
        counts = np.diff(numbers.ends)
        mine, theirs = counts[first], counts[second]
        at, pair = spread(numbers.ends[first], mine)
        common = np.bincount(pair, self._has_number(second[pair], numbers.places[at]), len(first))
        both = ((mine > 0) & (theirs > 0)).astype(np.float64)
        either = mine + theirs - common
        return both, both * (either - common) / np.maximum(either, 1)


class _Pairs:
    """A set of pairs of numbers, of which many are asked at once."""

    def __init__(self, left: Ids, right: Ids, right_count: int | None = None) -> None:
        self._step = int(right.max(initial=0)) + 1 if right_count is None else right_count
        # A last one that is asked for by none, so that there always is a next.
        self._known = np.append(np.sort(left * self._step + right), np.iinfo(np.int64).max)

    def __call__(self, left: Ids, right: Ids) -> Bools:
        asked = left * self._step + right
        return np.asarray(self._known[np.searchsorted(self._known, asked)] == asked)


def _two_largest(owner: Ids, values: Floats, owners: int) -> tuple[Floats, Floats]:
    """The largest and the second largest value of each owner; 0 where there is none."""
    order = np.lexsort((-values, owner))
    owner, values = owner[order], values[order]
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    second = first[np.diff(np.append(first, len(owner))) > 1] + 1
    largest, next_largest = np.zeros(owners), np.zeros(owners)
    largest[owner[first]] = values[first]
    next_largest[owner[second]] = values[second]
    return largest, next_largest
