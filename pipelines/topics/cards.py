"""What a topic is about, told from its titles: label, keywords, names and category.

A card knows nothing but the titles that it is made from, so that it is the same whenever it is made
again: words weigh by how many of the topic's titles share them, not by how rare they are elsewhere.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from pipelines.clock import start_of_hour
from pipelines.text.lexicon import read_words
from pipelines.text.titles import clean_title, comparable

CATEGORIES = (
    "games",
    "sports",
    "entertainment",
    "finance",
    "education",
    "world",
    "technology",
    "society",
    "life",
)
"""The narrow before the wide: of two that have as many votes the first is taken."""

NAME_WEIGHT = 2.0
"""A name says more of a story than another word."""

NAMES = {"nr": "people", "ns": "places", "nt": "bodies", "nz": "other_names"}
"""ICTCLAS tags and the kinds of names that they are."""

KEYWORDS_SHOWN = 8
NAMES_SHOWN = 8

FEW_TITLES = 4
"""From this many titles on a word is told when two of them share it; of fewer, each word is."""

TOLD_BY = 0.03
"""Of a great story's words those are told that this share of its titles has."""

LENGTH_COSTS = 0.4
"""Power of a title's own weight that what it shares is divided by: 0 favours the long, 1 the bare name."""

SHORT, LONG, FAR_TOO_LONG = 7, 26, 60
"""Characters: a shorter label leaves out who or where, a longer one cannot be read at a glance."""

FRAMED = 0.6
"""A question or a call (``words/frames.txt``) is a label only where it is much nearer to the others."""

PRINTED_VOTES = 3.0
"""The source's own category, or the board's, outweighs this many words of the title."""


class Said(NamedTuple):
    """One word of a title: folded, its ICTCLAS tag, whether it says what the title is about."""

    token: str
    part_of_speech: str
    is_keyword: bool


@dataclass(frozen=True)
class Title:
    """An item's title; titles come in the order in which they were seen.

    ``printed`` is what the source calls its category, or empty; ``board`` where it was first seen.
    """

    item_id: int
    title: str
    board: str
    printed: str
    said: tuple[Said, ...]

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
        return fit * (FRAMED if _frames().search(self.title) else 1.0)

    @cached_property
    def votes(self) -> Mapping[str, float]:
        """What its words, its source and its board say of its category."""
        return category_votes(self.said, self.printed, self.board)


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


@cache
def _frames() -> re.Pattern[str]:
    return re.compile("|".join(read_words("frames")))


@cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """Each word of ``words/categories`` and the categories that it speaks for."""
    found: dict[str, list[str]] = {}
    for category in CATEGORIES:
        for line in read_words(f"categories/{category}"):
            for word in line.split():
                found.setdefault(comparable(word), []).append(category)
    return {word: tuple(categories) for word, categories in found.items()}


@cache
def _listed(name: str) -> Mapping[str, str]:
    return dict(line.rsplit(maxsplit=1) for line in read_words(f"categories/{name}"))


@cache
def _beginnings() -> frozenset[str]:
    """What a word of a category may begin with, short of its end."""
    return frozenset(word[:end] for word in lexicon() for end in range(1, len(word)))


def _longest(tokens: Sequence[str], start: int) -> tuple[int, tuple[str, ...]]:
    """How many tokens from ``start`` on are one word of a category, the most there are, and which."""
    known, beginnings = lexicon(), _beginnings()
    text = tokens[start]
    # A Chinese compound is a kind of what it ends with.
    head = "" if text.isascii() else text[-2:]
    found = 1, known.get(text) or known.get(head, ())
    end = start + 1
    while text in beginnings and end < len(tokens):
        text += tokens[end]
        end += 1
        if text in known:
            found = end - start, known[text]
    return found


def category_votes(said: Sequence[Said], printed: str = "", board: str = "") -> Mapping[str, float]:
    """Votes for categories: one a word, shared where a word speaks for several; and what is printed."""
    votes: defaultdict[str, float] = defaultdict(float)
    tokens = [word.token for word in said]
    start = 0
    while start < len(tokens):
        run, categories = _longest(tokens, start)
        for category in categories:
            votes[category] += 1 / len(categories)
        start += run
    if "world" in votes:
        # An accident abroad is news of the world.
        votes["world"] += votes.pop("society", 0.0)
    words = re.split(r"\W+", comparable(clean_title(printed))) if printed else []
    told = next((_listed("printed")[word] for word in words if word in _listed("printed")), None)
    for category in filter(None, (told, _listed("boards").get(board))):
        votes[category] += PRINTED_VOTES
    return votes


def category_of(votes: Iterable[Mapping[str, float]]) -> str | None:
    """The category with most votes; None without any."""
    total: defaultdict[str, float] = defaultdict(float)
    for each in votes:
        for category, vote in each.items():
            total[category] += vote
    return max(CATEGORIES, key=lambda category: total[category]) if total else None


def card(titles: Sequence[Title], living: Collection[int] = ()) -> Card:
    """The card of a topic that has those titles, of one or more items.

    Its label is the title that has most in common with the others for its length (a medoid), and reads
    as a statement: of two that are as good the one seen first. Where the topic stands on lists with the
    ``living`` items, it is one of theirs: what is over is no headline of what goes on.
    """
    counts: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    for title in titles:
        counts.update(title.kinds.keys())
        for word, kind in title.kinds.items():
            kinds.setdefault(word, kind)

    def nearness(title: Title) -> float:
        shared = sum(weight * (counts[word] - 1) for word, weight in title.weights.items())
        return round((1 + shared) * title.fitness, 9)

    # max keeps the first of those that are as good.
    best = max([title for title in titles if title.item_id in living] or titles, key=nearness)
    least = max(2, math.ceil(len(titles) * TOLD_BY)) if len(titles) >= FEW_TITLES else 1
    order = sorted(
        (word for word, count in counts.items() if count >= least),
        key=lambda word: (
            -counts[word] * (NAME_WEIGHT if kinds[word] in NAMES else 1.0),
            -len(word),
            word,
        ),
    )
    keywords: list[str] = []
    for word in order:
        if len(keywords) == KEYWORDS_SHOWN:
            break
        if not any(word in other or other in word for other in keywords):
            keywords.append(word)
    named: dict[str, list[str]] = {kind: [] for kind in NAMES.values()}
    for word in order:
        if kinds[word] in NAMES:
            named[NAMES[kinds[word]]].append(word)
    return Card(
        item_id=best.item_id,
        label=best.title,
        keywords=tuple(keywords),
        category=category_of(title.votes for title in titles),
        **{kind: tuple(words[:NAMES_SHOWN]) for kind, words in named.items()},
    )


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
                members[topic_of[item_id]].discard(item_id)
            topic_of[item_id] = topic_id
            members[topic_id].add(item_id)
            touched.add(topic_id)
        for topic_id in sorted(touched) if window_start >= since else ():
            told = sorted((places[item_id] for item_id in members[topic_id]), key=itemgetter(0))
            if told:
                yield window_start, topic_id, len(told), card([title for _, title in told])
