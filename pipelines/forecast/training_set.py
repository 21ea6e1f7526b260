"""What is learnt from: lines of the past with an outcome, and how much each of them weighs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.forecast.dataset import LabelledLines, reached
from pipelines.forecast.rank_history import DAY, HOUR, MINUTE, NEVER, Flags, Floats, Ints, Matrix

MOST_LINES = 400_000
"""Above this, instants are thinned: more lines of the same stays teach little and cost memory."""

HELD_BACK_DAYS = 14
"""Calibration is read from two weeks that the trees did not see: of one week, how much came differs from
the next by a fifth."""

HELD_BACK_SHARE = 1 / 3
"""No more than so much of a short history is held back."""

LEFT_SETTLES = 2 * DAY
"""Time left is learnt from lines so old that nearly all of their stays have ended."""

EVERY_FEWTH = 3
"""Time left and peak are learnt from one instant in three: they change slowly."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Lines to learn from: float32 features (lines, names), a label, an instant and a weight each."""

    features: Matrix
    label: Floats
    at: Ints
    weight: Floats

    def only(self, kept: Flags) -> "Examples":
        """The examples that are marked."""
        return Examples(self.features[kept], self.label[kept], self.at[kept], self.weight[kept])


def held_since(at: Ints, newest: int) -> int:
    """The instant after which examples of those instants are held back."""
    count = min(HELD_BACK_DAYS, round(HELD_BACK_SHARE * len(np.unique(at // DAY))))
    return newest_days(at, count) - 1 if count else newest


def newest_days(at: Ints, count: int) -> int:
    """The first instant of the newest ``count`` days, UTC, that have any of those instants.

    Days, not time: history may end a year before what is forecast by it.
    """
    return int(np.unique(at // DAY)[-count:].min(initial=NEVER // DAY)) * DAY


def chance_examples(labelled: Mapping[str, LabelledLines], hours: int, until: int) -> Examples:
    """Candidates whose horizon had wholly passed at ``until``, all boards together."""
    picked = []
    for read in labelled.values():
        lines = read.lines
        known = lines.is_candidate & ~lines.is_stale & (lines.at + hours * HOUR <= until)
        picked.append(
            (
                lines.features[known],
                reached(read, hours)[known],
                lines.at[known],
                weight_of(read.outcomes.stay[known]),
            )
        )
    return _joined(picked)


def left_examples(
    labelled: Mapping[str, LabelledLines], until: int, what: str = "left"
) -> Examples:
    """Minutes left on the board, or the best rank still to come, of every ranked line."""
    picked = []
    for read in labelled.values():
        lines, out = read.lines, read.outcomes
        known = ~lines.is_stale & (lines.at <= until - LEFT_SETTLES)
        known &= (lines.at // (30 * MINUTE)) % EVERY_FEWTH == 0
        ends = np.minimum(out.ends_at, until)
        label = (ends - lines.at) / MINUTE if what == "left" else out.peak
        label = np.maximum(label, 0)[known].astype(float)
        picked.append((lines.features[known], label, lines.at[known], np.ones(len(label))))
    return _joined(picked)


def weight_of(owner: Ints) -> Floats:
    """n lines of one stay or topic weigh as much as root n: they are nearly copies of one another."""
    _, number, count = np.unique(owner, return_inverse=True, return_counts=True)
    weight: Floats = 1 / np.sqrt(count[number])
    return weight / weight.mean() if len(weight) else weight


def _joined(picked: Sequence[tuple[Matrix, Floats, Ints, Floats]]) -> Examples:
    features = np.concatenate([p[0] for p in picked])
    label = np.concatenate([p[1] for p in picked])
    at = np.concatenate([p[2] for p in picked])
    weight = np.concatenate([p[3] for p in picked])
    if len(label) > MOST_LINES:
        share = -(-len(label) // MOST_LINES)
        # By instant, not by line: whole lists stay together, and the choice is the same at any cut.
        kept = (at // MINUTE // 10) % share == 0
        features, label, at, weight = features[kept], label[kept], at[kept], weight[kept]
    return Examples(features, label, at, weight)
