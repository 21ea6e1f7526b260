"""How far raw scores are believed: from a score to a chance."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from pipelines.forecast.rank_history import Floats

PULL = 20.0
"""Calibration leaves the trees' chance as it is unless so much evidence says otherwise."""

CARE = 0.07
CARE_SHARPNESS = 8
"""A half is where calls are made, and a stay is called at the first of many looks: near a half a chance
is stated lower, by at most CARE, so that a stated half is a full .56. Order and ends stay as they are."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a raw score to a chance: ``1 / (1 + exp(-(slope * score + shift)))``, careful near a half."""

    slope: float = 1.0
    shift: float = 0.0

    def uncautious(self, score: Floats) -> Floats:
        """The chance of each raw score that is no lower near a half."""
        chance: Floats = expit(self.slope * score + self.shift)
        return chance

    def chance(self, score: Floats) -> Floats:
        """The calibrated chance of each raw score."""
        chance = self.uncautious(score)
        return chance - CARE * (4 * chance * (1 - chance)) ** CARE_SHARPNESS


def calibrate(score: Floats, label: Floats) -> Calibration:
    """Slope and shift that fit the outcomes best, pulled towards leaving the score as it is."""
    if not len(score):
        return Calibration()
    turn = np.array([1.0, 0.0])
    pull = np.diag([PULL, PULL / 10])
    design = np.stack([score, np.ones(len(score))], axis=1)
    for _ in range(25):  # Newton's steps; it settles in fewer than ten
        p = expit(design @ turn)
        slope = design.T @ (p - label) + pull @ (turn - [1.0, 0.0])
        bend = (design * (p * (1 - p))[:, None]).T @ design + pull
        turn = turn - np.linalg.solve(bend, slope)
    return Calibration(float(turn[0]), float(turn[1]))
