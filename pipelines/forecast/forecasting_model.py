"""A model as it is asked and kept; it knows nothing of the boards it was made from but numbers."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from pipelines.forecast.calibration import Calibration
from pipelines.forecast.ensemble import Blend, Chance, Trees
from pipelines.forecast.features import Lines
from pipelines.forecast.quantiles import QUANTILES, Quantiles
from pipelines.forecast.rank_history import Floats
from pipelines.forecast.stay_ladder import StayLadder, time_left
from pipelines.rules import CALL_HORIZON_HOURS, HORIZONS_HOURS, STAY_RUNGS_MINUTES

STARTING = "starting"
"""How the model that ships with the project is called among the learnt ones."""

FORM = 3
READABLE = (2, FORM)
"""Forms of kept models that are read: one of the second tells no chance of staying, but quantiles of the time
left."""


@dataclass(frozen=True, slots=True)
class Model:
    """All that is forecast of a topic on a board; ``trained_until`` int64 microseconds UTC.

    ``left`` tells the time left of a model that has no ladder of stays.
    """

    trained_until: int
    names: tuple[str, ...]
    chances: Mapping[int, Chance]
    left: Quantiles | None = None
    peak: Quantiles | None = None
    stay: StayLadder | None = None

    def forecast(self, lines: Lines) -> "Forecasts":
        """What is to be expected of each line; raises ValueError for lines of other features."""
        if lines.names != self.names:
            raise ValueError(
                "These lines have other features than the model was trained on. Train a new model."
            )
        features = lines.features
        chance = np.stack([self.chances[h].of(features) for h in HORIZONS_HOURS], axis=1)
        nothing = np.full((len(features), len(QUANTILES)), np.nan)
        lasting = np.full((len(features), len(STAY_RUNGS_MINUTES)), np.nan)
        left = self.left.of(features) if self.left else nothing
        if self.stay:
            lasting = self.stay.chances(features)
            left = time_left(lasting)
        return Forecasts(
            np.maximum.accumulate(chance, axis=1),
            lasting,
            left,
            self.peak.of(features) if self.peak else nothing,
        )

    def reasons(self, lines: Lines, hours: int = CALL_HORIZON_HOURS) -> Floats:
        """What each feature adds to the log odds of each line (lines, names + 1)."""
        return self.chances[hours].blend.contributions(lines.features)


@dataclass(frozen=True, slots=True)
class Forecasts:
    """``chance`` (lines, HORIZONS_HOURS); ``lasting`` (lines, STAY_RUNGS_MINUTES), nan where the model tells
    none; ``left_minutes`` (lines, low, median, high) and ``peak_rank`` (lines, QUANTILES)."""

    chance: Floats
    lasting: Floats
    left_minutes: Floats
    peak_rank: Floats


def to_bytes(model: Model) -> bytes:
    """The model as compressed JSON: the same model gives the same bytes."""
    trees = list(
        dict.fromkeys(t.text for chance in model.chances.values() for t in chance.blend.parts)
    )

    def kept_chance(chance: Chance) -> dict[str, object]:
        return {
            "parts": [trees.index(part.text) for part in chance.blend.parts],
            "slope": chance.calibration.slope,
            "shift": chance.calibration.shift,
        }

    def quantiles(learnt: Quantiles | None) -> dict[str, object] | None:
        if learnt is None:
            return None
        return {"trees": [t.text for t in learnt.trees], "margins": list(learnt.margins)}

    kept = {
        "form": FORM,
        "trained_until": model.trained_until,
        "names": list(model.names),
        "trees": trees,
        "chances": {str(hours): kept_chance(chance) for hours, chance in model.chances.items()},
        "left": quantiles(model.left),
        "peak": quantiles(model.peak),
        "stay": {"trees": model.stay.trees.text, "usual": list(model.stay.usual)}
        if model.stay
        else None,
    }
    return gzip.compress(json.dumps(kept).encode(), mtime=0)


def from_bytes(data: bytes) -> Model:
    """A model that ``to_bytes`` wrote; raises ValueError for one in another form."""
    kept = json.loads(gzip.decompress(data))
    if kept.get("form") not in READABLE:
        raise ValueError("This model was kept in another form. Train a new model.")
    trees = [Trees(text) for text in kept["trees"]]

    def chance(told: Mapping[str, Any]) -> Chance:
        blend = Blend(tuple(trees[k] for k in told["parts"]))
        return Chance(blend, Calibration(told["slope"], told["shift"]))

    def quantiles(told: Mapping[str, Any] | None) -> Quantiles | None:
        if not told:
            return None
        low, middle, high = (Trees(text) for text in told["trees"])
        down, up = map(float, told["margins"])
        return Quantiles((low, middle, high), (down, up))

    stay = kept.get("stay")
    if stay and len(stay["usual"]) != len(STAY_RUNGS_MINUTES):
        raise ValueError("This model was kept with other rungs. Train a new model.")
    return Model(
        int(kept["trained_until"]),
        tuple(kept["names"]),
        {int(hours): chance(told) for hours, told in kept["chances"].items()},
        quantiles(kept["left"]),
        quantiles(kept["peak"]),
        StayLadder(Trees(stay["trees"]), tuple(map(float, stay["usual"]))) if stay else None,
    )


@cache
def starting_model() -> Model:
    """The model that ships with the project, for a warehouse with too little history of its own."""
    return from_bytes(files("pipelines.forecast").joinpath("starting_model.json.gz").read_bytes())
