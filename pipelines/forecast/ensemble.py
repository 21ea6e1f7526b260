"""Models that are asked together, and how far their scores are believed."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines.forecast.calibration import Calibration
from pipelines.forecast.rank_history import Floats, Matrix
from pipelines.forecast.training_set import Examples

if TYPE_CHECKING:
    import lightgbm

TREES = {
    "learning_rate": 0.04,
    "num_leaves": 31,
    "min_data_in_leaf": 300,
    "feature_fraction": 0.2,
    "bagging_fraction": 0.5,
    "bagging_freq": 1,
    "lambda_l2": 20.0,
    "verbose": -1,
    "num_threads": 1,  # one: the same trees on any machine, and no threads that wait for a busy core
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
}
"""Strongly held back: lines of one stay are nearly copies, so that rows overstate what is known."""

ROUNDS = 200
LEAF_SHARE = 300
"""A leaf holds one line of so many, and no fewer than LEAF_LEAST, where there are few lines."""

LEAF_LEAST = 40
LEAF_MOST = 300


class Trees:
    """A boosted model that can be kept as text."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _booster(self) -> "lightgbm.Booster":
        import lightgbm  # noqa: PLC0415 - heavy, and few commands forecast

        return lightgbm.Booster(model_str=self.text)

    def predict(self, features: Matrix) -> Floats:
        """Raw scores (lines,)."""
        if not len(features):
            return np.zeros(0)
        return np.asarray(self._booster.predict(features, raw_score=True, num_threads=1))

    def contributions(self, features: Matrix) -> Floats:
        """What each feature adds to each raw score (lines, names + 1); the last is the usual."""
        return np.asarray(self._booster.predict(features, pred_contrib=True, num_threads=1))


def grow(
    examples: Examples,
    objective: str,
    rounds: int = ROUNDS,
    usual: Floats | None = None,
    **wanted: Any,
) -> Trees:
    """Trees for a label, or for what it has beyond the ``usual`` score; ``wanted`` overrides TREES."""
    leaf = int(np.clip(len(examples.label) / LEAF_SHARE, LEAF_LEAST, LEAF_MOST))
    parameters = {**TREES, "min_data_in_leaf": leaf, "objective": objective, **wanted}
    import lightgbm  # noqa: PLC0415

    data = lightgbm.Dataset(
        examples.features, examples.label, weight=examples.weight, init_score=usual
    )
    return Trees(lightgbm.train(parameters, data, rounds).model_to_string())


@dataclass(frozen=True, slots=True)
class Blend:
    """Trees that are asked together: the mean of their raw scores counts."""

    parts: tuple[Trees, ...]

    @property
    def text(self) -> str:
        """All that it is made of: the same text says the same chances."""
        return json.dumps([part.text for part in self.parts])

    def predict(self, features: Matrix) -> Floats:
        """Raw scores (lines,)."""
        return np.asarray(np.mean([part.predict(features) for part in self.parts], axis=0))

    def contributions(self, features: Matrix) -> Floats:
        """What each feature adds to each raw score (lines, names + 1); the last is the usual."""
        return np.asarray(np.mean([part.contributions(features) for part in self.parts], axis=0))


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of one thing: what is asked, and its calibration."""

    blend: Blend
    calibration: Calibration

    def of(self, features: Matrix) -> Floats:
        """The chance for each line."""
        return self.calibration.chance(self.blend.predict(features))
