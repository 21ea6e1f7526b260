"""Challenger and champion: whether a model learnt anew is taken into use, and by what figures.

Both are judged on the same lines of the newest days, which neither has learnt from, beside what anyone
could sort a list by. Figures of lists are taken apart and averaged by what came: a list of ten does not
compare with one of fifty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.forecast import training
from pipelines.forecast.dataset import LabelledLines, reached
from pipelines.forecast.ensemble import Chance
from pipelines.forecast.forecasting_model import Model
from pipelines.forecast.metrics import BINS, average_precision, calibration_error, roc_auc
from pipelines.forecast.rank_history import DAY, HOUR, Flags, Floats, Ints, Matrix
from pipelines.rules import CALL_HORIZON_HOURS

JUDGED_FOR = 3 * DAY
"""The newest days are kept from the challenger: as few as tell, for it has to do without their news."""

LEAST_KNOWN = 7 * DAY
"""Before the judged days: a board's usual pace is read from a week, and its calibration from another part."""

NO_BETTER = "no_better_than_"
"""What a decision's code begins with where the champion or a baseline was not beaten; its name follows."""

FEWEST_TOPS = 50
"""Stays that came to the top ten in the judged days: with fewer, luck decides."""

MARGIN = 0.005
"""By so much average precision the challenger has to win: a smaller gain is not worth a change."""

BASELINE_MARGIN = 0.01
"""By so much, in both figures, it has to beat what anyone could sort by."""

TOLERANCE = 0.002
"""The area under the curve of two equal models differs by about so much from week to week."""

CALIBRATION_BAR = 0.02
"""Chances may be wrong by so much on average; beyond, only as far as luck goes, or the champion is."""


CHALLENGER, CHAMPION = "challenger", "champion"
BASELINES: Mapping[str, tuple[str, ...]] = {
    "rank": ("rank",),
    "rank_gain": ("rank_gain_60",),
    "heat_growth": ("heat_growth_10", "heat_growth_30", "heat_growth_60"),
}
"""What anyone could sort by, and the features that say it, the first that is known; low ranks are best."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How one forecaster did; ``calibration_error`` is None where it states no chance."""

    forecaster: str
    auc: float
    average_precision: float
    calibration_error: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """Lines that forecasters are judged by: their list, features, and whether they came.

    ``stay_count`` and ``top_count`` count stays, of which many lines are nearly copies.
    """

    board: Ints
    features: Matrix
    label: Flags
    stay_count: int
    top_count: int

    @property
    def luck(self) -> float:
        """How far off perfect chances would seem in BINS bins of so many stays: the mean of |noise|."""
        share = float(self.label.mean()) if len(self.label) else 0.0
        return float(np.sqrt(2 / np.pi * share * (1 - share) * BINS / max(self.stay_count, 1)))


def judged(
    labelled: Mapping[str, LabelledLines], since: int, until: int, hours: int = CALL_HORIZON_HOURS
) -> Judged:
    """The candidates of [since, until) whose outcome was known at ``until``."""
    boards, features, labels = [], [], []
    stays = tops = 0
    for number, read in enumerate(labelled.values()):
        lines = read.lines
        known = lines.is_candidate & ~lines.is_stale
        known &= (lines.at >= since) & (lines.at + hours * HOUR <= until)
        label = reached(read, hours)[known] > 0
        boards.append(np.full(int(known.sum()), number))
        features.append(lines.features[known])
        labels.append(label)
        stays += len(np.unique(read.outcomes.stay[known]))
        tops += len(np.unique(read.outcomes.stay[known][label]))
    return Judged(
        np.concatenate(boards), np.concatenate(features), np.concatenate(labels), stays, tops
    )


def figures(forecaster: str, lines: Judged, score: Floats, *, is_chance: bool) -> Figures:
    """The figures of one forecaster's scores; lists where nothing came, or all did, count in none."""
    weights, areas, precisions = [], [], []
    for board in np.unique(lines.board):
        mine = lines.board == board
        label = lines.label[mine]
        if label.any() and not label.all():
            weights.append(label.sum())
            areas.append(roc_auc(label, score[mine]))
            precisions.append(average_precision(label, score[mine]))
    return Figures(
        forecaster,
        float(np.average(areas, weights=weights)),
        float(np.average(precisions, weights=weights)),
        calibration_error(lines.label, score) if is_chance else None,
    )


