"""Grouping items into topics: one story, whichever boards tell it and however they word it.

Items are taken hour by hour in the order in which they were first seen. Each is compared with the
titles that are live; words weigh by what was known when the hour began. It joins the topic whose titles
are likest on the whole, or founds one. Two topics that turn out to be one story are merged, and that is
an assignment too, from that instant on: nothing that was said before is rewritten. So the same items
give the same topics whether they come in one go or tick by tick, and nothing later is ever looked at.
"""

import math
from bisect import insort
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import nlargest
from itertools import groupby

from pipelines.rules import TOPIC_LIVE_HOURS
from pipelines.topics.contradictions import Word
from pipelines.topics.similarity import Comparison, Likeness, NewItem, Pair
from pipelines.topics.term_weights import Rarity

__all__ = ["Assignment", "Hour", "NewItem", "Topics", "Word"]

LIVE_FOR = timedelta(hours=TOPIC_LIVE_HOURS)
"""A title that was on no board for this long takes no new one to its topic."""

SAME_STORY = 0.4
"""Chance from which a title joins a topic: the mean over the likest of its live titles."""

AGREED = 0.5
"""Chance from which a title of a topic agrees with a new one."""

WORTH_MERGING = 0.35
"""Chance from which a topic that the title did not join is held beside the one that it joined."""

MERGED_FROM = 0.45
"""Mean chance over the pairs of two topics' live titles from which they are one."""

TITLES_OF_A_MERGER = 12
"""Live titles of a topic, newest first, that speak for it when topics are compared."""


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour's new items in the order in which they were seen, and all items present in it."""

    window_start: datetime
    new_items: tuple[NewItem, ...]
    present: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """From ``joined_at`` on the item belongs to the topic; ``chance`` says how sure that was, 0 to 1.

    A founder's is 1. An item whose topic was merged into another has a second assignment.
    """

    item_id: int
    topic_id: int
    joined_at: datetime
    chance: float
    is_merge: bool


def _order(item: NewItem) -> tuple[datetime, int]:
    return item.first_seen_at, item.item_id


