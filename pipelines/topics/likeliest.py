"""Of many pairs of titles the likeliest: a page may print a list of one title in two thousand spellings."""

import numpy as np

from pipelines.topics.term_weights import Floats, Ids


def likeliest(later: Ids, log_odds: Floats, most: int) -> Ids:
    """The places, ascending, of at most so many pairs of each later title; of equal ones the first.

    ``later`` is ascending. What is done with a pair takes long, and there may be one for every two titles.
    """
    counts = np.bincount(later)
    if counts.max(initial=0) <= most:
        return np.arange(len(later))
    order = np.lexsort((-log_odds, later))
    ends = np.cumsum(counts)
    places_within = np.arange(len(later)) - (ends - counts)[later[order]]
    return np.sort(order[places_within < most])
