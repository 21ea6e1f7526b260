"""How likely two titles tell one story, from what they share and how unusual that is just now.

A word is evidence as far as it is rare, and as far as it is busier now than its past lets expect: every
day has titles with a country's name, and on some day most of them tell of one crash there. The
log-odds are a weighted sum of a few such figures and of what speaks against (``conflicts``); how the
weights were found is told in docs/decisions/0004.
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

from pipelines.topics.contradictions import (
    Claims,
    Word,
    are_opposite,
    are_two_matches,
    claims,
    counts_differ,
    frame,
)
from pipelines.topics.term_weights import Bags, Floats, Ids, Rarity, SharedTerm, Terms

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - instants are naive UTC
HOUR = timedelta(hours=1)

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
    def are_names(self) -> tuple[bool, ...]:
        """Which of the tokens name someone or something."""
        return tuple(token in self.claims.names for token in self.tokens)

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
    one_plain_word: float
    lone_names: float
    counts_differ: float
    frame: float
    in_a_row: float
    two_matches: float
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
    one_plain_word=-1.0,  # 0 or 1: a single common word that names nothing
    lone_names=-0.159,  # the heaviest name that only one has; of both sides the lesser
    counts_differ=-2.296,  # 0 or 1
    frame=-2.423,  # 0 to 1
    two_matches=VETO,  # 0 or 1
    in_a_row=VETO,  # 1 where counts differ and else the titles are alike: round 6 and round 7
    are_opposite=VETO,  # 0 or 1
)


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

    def __init__(
        self,
        titles: Sequence[NewItem],
        words: Terms,
        characters: Terms,
        read: "_Read",
    ) -> None:
        self._titles = titles
        self._words = words
        self._characters = characters
        self._hours, self._sources, self._claimed = read.hours, read.sources, read.claimed
        self._heaviest: dict[int, list[tuple[float, str]]] = {}

    def candidates(self, first: int) -> Iterator[list[Pair]]:
        """Of each title from place ``first`` on, those before it that may tell its story, in order."""
        everyone = np.arange(len(self._titles))
        for start in range(first, len(self._titles), ROWS_AT_ONCE):
            rows = slice(start, min(start + ROWS_AT_ONCE, len(self._titles)))
            figures = (*self._words.common(rows), *self._characters.common(rows))
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
        figures = (*self._words.common_among(places), *self._characters.common_among(places))
        return self._likely(places, places, figures, group_of[:, None] != group_of[None, :])

    def explain(self, later: int, earlier: int) -> Evidence:
        """What ``candidates`` and ``between`` weigh of two titles, term by term."""
        first, second = self._titles[later], self._titles[earlier]
        here, there = first.claims, second.claims
        two = np.array([later, earlier])
        words, busy_words = (each[0, 1] for each in self._words.common_among(two))
        characters, busy = (each[0, 1] for each in self._characters.common_among(two))
        alike = characters > FRAMED
        values = {
            "intercept": 1.0,
            "words": words,
            "busy_words": busy_words,
            "characters": characters,
            "busy_characters": busy,
            "log_hours": math.log1p(abs(self._hours[later] - self._hours[earlier])),
            "same_source": float(first.source == second.source),
            "one_plain_word": float(self._words.share_one_plain(two[:1], two[1:])[0]),
            "lone_names": self._lone_names(later, earlier),
            "counts_differ": float(counts_differ(here, there)),
            "frame": frame(first.folded_title, second.folded_title) if alike else 0.0,
            "two_matches": float(are_two_matches(here, there)),
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
        self,
        rows: Ids,
        columns: Ids,
        figures: tuple[Floats, Floats, Floats, Floats],
        asked: NDArray[np.bool_] | bool = True,
    ) -> Iterator[Pair]:
        words, busy_words, characters, busy_characters = figures
        asked = asked & (
            (words > WORTH_ASKING["words"])
            | (busy_words > WORTH_ASKING["busy_words"])
            | (characters > WORTH_ASKING["characters"])
        )
        asked &= columns[None, :] < rows[:, None]
        at = np.nonzero(asked)
        later, earlier = rows[at[0]], columns[at[1]]
        hours = np.abs(self._hours[later] - self._hours[earlier])
        log_odds = (
            WEIGHTS.intercept
            + WEIGHTS.words * words[at]
            + WEIGHTS.busy_words * busy_words[at]
            + WEIGHTS.characters * characters[at]
            + WEIGHTS.busy_characters * busy_characters[at]
            + WEIGHTS.log_hours * np.log1p(hours)
            + WEIGHTS.same_source * (self._sources[later] == self._sources[earlier])
        )
        kept = np.flatnonzero(log_odds > UNLIKELY)
        worded = kept[words[at][kept] > 0]
        plain = self._words.share_one_plain(later[worded], earlier[worded])
        log_odds[worded] += WEIGHTS.one_plain_word * plain
        kept = kept[log_odds[kept] > UNLIKELY]
        later, earlier, log_odds, alike = (
            later[kept],
            earlier[kept],
            log_odds[kept],
            characters[at][kept],
        )
        # What speaks against only lowers the odds, so that it is asked of the likely alone.
        against = np.zeros(len(later))
        may_conflict = ((self._claimed[later] & self._claimed[earlier]) != 0) | (alike > FRAMED)
        for pair in np.flatnonzero(may_conflict).tolist():
            against[pair] = self._against(int(later[pair]), int(earlier[pair]), float(alike[pair]))
        # Rounded: sums of the same terms in another order differ in their last digit.
        guarded = np.round(log_odds + against, 9)
        is_likely, contradicts = guarded > UNLIKELY, against < CONTRADICTED
        chance = np.where(is_likely, 1 / (1 + np.exp(-guarded)), 0.0)
        told = is_likely | contradicts
        found = (later, earlier, chance, contradicts)
        return starmap(Pair, zip(*(each[told].tolist() for each in found), strict=True))

    def _against(self, later: int, earlier: int, alike: float) -> float:
        """What conflicts take from the log-odds of a pair, 0 or less."""
        first, second = self._titles[later], self._titles[earlier]
        here, there = first.claims, second.claims
        taken = 0.0
        if here.names and there.names:
            taken += WEIGHTS.lone_names * self._lone_names(later, earlier)
        if here.counts and there.counts and counts_differ(here, there):
            taken += WEIGHTS.counts_differ + WEIGHTS.in_a_row * (alike > FRAMED)
        if alike > FRAMED:
            taken += WEIGHTS.frame * frame(first.folded_title, second.folded_title)
        if are_two_matches(here, there):
            taken += WEIGHTS.two_matches
        if are_opposite(here, there):
            taken += WEIGHTS.are_opposite
        return taken

    def _lone_names(self, later: int, earlier: int) -> float:
        """The heaviest name that only one has; of both sides the lesser."""
        mine = self._heaviest_absent(later, self._titles[earlier].folded_title)
        return mine and min(mine, self._heaviest_absent(earlier, self._titles[later].folded_title))

    def _heaviest_absent(self, place: int, folded_title: str) -> float:
        names = self._heaviest.get(place)
        if names is None:
            weighed = ((self._words.term(n).weight, n) for n in self._titles[place].claims.names)
            names = self._heaviest[place] = sorted(weighed, reverse=True)
        return next((weight for weight, name in names if name not in folded_title), 0.0)


@dataclass(frozen=True, slots=True)
class _Read:
    """Titles as numbers: their terms, the hours since EPOCH, the numbers of their sources.

    ``claimed`` has a bit for each kind of claim that they make.
    """

    words: Bags
    characters: Bags
    hours: Floats
    sources: Ids
    claimed: Ids

    def with_more(self, more: "_Read") -> "_Read":
        return _Read(
            self.words.with_more(more.words),
            self.characters.with_more(more.characters),
            np.concatenate([self.hours, more.hours]),
            np.concatenate([self.sources, more.sources]),
            np.concatenate([self.claimed, more.claimed]),
        )

    def take(self, titles: Ids) -> "_Read":
        return _Read(
            self.words.take(titles),
            self.characters.take(titles),
            self.hours[titles],
            self.sources[titles],
            self.claimed[titles],
        )


class Likeness:
    """What the past tells of words and of characters."""

    def __init__(self, words: Rarity, characters: Rarity) -> None:
        self._words = words
        self._characters = characters
        self._sources: dict[str, int] = {}
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
        )

    def _read_titles(self, titles: Sequence[NewItem]) -> _Read:
        number = self._sources
        return _Read(
            Bags.of(
                [self._words.places(title.tokens) for title in titles],
                [title.are_names for title in titles],
            ),
            Bags.of([self._characters.places(title.characters) for title in titles]),
            np.array([(title.first_seen_at - EPOCH) / HOUR for title in titles], np.float64),
            np.array([number.setdefault(t.source, len(number)) for t in titles], np.int64),
            np.array([title.claims.kinds for title in titles], np.int64),
        )
