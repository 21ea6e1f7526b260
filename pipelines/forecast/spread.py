"""Whether a topic on one list or two comes to three within six hours: a chance learnt from weeks of topics.

A line is a topic at an instant, told by numbers that were known then. Small trees learn from the lines of
some weeks what came of such topics, and speak only where they did better than a base rate on the newest days
that they had not seen. Where they do not speak the base rate does: by number of lists, age and time of day.
"""

import gzip
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipelines.forecast.calibration import Calibration, calibrate
from pipelines.forecast.ensemble import Trees, grow
from pipelines.forecast.metrics import average_precision, roc_auc
from pipelines.forecast.rank_history import HOUR, Flags, Floats, Ints, Matrix
from pipelines.forecast.training_set import Examples, weight_of
from pipelines.rules import (
    SHANGHAI_HOURS,
    SPREAD_AGE_BANDS_MINUTES,
    SPREAD_HOURS,
    SPREAD_LISTS,
    SPREAD_RATE_HOURS,
)

NUMBERS = (
    "list_count", "lists_3h", "lists_6h", "lists_12h", "lists_2d", "age_minutes", "since_joined",
    "since_first", "since_left", "best_share", "worst_share", "best_rank", "gain", "new_lists",
    "items_listed", "items_2d", "items_3h", "live_lists",
)  # fmt: skip
"""What is known of a line, by the names that warehouse/queries/spread_lines.sql gives."""

NAMES = (*NUMBERS, "hour", "list_rate_best", "list_rate_worst")
"""What the trees look at: the numbers, the hour in Shanghai, and how often topics of its lists spread."""

EVERY_HOURS = 2
"""Between instants that are learnt from: nearer ones taught no more in trials."""

LEAST_DAYS = 5
"""With so much history the trees were as far above the base rate as with three weeks."""

HELD_BACK_SHARE = 0.2
"""The newest part of the days is kept from the trees that are judged, and tells how far they are believed."""

FEWEST_TOPICS = 30
"""Different topics that came to three lists, in the days learnt from; a third of them in those held back."""

TREES: Mapping[str, Any] = {"num_leaves": 8, "min_data_in_leaf": 200}
ROUNDS = 200

MOST_LINES = 100_000
"""Above this instants are thinned: it keeps learning under ten seconds."""

RATE_PRIOR = 50
"""A list's own rate is believed as far as it rests on more than so many lines."""

# --- the base rate ------------------------------------------------------------------------------

PRIOR = 50
"""A base rate is believed as far as it rests on more than so many topics."""

USUAL = {1: 0.01, 2: 0.05}
"""How often topics on one and on two lists come to three within six hours, where no history tells."""

Rate = Callable[[int, float], float]
"""The chance by (lists, age in minutes)."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many topics on so many lists and of an age band there were, and how many came to three lists."""

    list_count: int
    age_band: int
    topic_count: int
    spread_count: int


def base_rate(counted: Iterable[Counted]) -> Rate:
    """The chance by (lists, age in minutes) from what was counted at this time of day.

    By how many lists the topic is on and its age, pulled towards the rate of all ages as far as it rests
    on few.
    """
    totals: dict[tuple[int, int | None], list[float]] = {}
    for row in counted:
        for key in ((row.list_count, row.age_band), (row.list_count, None)):
            total = totals.setdefault(key, [0.0, 0.0])
            total[0] += row.topic_count
            total[1] += row.spread_count

    def rate(list_count: int, age_minutes: float) -> float:
        band = sum(age_minutes >= edge for edge in SPREAD_AGE_BANDS_MINUTES)
        chance = USUAL[min(max(list_count, 1), 2)]
        for key in ((list_count, None), (list_count, band)):
            count, spread = totals.get(key, (0.0, 0.0))
            chance = (spread + PRIOR * chance) / (count + PRIOR)
        return chance

    return rate


# --- lines --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lines:
    """Topics at instants (microseconds UTC): the lists each stood on, and ``figures`` (lines, NUMBERS)."""

    topic: Ints
    at: Ints
    lists: Sequence[Sequence[str]]
    figures: Floats

    def number(self, name: str) -> Floats:
        """One of NUMBERS, for each line."""
        column: Floats = self.figures[:, NUMBERS.index(name)]
        return column

    def only(self, kept: Flags) -> "Lines":
        """The lines that are marked."""
        lists = [self.lists[i] for i in np.flatnonzero(kept).tolist()]
        return Lines(self.topic[kept], self.at[kept], lists, self.figures[kept])


def joined(parts: Sequence[Lines]) -> Lines:
    """Lines of several queries as one; at least one part."""
    return Lines(
        np.concatenate([part.topic for part in parts]),
        np.concatenate([part.at for part in parts]),
        [lists for part in parts for lists in part.lists],
        np.concatenate([part.figures for part in parts]),
    )


