"""Runs of signs of a text as numbers: what a linear model reads where words are not known."""

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
    signs = np.fromiter(map(ord, f"\x02{text.translate(_DIGITS)}\x03"), np.uint64)
    placed = [signs * mixer for mixer in _MIXERS]
    ones = placed[0]
    twos = ones[:-1] + placed[1][1:]
    threes = twos[:-1] + placed[2][2:]
    mixed = np.concatenate((ones, twos, threes))
    mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIXERS[1]
    # A set of some sixty numbers is made faster than an array of distinct ones.
    return np.array(sorted(set((mixed >> np.uint64(64 - GRAM_BITS)).tolist())), np.int64)
