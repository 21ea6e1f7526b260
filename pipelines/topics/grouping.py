"""Grouping items into topics: one story, whichever boards tell it and however they word it.

Items are taken hour by hour in the order in which they were first seen. Each is compared with the
titles that are live; words weigh by what was known when the hour began. It joins the topic whose titles
are likest on the whole, or founds one. Two topics that turn out to be one story are merged, and that is
an assignment too, from that instant on: nothing that was said before is rewritten. So the same items
give the same topics whether they come in one go or tick by tick, and nothing later is ever looked at.
What people say of topics (``hands``) goes before the rule, from the instant at which it is said.
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import chain, groupby

import numpy as np

from pipelines.rules import TOPIC_LIVE_HOURS
from pipelines.topics.contradictions import Word, same_affair
from pipelines.topics.hands import Hand
from pipelines.topics.membership import Membership
from pipelines.topics.similarity import Comparison, Likeness, NewItem, Pair
from pipelines.topics.term_weights import Floats, Rarity

__all__ = ["Assignment", "Hour", "NewItem", "Topics", "Word"]

LIVE_FOR = timedelta(hours=TOPIC_LIVE_HOURS)
"""A title takes new ones to its topic for so long after it was first seen. So a topic ends with its affair:
what still stands on a list, or stands there again, is no news, and feeds no topic with the next affair."""

SAME_STORY = 0.4
"""Chance from which a title joins a topic: the mean over the likest of its live titles."""

AGREED = 0.5
"""Chance from which a title of a topic agrees with a new one."""

WORTH_MERGING = 0.1
"""Chance from which a topic that the title did not join is held beside the one that it joined: a title that
founded a topic while little was known of its story is weighed again each time the story grows."""

MERGED_FROM = 0.46
"""Chance from which two topics are one, of the titles of the smaller beside their likest of the larger."""

LARGE = 4
"""Topics of as many live titles are hardly alike in all of them by chance…"""

LARGE_MERGED_FROM = 0.36
"""…so that two of them are one from this chance on: a big story is told from many sides."""

YOUNG_MERGED_FROM = 0.75
"""The same of any two while nothing is known of words: those of a common phrase seem rare then."""

DAY = timedelta(days=1)

AGEING = 0.1
"""From its second day on more likeness is asked of what joins a topic, by this much for each day that it is
older: what is told of a person or a country days later is seldom the same affair."""

TITLES_OF_A_MERGER = 12
"""Live titles of a topic, newest first, that speak for it when topics are compared."""


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour's new items, and what people said in it, each in the order of its instants."""

    window_start: datetime
    new_items: tuple[NewItem, ...]
    hands: tuple[Hand, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """From ``joined_at`` on the item belongs to the topic; ``chance`` says how sure that was, 0 to 1.

    A founder's is 1. An item whose topic was merged into another has a second assignment; so has one that a
    person moved, by the ``hand`` of that number.
    """

    item_id: int
    topic_id: int
    joined_at: datetime
    chance: float
    is_merge: bool
    hand: int | None = None


Made = dict[tuple[int, datetime], Assignment]
"""The assignments of an hour by item and instant."""


class Topics:
    """The topics at the start of an hour: who belongs to what, and how rare words are.

    The counts are those of all items first seen more than LIVE_FOR before that hour: what is live is
    held against a past that it is no part of.
    """

    def __init__(
        self,
        word_counts: Mapping[str, int] | None = None,
        character_counts: Mapping[str, int] | None = None,
        item_count: int = 0,
    ) -> None:
        self._likeness = Likeness(
            Rarity(word_counts or {}, item_count), Rarity(character_counts or {}, item_count)
        )
        self._membership = Membership()

    def recall(self, item: NewItem, topic_id: int, is_past: bool) -> None:
        """Take up an item of an earlier hour, in the order of first sight, and its topic as it is now.

        ``is_past``: it is among those counted already.
        """
        self._membership.place(item, topic_id, is_live=not is_past)

    def believe(self, hand: Hand) -> None:
        """Take up what a person said in an earlier hour: whom it moved are recalled where they are now."""
        self._membership.believe(hand)

    def group(self, hours: Iterable[Hour]) -> Iterator[Assignment]:
        """The topic of each new item, each merger and whom people moved, hour by hour."""
        for hour in hours:
            made: Made = {}
            if hour.new_items:
                self._group_hour(hour, made)
            else:
                self._heed(hour.hands, made)
            yield from made.values()

    def _group_hour(self, hour: Hour, made: Made) -> None:
        membership = self._membership
        for past in membership.forget(hour.window_start - LIVE_FOR):
            self._likeness.learn(past)
        live = [*membership.live]
        comparison = self._likeness.compare(live, hour.new_items)
        present = _Present(comparison, live, hour.new_items, membership)
        candidates = zip(hour.new_items, comparison.candidates(len(live)), strict=True)
        hands = deque(hour.hands)
        # What one capture brought is all assigned before topics are compared with one another.
        for at, arrived in groupby(candidates, lambda arrival: arrival[0].first_seen_at):
            while hands and hands[0].said_at < at:
                self._heed((hands.popleft(),), made)
            beside: set[int] = set()
            for item, pairs in arrived:
                topic_id, chance, others = present.topic_of(item, pairs)
                membership.place(item, topic_id)
                present.add(item)
                made[item.item_id, at] = Assignment(
                    item.item_id, topic_id, at, round(chance, 4), is_merge=False
                )
                if others:
                    beside.update(others, (topic_id,))
            for first, second, chance in present.mergers(beside) if beside else ():
                into, absorbed = sorted((first, second), key=membership.age)
                for member in membership.merge(absorbed, into):
                    # Topics that merge as a title joins one of them were never two for that title.
                    joined = made.get((member, at))
                    made[member, at] = (
                        replace(joined, topic_id=into)
                        if joined
                        else Assignment(member, into, at, round(chance, 4), is_merge=True)
                    )
        self._heed(hands, made)

    def _heed(self, hands: Iterable[Hand], made: Made) -> None:
        """Do what people say, each from its instant on."""
        for hand in hands:
            at = hand.said_at
            for move in self._membership.heed(hand):
                # Who came in that very instant was never elsewhere.
                joined = made.get((move.item_id, at))
                made[move.item_id, at] = (
                    replace(joined, topic_id=move.topic_id)
                    if joined
                    else Assignment(
                        move.item_id, move.topic_id, at, 1.0, move.is_merge, hand.number
                    )
                )


class _Present:
    """The live titles and an hour's new ones, by their places in the hour's comparison."""

    def __init__(
        self,
        comparison: Comparison,
        live: Sequence[NewItem],
        new: Sequence[NewItem],
        membership: Membership,
    ) -> None:
        self._comparison = comparison
        self._ids = [item.item_id for item in (*live, *new)]
        self._claims = {
            item.item_id: item.claims for item in (*live, *new) if item.claims.tells_an_affair
        }
        self._topic_of = membership.topic_of
        self._live_of = membership.live_of
        self._are_apart = membership.are_apart
        self._age = membership.age
        self._place_of = dict(zip(self._ids, range(len(self._ids)), strict=True))
        # Of equal titles the first counts.
        self._by_title = {item.folded_title: item.item_id for item in reversed(live)}

    def add(self, item: NewItem) -> None:
        """The title has a topic now."""
        self._by_title.setdefault(item.folded_title, item.item_id)

    def _ageing(self, topic_id: int, at: datetime) -> float:
        founded_at, _ = self._age(topic_id)
        return 1 + AGEING * max(0.0, (at - founded_at) / DAY - 1)

    def _are_two_affairs(self, item_ids: Iterable[int], topic_id: int) -> bool:
        """Whether those titles tell of a match or an issue, and the topic's mostly of another one."""
        here = [self._claims[item_id] for item_id in item_ids if item_id in self._claims]
        if not here:
            return False
        live = self._live_of[topic_id]
        there = [self._claims[item_id] for item_id in live if item_id in self._claims]
        told = Counter(same_affair(mine, theirs) for mine in here for theirs in there)
        return told[False] > told[True]

    def topic_of(self, item: NewItem, pairs: Sequence[Pair]) -> tuple[int, float, Sequence[int]]:
        """The topic that tells the item's story, how likely, and those that might be the same topic.

        A topic speaks through the likest of its titles, as many as the square root of their number: one
        title in common is not enough to join a story of a hundred, nor are all hundred needed. It is
        believed as far as more of its titles agree with this one than contradict it.
        """
        chances: defaultdict[int, list[float]] = defaultdict(list)
        contradicted: Counter[int] = Counter()
        for pair in pairs:
            topic_id = self._topic_of[self._ids[pair.earlier]]
            chances[topic_id].append(pair.chance)
            contradicted[topic_id] += pair.contradicts
        found = []
        for topic_id, each in chances.items():
            if self._are_apart(item, topic_id) or self._are_two_affairs((item.item_id,), topic_id):
                continue
            speakers = _speakers(self._live_of[topic_id])
            likeness = sum(nlargest(speakers, each)) / speakers
            likeness /= self._ageing(topic_id, item.first_seen_at)
            agreed = 1 + sum(chance >= AGREED for chance in each)
            found.append((likeness * agreed / (agreed + contradicted[topic_id]), topic_id))
        found.sort(key=lambda scored: (-scored[0], scored[1]))
        same = self._by_title.get(item.folded_title)
        if same is not None and not self._are_apart(item, self._topic_of[same]):
            topic_id, chance = self._topic_of[same], 1.0
        elif found and found[0][0] >= SAME_STORY:
            chance, topic_id = found[0]
        else:
            return item.item_id, 1.0, ()
        return (
            topic_id,
            chance,
            [other for chance, other in found if chance >= WORTH_MERGING and other != topic_id],
        )

    def mergers(self, topics: Collection[int]) -> Iterator[tuple[int, int, float]]:
        """Pairs of those topics that are one story, likest first, and how likely.

        Each merger is to be done before the next is asked for.
        """
        titles = {
            topic_id: sorted(map(self._place_of.__getitem__, self._live_of[topic_id]))[
                -TITLES_OF_A_MERGER:
            ]
            for topic_id in topics
        }
        pairs = [*self._comparison.between(list(titles.values()))]
        if not pairs:
            return
        row_of = {place: row for row, place in enumerate(chain.from_iterable(titles.values()))}
        rows = {
            topic_id: [row_of[place] for place in places] for topic_id, places in titles.items()
        }
        chances, contradicts = np.zeros((2, len(row_of), len(row_of)))
        for pair in pairs:
            two = row_of[pair.later], row_of[pair.earlier]
            chances[two] = chances[two[::-1]] = pair.chance
            contradicts[two] = contradicts[two[::-1]] = pair.contradicts
        ends = {place: topic_id for topic_id, places in titles.items() for place in places}
        asked = {_sorted(ends[pair.later], ends[pair.earlier]) for pair in pairs}
        likeness: dict[tuple[int, int], float] = {}
        while True:
            for two in asked:
                likeness[two] = _likeness(rows[two[0]], rows[two[1]], chances, contradicts)
            likely = {
                two: chance
                for two, chance in likeness.items()
                if chance
                >= _merged_from(self._comparison.youth, *(rows[topic_id] for topic_id in two))
                and not self._are_apart(*two)
                and not self._are_two_affairs(self._live_of[two[0]], two[1])
            }
            if not likely:
                return
            (first, second), chance = max(likely.items(), key=lambda found: (found[1], found[0]))
            yield first, second, chance
            into, absorbed = (first, second) if first in self._live_of else (second, first)
            rows[into] += rows.pop(absorbed)
            touched = {two for two in likeness if into in two or absorbed in two}
            others = {topic_id for two in touched for topic_id in two} - {into, absorbed}
            for two in touched:
                del likeness[two]
            asked = {_sorted(into, other) for other in others}


def _sorted(first: int, second: int) -> tuple[int, int]:
    return min(first, second), max(first, second)


def _merged_from(youth: float, *topics: Sequence[int]) -> float:
    """The more is known of words, the less likeness is asked of two topics."""
    known = LARGE_MERGED_FROM if min(map(len, topics)) >= LARGE else MERGED_FROM
    return youth * YOUNG_MERGED_FROM + (1 - youth) * known


def _likeness(
    first: Sequence[int], second: Sequence[int], chances: Floats, contradicts: Floats
) -> float:
    """How likely two topics are one: a title of the smaller is held beside its likest of the larger.

    Those are as many as speak to a new title; it is believed as far as more pairs agree than contradict.
    """
    fewer, more = sorted((first, second), key=len)
    between = np.ix_(fewer, more)
    likest = -np.sort(-chances[between], axis=1)[:, : _speakers(more)]
    agreed = 1 + np.count_nonzero(chances[between] >= AGREED)
    # Rounded: which of equal ones is first must not hang on a last digit.
    return round(float(likest.mean() * agreed / (agreed + contradicts[between].sum())), 9)


def _speakers(titles: Sized) -> int:
    """How many titles speak for a topic."""
    return math.ceil(math.sqrt(len(titles)))
