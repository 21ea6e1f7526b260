"""Learning from outcomes: what is grown of all that was known, and calibrated by what came after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.forecast.calibration import Calibration, calibrate
from pipelines.forecast.dataset import LabelledLines
from pipelines.forecast.ensemble import Blend, Chance, grow
from pipelines.forecast.forecasting_model import Model
from pipelines.forecast.quantiles import fit_quantiles
from pipelines.forecast.rank_history import HOUR
from pipelines.forecast.stay_ladder import fit_ladder
from pipelines.forecast.training_set import (
    Examples,
    chance_examples,
    held_since,
    left_examples,
)
from pipelines.rules import HORIZONS_HOURS

FEWEST_TOPS = 30
"""With fewer lines that came to the top ten nothing can be learnt."""

FEWEST_OWN_TOPS = 10 * FEWEST_TOPS
"""A board with fewer lines that came to the top ten learns from all boards only."""

OWN: Mapping[str, Any] = {"num_leaves": 8, "feature_fraction": 0.2}
"""One board's trees are smaller: they have less to learn from."""

SOONER: Mapping[int, int] = {3: 1, 6: 3}
"""Horizons and the nearer one whose trees are asked too."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What chances are learnt from: examples of each horizon, and of one board alone.

    ``own`` is None where there is but one board, or none that matters more than the others. ``newest``
    is the instant at which they were known.
    """

    chances: Mapping[int, Examples]
    own: Examples | None
    newest: int

    @property
    def held_since(self) -> int:
        """The instant after which lines are held back."""
        return held_since(self.chances[min(self.chances)].at, self.newest)

    def until(self, at: int) -> "Lessons":
        """The examples up to an instant."""
        return Lessons(
            {hours: examples.only(examples.at <= at) for hours, examples in self.chances.items()},
            self.own.only(self.own.at <= at) if self.own else None,
            at,
        )


def lessons(
    labelled: Mapping[str, LabelledLines],
    until: int,
    wanted: Sequence[int] = HORIZONS_HOURS,
    own: str | None = None,
) -> Lessons:
    """All that was known at ``until`` of chances within ``wanted`` hours; ``own`` names a board."""
    needed = sorted({*wanted, *(SOONER[h] for h in wanted if h in SOONER)})
    is_one_of_many = own is not None and len(labelled) > 1
    return Lessons(
        {hours: chance_examples(labelled, hours, until) for hours in needed},
        chance_examples({own: labelled[own]}, max(wanted), until)
        if own and is_one_of_many
        else None,
        until,
    )


def grow_blends(taught: Lessons, wanted: Sequence[int]) -> dict[int, Blend]:
    """For each horizon the trees of all boards and of the nearer horizon, and those of one board alone
    where it has enough to tell; a horizon of which too little is known has none.
    """
    trees = {
        hours: grow(examples, "binary")
        for hours, examples in taught.chances.items()
        if examples.label.sum() >= FEWEST_TOPS
    }
    alone = []
    if taught.own is not None and taught.own.label.sum() >= FEWEST_OWN_TOPS:
        alone = [grow(taught.own, "binary", **OWN)]
    found = {}
    for hours in wanted:
        if hours in trees:
            asked = [hours, *([SOONER[hours]] if hours in SOONER else [])]
            parts = [trees[each] for each in asked if each in trees]
            found[hours] = Blend((*parts, *alone))
    return found


def fit_chances(
    labelled: Mapping[str, LabelledLines], until: int, wanted: Sequence[int] = HORIZONS_HOURS
) -> dict[int, Chance]:
    """Blends grown of all that was known, calibrated by others that did not see the newest weeks.

    A horizon of which too little is known has none.
    """
    taught = lessons(labelled, until, wanted)
    before, since = held_back(taught, wanted), taught.held_since
    found = {}
    for hours, blend in grow_blends(taught, wanted).items():
        calibration = Calibration()
        late = taught.chances[hours].only(taught.chances[hours].at > since)
        if hours in before and len(late.label):
            calibration = calibrate(before[hours].predict(late.features), late.label)
        found[hours] = Chance(blend, calibration)
    return found


def held_back(taught: Lessons, wanted: Sequence[int]) -> dict[int, Blend]:
    """Blends that did not see what is held back, nor an outcome in it."""
    return grow_blends(taught.until(taught.held_since - max(wanted) * HOUR), wanted)


def fit(labelled: Mapping[str, LabelledLines], until: int) -> Model | None:
    """A model of all that was known at ``until``; None when that is too little."""
    names = next(iter(labelled.values())).lines.names
    chances = fit_chances(labelled, until)
    if len(chances) < len(HORIZONS_HOURS):
        return None
    peak = fit_quantiles(left_examples(labelled, until, "peak"), until)
    stay = fit_ladder(left_examples(labelled, until), until)
    return Model(until, names, chances, peak=peak, stay=stay)
