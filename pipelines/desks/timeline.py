"""Stories as a desk saw them, tick after tick, from captures, memberships and forecasts.

A desk that listens now and one that is tried on the past see them through the same code: the one asks for a
single instant, the other for one after another. Whatever is asked of an instant knows nothing later.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from pipelines.desks.stories import DeskStory, Expected, Line
from pipelines.rules import PRESENT_HOURS
from pipelines.topics.cards import Heading, Title, heading

AWAY = timedelta(hours=72)
"""What was on no list for so long and comes again is told again; until then its titles are remembered."""

COMPARED = (timedelta(minutes=30), timedelta(minutes=90))
"""A rank is compared with the newest capture this long before: an hourly list has one."""

PRESENT = timedelta(hours=PRESENT_HOURS)

TICK_GAP = timedelta(minutes=2)
TICK_LONGEST = timedelta(minutes=10)
"""Captures that follow each other within the gap are one round over the boards, which is heard as a whole;
where boards are fetched at all times a round ends after the longest."""


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that served a list at an instant."""

    board: str
    served_by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sighting:
    """A ranked line of a capture that bears an item of a story."""

    board: str
    at: datetime
    item_id: int
    rank: int
    title: str
    position: int


@dataclass(frozen=True, slots=True)
class Membership:
    """From when on an item told a topic."""

    item_id: int
    topic_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Founded:
    """Where and when an item was first seen."""

    item_id: int
    at: datetime
    board: str


@dataclass(frozen=True, slots=True)
class Foretold:
    """A forecast of a topic, by the id that it bore at that instant."""

    topic_id: int
    at: datetime
    expected: Expected


@dataclass(frozen=True, slots=True)
class Stayed:
    """An item stood on lists from ``began_at`` to ``ended_at``, or came and went within that day."""

    item_id: int
    began_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name for the topic of an item, from ``at`` until ``until``."""

    item_id: int
    name: str
    at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PastOfStories:
    """All that is known of some stories in a span; every sequence in time order, instants aware UTC.

    ``titles`` come in the order in which the items were first seen; ``forecast_runs`` are all instants at
    which forecasts were made, those that told nothing of these stories too.
    """

    captures: Sequence[Capture] = ()
    sightings: Sequence[Sighting] = ()
    memberships: Sequence[Membership] = ()
    founded: Sequence[Founded] = ()
    titles: Sequence[Title] = ()
    forecast_runs: Sequence[datetime] = ()
    foretold: Sequence[Foretold] = ()
    stays: Sequence[Stayed] = ()
    names: Sequence[Named] = ()


def ticks(captures: Sequence[datetime]) -> list[datetime]:
    """The instants at which a desk listens: the last capture of each round over the boards."""
    found: list[datetime] = []
    begun = None
    for at in captures:
        if begun is not None and at - found[-1] <= TICK_GAP and at - begun <= TICK_LONGEST:
            found[-1] = at
        else:
            begun = at
            found.append(at)
    return found


@dataclass(slots=True)
class _Shown:
    """The newest line of an item on a list by a title, as it stood there and as one that has left."""

    line: Line
    left: Line


@dataclass(slots=True)
class _List:
    captures: list[datetime] = field(default_factory=list)
    ranks: list[dict[int, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic as its items are now; ``returns``: when it came to a list again after days on none."""

    members: frozenset[int]
    ids: frozenset[int]
    first: Founded
    returns: tuple[datetime, ...]
    names: tuple[Named, ...]
    headings: dict[frozenset[int], Heading]


