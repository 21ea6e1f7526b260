"""Which category a title belongs to, and the topic that titles tell; none where that is unsure.

Three things speak: what the board prints or is, the words of ``lexicon/categories``, and weights of runs of
signs (``category_weights.npz``, learnt by ``benchmarks.category_training``), which know more than a list can.
What they say is added up (logarithms of odds) and made a chance; a chance that is too small is not told.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.text.grams import grams_of_each
from pipelines.text.lexicon import read_words
from pipelines.text.titles import clean_title, comparable

Floats = NDArray[np.float64]

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
"""The narrow before the wide: of two that are as likely the first is taken."""

_PLACES = {category: place for place, category in enumerate(CATEGORIES)}

AT_ONCE = 1_024
"""Titles whose runs of signs are weighed together: some four megabytes."""

WORD_SPEAKS = 0.5
"""What a word of the lists adds; chosen, as the next, on the development half of the labelled titles."""

TOLD_FROM = 0.66
"""A category is told from this chance on: of the development half some seven in ten titles have it."""

PRINTED_SPEAKS = 4.0
"""What the source's own category adds, and a board of one category: it outweighs several words."""

HAN = re.compile(r"[\u3400-\u9fff]")
"""The weights were learnt from Chinese titles; of others they know nothing."""


class Said(NamedTuple):
    """One word of a title: folded, its ICTCLAS tag, whether it says what the title is about, and whether
    it is no word of the dictionary but was found in earlier titles."""

    token: str
    part_of_speech: str
    is_keyword: bool
    is_found: bool = False


@cache
def lexicon() -> Mapping[str, tuple[str, ...]]:
    """Each word of ``lexicon/categories`` and the categories that it speaks for."""
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


@lru_cache(maxsize=65_536)
def _speaks_for(token: str) -> tuple[str, ...]:
    # A Chinese compound is a kind of what it ends with.
    head = "" if token.isascii() else token[-2:]
    return lexicon().get(token) or lexicon().get(head, ())


def _longest(tokens: Sequence[str], start: int) -> tuple[int, tuple[str, ...]]:
    """How many tokens from ``start`` on are one word of a category, the most there are, and which."""
    text = tokens[start]
    found = 1, _speaks_for(text)
    known, beginnings = lexicon(), _beginnings()
    end = start + 1
    while text in beginnings and end < len(tokens):
        text += tokens[end]
        end += 1
        if text in known:
            found = end - start, known[text]
    return found


def category_votes(said: Sequence[Said]) -> Mapping[str, float]:
    """Votes of the listed words: one a word, shared where a word speaks for several categories."""
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
    return votes


@lru_cache(maxsize=4_096)
def printed_category(printed: str) -> str | None:
    """Ours for what a source prints as the category of an entry."""
    words = re.split(r"\W+", comparable(clean_title(printed))) if printed else []
    return next((_listed("printed")[word] for word in words if word in _listed("printed")), None)


class _Weights(NamedTuple):
    of_grams: NDArray[np.float32]
    """One line a run of signs, one column a category."""
    at_rest: Floats


@cache
def _weights() -> _Weights:
    packed = files("pipelines.topics").joinpath("category_weights.npz").read_bytes()
    with np.load(io.BytesIO(packed)) as kept:
        of_grams = kept["of_grams"].astype(np.float32) * np.float32(kept["step"])
        return _Weights(of_grams, kept["at_rest"])


def category_chances(
    title: str, said: Sequence[Said], printed: str = "", board: str = ""
) -> Floats:
    """How likely a title is of each of ``CATEGORIES``, in their order; they add up to 1."""
    return np.asarray(chances_of_each([(title, said, printed, board)])[0])


def chances_of_each(titles: Sequence[tuple[str, Sequence[Said], str, str]]) -> Floats:
    """The chances of several titles, each as ``category_chances`` takes it: one line a title."""
    odds: Floats = np.zeros((len(titles), len(CATEGORIES)))
    for start in range(0, len(titles), AT_ONCE):
        folded = [comparable(title) for title, *_ in titles[start : start + AT_ONCE]]
        odds[start : start + AT_ONCE] = _odds_of_signs(folded)
    for line, (_, said, printed, board) in zip(odds, titles, strict=True):
        for category, votes in category_votes(said).items():
            line[_PLACES[category]] += WORD_SPEAKS * votes
        for told in (printed_category(printed), _listed("boards").get(board)):
            if told:
                line[_PLACES[told]] += PRINTED_SPEAKS
    chances = np.exp(odds - odds.max(axis=1, keepdims=True))
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def _odds_of_signs(folded: Sequence[str]) -> Floats:
    odds: Floats = np.zeros((len(folded), len(CATEGORIES)))
    chinese = [place for place, text in enumerate(folded) if HAN.search(text)]
    if chinese:
        owners, grams = grams_of_each([folded[place] for place in chinese])
        weights = _weights()
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        sums = np.add.reduceat(weights.of_grams[grams], starts, axis=0)
        sizes = np.diff(starts, append=len(owners))
        odds[chinese] = sums / np.sqrt(sizes)[:, None] + weights.at_rest
    return odds


def category_of(chances: Iterable[Floats]) -> str | None:
    """The category of what several titles tell, by their mean chances; None where that is unsure."""
    told = list(chances)
    if not told:
        return None
    mean = np.mean(told, axis=0) if len(told) > 1 else told[0]
    best = int(mean.argmax())
    return CATEGORIES[best] if mean[best] >= TOLD_FROM else None
