"""Runs of signs of a text as numbers: what a linear model reads where words are not known."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GRAM_BITS = 16
"""Runs are told apart by so many bits: 65,536 of them. Seldom do two that both matter meet in one number."""

_MIXERS = tuple(
    np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)
"""Odd numbers without pattern, of xxHash: each place of a run is multiplied by its own."""

_DIGITS = str.maketrans("123456789", "000000000")
"""How many says less of a subject than that something is counted."""


def gram_numbers(text: str) -> NDArray[np.int64]:
    """The runs of one, two and three signs of a folded text, its ends among them: distinct, in order."""
    return grams_of_each([text])[1]


def grams_of_each(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The runs of several folded texts, as ``gram_numbers``, text after text: (where in ``texts``, run)."""
    framed = [f"\x02{text.translate(_DIGITS)}\x03" for text in texts]
    lengths = np.fromiter(map(len, framed), np.int64, len(framed))
    owners = np.repeat(np.arange(len(framed)), lengths)
    signs = np.frombuffer("".join(framed).encode("utf-32-le"), np.uint32).astype(np.uint64)
    placed = [signs * mixer for mixer in _MIXERS]
    ones = placed[0]
    twos = ones[:-1] + placed[1][1:]
    threes = twos[:-1] + placed[2][2:]
    # A run that begins in one text and ends in the next is none.
    in_two = owners[:-1] == owners[1:]
    in_three = owners[:-2] == owners[2:]
    mixed = np.concatenate((ones, twos[in_two], threes[in_three]))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIXERS[1]
    grams = (mixed >> np.uint64(64 - GRAM_BITS)).astype(np.int64)
    owned = np.concatenate((owners, owners[:-1][in_two], owners[:-2][in_three]))
    distinct = np.unique((owned << GRAM_BITS) | grams)
    return distinct >> GRAM_BITS, distinct & ((1 << GRAM_BITS) - 1)
