"""Which category a title belongs to, and the topic that titles tell; none where that is unsure.

Three things speak: what the board prints or is, the words of ``lexicon/categories``, and weights of runs of
signs (``category_weights.npz``, learnt by ``benchmarks.category_training``), which know more than a list can.
What they say is added up (logarithms of odds) and made a chance; a chance that is too small is not told.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipelines.text.grams import gram_numbers
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
    odds = np.zeros(len(CATEGORIES))
    folded = comparable(title)
    if HAN.search(folded):
        grams = gram_numbers(folded)
        weights = _weights()
        odds += weights.of_grams[grams].sum(axis=0) / np.sqrt(len(grams)) + weights.at_rest
    for category, votes in category_votes(said).items():
        odds[CATEGORIES.index(category)] += WORD_SPEAKS * votes
    for told in (printed_category(printed), _listed("boards").get(board)):
        if told:
            odds[CATEGORIES.index(told)] += PRINTED_SPEAKS
    chances = np.exp(odds - odds.max())
    return np.asarray(chances / chances.sum())


def category_of(chances: Iterable[Floats]) -> str | None:
    """The category of what several titles tell, by their mean chances; None where that is unsure."""
    told = list(chances)
    if not told:
        return None
    mean = np.mean(told, axis=0)
    best = int(mean.argmax())
    return CATEGORIES[best] if mean[best] >= TOLD_FROM else None