def hour_of(at: Ints) -> Ints:
    """The hour of the day in Shanghai."""
    hour: Ints = (at // HOUR + SHANGHAI_HOURS) % 24
    return hour


def list_rates(lines: Lines, came: Floats) -> dict[str, float]:
    """How often topics that stood on each list came to three, pulled towards the rate of all, which is ""."""
    whole = float(came.mean()) if len(came) else 0.0
    totals: dict[str, list[float]] = {}
    for lists, has_come in zip(lines.lists, came.tolist(), strict=True):
        for name in lists:
            total = totals.setdefault(name, [0.0, 0.0])
            total[0] += 1
            total[1] += has_come
    rates = {
        name: (spread + RATE_PRIOR * whole) / (count + RATE_PRIOR)
        for name, (count, spread) in sorted(totals.items())
    }
    return {"": whole, **rates}


def features(lines: Lines, rates: Mapping[str, float]) -> Matrix:
    """(lines, NAMES); a list that was not there when the rates were counted has that of all."""
    known = [[rates.get(name, rates[""]) for name in lists] for lists in lines.lists]
    columns = [
        lines.figures,
        hour_of(lines.at)[:, None],
        np.array([[max(of_lists), min(of_lists)] for of_lists in known]).reshape(-1, 2),
    ]
    return np.hstack(columns).astype(np.float32)


# --- learning -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chance:
    """What was learnt: each list's rate, trees, and how far they are believed."""

    rates: Mapping[str, float]
    trees: Trees
    calibration: Calibration

    def of(self, lines: Lines) -> Floats:
        """The chance of each line."""
        score = self.trees.predict(features(lines, self.rates))
        return self.calibration.chance(score)


@dataclass(frozen=True, slots=True)
class Figures:
    """How a forecaster did on the held-back days."""

    auc: float
    average_precision: float
    log_loss: float


@dataclass(frozen=True, slots=True)
class Learnt:
    """What came of learning; ``chance`` is None where the base rate was no worse, or too little came."""

    line_count: int
    came_count: int
    chance: Chance | None = None
    figures: Figures | None = None
    base: Figures | None = None


def learn(lines: Lines, came: Flags) -> Learnt:
    """Learn from lines whose outcomes are known, and judge it by the newest of them.

    The judged trees know no outcome from the held-back days; only where they beat the base rate there, trees
    of all lines are grown.
    """
    lines, label = _thinned(lines, came.astype(float))
    found = Learnt(len(label), len(np.unique(lines.topic[label > 0])))
    if not len(label):
        return found
    first, last = int(lines.at.min()), int(lines.at.max())
    split = last - round(HELD_BACK_SHARE * (last - first))
    late, early = lines.at > split, lines.at <= split - SPREAD_HOURS * HOUR
    fewest = (FEWEST_TOPICS, FEWEST_TOPICS / 3)
    for part, least in zip((early, late), fewest, strict=True):
        if len(np.unique(lines.topic[part & (label > 0)])) < least:
            return found
    rates = list_rates(lines.only(early), label[early])
    judged = lines.only(late)
    score = _grow(lines.only(early), label[early], rates).predict(features(judged, rates))
    figures = figures_of(label[late], Calibration().chance(score))
    base = figures_of(label[late], base_rates_of(lines.only(early), label[early], judged))
    if figures.log_loss >= base.log_loss or figures.auc <= base.auc:
        return Learnt(found.line_count, found.came_count, None, figures, base)
    rates = list_rates(lines, label)
    chance = Chance(rates, _grow(lines, label, rates), calibrate(score, label[late]))
    return Learnt(found.line_count, found.came_count, chance, figures, base)


def _thinned(lines: Lines, label: Floats) -> tuple[Lines, Floats]:
    share = -(-len(label) // MOST_LINES)
    if share <= 1:
        return lines, label
    kept = (lines.at // (EVERY_HOURS * HOUR)) % share == 0
    return lines.only(kept), label[kept]


def _grow(lines: Lines, label: Floats, rates: Mapping[str, float]) -> Trees:
    examples = Examples(features(lines, rates), label, lines.at, weight_of(lines.topic))
    return grow(examples, "binary", ROUNDS, **TREES)


def base_rates_of(known: Lines, label: Floats, asked: Lines) -> Floats:
    """The base rate of each line, from lines whose outcomes are known."""
    hours = hour_of(known.at)
    chance = np.zeros(len(asked.at))
    bands = np.searchsorted(SPREAD_AGE_BANDS_MINUTES, known.number("age_minutes"), side="right")
    lists = known.number("list_count")
    for hour in np.unique(hour_of(asked.at)).tolist():
        near = (hours - hour + SPREAD_RATE_HOURS) % 24 <= 2 * SPREAD_RATE_HOURS
        counted = [
            Counted(count, band, int(mine.sum()), int(label[mine].sum()))
            for count in range(1, SPREAD_LISTS)
            for band in range(len(SPREAD_AGE_BANDS_MINUTES) + 1)
            for mine in [near & (lists == count) & (bands == band)]
        ]
        rate = base_rate(counted)
        rows = np.flatnonzero(hour_of(asked.at) == hour)
        ages, counts = asked.number("age_minutes")[rows], asked.number("list_count")[rows]
        chance[rows] = [
            rate(int(count), age) for count, age in zip(counts.tolist(), ages.tolist(), strict=True)
        ]
    return chance


def figures_of(label: Floats, chance: Floats) -> Figures:
    """How well chances told what came; both outcomes must occur."""
    came = label > 0
    told = np.clip(np.where(came, chance, 1 - chance), 1e-6, 1.0)
    return Figures(
        roc_auc(came, chance), average_precision(came, chance), float(-np.mean(np.log(told)))
    )


# --- kept ---------------------------------------------------------------------------------------


def to_bytes(chance: Chance) -> bytes:
    """What was learnt as compressed JSON: the same gives the same bytes."""
    kept = {
        "names": list(NAMES),
        "rates": dict(chance.rates),
        "trees": chance.trees.text,
        "slope": chance.calibration.slope,
        "shift": chance.calibration.shift,
    }
    return gzip.compress(json.dumps(kept, ensure_ascii=False).encode(), mtime=0)


def from_bytes(data: bytes) -> Chance:
    """What ``to_bytes`` wrote; raises ValueError where it was learnt from other numbers than today's."""
    kept = json.loads(gzip.decompress(data))
    if tuple(kept["names"]) != NAMES:
        raise ValueError("This chance of three lists was learnt from other numbers. Learn anew.")
    calibration = Calibration(kept["slope"], kept["shift"])
    return Chance(kept["rates"], Trees(kept["trees"]), calibration)