class Timeline:
    """The stories of a past, at instants that never go back."""

    def __init__(self, past: PastOfStories) -> None:
        self._past = past
        self._sightings: dict[tuple[str, datetime], list[Sighting]] = defaultdict(list)
        for sighting in past.sightings:
            self._sightings[sighting.board, sighting.at].append(sighting)
        self._order = {title.item_id: (place, title) for place, title in enumerate(past.titles)}
        self._founded = {found.item_id: found for found in past.founded}
        self._stays: dict[int, list[Stayed]] = defaultdict(list)
        for stay in past.stays:
            self._stays[stay.item_id].append(stay)
        self._names: dict[int, list[Named]] = defaultdict(list)
        for name in past.names:
            self._names[name.item_id].append(name)
        self._foretold: dict[datetime, dict[int, Expected]] = defaultdict(dict)
        for told in past.foretold:
            self._foretold[told.at][told.topic_id] = told.expected
        self._lists: dict[str, _List] = defaultdict(_List)
        self._shown: dict[int, dict[tuple[str, str], _Shown]] = defaultdict(dict)
        self._topic_of: dict[int, int] = {}
        self._members: dict[int, set[int]] = defaultdict(set)
        self._ids: dict[int, set[int]] = defaultdict(set)
        self._topics: dict[int, _Topic] = {}
        self._heard = self._joined = 0

    def at(self, at: datetime) -> list[DeskStory]:
        """The stories that stand on a list at ``at``, the eldest first."""
        self._hear(at)
        standing = self._standing(at)
        return self._stories(standing, standing, at)

    def seen_since(self, since: datetime, at: datetime) -> list[DeskStory]:
        """The stories that a list had after ``since`` and up to ``at``, standing there or gone."""
        self._hear(at)
        seen = (
            item
            for item, shown in self._shown.items()
            if any(each.line.seen_at > since for each in shown.values())
        )
        return self._stories(seen, self._standing(at), at)

    def _stories(
        self, items: Iterable[int], standing: Mapping[int, Mapping[str, int]], at: datetime
    ) -> list[DeskStory]:
        """The stories that have one of the items."""
        expected = self._expected_at(at)
        topics = sorted({self._topic_of[item] for item in items if item in self._topic_of})
        return [self._story(topic_id, at, standing, expected) for topic_id in topics]

    def _hear(self, at: datetime) -> None:
        past = self._past
        while self._joined < len(past.memberships) and past.memberships[self._joined].at <= at:
            self._join(past.memberships[self._joined])
            self._joined += 1
        while self._heard < len(past.captures) and past.captures[self._heard].at <= at:
            self._read(past.captures[self._heard])
            self._heard += 1

    def _join(self, membership: Membership) -> None:
        before = self._topic_of.get(membership.item_id)
        if before is not None:
            self._members[before].discard(membership.item_id)
            self._topics.pop(before, None)
        self._topics.pop(membership.topic_id, None)
        self._topic_of[membership.item_id] = membership.topic_id
        self._members[membership.topic_id].add(membership.item_id)
        self._ids[membership.item_id].add(membership.topic_id)

    def _read(self, capture: Capture) -> None:
        shown = self._lists[capture.board]
        ranks: dict[int, int] = {}
        for seen in self._sightings.get((capture.board, capture.at), ()):
            ranks[seen.item_id] = min(seen.rank, ranks.get(seen.item_id, seen.rank))
            line, left = (
                Line(
                    title=seen.title,
                    board=seen.board,
                    item_id=seen.item_id,
                    rank=rank,
                    seen_at=seen.at,
                    served_by=capture.served_by,
                    position=seen.position,
                )
                for rank in (seen.rank, None)
            )
            self._shown[seen.item_id][seen.board, seen.title] = _Shown(line, left)
        shown.captures.append(capture.at)
        shown.ranks.append(ranks)

    def _standing(self, at: datetime) -> dict[int, dict[str, int]]:
        """For each item that stands on a present list, its rank on each."""
        standing: dict[int, dict[str, int]] = defaultdict(dict)
        for board, seen in self._lists.items():
            if at - seen.captures[-1] <= PRESENT:
                for item_id, rank in seen.ranks[-1].items():
                    standing[item_id][board] = rank
        return standing

    def _expected_at(self, at: datetime) -> Mapping[int, Expected]:
        place = bisect_right(self._past.forecast_runs, at) - 1
        if place < 0 or at - self._past.forecast_runs[place] > PRESENT:
            return {}
        return self._foretold.get(self._past.forecast_runs[place], {})

    def _story(
        self,
        topic_id: int,
        at: datetime,
        standing: Mapping[int, Mapping[str, int]],
        expected: Mapping[int, Expected],
    ) -> DeskStory:
        topic = self._topics.get(topic_id)
        if topic is None:
            topic = self._topics[topic_id] = self._topic(topic_id)
        told = self._heading(topic, standing)
        forecasts = [expected[known] for known in sorted(topic.ids) if known in expected]
        came_back = bisect_right(topic.returns, at)
        return DeskStory(
            topic_id=topic_id,
            former_ids=topic.ids - {topic_id},
            headline=_name(topic.names, at) or told.label,
            category=told.category,
            first_seen_at=topic.first.at,
            first_board=topic.first.board,
            lines=tuple(self._lines(topic.members, at, standing)),
            expected=expected.get(topic_id) or next(iter(forecasts), None),
            came_back_at=topic.returns[came_back - 1] if came_back else None,
        )

    def _topic(self, topic_id: int) -> _Topic:
        members = frozenset(self._members[topic_id])
        ids = frozenset[int]().union(*(self._ids[item] for item in members))
        return _Topic(
            members=members,
            ids=ids | {topic_id},
            first=min(
                (self._founded[item] for item in members),
                key=lambda found: (found.at, found.board),
            ),
            returns=_returns(stay for item in members for stay in self._stays.get(item, ())),
            names=tuple(name for item in members for name in self._names.get(item, ())),
            headings={},
        )

    def _heading(self, topic: _Topic, standing: Mapping[int, Mapping[str, int]]) -> Heading:
        living = frozenset(topic.members & standing.keys())
        known = topic.headings.get(living)
        if known is None:
            titles = [title for _, title in sorted(self._order[item] for item in topic.members)]
            known = topic.headings[living] = heading(titles, living)
        return known

    def _lines(
        self, members: frozenset[int], at: datetime, standing: Mapping[int, Mapping[str, int]]
    ) -> list[Line]:
        stands, left = [], []
        for item in sorted(members & self._shown.keys()):
            boards, lines = standing.get(item, ()), self._shown[item]
            for key, shown in list(lines.items()):
                line = shown.line
                if line.board in boards and line.seen_at == self._lists[line.board].captures[-1]:
                    before = self._rank_before(line, at)
                    stands.append(line if before is None else replace(line, rank_before=before))
                elif at - line.seen_at <= AWAY:
                    left.append(shown.left)
                else:
                    del lines[key]
            if not lines:
                del self._shown[item]
        stands.sort(key=lambda line: (line.rank or 0, line.board, line.item_id))
        left.sort(key=lambda line: (line.board, line.item_id))
        left.sort(key=lambda line: line.seen_at, reverse=True)
        return [*stands, *left]

    def _rank_before(self, line: Line, at: datetime) -> int | None:
        seen = self._lists[line.board]
        near, far = COMPARED
        place = bisect_right(seen.captures, at - near) - 1
        if place < 0 or seen.captures[place] < at - far:
            return None
        return seen.ranks[place].get(line.item_id)


def _returns(stays: Iterable[Stayed]) -> tuple[datetime, ...]:
    """When what stood on lists in those spans came to one again after days on none.

    A span is a day at most, so that none which begins before an instant hides an absence from it.
    """
    found = []
    last = None
    for stay in sorted(stays, key=lambda stay: stay.began_at):
        if last is not None and stay.began_at - last > AWAY:
            found.append(stay.began_at)
        last = stay.ended_at if last is None else max(last, stay.ended_at)
    return tuple(found)


def _name(names: Sequence[Named], at: datetime) -> str | None:
    """What people call it at an instant: the newest name that holds."""
    held = [name for name in names if name.at <= at and (name.until is None or name.until > at)]
    return max(held, key=lambda name: name.at).name if held else None
