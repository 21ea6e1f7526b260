"""What people said: a hand. That a topic is two stories, that two are one, what one is called; that what was
found for a word is none, or is one.

A hand names topics by their titles, which are the same however often everything is made again, and holds
from the instant at which it was said until another hand undoes it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias


class HandKind(StrEnum):
    """What a person does to topics, and to words that were found."""

    SPLIT = "split"
    JOIN = "join"
    RENAME = "rename"
    STRIKE = "strike"
    KEEP = "keep"
    UNDO = "undo"


OF_WORDS = frozenset({HandKind.STRIKE, HandKind.KEEP})


@dataclass(frozen=True, slots=True)
class HandTitle:
    """A title that a person saw in a topic; ``first_seen_at`` is naive UTC."""

    item_id: int
    source: str
    folded_title: str
    first_seen_at: datetime


Part: TypeAlias = tuple[HandTitle, ...]
"""Titles that are one story."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What a person said; ``said_at`` is naive UTC, and of two hands the later has the larger number.

    ``topic_ids`` are as the person read them. ``parts`` are, of a split, what stays and what leaves; of a
    join the titles of each topic; of a new name those of the topic; else none. ``name`` is the new name, or
    the word, folded, that is struck or kept; else empty. ``undoes`` is the number of the hand that does not
    hold any more.
    """

    number: int
    kind: HandKind
    said_at: datetime
    said_by: str
    topic_ids: tuple[int, ...] = ()
    parts: tuple[Part, ...] = ()
    name: str = ""
    undoes: int | None = None


def titles_of(parts: Iterable[Part]) -> set[str]:
    """The folded titles of some parts."""
    return {title.folded_title for part in parts for title in part}


Side: TypeAlias = tuple[int, bool]
"""A split by its number, and whether a title left with it."""


def are_apart(first: Collection[Side], other: Collection[Side]) -> bool:
    """Whether a split has one of the two on either side."""
    return any((number, not left) in other for number, left in first)


class HandsSaid:
    """The hands up to an instant: which of them hold, and which titles they keep apart."""

    def __init__(self) -> None:
        self._holding: dict[int, Hand] = {}
        self._sides: defaultdict[str, set[Side]] = defaultdict(set)

    def take(self, hand: Hand) -> Hand | None:
        """Take up the next hand; the one that it undoes, where it undoes one that holds."""
        undone = None
        if hand.kind is not HandKind.UNDO:
            self._holding[hand.number] = hand
        elif hand.undoes is not None:
            undone = self._holding.pop(hand.undoes, None)
        if hand.kind is HandKind.SPLIT or (undone and undone.kind is HandKind.SPLIT):
            self._sides.clear()
            for split in self._holding.values():
                if split.kind is HandKind.SPLIT:
                    staying, leaving = split.parts
                    for part, left in ((staying, False), (leaving, True)):
                        for title in part:
                            self._sides[title.folded_title].add((split.number, left))
        return undone

    @property
    def holding(self) -> tuple[Hand, ...]:
        """Those that nobody undid, in the order in which they were said."""
        return tuple(self._holding.values())

    @property
    def keep_some_apart(self) -> bool:
        """Whether there is any split."""
        return bool(self._sides)

    def sides(self, folded_titles: Iterable[str]) -> set[Side]:
        """On which side of which splits those titles are."""
        return {side for title in folded_titles for side in self._sides.get(title, ())}