class Topics:
    """The topics at the start of an hour: who belongs to what, what was seen when, how rare words are.

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
        self._items: dict[int, NewItem] = {}
        self._topic_of: dict[int, int] = {}
        self._members: defaultdict[int, list[int]] = defaultdict(list)
        self._seen_at: dict[int, datetime] = {}
        # Those that are live: all in the order in which they were first seen, and by topic.
        self._live: list[NewItem] = []
        self._live_of: defaultdict[int, set[int]] = defaultdict(set)
        self._unlearnt: deque[NewItem] = deque()

    def recall(self, item: NewItem, topic_id: int, is_past: bool) -> None:
        """Take up an item of an earlier hour, in the order of first sight, and its topic as it is now.

        ``is_past``: it is among those counted already.
        """
        if not is_past:
            self._unlearnt.append(item)
        self._place(item, topic_id)

    def seen(self, item_ids: Iterable[int], at: datetime) -> None:
        """Those items stood on a board in the hour ``at``."""
        for item_id in item_ids:
            if item_id in self._seen_at:
                self._seen_at[item_id] = max(self._seen_at[item_id], at)
            elif item_id in self._items:
                self._wake(item_id, at)

    def group(self, hours: Iterable[Hour]) -> Iterator[Assignment]:
        """The topic of each new item, and each merger, hour by hour."""
        for hour in hours:
            if hour.new_items:
                yield from self._group_hour(hour)
            self.seen(hour.present, hour.window_start)

    def _group_hour(self, hour: Hour) -> Iterable[Assignment]:
        before = hour.window_start - LIVE_FOR
        while self._unlearnt and self._unlearnt[0].first_seen_at < before:
            self._likeness.learn(self._unlearnt.popleft())
        self._forget([item_id for item_id, seen_at in self._seen_at.items() if seen_at < before])
        live = [*self._live]
        comparison = self._likeness.compare(live, hour.new_items)
        present = _Present(comparison, live, hour.new_items, self._topic_of, self._live_of)
        candidates = zip(hour.new_items, comparison.candidates(len(live)), strict=True)
        made: dict[tuple[int, datetime], Assignment] = {}
        # What one capture brought is all assigned before topics are compared with one another.
        for at, arrived in groupby(candidates, lambda arrival: arrival[0].first_seen_at):
            beside: set[int] = set()
            for item, pairs in arrived:
                topic_id, chance, others = present.topic_of(item, pairs)
                self._place(item, topic_id)
                self._wake(item.item_id, hour.window_start)
                self._unlearnt.append(item)
                present.add(item)
                made[item.item_id, at] = Assignment(
                    item.item_id, topic_id, at, round(chance, 4), is_merge=False
                )
                if others:
                    beside.update(others, (topic_id,))
            for first, second, chance in present.mergers(beside) if beside else ():
                into, absorbed = sorted((first, second), key=self._age)
                for member in self._merge(absorbed, into):
                    # Topics that merge as a title joins one of them were never two for that title.
                    joined = made.get((member, at))
                    made[member, at] = (
                        replace(joined, topic_id=into)
                        if joined
                        else Assignment(member, into, at, round(chance, 4), is_merge=True)
                    )
        return made.values()

    def _age(self, topic_id: int) -> tuple[datetime, int]:
        """Orders topics by when they were founded; the item that did so lends them its id."""
        return _order(self._items[topic_id])

    def _wake(self, item_id: int, at: datetime) -> None:
        self._seen_at[item_id] = at
        insort(self._live, self._items[item_id], key=_order)
        self._live_of[self._topic_of[item_id]].add(item_id)

    def _forget(self, item_ids: Sequence[int]) -> None:
        for item_id in item_ids:
            del self._seen_at[item_id]
            topic_id = self._topic_of[item_id]
            self._live_of[topic_id].remove(item_id)
            if not self._live_of[topic_id]:
                del self._live_of[topic_id]
        self._live = [item for item in self._live if item.item_id in self._seen_at]

    def _place(self, item: NewItem, topic_id: int) -> None:
        self._items[item.item_id] = item
        self._topic_of[item.item_id] = topic_id
        self._members[topic_id].append(item.item_id)

    def _merge(self, absorbed: int, into: int) -> list[int]:
        moved = self._members.pop(absorbed)
        self._members[into] += moved
        self._topic_of.update(dict.fromkeys(moved, into))
        self._live_of[into] |= self._live_of.pop(absorbed)
        return moved


class _Present:
    """The live titles and an hour's new ones, by their places in the hour's comparison."""

    def __init__(
        self,
        comparison: Comparison,
        live: Sequence[NewItem],
        new: Sequence[NewItem],
        topic_of: Mapping[int, int],
        live_of: Mapping[int, Collection[int]],
    ) -> None:
        self._comparison = comparison
        self._ids = [item.item_id for item in (*live, *new)]
        self._topic_of = topic_of
        self._live_of = live_of
        self._place_of = dict(zip(self._ids, range(len(self._ids)), strict=True))
        # Of equal titles the first counts.
        self._by_title = {item.folded_title: item.item_id for item in reversed(live)}

    def add(self, item: NewItem) -> None:
        """The title has a topic now."""
        self._by_title.setdefault(item.folded_title, item.item_id)

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
            speakers = math.ceil(math.sqrt(len(self._live_of[topic_id])))
            likeness = sum(nlargest(speakers, each)) / speakers
            agreed = 1 + sum(chance >= AGREED for chance in each)
            found.append((likeness * agreed / (agreed + contradicted[topic_id]), topic_id))
        found.sort(key=lambda scored: (-scored[0], scored[1]))
        same = self._by_title.get(item.folded_title)
        if same is not None:
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

        Likeness of topics is the mean over the pairs of their newest titles (average linkage, Sokal and
        Michener 1958); each merger is to be done before the next is asked for.
        """
        titles = {
            topic_id: sorted(map(self._place_of.__getitem__, self._live_of[topic_id]))[
                -TITLES_OF_A_MERGER:
            ]
            for topic_id in topics
        }
        sizes = {topic_id: len(places) for topic_id, places in titles.items()}
        topic_of = {place: topic_id for topic_id, places in titles.items() for place in places}
        sums: defaultdict[tuple[int, int], float] = defaultdict(float)
        for pair in self._comparison.between(list(titles.values())):
            first, second = sorted((topic_of[pair.later], topic_of[pair.earlier]))
            sums[first, second] += pair.chance
        while sums:
            chances = {two: total / (sizes[two[0]] * sizes[two[1]]) for two, total in sums.items()}
            (first, second), chance = max(chances.items(), key=lambda found: (found[1], found[0]))
            if chance < MERGED_FROM:
                return
            yield first, second, chance
            into, absorbed = (first, second) if first in self._live_of else (second, first)
            sizes[into] += sizes.pop(absorbed)
            joined: defaultdict[tuple[int, int], float] = defaultdict(float)
            for two, total in sums.items():
                this, that = sorted(into if topic_id == absorbed else topic_id for topic_id in two)
                if this != that:
                    joined[this, that] += total
            sums = joined
