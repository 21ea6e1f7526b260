"""Which item belongs to which topic at an instant, which of them are live, and what people do to that."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from pipelines.topics.hands import Hand, HandKind, HandsSaid, Part, are_apart, titles_of
from pipelines.topics.similarity import NewItem


class Move(NamedTuple):
    """An item goes to a topic, with all of its own where that is a merger."""

    item_id: int
    topic_id: int
    is_merge: bool


def _order(item: NewItem) -> tuple[datetime, int]:
    return item.first_seen_at, item.item_id


class Membership:
    """The topics at an instant. Each bears the id of the item that founded it, which always belongs to it."""

    def __init__(self) -> None:
        self.topic_of: dict[int, int] = {}
        # Those that are live: all in the order in which they were first seen, and by topic.
        self.live: deque[NewItem] = deque()
        self.live_of: defaultdict[int, set[int]] = defaultdict(set)
        self._items: dict[int, NewItem] = {}
        self._members: defaultdict[int, list[int]] = defaultdict(list)
        self._said = HandsSaid()

    def place(self, item: NewItem, topic_id: int, is_live: bool = True) -> None:
        """The item belongs to the topic; it was first seen after all that were placed before."""
        self._items[item.item_id] = item
        self.topic_of[item.item_id] = topic_id
        self._members[topic_id].append(item.item_id)
        if is_live:
            self.live.append(item)
            self.live_of[topic_id].add(item.item_id)

    def forget(self, before: datetime) -> Iterator[NewItem]:
        """What was first seen before then is not live any more; which that is."""
        while self.live and self.live[0].first_seen_at < before:
            item = self.live.popleft()
            self._remove_live(item.item_id)
            yield item

    def age(self, topic_id: int) -> tuple[datetime, int]:
        """Orders topics by when they were founded; the item that did so lends them its id."""
        return _order(self._items[topic_id])

    def merge(self, absorbed: int, into: int) -> list[int]:
        """All of the one topic belong to the other; who they are."""
        moved = self._members.pop(absorbed)
        self._members[into] += moved
        self.topic_of.update(dict.fromkeys(moved, into))
        if live := self.live_of.pop(absorbed, None):  # a person may name what is long past
            self.live_of[into] |= live
        return moved

    # --- hands ----------------------------------------------------------------------------------

    def believe(self, hand: Hand) -> None:
        """Take up what a person said before: whom it moved are placed where they are now."""
        self._said.take(hand)

    def heed(self, hand: Hand) -> list[Move]:
        """Do what a person says now; who moves."""
        undone = self._said.take(hand)
        told = undone or hand
        if told.kind not in {HandKind.SPLIT, HandKind.JOIN}:
            return []
        if (told.kind is HandKind.JOIN) == (undone is None):
            return list(self._unite(told.parts))
        return list(self._separate(told.parts))

    def are_apart(self, topic: int | NewItem, other_id: int) -> bool:
        """Whether people keep a topic, or a title that has none yet, apart from another topic."""
        if not self._said.keep_some_apart:
            return False
        titles = (topic.folded_title,) if isinstance(topic, NewItem) else self._titles_of(topic)
        sides = self._said.sides(titles)
        return bool(sides) and are_apart(sides, self._said.sides(self._titles_of(other_id)))

    def _unite(self, parts: Sequence[Part]) -> Iterator[Move]:
        """The topics that hold most of each part are one, but for those that another hand keeps apart."""
        found = {
            max(held.items(), key=lambda counted: (counted[1], -counted[0]))[0]
            for part in parts
            if (held := self._topics_of(part))
        }
        for topic_id in (by_age := sorted(found, key=self.age))[1:]:
            if not self.are_apart(topic_id, by_age[0]):
                for item_id in self.merge(topic_id, by_age[0]):
                    yield Move(item_id, by_age[0], is_merge=True)

    def _separate(self, parts: Sequence[Part]) -> Iterator[Move]:
        """Each part but the first leaves the topics that it shares with another.

        Titles that nobody named stay with the others. Whichever side has the founder keeps the topic's id.
        """
        for part in parts[1:]:
            leaving = titles_of((part,))
            others = titles_of(other for other in parts if other is not part)
            for topic_id in sorted(self._topics_of(part), key=self.age):
                members = self._members[topic_id]
                away = [m for m in members if self._items[m].folded_title in leaving]
                rest = [m for m in members if self._items[m].folded_title not in leaving]
                if away and any(self._items[m].folded_title in others for m in rest):
                    yield from self._found(rest if topic_id in away else away)

    def _found(self, moved: Collection[int]) -> Iterator[Move]:
        """Those leave their topic for one of their own, which bears the id of the eldest of them."""
        into = min(moved, key=self.age)
        topic_id = self.topic_of[into]
        self._members[topic_id] = [m for m in self._members[topic_id] if m not in moved]
        for item_id in moved:
            is_live = item_id in self.live_of.get(topic_id, ())
            if is_live:
                self._remove_live(item_id)
            self.topic_of[item_id] = into
            self._members[into].append(item_id)
            if is_live:
                self.live_of[into].add(item_id)
            yield Move(item_id, into, is_merge=False)

    def _topics_of(self, part: Part) -> Counter[int]:
        """The topics of its titles that are known, and how many of them each has."""
        return Counter(
            self.topic_of[title.item_id] for title in part if title.item_id in self.topic_of
        )

    def _titles_of(self, topic_id: int) -> Iterator[str]:
        return (self._items[item_id].folded_title for item_id in self._members[topic_id])

    def _remove_live(self, item_id: int) -> None:
        topic_id = self.topic_of[item_id]
        self.live_of[topic_id].remove(item_id)
        if not self.live_of[topic_id]:
            del self.live_of[topic_id]
