"""Storylines: the topics of one big story, each an affair of its own, held together by the story's names.

A topic stays a single affair. It is linked to a storyline, or to another topic, when both carry names that
burst (``bursting_names``): one that bursts so far that it can hardly mean anything else just now, or several
that burst together. It is linked by the names that the storyline's topics carry now, not by its likeness to
any one of them: so a story does not wander off along a chain. Topics come in the order in which titles
joined them, what is usual is what was known when the hour began, and what was said stays said: the same
titles give the same storylines in one go and tick by tick, and nothing later is ever looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from pipelines.clock import start_of_hour
from pipelines.topics.bursting_names import SHARED_BURST, NamedTopics, NameKind
from pipelines.topics.similarity import NewItem

HELD_FROM = 30.0
"""Sum of the bursts of common names from which on two topics belong together: five or six standard
deviations, so that of the thousand names of a day none comes so far by chance."""

KEPT_FROM = 16.0
"""The same for a topic that carries a chief name of a storyline: what was one story yesterday still is while
its name is in more topics than usual, even when too few tell of it to found one…"""

KEPT_BY = 3
"""…and as many of its topics are told: two topics with two names in common may be all that there is."""

CORE = 0.2
"""Share of a storyline's topics, two at least, that carry a name which may link another to it."""

CHIEF = 0.5
"""Share of its topics that carry a name which stands for the whole storyline."""

OWNED = 0.5
"""Share of all carriers of a name that two storylines must have between them for it to make them one."""

TOLD_TOGETHER = {NameKind.COMMON: 0.3, NameKind.PLACE: 0.15, NameKind.PROPER: 0.2}
"""Share of the smaller storyline's topics that carry chief names of both from which on they are one: a war
is told by the name of either side, and few headlines have room for two countries. Of common words more…"""

TOGETHER_LEAST, SMALLEST = 3, 5
"""…and topics that must do so, and that the smaller one must have."""


@dataclass(frozen=True, slots=True)
class Joined:
    """From ``at`` on the item belongs to the topic; instants are naive UTC."""

    at: datetime
    item: NewItem
    topic_id: int


@dataclass(frozen=True, slots=True)
class Link:
    """From ``from_at`` on the topic is part of the storyline: of none, where ``storyline_id`` is None.

    A storyline is named by the topic that founded it. ``names`` hold the topic to it, in order;
    ``strength`` is the sum of their bursts when it was linked.
    """

    topic_id: int
    from_at: datetime
    storyline_id: int | None
    strength: float = 0.0
    names: tuple[str, ...] = ()


