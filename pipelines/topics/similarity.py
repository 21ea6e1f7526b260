"""How likely two titles tell one story, from what they share and how unusual that is just now.

A word is evidence as far as it is rare, and as far as it is busier now than its past lets expect: every
day has titles with a country's name, and on some day most of them tell of one crash there. The
log-odds are a weighted sum of such figures and of what speaks against (``contradictions``); how the weights
were learnt is told in docs/decisions/0004.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby, starmap
from operator import attrgetter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.text.scripts import is_lettered
from pipelines.topics.contradictions import (
    Claims,
    Word,
    are_opposite,
    are_two_matches,
    claims,
    counts_differ,
    frame,
)
from pipelines.topics.evidence import Evidence, Figure
from pipelines.topics.pair_figures import NUMBER, PairFigures, Spelt, WordKind, word_kind
from pipelines.topics.pair_weights import AGAINST, CONFLICTS, WEIGHTS
from pipelines.topics.term_weights import Bags, Bools, Floats, Ids, Rarity, Terms

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - instants are naive UTC
HOUR = timedelta(hours=1)

FRAMED = 0.5
"""From this share of common character weight on, titles are looked at for one frame with two fillings."""

ROWS_AT_ONCE = 256
"""New titles compared with all live ones at once: bounds memory."""

WORTH_ASKING = {"words": 0.12, "busy_words": 4.0, "characters": 0.3}
"""Pairs with less of all three are not looked at: none of them ever came near a common story."""

SIFT = -2.0
"""Below this on the scale of ``sifted`` a pair is dropped before its words are looked at."""

UNLIKELY = -1.0
"""Log-odds below which nothing is said of a pair, unless that it is contradicted."""

CONTRADICTED = -1.5
"""Two titles contradict each other when conflicts and lone words take this much of their log-odds…"""

CONTRADICTED_BELOW = -0.5
"""…and leave no more than this."""


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
    def word_kinds(self) -> tuple[WordKind, ...]:
        """What each of the tokens is; of a word with several tags, by the first."""
        tags = {word.token: word.part_of_speech for word in reversed(self.words)}
        return tuple(word_kind(token, tags[token]) for token in self.tokens)

    @cached_property
    def characters(self) -> tuple[str, ...]:
        """Its characters, each once."""
        return tuple(dict.fromkeys(self.folded_title))

    @cached_property
    def claims(self) -> Claims:
        """What it says that another title may contradict."""
        return claims(self.folded_title, self.words)


class Pair(NamedTuple):
    """A title and an earlier one, by their places in the comparison, and how likely they tell one story.

    ``contradicts``: their words are alike and their claims are not; of two matches, say.
    """

    later: int
    earlier: int
    chance: float
    contradicts: bool


Shares = tuple[Floats, Floats, Floats, Floats]
"""Of titles with one another: the share of common word weight, busy word weight, and of characters alike."""


class Comparison:
    """Live titles, then new ones in the order in which they came, as of the start of one hour.

    ``youth`` says how far the past is from telling plain words from rare ones, 1 to 0.
    """

    def __init__(
        self,
        titles: Sequence[NewItem],
        words: Terms,
        characters: Terms,
        read: "_Read",
        youth: float,
    ) -> None:
        self.youth = youth
        self._titles = titles
        self._words = words
        self._characters = characters
        self._hours, self._sources, self._claimed = read.hours, read.sources, read.claimed
        self._is_lettered = read.is_lettered
        self._pairs = PairFigures(words, characters, read.spelt)

    def candidates(self, first: int) -> Iterator[list[Pair]]:
        """Of each title from place ``first`` on, those before it that may tell its story, in order."""
        everyone = np.arange(len(self._titles))
        for start in range(first, len(self._titles), ROWS_AT_ONCE):
            rows = slice(start, min(start + ROWS_AT_ONCE, len(self._titles)))
            figures = self._shares(
                everyone[rows], everyone, self._words.common(rows), self._characters.common(rows)
            )
            pairs = self._likely(everyone[rows], everyone, figures)
            found = {later: list(group) for later, group in groupby(pairs, attrgetter("later"))}
            for place in everyone[rows].tolist():
                yield found.get(place, [])

    def between(self, groups: Sequence[Sequence[int]]) -> Iterator[Pair]:
        """The pairs that may tell one story, of titles of different groups."""
        places = np.array([place for group in groups for place in group])
        group_of = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
        order = np.argsort(places)
        places, group_of = places[order], group_of[order]
        figures = self._among(places)
        return self._likely(places, places, figures, group_of[:, None] != group_of[None, :])

    def explain(self, later: int, earlier: int) -> Evidence:
        """What ``candidates`` and ``between`` weigh of two titles, term by term."""
        first, second = self._titles[later], self._titles[earlier]
        here, there = first.claims, second.claims
        two = np.array([later, earlier])
        values = self._figures(two[:1], two[1:], tuple(each[:1, 1] for each in self._among(two)))
        figures = tuple(
            Figure(name, float(values[name][0]), float(values[name][0] * weight))
            for name, weight in WEIGHTS.items()
        )
        log_odds = round(sum(each.log_odds for each in figures), 9)
        return Evidence(
            words=self._words.shared(first.tokens, second.tokens),
            characters=(
                ()
                if self._are_lettered(two[:1], two[1:])[0]
                else self._characters.shared(first.characters, second.characters)
            ),
            lone_names=(
                tuple(name for name in here.names if name not in second.folded_title),
                tuple(name for name in there.names if name not in first.folded_title),
            ),
            counts=(here.counts, there.counts),
            figures=figures,
            log_odds=log_odds,
            chance=1 / (1 + math.exp(-log_odds)),
        )

    def _among(self, places: Ids) -> Shares:
        words, characters = (
            terms.common_among(places) for terms in (self._words, self._characters)
        )
        return self._shares(places, places, words, characters)

    def _shares(
        self,
        rows: Ids,
        columns: Ids,
        words: tuple[Floats, Floats],
        characters: tuple[Floats, Floats],
    ) -> Shares:
        """What titles share; any two in an alphabet have most letters in common, and go by words."""
        lettered = self._are_lettered(rows[:, None], columns[None, :])
        if not lettered.any():
            return *words, *characters
        return (
            *words,
            np.where(lettered, words[0], characters[0]),
            np.where(lettered, words[1], characters[1]),
        )

    def _likely(
        self,
        rows: Ids,
        columns: Ids,
        figures: Shares,
        asked: NDArray[np.bool_] | bool = True,
    ) -> Iterator[Pair]:
        words, busy_words, characters, _ = figures
        asked = asked & (
            (words > WORTH_ASKING["words"])
            | (busy_words > WORTH_ASKING["busy_words"])
            | (characters > WORTH_ASKING["characters"])
        )
        asked &= columns[None, :] < rows[:, None]
        at = np.nonzero(asked)
        later, earlier = rows[at[0]], columns[at[1]]
        shares = tuple(each[at] for each in figures)
        kept = np.flatnonzero(self._sifted(later, earlier, shares) > SIFT)
        later, earlier = later[kept], earlier[kept]
        measured = self._figures(later, earlier, tuple(each[kept] for each in shares))
        adds = {name: weight * measured[name] for name, weight in WEIGHTS.items()}
        # Rounded: sums of the same terms in another order differ in their last digit.
        log_odds = np.round(sum(adds.values()), 9)
        against = np.round(sum(adds[name] for name in AGAINST), 9)
        is_likely = log_odds > UNLIKELY
        contradicts = (against < CONTRADICTED) & (log_odds < CONTRADICTED_BELOW)
        chance = np.where(is_likely, 1 / (1 + np.exp(-log_odds)), 0.0)
        told = is_likely | contradicts
        found = (later, earlier, chance, contradicts)
        return starmap(Pair, zip(*(each[told].tolist() for each in found), strict=True))

    def _sifted(self, later: Ids, earlier: Ids, shares: tuple[Floats, ...]) -> Floats:
        """Log-odds by what pairs share as a whole alone: the weights are of a regression on these six."""
        words, busy_words, characters, busy_characters = shares
        odds: Floats = (
            -1.023
            - 0.06 * words
            + 0.028 * busy_words
            + 6.202 * characters
            + 0.018 * busy_characters
            - 0.521 * self._log_hours(later, earlier)
            - 1.953 * (self._sources[later] == self._sources[earlier])
        )
        return odds

    def _log_hours(self, later: Ids, earlier: Ids) -> Floats:
        return np.asarray(np.log1p(np.abs(self._hours[later] - self._hours[earlier])))

    def _figures(
        self, later: Ids, earlier: Ids, shares: tuple[Floats, ...]
    ) -> Mapping[str, Floats]:
        """Each of ``WEIGHTS`` of those pairs; ``shares`` are of their words and of their characters."""
        _, _, characters, busy_characters = shares
        return {
            "intercept": np.ones(len(later)),
            "characters": characters,
            "characters_contained": self._contained(characters, later, earlier),
            "busy_characters": busy_characters,
            "log_hours": self._log_hours(later, earlier),
            "same_source": (self._sources[later] == self._sources[earlier]).astype(np.float64),
            **self._pairs.of(later, earlier),
            **self._conflicts(later, earlier, characters > FRAMED),
        }

    def _are_lettered(self, later: Ids, earlier: Ids) -> Bools:
        return self._is_lettered[later] & self._is_lettered[earlier]

    def _contained(self, characters: Floats, later: Ids, earlier: Ids) -> Floats:
        return np.where(
            self._are_lettered(later, earlier),
            self._words.contained(characters, later, earlier),
            self._characters.contained(characters, later, earlier),
        )

    def _conflicts(self, later: Ids, earlier: Ids, are_alike: Bools) -> Mapping[str, Floats]:
        """What is read title by title, of those pairs alone that may have it."""
        found = {name: np.zeros(len(later)) for name in CONFLICTS}
        claimed = (self._claimed[later] & self._claimed[earlier]) != 0
        for pair in np.flatnonzero(claimed | are_alike).tolist():
            first, second = self._titles[later[pair]], self._titles[earlier[pair]]
            here, there = first.claims, second.claims
            if are_alike[pair]:
                found["frame"][pair] = frame(first.folded_title, second.folded_title)
            if claimed[pair]:
                differ = counts_differ(here, there)
                found["counts_differ"][pair] = differ
                found["in_a_row"][pair] = differ and are_alike[pair]
                found["two_matches"][pair] = are_two_matches(here, there)
                found["are_opposite"][pair] = are_opposite(here, there)
        return found


@dataclass(frozen=True, slots=True)
class _Read:
    """Titles as numbers: their terms, the hours since EPOCH, the numbers of their sources.

    ``claimed`` has a bit for each kind of claim that they make; ``is_lettered``: in an alphabet.
    """

    words: Bags
    characters: Bags
    hours: Floats
    sources: Ids
    claimed: Ids
    is_lettered: Bools
    spelt: Spelt

    def with_more(self, more: "_Read") -> "_Read":
        return _Read(
            self.words.with_more(more.words),
            self.characters.with_more(more.characters),
            np.concatenate([self.hours, more.hours]),
            np.concatenate([self.sources, more.sources]),
            np.concatenate([self.claimed, more.claimed]),
            np.concatenate([self.is_lettered, more.is_lettered]),
            self.spelt.with_more(more.spelt),
        )

    def take(self, titles: Ids) -> "_Read":
        return _Read(
            self.words.take(titles),
            self.characters.take(titles),
            self.hours[titles],
            self.sources[titles],
            self.claimed[titles],
            self.is_lettered[titles],
            self.spelt.take(titles),
        )


class Likeness:
    """What the past tells of words and of characters."""

    def __init__(self, words: Rarity, characters: Rarity) -> None:
        self._words = words
        self._characters = characters
        self._sources: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        # Most titles are live for many hours: those of the last comparison are not read again.
        self._read = self._read_titles(())
        self._place_of: dict[int, int] = {}

    def learn(self, item: NewItem) -> None:
        """The item belongs to the past now."""
        self._words.learn(self._words.places(item.tokens))
        self._characters.learn(self._characters.places(item.characters))

    def compare(self, live: Sequence[NewItem], new: Sequence[NewItem]) -> Comparison:
        """The new titles beside the live ones; terms weigh as what was learnt until now says."""
        titles = [*live, *new]
        ids = [title.item_id for title in titles]
        known = self._place_of
        unread = [title for title in titles if title.item_id not in known]
        known.update((title.item_id, len(self._read.hours) + n) for n, title in enumerate(unread))
        read = self._read.with_more(self._read_titles(unread))
        self._read = read = read.take(np.fromiter(map(known.__getitem__, ids), np.int64, len(ids)))
        self._place_of = dict(zip(ids, range(len(ids)), strict=True))
        return Comparison(
            titles,
            Terms(self._words, read.words, len(live)),
            Terms(self._characters, read.characters, len(live)),
            read,
            self._words.youth,
        )

    def _read_titles(self, titles: Sequence[NewItem]) -> _Read:
        number = self._sources
        return _Read(
            Bags.of([self._words.places(title.tokens) for title in titles]),
            Bags.of([self._characters.places(title.characters) for title in titles]),
            np.array([(title.first_seen_at - EPOCH) / HOUR for title in titles], np.float64),
            np.array([number.setdefault(t.source, len(number)) for t in titles], np.int64),
            np.array([title.claims.kinds for title in titles], np.int64),
            np.array([is_lettered(title.folded_title) for title in titles], np.bool_),
            Spelt(
                Bags.of(
                    [self._characters.places(word) for title in titles for word in title.tokens]
                ),
                np.array([kind for title in titles for kind in title.word_kinds], np.int64),
                np.cumsum([0, *(len(title.tokens) for title in titles)]),
                Bags.of([self._numbers_of(title) for title in titles]),
            ),
        )

    def _numbers_of(self, title: NewItem) -> Ids:
        number = self._numbers
        printed = dict.fromkeys(NUMBER.findall(title.folded_title))
        return np.array([number.setdefault(each, len(number)) for each in printed], np.int64)
