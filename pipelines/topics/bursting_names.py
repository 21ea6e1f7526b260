"""The names that topics carry, and how far each of them bursts: more topics tell of it than is usual.

A war or an exam is told in many affairs, and what they share is a name. A name that every day has is no
sign of a story; one that was hardly known, or that is in many more topics than it is wont to be, is.
"""

import math
from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from pipelines.rules import STORYLINE_HOURS, STORYLINE_OWN_WEIGHT
from pipelines.text.tokens import is_listed
from pipelines.topics.contradictions import NAME_TAGS, Word
from pipelines.topics.similarity import NewItem

TOLD_FOR = timedelta(hours=STORYLINE_HOURS)
"""A topic that no title joined for this long is told no more. What was founded before that is the past."""

CARRIED_BY = 0.25
"""Share of its titles that must have a name for the topic to carry it; of three or more, two must."""

PRIOR_TOPICS, PRIOR_COUNT = 1_000, 0.5
"""Topics that a young warehouse pretends to have seen, and in how many of them each name stood."""

TELLING_TOPICS = 3_000
"""Topics of the past from which on it is known what is usual, if they are no fewer than those told now."""

LIFT = 3.0
"""Times what is usual from which on a name says anything: a busy day has all common names in more topics."""

LONE_LIFT = 5.0
"""Times what is usual from which on a name may hold a storyline alone…"""

LONE_BURST = 48.0
"""…or as far a burst as this, where a great story has run for so long that its name is half usual."""

LONE_PROPER, LONE_COMMON = 5, 10
"""…and topics that must carry it: of a common word more, for it has more than one meaning."""

SHARED_BURST = 16.0
"""The most that a name counts which may not hold a storyline alone: two such do…"""

YOUNG_BURST = 8.0
"""…but not while it is unknown what is usual: then every country's name seems to burst."""


class NameKind(IntEnum):
    """What a word is, by its tag and the dictionary; many a name is taken for a verb, so verbs count too."""

    COMMON = 0
    PLACE = 1
    PROPER = 2


WEIGHTS = {NameKind.COMMON: 0.5, NameKind.PLACE: 0.8, NameKind.PROPER: 1.0}
"""How much of a burst counts: what happens in one place need not belong together, nor what one word is in."""

FOREIGN = "en"
"""First two letters of the tag that a cutter gives to words in Latin letters: names here, nearly all."""


def name_kind(word: Word) -> NameKind:
    """The kind of a word: what no dictionary has is a name as well."""
    tag = word.part_of_speech[:2]
    if tag == "ns":
        return NameKind.PLACE
    is_name = tag in NAME_TAGS or tag == FOREIGN or not is_listed(word.token)
    return NameKind.PROPER if is_name else NameKind.COMMON


def may_name(token: str) -> bool:
    """Whether a keyword can be a name at all: of two characters or more, and no bare number."""
    return len(token) > 1 and any(sign.isalpha() for sign in token)


@dataclass(frozen=True, slots=True)
class _Member:
    item: NewItem
    joined_at: datetime