class Storylines:
    """The storylines at the start of an hour; ``topics`` is what is known of topics then."""

    def __init__(self, topics: NamedTopics) -> None:
        self._topics = topics
        self._links: dict[int, Link] = {}
        self._storyline_of: dict[int, int] = {}
        # The topics of each storyline: all, and those that are told now.
        self._parts: defaultdict[int, set[int]] = defaultdict(set)
        self._told: defaultdict[int, set[int]] = defaultdict(set)
        self._born_at: dict[int, datetime] = {}
        self._made: dict[tuple[int, datetime], Link] = {}

    def recall(self, topic_id: int, storyline_id: int, link: Link, born_at: datetime) -> None:
        """Take up a topic's ``link`` as it is now; ``born_at`` is when its storyline was founded."""
        self._born_at[storyline_id] = born_at
        self._take(topic_id, storyline_id, link)

    def follow(self, joins: Iterable[Joined]) -> Iterator[Link]:
        """Each link that is made as titles join topics; they come in time order."""
        for start, in_hour in groupby(joins, key=lambda join: start_of_hour(join.at)):
            for topic_id in self._topics.begin_hour(start):
                if topic_id in self._storyline_of:
                    self._told[self._storyline_of[topic_id]].discard(topic_id)
            self._made = {}
            for at, at_once in groupby(in_hour, key=lambda join: join.at):
                self._hear(at, at_once)
            yield from self._made.values()

    def _hear(self, at: datetime, joins: Iterable[Joined]) -> None:
        touched: set[int] = set()
        for join in joins:
            touched.update(self._topics.place(join.item, join.topic_id, at))
        for topic_id in touched:
            self._topics.tell_anew(topic_id)
        ended = {topic_id for topic_id in touched if not self._topics.exists(topic_id)}
        for topic_id in sorted(touched & self._storyline_of.keys()):
            names = self._links[topic_id].names
            if topic_id in ended:
                self._end(topic_id, at)
            elif self._topics.names_of(topic_id).keys().isdisjoint(names):
                # It grew into another affair than the one that was linked.
                self._leave(topic_id)
                del self._links[topic_id]
                self._made[topic_id, at] = Link(topic_id, at, None)
            else:
                self._told[self._storyline_of[topic_id]].add(topic_id)
        for topic_id in sorted(touched - ended):
            if topic_id not in self._storyline_of:
                self._join(topic_id, at)

    # --- who belongs where ------------------------------------------------------------------------

    def _take(self, topic_id: int, storyline_id: int, link: Link) -> None:
        self._leave(topic_id)
        self._links[topic_id] = link
        self._storyline_of[topic_id] = storyline_id
        self._parts[storyline_id].add(topic_id)
        self._topics.hold(topic_id, set(link.names))
        if topic_id in self._topics.told:
            self._told[storyline_id].add(topic_id)

    def _leave(self, topic_id: int) -> int | None:
        left = self._storyline_of.pop(topic_id, None)
        if left is not None:
            self._parts[left].discard(topic_id)
            self._told[left].discard(topic_id)
        return left

    def _link(
        self,
        topic_id: int,
        at: datetime,
        storyline_id: int,
        strength: float,
        names: tuple[str, ...],
    ) -> None:
        link = Link(topic_id, at, storyline_id, strength, names)
        self._born_at.setdefault(storyline_id, at)
        self._take(topic_id, storyline_id, link)
        self._made[topic_id, at] = link

    def _end(self, topic_id: int, at: datetime) -> None:
        """The topic is no more: the one that it was merged into goes on in its storyline."""
        link, storyline_id = self._links.pop(topic_id), self._leave(topic_id)
        self._made[topic_id, at] = Link(topic_id, at, None)
        heir = self._topics.heir_of(topic_id)
        if storyline_id is not None and heir is not None and heir not in self._storyline_of:
            self._link(heir, at, storyline_id, link.strength, link.names)

    # --- the rule ---------------------------------------------------------------------------------

    def _join(self, topic_id: int, at: datetime) -> None:
        """Link a topic that is part of nothing, with all others that the same name brings."""
        bursts = {name: self._topics.burst(name) for name in self._topics.names_of(topic_id)}
        found = self._shared(topic_id, [name for name, burst in bursts.items() if burst > 0])
        if not found:
            return

        def rank(told: tuple[int, bool]) -> tuple[float, int, int]:
            other, is_storyline = told
            size = len(self._told[other]) if is_storyline else 0
            return self._strength(found[told], bursts), size, -other

        best = max(found, key=rank)
        names = tuple(found[best])
        strength = self._strength(names, bursts)
        storyline_id, is_storyline = best
        if strength < (
            KEPT_FROM if is_storyline and self._has_chief(storyline_id, names) else HELD_FROM
        ):
            return
        if not is_storyline:
            self._link(storyline_id, at, storyline_id, strength, names)
        self._link(topic_id, at, storyline_id, strength, names)
        alone = [name for name in names if bursts[name] >= HELD_FROM]
        brought: defaultdict[int, list[str]] = defaultdict(list)
        for name in alone:
            for other in self._topics.carriers(name):
                if other not in self._storyline_of:
                    brought[other].append(name)
        for other, its_names in sorted(brought.items()):
            most = max(bursts[name] for name in its_names)
            self._link(other, at, storyline_id, most, tuple(its_names))
        self._unite(topic_id, storyline_id, at)

    def _shared(self, topic_id: int, names: Iterable[str]) -> Mapping[tuple[int, bool], list[str]]:
        """The storylines, and the topics without one, that carry some of those names, and which."""
        found: defaultdict[tuple[int, bool], list[str]] = defaultdict(list)
        for name in names:
            by_storyline: Counter[int] = Counter()
            for other in self._topics.carriers(name):
                if other in self._storyline_of:
                    by_storyline[self._storyline_of[other]] += 1
                elif other != topic_id:
                    found[other, False].append(name)
            for storyline_id, count in by_storyline.items():
                if count >= max(2, CORE * len(self._told[storyline_id])):
                    found[storyline_id, True].append(name)
        return found

    def _strength(self, names: Iterable[str], bursts: Mapping[str, float]) -> float:
        """The sum of bursts; of common words that hold nothing alone no more counts than of a single one."""
        proper = common = 0.0
        for name in names:
            if bursts[name] >= HELD_FROM or self._topics.kind(name) is not NameKind.COMMON:
                proper += bursts[name]
            else:
                common += bursts[name]
        return round(proper + min(SHARED_BURST, common), 6)

    def _has_chief(self, storyline_id: int, names: Iterable[str]) -> bool:
        told = self._told[storyline_id]
        return len(told) >= KEPT_BY and any(
            len(self._topics.carriers(name) & told) >= CHIEF * len(told) for name in names
        )

    def _unite(self, topic_id: int, storyline_id: int, at: datetime) -> None:
        """Make one of storylines that are told by one name, or by names that are told together."""
        others = {
            self._storyline_of[other]
            for name in self._topics.names_of(topic_id)
            for other in self._topics.carriers(name)
            if other in self._storyline_of
        }
        for other_id in sorted(others - {storyline_id}):
            if self._are_one(storyline_id, other_id):
                into, absorbed = sorted(
                    (storyline_id, other_id), key=lambda each: (self._born_at[each], each)
                )
                for part in sorted(self._parts[absorbed]):
                    known = self._links[part]
                    self._link(part, at, into, known.strength, known.names)
                storyline_id = into

    def _are_one(self, first: int, second: int) -> bool:
        both = self._told[first] | self._told[second]
        chief, other = self._chief(first, both), self._chief(second, both)
        if any(self._stands_alone(name) for name in chief & other):
            return True
        fewest = min(len(self._told[first]), len(self._told[second]))
        if fewest < SMALLEST or not chief or not other:
            return False
        together = sum(
            not chief.isdisjoint(names := self._topics.names_of(topic_id).keys())
            and not other.isdisjoint(names)
            for topic_id in both
        )
        share = max(TOLD_TOGETHER[self._best_kind(names)] for names in (chief, other))
        return together >= max(TOGETHER_LEAST, share * fewest)

    def _chief(self, storyline_id: int, both: Set[int]) -> set[str]:
        """The names that stand for a storyline, and for little else but it and the other one."""
        told = self._told[storyline_id]
        counts = Counter(name for topic_id in told for name in self._topics.names_of(topic_id))
        return {
            name
            for name, count in counts.items()
            if count >= max(2, CHIEF * len(told))
            and len(self._topics.carriers(name) & both) >= OWNED * len(self._topics.carriers(name))
        }

    def _stands_alone(self, name: str) -> bool:
        return (
            self._topics.kind(name) is not NameKind.COMMON or self._topics.burst(name) >= HELD_FROM
        )

    def _best_kind(self, names: Iterable[str]) -> NameKind:
        return max(map(self._topics.kind, names))
