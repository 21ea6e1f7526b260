"""How far raw scores are believed: from a score to a chance."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from pipelines.forecast.rank_history import Floats

PULL = 20.0
"""Calibration leaves a score as it is unless so much evidence says otherwise."""

SETTLED = 1e-8
"""Newton's steps end where one moves nothing by more."""

LARGEST_STEP = 0.5

LEAST_SLOPE = 0.2
"""However odd what came: a higher score is never a lower chance."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a raw score to a chance: ``1 / (1 + exp(-(slope * score + shift)))``."""

    slope: float = 1.0
    shift: float = 0.0

    def chance(self, score: Floats) -> Floats:
        """The calibrated chance of each raw score."""
        chance: Floats = expit(self.slope * score + self.shift)
        return chance


UNMOVED = Calibration()
"""A score is taken for the log odds that it says."""


def calibrate(
    score: Floats,
    label: Floats,
    weight: Floats | None = None,
    towards: Calibration = UNMOVED,
    pull: float = PULL,
) -> Calibration:
    """Slope and shift that fit the outcomes best, drawn ``towards`` others by so much evidence.

    A label is 0 or 1, or the share that came of as many as ``weight`` counts.
    """
    if not len(score):
        return towards
    centre = np.array([towards.slope, towards.shift])
    turn = centre
    weighed = np.ones(len(score)) if weight is None else weight
    drawn = np.diag([pull, pull / 10])
    design = np.stack([score, np.ones(len(score))], axis=1)
    for _ in range(25):  # it settles in fewer than ten
        p = expit(design @ turn)
        slope = design.T @ (weighed * (p - label)) + drawn @ (turn - centre)
        bend = (design * (weighed * p * (1 - p))[:, None]).T @ design + drawn
        step = np.linalg.solve(bend, slope)
        # Far from the outcomes the curve is flat, and a whole step would leap over them.
        step /= max(1.0, float(np.abs(step).max()) / LARGEST_STEP)
        turn = turn - step
        if np.abs(step).max() < SETTLED:
            break
    return Calibration(max(float(turn[0]), LEAST_SLOPE), float(turn[1]))
