"""What a topic is about, told from its titles: label, keywords, names and category.

A card knows nothing but the titles that it is made from, so that it is the same whenever it is made
again: words weigh by how many of the topic's titles share them, not by how rare they are elsewhere.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, cached_property
from itertools import chain, groupby
from operator import itemgetter

from pipelines.clock import start_of_hour
from pipelines.text.lexicon import read_words
from pipelines.topics.categories import Floats, Said, category_of
from pipelines.topics.keywords import NAME_WEIGHT, Cut, keywords, pieces_of, telling_words

NAMES = {"nr": "people", "ns": "places", "nt": "bodies", "nz": "other_names"}
"""ICTCLAS tags and the kinds of names that they are."""

NAMES_SHOWN = 8

LENGTH_COSTS = 0.4
"""Power of a title's own weight that what it shares is divided by: 0 favours the long, 1 the bare name."""

SHORT, LONG, FAR_TOO_LONG = 7, 26, 60
"""Characters: a shorter label leaves out who or where, a longer one cannot be read at a glance."""

FRAMED = 0.6
"""A question or a call (``words/frames.txt``) is a label only where it is much nearer to the others."""


@dataclass(frozen=True)
class Title:
    """An item's title; titles come in the order in which they were seen.

    ``chances`` is how likely it is of each of ``CATEGORIES``: ``chances_of_each`` tells it of many at once.
    """

    item_id: int
    title: str
    said: tuple[Said, ...]
    chances: Floats = field(compare=False)

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """Its keywords of two characters or more, and the first two letters of their tags."""
        return {
            word.token: word.part_of_speech[:2]
            for word in self.said
            if word.is_keyword and len(word.token) > 1
        }

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How much each of those words says."""
        return {word: NAME_WEIGHT if kind in NAMES else 1.0 for word, kind in self.kinds.items()}

    @cached_property
    def fitness(self) -> float:
        """How good a label it is, for its length and its frame, if it shares one word with one title."""
        return self.plainness / math.pow(1 + sum(self.weights.values()), LENGTH_COSTS)

    @cached_property
    def plainness(self) -> float:
        """How well it reads as a label whatever the others say, 0 to 1."""
        length = len(self.title)
        fit = min(1.0, length / SHORT)
        if length > LONG:
            fit = max(0.3, 1 - (length - LONG) / (FAR_TOO_LONG - LONG))
        return fit * (FRAMED if asks(self.title) else 1.0)

    @cached_property
    def cut(self) -> Cut:
        """Folded, and the words that may be keywords."""
        return pieces_of(self.title, self.said)


@dataclass(frozen=True, slots=True)
class Card:
    """What a topic is about; ``item_id`` bears the label, ``category`` is None where nothing tells it."""

    item_id: int
    label: str
    keywords: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    bodies: tuple[str, ...]
    other_names: tuple[str, ...]
    category: str | None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a topic is called and its category, as its card has them."""

    item_id: int
    label: str
    category: str | None


def asks(title: str) -> bool:
    """Whether a title is a question or a call: it tells what is talked of, not what happened."""
    return _frames().search(title) is not None


@cache
def _frames() -> re.Pattern[str]:
    return re.compile("|".join(read_words("frames")))


def card(titles: Sequence[Title], living: Collection[int] = ()) -> Card:
    """The card of a topic that has those titles, of one or more items.

    Its label is the title that has most in common with the others for its length (a medoid), and reads
    as a statement: of two that are as good the one seen first. Where the topic stands on lists with the
    ``living`` items, it is one of theirs: what is over is no headline of what goes on.
    """
    head = heading(titles, living)
    told = telling_words(title.cut for title in titles)
    named: dict[str, list[str]] = {kind: [] for kind in NAMES.values()}
    for word, tag in told:
        if tag[:2] in NAMES:
            named[NAMES[tag[:2]]].append(word)
    return Card(
        item_id=head.item_id,
        label=head.label,
        keywords=keywords(told),
        category=head.category,
        **{kind: tuple(words[:NAMES_SHOWN]) for kind, words in named.items()},
    )


def heading(titles: Sequence[Title], living: Collection[int] = ()) -> Heading:
    """The label and the category of the card that those titles make."""
    best = _medoid([title for title in titles if title.item_id in living] or titles, titles)
    category = category_of(title.chances for title in titles)
    return Heading(best.item_id, best.title, category)


def _medoid(asked: Sequence[Title], titles: Sequence[Title]) -> Title:
    if len(asked) == 1:
        return asked[0]
    counts = Counter(chain.from_iterable(title.kinds for title in titles))

    def nearness(title: Title) -> float:
        shared = sum(weight * (counts[word] - 1) for word, weight in title.weights.items())
        return round((1 + shared) * title.fitness, 9)

    # max keeps the first of those that are as good.
    return max(asked, key=nearness)


def by_hour(
    assignments: Iterable[tuple[datetime, int, int]], titles: Iterable[Title], since: datetime
) -> Iterator[tuple[datetime, int, int, Card]]:
    """(hour, topic, how many titles, card) for each topic that changed in each hour from ``since`` on.

    ``assignments`` are (instant, item, topic) in time order, with those before ``since`` of all topics
    that change; ``titles`` come in the order in which they were seen.
    """
    places = {title.item_id: (place, title) for place, title in enumerate(titles)}
    topic_of: dict[int, int] = {}
    members: defaultdict[int, set[int]] = defaultdict(set)
    for window_start, group in groupby(assignments, lambda assigned: start_of_hour(assigned[0])):
        touched = set()
        for _, item_id, topic_id in group:
            if item_id in topic_of:
                left = topic_of[item_id]
                members[left].discard(item_id)
                touched.add(left)
            topic_of[item_id] = topic_id
            members[topic_id].add(item_id)
            touched.add(topic_id)
        for topic_id in sorted(touched) if window_start >= since else ():
            told = sorted((places[item_id] for item_id in members[topic_id]), key=itemgetter(0))
            if told:
                yield window_start, topic_id, len(told), card([title for _, title in told])
