"""The peak and the time left: trees for the tenth, the middle and the ninetieth hundredth."""

from dataclasses import dataclass

import numpy as np

from pipelines.forecast.ensemble import LEAF_LEAST, ROUNDS, Trees, grow
from pipelines.forecast.rank_history import Floats, Matrix
from pipelines.forecast.training_set import Examples, held_since

QUANTILES = (0.1, 0.5, 0.9)
HELD = 0.91
"""Each side holds so much of what is held back: of the next one, which differs, it holds a point less."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Trees for QUANTILES of a quantity's logarithm, and how far each outer one is moved outwards."""

    trees: tuple[Trees, Trees, Trees]
    margins: tuple[float, float]

    def of(self, features: Matrix) -> Floats:
        """(lines, QUANTILES), in the quantity's own unit, never crossing."""
        low, middle, high = (t.predict(features) for t in self.trees)
        found = np.stack([low - self.margins[0], middle, high + self.margins[1]], axis=1)
        return np.expm1(np.sort(found, axis=1))


def fit_quantiles(examples: Examples, until: int, rounds: int = ROUNDS // 2) -> Quantiles | None:
    """Quantiles of the label, widened until what is held back falls in as often as it should."""
    if len(examples.label) < 10 * LEAF_LEAST:
        return None
    label = np.log1p(examples.label)
    logged = Examples(examples.features, label, examples.at, examples.weight)
    late = examples.at > held_since(examples.at, until)
    margins = (0.0, 0.0)
    if late.any() and (~late).sum() >= 10 * LEAF_LEAST:
        early = logged.only(~late)
        low, _, high = (
            grow(early, "quantile", rounds, alpha=q).predict(logged.features[late])
            for q in QUANTILES
        )
        # Split conformal, each side apart: how far beyond it the outcome lay, at the share it should hold.
        margins = (
            float(np.quantile(low - label[late], HELD)),
            float(np.quantile(label[late] - high, HELD)),
        )
    a, b, c = (grow(logged, "quantile", rounds, alpha=q) for q in QUANTILES)
    return Quantiles((a, b, c), margins)
