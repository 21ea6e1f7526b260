"""Why the titles of a card are one story: what holds for all of them as they are read there.

The rule that grouped them weighs what each pair has in common (``pipelines.topics.similarity``); a reader
wants what can be seen: a rare word in every title, when they came, how sure the rule was at worst.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from pipelines.digest.contents import Bond, BondKind, SharedWord
from pipelines.digest.render.safe_text import KEYWORD_WIDTH

WORDS_SHOWN = 3
"""Words that a sentence names: of more nobody keeps count."""

LONG_NUMBER = 3
"""Digits of a number that is as good as a word: 520 is a day, 12 is anything."""

ALIKE = ("[a-z]", "[0-9]")
"""Characters that are parts of a longer word where they stand side by side."""

SPAN_HOURS = 24
"""Titles that came over more than a day tell nothing by their time: a story a week later may be another."""


@dataclass(frozen=True, slots=True)
class BoundTitle:
    """A title as a card shows it, and what may be looked for in others of its words, folded.

    ``first_seen_at`` is when any list first printed it, None where none did.
    """

    shown: str
    folded: str
    words: frozenset[str]
    first_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Joining:
    """How an item came to the topic: how sure that was, 0 to 1, and whether a person said so. The founder
    came to nobody."""

    chance: float
    by_hand: bool
    is_founder: bool


def bond(
    titles: Sequence[BoundTitle], past: Mapping[str, int], joined: Iterable[Joining]
) -> Bond | None:
    """What binds the titles of a card, each given once; None of a single one.

    ``past`` tells in how many titles of the past a word stood, ``joined`` how each of their items came.
    """
    if len(titles) < 2:  # noqa: PLR2004 - a bond is of two
        return None
    ways = list(joined)
    came = [way for way in ways if not way.is_founder]
    kind, words = ("entry", ()) if len(ways) == 1 else _words(titles, past)
    return Bond(
        title_count=len(titles),
        kind=kind,
        words=words,
        span_minutes=_span_minutes(titles),
        hand_count=sum(way.by_hand for way in came),
        least_chance=min((way.chance for way in came if not way.by_hand), default=None),
    )


def _words(
    titles: Sequence[BoundTitle], past: Mapping[str, int]
) -> tuple[BondKind | None, tuple[SharedWord, ...]]:
    """The strongest that words say of all titles, and the words that say it."""
    if len({title.folded for title in titles}) == 1:
        return "same", ()
    stand = _standing(titles)

    def by_strength(word: str) -> tuple[int, bool, int, int, str]:
        is_number = not any(sign.isalpha() for sign in word)
        return -len(stand[word]), is_number, past.get(word, 0), -len(word), word

    words = sorted(stand, key=by_strength)
    everywhere = [word for word in words if len(stand[word]) == len(titles)]
    if everywhere:
        return "words", _told(everywhere[:WORDS_SHOWN], stand, titles)
    if chain := _chain(words, stand, len(titles)):
        return "chain", _told(chain, stand, titles)
    if len(frozenset().union(*stand.values())) == len(titles):
        return "pairs", _told(words[:1], stand, titles)
    return None, ()


def _standing(titles: Sequence[BoundTitle]) -> dict[str, frozenset[int]]:
    """Words of at least two titles, and the places of the titles that print them letter by letter.

    Of a word and a part of it that stand in the same titles the word alone is told.
    """
    candidates = {
        word
        for first, other in combinations(titles, 2)
        for word in first.words & other.words
        if 1 < len(word) <= KEYWORD_WIDTH and (len(word) >= LONG_NUMBER or not word.isdecimal())
    }
    stand = {}
    for word in candidates:
        places = frozenset(n for n, title in enumerate(titles) if _printed(word, title.shown))
        if len(places) > 1:
            stand[word] = places
    return {
        word: places
        for word, places in stand.items()
        if not any(
            word != longer and word in longer and places <= stand[longer] for longer in stand
        )
    }


def _chain(words: Sequence[str], stand: Mapping[str, frozenset[int]], count: int) -> list[str]:
    """A few words of which each title has one, each new one in a title with an earlier; else none."""
    if not words:
        return []
    chain, reached = [words[0]], stand[words[0]]
    while len(reached) < count and len(chain) < WORDS_SHOWN:
        linked = [word for word in words if stand[word] & reached and stand[word] - reached]
        if not linked:
            return []
        # max keeps the strongest of those that reach as many.
        best = max(linked, key=lambda word: len(stand[word] - reached))
        chain.append(best)
        reached |= stand[best]
    return chain if len(reached) == count else []


def _told(
    words: Iterable[str], stand: Mapping[str, frozenset[int]], titles: Sequence[BoundTitle]
) -> tuple[SharedWord, ...]:
    """The words as the first title that has them prints them."""
    return tuple(
        SharedWord(_printed(word, titles[min(stand[word])].shown), len(stand[word]))
        for word in words
    )


def _printed(word: str, title: str) -> str:
    """The word as it stands in the title, which may be in capitals; empty where it does not.

    Latin letters stand there without others beside them, and so do digits: AI is in AI2, and not in RAIN.
    """
    before = next((f"(?<!{kind})" for kind in ALIKE if re.match(kind, word)), "")
    after = next((f"(?!{kind})" for kind in ALIKE if re.search(rf"{kind}\Z", word)), "")
    found = re.search(f"{before}{re.escape(word)}{after}", title, re.IGNORECASE)
    return found[0] if found else ""


def _span_minutes(titles: Sequence[BoundTitle]) -> float | None:
    """Minutes between the first sights; titles that differ by blanks and case alone are read as one."""
    seen: dict[str, datetime] = {}
    for title in titles:
        if title.first_seen_at is None:
            return None
        read = re.sub(r"[\s#]", "", title.shown).casefold()
        seen[read] = min(title.first_seen_at, seen.get(read, title.first_seen_at))
    if len(seen) < 2:  # noqa: PLR2004 - a span is between two
        return None
    span = max(seen.values()) - min(seen.values())
    return span / timedelta(minutes=1) if span <= timedelta(hours=SPAN_HOURS) else None