class NamedTopics:
    """The topics that are told at an instant, the names that they carry, and what is usual of names.

    ``past_counts`` says in how many topics of the past each name stood when they were founded, with those
    counted by STORYLINE_OWN_WEIGHT that it held to a storyline; ``past_topics`` is how many there were.
    """

    def __init__(self, past_counts: Mapping[str, float], past_topics: int) -> None:
        self._counts = defaultdict(float, past_counts)
        self._past_topics = past_topics
        self._unlearnt: deque[NewItem] = deque()
        self._held: defaultdict[int, set[str]] = defaultdict(set)
        self._members: defaultdict[int, dict[int, _Member]] = defaultdict(dict)
        self._topic_of: dict[int, int] = {}
        self._names: dict[int, dict[str, NameKind]] = {}
        self._told_at: dict[int, datetime] = {}
        self._carriers: defaultdict[str, dict[int, NameKind]] = defaultdict(dict)
        self._told: set[int] = set()

    # --- what is known ----------------------------------------------------------------------------

    @property
    def told(self) -> Set[int]:
        """The topics that are told now."""
        return self._told

    def heir_of(self, topic_id: int) -> int | None:
        """The topic to which the item that founded a topic belongs now."""
        return self._topic_of.get(topic_id)

    def exists(self, topic_id: int) -> bool:
        """Whether any title belongs to it."""
        return topic_id in self._names

    def names_of(self, topic_id: int) -> Mapping[str, NameKind]:
        """The names that a topic carries, in order."""
        return self._names[topic_id]

    def carriers(self, name: str) -> Set[int]:
        """The topics told now that carry a name."""
        return self._carriers[name].keys()

    def kind(self, name: str) -> NameKind:
        """What most of those take it for."""
        found = Counter(self._carriers[name].values())
        return max(found, key=lambda kind: (found[kind], kind), default=NameKind.COMMON)

    def burst(self, name: str) -> float:
        """How far the number of its carriers is above what is usual; 0 for what says nothing.

        The Poisson log-likelihood ratio (Dunning 1993), doubled, times the weight of its kind: 16 reads like
        four standard deviations. Two topics at least must carry it.
        """
        carriers, told = len(self._carriers[name]), len(self._told)
        usual = (
            (self._counts.get(name, 0.0) + PRIOR_COUNT) / (self._past_topics + PRIOR_TOPICS) * told
        )
        if carriers < 2 or carriers < LIFT * usual:  # noqa: PLR2004 - one is no company
            return 0.0
        kind = self.kind(name)
        ratio = 2 * (carriers * math.log(carriers / usual) - carriers + usual)
        # Rounded: which of equal ones is first must not hang on a last digit.
        found = round(ratio * WEIGHTS[kind], 6)
        is_known = self._past_topics >= max(TELLING_TOPICS, told)
        is_high = carriers >= LONE_LIFT * usual or found >= LONE_BURST
        is_wide = carriers >= (LONE_COMMON if kind is NameKind.COMMON else LONE_PROPER)
        if not is_known:
            return min(YOUNG_BURST, found)
        return found if is_high and is_wide else min(SHARED_BURST, found)

    # --- what happens -----------------------------------------------------------------------------

    def recall_founder(self, item: NewItem) -> None:
        """Take up an item that founded a topic and is not of the past yet, in the order of first sight."""
        self._unlearnt.append(item)

    def hold(self, topic_id: int, names: Set[str]) -> None:
        """The names hold the topic to a storyline."""
        self._held[topic_id] |= names

    def place(self, item: NewItem, topic_id: int, at: datetime) -> tuple[int, ...]:
        """The item belongs to the topic from ``at`` on; the topics that are to be told anew."""
        left = self._topic_of.get(item.item_id)
        if left is None:
            if topic_id == item.item_id and at == item.first_seen_at:
                self._unlearnt.append(item)
            touched: tuple[int, ...] = (topic_id,)
        else:
            self._members[left].pop(item.item_id)
            touched = left, topic_id
        self._topic_of[item.item_id] = topic_id
        self._members[topic_id][item.item_id] = _Member(item, at)
        return touched

    def recall(self, item: NewItem, topic_id: int, joined_at: datetime) -> None:
        """Take up a member of an earlier hour as it is now; all of a topic, then ``tell_anew``."""
        self._topic_of[item.item_id] = topic_id
        self._members[topic_id][item.item_id] = _Member(item, joined_at)

    def tell_anew(self, topic_id: int) -> None:
        """Find out which names a topic carries, now that its titles are others."""
        self._silence(topic_id)
        members = self._members[topic_id].values()
        if not members:
            self._names.pop(topic_id, None)
            self._told_at.pop(topic_id, None)
            return
        titles: dict[str, NewItem] = {}
        for member in sorted(
            members, key=lambda each: (each.item.first_seen_at, each.item.item_id)
        ):
            titles.setdefault(member.item.folded_title, member.item)
        kinds: dict[str, NameKind] = {}
        counts: Counter[str] = Counter()
        for item in titles.values():
            found = _names(item.words)
            counts.update(found.keys())
            for name, kind in found.items():
                kinds.setdefault(name, kind)
        few = 3  # of one title or two each may be the one that names the story
        least = max(1 if len(titles) < few else 2, math.ceil(len(titles) * CARRIED_BY))
        names = {name: kinds[name] for name in sorted(counts) if counts[name] >= least}
        self._names[topic_id] = names
        self._told_at[topic_id] = max(member.joined_at for member in members)
        self._told.add(topic_id)
        for name, kind in names.items():
            self._carriers[name][topic_id] = kind

    def begin_hour(self, start: datetime) -> list[int]:
        """Forget what is told no more when the hour begins, and learn what is past; who fell silent."""
        before = start - TOLD_FOR
        while self._unlearnt and self._unlearnt[0].first_seen_at < before:
            founder = self._unlearnt.popleft()
            held = self._held.pop(founder.item_id, set())
            for name in _names(founder.words):
                self._counts[name] += STORYLINE_OWN_WEIGHT if name in held else 1.0
            self._past_topics += 1
        silent = [topic_id for topic_id in self._told if self._told_at[topic_id] < before]
        for topic_id in silent:
            self._silence(topic_id)
        return silent

    def _silence(self, topic_id: int) -> None:
        if topic_id in self._told:
            self._told.remove(topic_id)
            for name in self._names[topic_id]:
                del self._carriers[name][topic_id]


def _names(words: tuple[Word, ...]) -> dict[str, NameKind]:
    """The names in a title; of a word with several tags the first tells its kind."""
    found: dict[str, NameKind] = {}
    for word in words:
        if may_name(word.token):
            found.setdefault(word.token, name_kind(word))
    return found