def compare(
    challenger: Chance, champion: Model | None, lines: Judged, names: Sequence[str]
) -> tuple[Figures, ...]:
    """The challenger, the champion where one can be compared with, and the baselines that say anything."""
    found = [figures(CHALLENGER, lines, challenger.of(lines.features), is_chance=True)]
    if champion is not None:
        chance = champion.chances[CALL_HORIZON_HOURS].of(lines.features)
        found.append(figures(CHAMPION, lines, chance, is_chance=True))
    for name, said_by in BASELINES.items():
        score = np.full(len(lines.label), np.nan)
        for feature in said_by:
            column = lines.features[:, list(names).index(feature)]
            score = np.where(np.isnan(score), column, score)
        if np.isfinite(score).any():
            score = np.nan_to_num(score, nan=float(np.nanmedian(score)))
            up = -score if name == "rank" else score
            found.append(figures(name, lines, up, is_chance=False))
    return tuple(found)


def compare_other_hours(
    challengers: Mapping[int, Chance],
    champion: Model | None,
    labelled: Mapping[str, LabelledLines],
    since: int,
    until: int,
) -> tuple[Figures, ...]:
    """Figures of the chances that the decision does not look at, named ``challenger_1h`` and so on."""
    found = []
    for hours, challenger in challengers.items():
        lines = judged(labelled, since, until, hours)
        if hours == CALL_HORIZON_HOURS or not 0 < lines.top_count < lines.stay_count:
            continue
        asked = {CHALLENGER: challenger} | ({CHAMPION: champion.chances[hours]} if champion else {})
        for name, asked_of in asked.items():
            chance = asked_of.of(lines.features)
            found.append(figures(f"{name}_{hours}h", lines, chance, is_chance=True))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether the challenger is taken into use: a short code of why, and the figures that it is told with.

    ``auc``, ``ap`` and ``error`` are the challenger's, those of the one that it is compared with begin with
    ``other_``; a baseline has no error.
    """

    is_accepted: bool
    code: str
    figures: Mapping[str, float]


def decide(found: Sequence[Figures], top_count: int, luck: float = 0.0) -> Decision:
    """The rule.

    The challenger is taken into use if enough came to judge by, and it beats every baseline in both
    figures by BASELINE_MARGIN, and the champion's average precision by MARGIN without losing area, and
    its chances are off by at most CALIBRATION_BAR, or by no more than the champion's or than ``luck``
    explains. Without a champion to compare with, the others decide.
    """
    by = {figures.forecaster: figures for figures in found}
    new, old = by[CHALLENGER], by.get(CHAMPION)
    if top_count < FEWEST_TOPS:
        return Decision(False, "too_few_tops", {"tops": top_count, "needed": FEWEST_TOPS})
    said = _told(new)
    for figures in found:
        if figures.forecaster in BASELINES and not _beats(
            new, figures, BASELINE_MARGIN, BASELINE_MARGIN
        ):
            code = f"{NO_BETTER}{figures.forecaster}"
            return Decision(False, code, said | _told(figures, "other_"))
    if old is not None:
        said |= _told(old, "other_")
        if not _beats(new, old, MARGIN, -TOLERANCE):
            return Decision(False, "no_better_than_champion", said)
    was_off = (old.calibration_error if old else None) or 0.0
    if (new.calibration_error or 0.0) > max(CALIBRATION_BAR, luck, was_off):
        return Decision(False, "chances_off", said)
    return Decision(True, "better_than_champion" if old else "better_than_baselines", said)


def _told(figures: Figures, prefix: str = "") -> dict[str, float]:
    error = figures.calibration_error
    return {
        f"{prefix}auc": figures.auc,
        f"{prefix}ap": figures.average_precision,
        **({} if error is None else {f"{prefix}error": error}),
    }


def _beats(new: Figures, old: Figures, precision: float, area: float) -> bool:
    return new.average_precision >= old.average_precision + precision and new.auc >= old.auc + area


def challenge(labelled: Mapping[str, LabelledLines], judged_since: int) -> dict[int, Chance]:
    """What can be learnt, by horizon, from outcomes known before the judged days; without those of which
    too little is known.
    """
    return training.fit_chances(labelled, judged_since)
