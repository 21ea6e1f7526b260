"""Grouping items into topics: one story, whichever boards tell it and however they word it.

Items are taken hour by hour in the order in which they were first seen. Each is compared with the
topics live in that hour; words weigh by how rare they were until the hour began. So the same items
give the same topics whether they come in one go or tick by tick, and nothing later is ever looked at.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

LIVE_FOR = timedelta(hours=36)
"""A topic of which nothing was seen for this long takes no new item."""

SAME_STORY = 0.3
"""Share of common word weight from which two titles tell one story; see docs/decisions/0004."""

COMMON_WORD_LIMIT = 0.01
"""A word in more than this share of titles finds no candidates, though it still weighs."""

FEWEST_FINDERS = 3
"""The rarest words of a title find candidates however common they are: some stories have no other."""

MEMBERS_COMPARED = 8
"""Titles of a topic that a new one is compared with, newest first: stories drift, so follow them."""

PRIOR_TITLES = 2_000
"""Titles that a young warehouse pretends to have seen, so that its first words do not all weigh alike."""

NAME_WEIGHT = 1.5
"""Names of people, places and works tell stories apart better than other words of equal rarity."""

NAME_TAGS = frozenset({"nr", "ns", "nt", "nz"})

NUMBER = re.compile(r"\d+(?:[.\-:]\d+)*")


class Word(NamedTuple):
    """A keyword of a title and its ICTCLAS tag."""

    token: str
    part_of_speech: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """An item at the moment it was first seen."""

    item_id: int
    first_seen_at: datetime
    folded_title: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour's new items in the order in which they were seen, and all items present in it."""

    window_start: datetime
    new_items: tuple[NewItem, ...]
    present: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An item's topic and how like the topic it was, 0 to 1; a founder's is 1."""

    item_id: int
    topic_id: int
    joined_at: datetime
    similarity: float


@dataclass(slots=True)
class _Topic:
    topic_id: int
    seen_at: datetime
    items: list[NewItem]
    is_live: bool = False


class Topics:
    """The topics at the start of an hour: who belongs to what, what was seen when, how rare words are.

    ``word_counts`` and ``item_count`` are those of all items first seen before that hour.
    """

    def __init__(self, word_counts: Mapping[str, int] | None = None, item_count: int = 0) -> None:
        self._counts: defaultdict[str, int] = defaultdict(int, word_counts or {})
        self._item_count = item_count
        self._weights: dict[Word, float] = {}
        self._topics: dict[int, _Topic] = {}
        self._topic_of_item: dict[int, int] = {}
        self._live_by_word: defaultdict[str, set[int]] = defaultdict(set)
        self._live_by_title: defaultdict[str, set[int]] = defaultdict(set)

    def recall(self, item: NewItem, topic_id: int) -> None:
        """Take up an item that was assigned in an earlier hour; in the order of joining."""
        self._place(item, topic_id)

    def group(self, hours: Iterable[Hour]) -> Iterator[Assignment]:
        """The topic of each new item, hour by hour."""
        for hour in hours:
            self._close(before=hour.window_start - LIVE_FOR)
            for item in hour.new_items:
                yield self._assign(item)
            self.seen(hour.present, hour.window_start)
            self._learn(hour.new_items)

    def seen(self, item_ids: Iterable[int], at: datetime) -> None:
        """Those items stood on a board in the hour ``at``: their topics are live, or live again."""
        for item_id in item_ids:
            topic = self._topics.get(self._topic_of_item.get(item_id, 0))
            if topic is not None:
                topic.seen_at = max(topic.seen_at, at)
                if not topic.is_live:
                    self._open(topic)

    def _learn(self, items: Iterable[NewItem]) -> None:
        for item in items:
            self._item_count += 1
            for token in {word.token for word in item.words}:
                self._counts[token] += 1
        self._weights.clear()

    def _open(self, topic: _Topic) -> None:
        topic.is_live = True
        for item in topic.items:
            self._index(item, topic.topic_id)

    def _index(self, item: NewItem, topic_id: int) -> None:
        self._live_by_title[item.folded_title].add(topic_id)
        for word in item.words:
            self._live_by_word[word.token].add(topic_id)

    def _close(self, before: datetime) -> None:
        for topic in self._topics.values():
            if topic.is_live and topic.seen_at < before:
                topic.is_live = False
                for item in topic.items:
                    self._live_by_title[item.folded_title].discard(topic.topic_id)
                    for word in item.words:
                        self._live_by_word[word.token].discard(topic.topic_id)

    def _place(self, item: NewItem, topic_id: int) -> None:
        topic = self._topics.get(topic_id)
        if topic is None:
            topic = self._topics[topic_id] = _Topic(topic_id, item.first_seen_at, [])
        topic.seen_at = max(topic.seen_at, item.first_seen_at)
        topic.items.append(item)
        self._topic_of_item[item.item_id] = topic_id
        if topic.is_live:
            self._index(item, topic_id)
        else:
            self._open(topic)

    def _assign(self, item: NewItem) -> Assignment:
        topic_id, similarity = self._nearest(item)
        if similarity < SAME_STORY:
            topic_id, similarity = item.item_id, 1.0
        self._place(item, topic_id)
        return Assignment(item.item_id, topic_id, item.first_seen_at, round(similarity, 4))

    def _weight(self, word: Word) -> float:
        """Inverse document frequency (Spärck Jones 1972), smoothed by PRIOR_TITLES."""
        weight = self._weights.get(word)
        if weight is None:
            total = self._item_count + PRIOR_TITLES
            rarity = max(0.0, math.log(total / (1 + self._counts.get(word.token, 0))))
            weight = rarity * (NAME_WEIGHT if word.part_of_speech[:2] in NAME_TAGS else 1)
            self._weights[word] = weight
        return weight

    def _nearest(self, item: NewItem) -> tuple[int, float]:
        same_title = self._live_by_title.get(item.folded_title)
        if same_title:
            return min(same_title), 1.0
        finders = self._finders(item.words)
        shared: defaultdict[int, float] = defaultdict(float)
        for word in finders:
            for topic_id in self._live_by_word.get(word.token, ()):
                shared[topic_id] += self._weight(word)
        own = sum(map(self._weight, item.words))
        unasked = own - sum(map(self._weight, finders))
        best, best_likeness = 0, 0.0
        for topic_id, found_weight in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0])):
            # A title made of the shared words alone would be the likest: 2s / (own + s).
            weight = found_weight + unasked
            if 2 * weight < max(SAME_STORY, best_likeness) * (own + weight):
                break
            for other in self._topics[topic_id].items[-MEMBERS_COMPARED:]:
                found = self.likeness(item, other)
                if found > best_likeness or (found == best_likeness and topic_id < best):
                    best, best_likeness = topic_id, found
        return best, best_likeness

    def _finders(self, words: Iterable[Word]) -> list[Word]:
        limit = COMMON_WORD_LIMIT * (self._item_count + PRIOR_TITLES)
        count = self._counts.get
        by_rarity = sorted(words, key=lambda word: (count(word.token, 0), word))
        return [
            word
            for place, word in enumerate(by_rarity)
            if place < FEWEST_FINDERS or count(word.token, 0) <= limit
        ]

    def likeness(self, one: NewItem, other: NewItem) -> float:
        """Weighted Dice share of two titles' words (Dice 1945), 0 to 1.

        0 when they share a single word of several, or both print numbers and none is the same.
        """
        theirs = set(other.words)
        shared = [word for word in one.words if word in theirs]
        if len(shared) < min(2, len(one.words), len(other.words)):
            return 0.0
        numbers = set(NUMBER.findall(one.folded_title)), set(NUMBER.findall(other.folded_title))
        if all(numbers) and numbers[0].isdisjoint(numbers[1]):
            return 0.0
        weigh = self._weight
        total = sum(map(weigh, one.words)) + sum(map(weigh, other.words))
        return 2 * sum(map(weigh, shared)) / total if total else 0.0
