"""How long a stay lasts yet: the chance of each step from rung to rung, and what is read off them.

Lists are known capture by capture. So what is counted is how long the stay is *seen* to last: until its last
sight before twelve hours off the list. An entry that is gone at the next capture had no time left.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, logit

from pipelines.forecast.ensemble import LEAF_LEAST, Trees, grow
from pipelines.forecast.rank_history import MINUTE, STAY_ENDS_AFTER, Floats, Ints, Matrix
from pipelines.forecast.training_set import MOST_LINES, Examples
from pipelines.rules import STAY_RUNGS_MINUTES

HELD = 0.8
"""Share of stays that end within the interval of the time left."""

TAIL = 0.1
"""Share of them that usually end before it begins."""

LARGEST_TAIL = 0.15
"""Where more than TAIL are gone at once, so many may be: an interval from nought on says little of a stay
that most likely goes on. Its high end moves up as far, for it to hold as many."""

AT_ONCE = 0
"""The rung below which a stay is as good as over."""

BEYOND = 0.005
"""The low end is moved past those that are gone at once by such a share."""

HAZARD: Mapping[str, Any] = {"feature_fraction": 0.3, "learning_rate": 0.1}
"""More columns a tree than a chance asks, for the rung is one of them; and longer strides: one set of trees
tells all rungs apart, and with shorter ones stays were told too much alike."""

MOST_STEPS = 2 * MOST_LINES
"""Steps that are learnt from: each line has one for every rung that its stay came to."""


@dataclass(frozen=True, slots=True)
class StayLadder:
    """Trees for the log odds of ending before the next rung, beside ``usual``, those of each rung."""

    trees: Trees
    usual: tuple[float, ...]

    def chances(self, features: Matrix) -> Floats:
        """(lines, STAY_RUNGS_MINUTES): the chance that the stay is seen to last so long; it never grows."""
        count = len(self.usual)
        steps = np.repeat(np.arange(count), len(features))
        scores = self.trees.predict(_at_step(np.tile(features, (count, 1)), steps))
        ends = expit(scores.reshape(count, -1).T + np.array(self.usual))
        lasting: Floats = np.cumprod(1 - ends, axis=1)
        return lasting


def fit_ladder(examples: Examples, until: int) -> StayLadder | None:
    """The ladder of stays by their minutes left (the label), as known at ``until``; None for too few."""
    if len(examples.label) < 10 * LEAF_LEAST:
        return None
    rungs = np.array(STAY_RUNGS_MINUTES, float)
    before = np.r_[0.0, rungs[:-1]]
    share = -(-len(examples.label) * len(rungs) // 2 // MOST_STEPS)
    kept = (examples.at // MINUTE // 10) % share == 0
    some = examples.only(kept) if share > 1 else examples
    came = some.label[:, None] >= before
    # Whether a stay is over is known after twelve hours off the list, and not before.
    settled = some.at[:, None] + rungs * MINUTE + STAY_ENDS_AFTER <= until
    line, step = np.nonzero(came & settled)
    ended = (some.label[line] < rungs[step]).astype(float)
    counts = np.bincount(step, minlength=len(rungs))
    shares = (np.bincount(step, ended, len(rungs)) + 1) / (counts + 2)
    usual: Floats = logit(shares)
    steps = Examples(_at_step(some.features[line], step), ended, some.at[line], some.weight[line])
    trees = grow(steps, "binary", usual=usual[step], **HAZARD)
    return StayLadder(trees, tuple(float(value) for value in usual))


def _at_step(features: Matrix, step: Ints) -> Matrix:
    return np.hstack([features, step[:, None].astype(np.float32)])


def minutes_at(lasting: Floats, share: Floats) -> Floats:
    """The minutes after which a share (lines) of such stays has ended; ``lasting`` (lines, rungs).

    Those that end before the first rung have no time left; between two others stays end at one rate, and
    after the last one as before it.
    """
    rungs = np.r_[0.0, STAY_RUNGS_MINUTES]
    left = np.hstack([np.zeros((len(lasting), 1)), np.log(np.clip(lasting, 1e-9, 1.0))])
    wanted = np.log(1 - np.asarray(share))
    lines = np.arange(len(lasting))
    passed = np.minimum((left[:, 1:] > wanted[:, None]).sum(axis=1), len(rungs) - 2)
    since, fall = rungs[passed], left[lines, passed] - left[lines, passed + 1]
    width = rungs[passed + 1] - since
    with np.errstate(divide="ignore", invalid="ignore"):
        share_of_step = np.where(fall > 0, (left[lines, passed] - wanted) / fall, 0.0)
    found: Floats = since + width * share_of_step
    return np.where(passed == 0, 0.0, np.minimum(found, LONGEST_MINUTES))


LONGEST_MINUTES = 7 * 24 * 60.0
"""No time left is told beyond a week: nothing longer was learnt from."""


def time_left(lasting: Floats) -> Floats:
    """(lines, low, middle and high): minutes left, the median and the ends of the interval of HELD."""
    gone = 1 - lasting[:, AT_ONCE] + BEYOND
    # From nought on, those that are gone at once are in the interval.
    low = np.where(gone <= TAIL, TAIL, np.where(gone <= LARGEST_TAIL, gone, 0.0))
    found: Floats = np.stack(
        [minutes_at(lasting, each) for each in (low, np.full(len(low), 0.5), low + HELD)], axis=1
    )
    return found
