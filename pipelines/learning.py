"""Learning from outcomes: boosted trees, their calibration, and what a model is kept as.

``read_past`` turns boards into lines with all features, ``outcomes`` says what became of them, ``fit``
makes a model of the two. A model knows nothing of the boards it was made from but numbers.
"""

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from pipelines import net as nets
from pipelines import wording
from pipelines.features import (
    DAY,
    HOUR,
    MINUTE,
    NEVER,
    STAY_ENDS_AFTER,
    Board,
    Flags,
    Floats,
    Ints,
    Lines,
    Matrix,
    grid,
    lines_at,
)

if TYPE_CHECKING:
    import lightgbm

HORIZONS_HOURS = (1, 3, 6)
QUANTILES = (0.1, 0.5, 0.9)

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

FARTHEST = max(HORIZONS_HOURS)
NET_HOURS = (1, 2, 3, 6)
NET_PLACES = (5, 15, 20)
"""What a net is told of each line: whether its stay came to the top ten within so many hours, and to
these places within PLACES_WITHIN."""

PLACES_WITHIN = 3 * HOUR

ROUNDS = 200
LEAF_SHARE = 300
"""A leaf holds one line of so many, and no fewer than LEAF_LEAST, where there are few lines."""

LEAF_LEAST = 40
LEAF_MOST = 300

HELD_BACK = 7 * DAY
"""Calibration is read from a week that the trees did not see."""

MOST_LINES = 400_000
"""Above this, instants are thinned: more lines of the same stays teach little and cost memory."""

FEWEST_TOPS = 30
"""With fewer lines that came to the top ten nothing can be learnt."""

PULL = 20.0
"""Calibration leaves the trees' chance as it is unless so much evidence says otherwise."""


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of each line, as far as the rows at hand tell.

    ``stay`` numbers the board's stays, ``top_at`` says when it first came to the top ten (NEVER),
    ``peak`` the best rank of the whole stay, ``ends_at`` when it was last seen, ``is_over`` whether it
    is known to have ended, ``best_soon`` its best rank after the line and within PLACES_WITHIN (inf).
    """

    stay: Ints
    top_at: Ints
    peak: Floats
    ends_at: Ints
    is_over: Flags
    best_soon: Floats


@dataclass(frozen=True, slots=True)
class Past:
    """Boards with the titles of their items: what a warehouse or an archive remembers."""

    boards: Mapping[str, Board]
    titles: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Read:
    """Lines of one board with all features, and their outcomes."""

    lines: Lines
    outcomes: Outcomes


def stays_of(past: Past) -> tuple[wording.Titles, dict[str, Ints]]:
    """All boards' stays in the order they began; and for each board the numbers of its own there."""
    parts = []
    for name, board in past.boards.items():
        first = board.rows_of(board.stays_item, np.searchsorted(board.times, board.stays_first))
        best = np.minimum(
            board.rank[first], board.best_until(first, board.stays_first + wording.KNOWN_AFTER)
        )
        depth = 1 - (best - 1) / board.lengths[board.snapshot[first]]
        parts.append((name, board, depth))
    first_at = np.concatenate([b.stays_first for _, b, _ in parts])
    owner = np.repeat(np.arange(len(parts)), [len(b.stays_first) for _, b, _ in parts])
    item = np.concatenate([b.stays_item for _, b, _ in parts])
    order = np.lexsort((item, owner, first_at))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    bounds = np.cumsum([0, *(len(b.stays_first) for _, b, _ in parts)])
    titles = [past.titles[name][i] for name, b, _ in parts for i in b.stays_item.tolist()]
    names = [name for name, _, _ in parts]
    return (
        wording.Titles(
            [titles[i] for i in order.tolist()],
            [names[owner[i]] for i in order.tolist()],
            first_at[order],
            np.concatenate([b.stays_top for _, b, _ in parts])[order],
            np.concatenate([d for _, _, d in parts])[order],
        ),
        {name: place[bounds[i] : bounds[i + 1]] for i, name in enumerate(names)},
    )


@dataclass(frozen=True, slots=True)
class Told:
    """All boards' stays with what their titles tell; ``number`` says which of them are each board's."""

    stays: wording.Titles
    number: Mapping[str, Ints]
    followed: wording.Followed


def read_titles(past: Past, teach_until: int = NEVER, memory: wording.Memory | None = None) -> Told:
    """What the titles of all boards tell, learnt from outcomes known by then and by ``teach_until``."""
    stays, number = stays_of(past)
    return Told(stays, number, wording.follow(stays, teach_until, memory))


def read_board(board: Board, told: Told, every: int, since: int, until: int) -> Read:
    """Lines and outcomes of a board on the grid in [since, until)."""
    lines = lines_at(board, grid(board, every, since, until), every)
    stay = told.number[board.name][board.stay[lines.row]]
    return Read(with_words(lines, told.stays, told.followed, stay), outcomes(board, lines))


def read_past(past: Past, every: int, since: int, until: int) -> dict[str, Read]:
    """Lines and outcomes of every board on one grid in [since, until)."""
    told = read_titles(past)
    return {
        name: read_board(board, told, every, since, until) for name, board in past.boards.items()
    }


def with_words(
    lines: Lines, stays: wording.Titles, followed: wording.Followed, stay: Ints
) -> Lines:
    """Lines with what their titles tell beside what their path tells; ``stay`` numbers each line's."""
    columns = [
        followed.figures[stay],
        wording.story_of(followed, stays, stay, lines.at, same_board=True),
        wording.story_of(followed, stays, stay, lines.at, same_board=False),
    ]
    names = (
        *wording.NAMES,
        *wording.STORY_NAMES,
        *(f"{name}_elsewhere" for name in wording.STORY_NAMES),
    )
    features = np.hstack([lines.features, *(c.astype(np.float32) for c in columns)])
    return Lines(
        lines.board, lines.at, lines.item, lines.rank, lines.row, lines.is_candidate,
        lines.is_stale, features, lines.names + names,
    )  # fmt: skip


def outcomes(board: Board, lines: Lines) -> Outcomes:
    """What became of the lines' stays, from all rows of the board."""
    stay = board.stay[lines.row]
    newest = int(board.times[-1]) if len(board.times) else 0
    ends = board.stays_last[stay]
    return Outcomes(
        stay,
        board.stays_top[stay],
        board.stays_peak[stay].astype(float),
        ends,
        ends + STAY_ENDS_AFTER < newest,
        board.best_until(lines.row, lines.at + PLACES_WITHIN),
    )


def reached(read: Read, hours: int) -> Floats:
    """1 where the stay came to the top ten within so many hours after the line."""
    after = read.outcomes.top_at > read.lines.at
    return (after & (read.outcomes.top_at <= read.lines.at + hours * HOUR)).astype(float)


@dataclass(frozen=True, slots=True)
class Examples:
    """Lines to learn from: float32 features (lines, names), a label, an instant and a weight each.

    A label may be several outcomes at once (lines, outcomes).
    """

    features: Matrix
    label: Floats
    at: Ints
    weight: Floats

    def only(self, kept: Flags) -> "Examples":
        """The examples that are marked."""
        return Examples(self.features[kept], self.label[kept], self.at[kept], self.weight[kept])


def chance_examples(reads: Mapping[str, Read], hours: int, until: int) -> Examples:
    """Candidates whose horizon had wholly passed at ``until``, all boards together."""
    return _candidates(reads, hours, until, lambda read: reached(read, hours))


def many_examples(reads: Mapping[str, Read], until: int) -> Examples:
    """Candidates whose farthest horizon had passed, with NET_HOURS and NET_PLACES as their label."""
    return _candidates(reads, FARTHEST, until, _many)


def _many(read: Read) -> Floats:
    came = [reached(read, hours) for hours in NET_HOURS]
    climbed = [read.outcomes.best_soon <= place for place in NET_PLACES]
    return np.stack([*came, *climbed], axis=1).astype(float)


def _candidates(
    reads: Mapping[str, Read], hours: int, until: int, label: Callable[[Read], Floats]
) -> Examples:
    picked = []
    for read in reads.values():
        lines = read.lines
        known = lines.is_candidate & ~lines.is_stale & (lines.at + hours * HOUR <= until)
        picked.append(
            (
                lines.features[known],
                label(read)[known],
                lines.at[known],
                _by_stay(read.outcomes.stay[known]),
            )
        )
    return _joined(picked)


def _by_stay(stay: Ints) -> Floats:
    """A stay of n lines weighs as much as root n: its lines are nearly copies of one another."""
    _, number, count = np.unique(stay, return_inverse=True, return_counts=True)
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


def grow(examples: Examples, objective: str, rounds: int = ROUNDS, **wanted: Any) -> Trees:
    """Trees for a label; ``wanted`` overrides TREES."""
    leaf = int(np.clip(len(examples.label) / LEAF_SHARE, LEAF_LEAST, LEAF_MOST))
    parameters = {**TREES, "min_data_in_leaf": leaf, "objective": objective, **wanted}
    import lightgbm  # noqa: PLC0415

    data = lightgbm.Dataset(examples.features, examples.label, weight=examples.weight)
    return Trees(lightgbm.train(parameters, data, rounds).model_to_string())


NET_SHARE = 1 / 3
"""A net's scores lie half as wide again as the trees': so each counts about as much."""


@dataclass(frozen=True, slots=True)
class Blend:
    """Models that are asked together: the mean of the trees' raw scores, and NET_SHARE of the net's."""

    parts: tuple[Trees, ...]
    net: nets.Net | None = None
    hours: int = 3

    @property
    def text(self) -> str:
        """All that it is made of: the same text says the same chances."""
        kept = nets.to_text(self.net) if self.net else None
        return json.dumps([[part.text for part in self.parts], kept, self.hours])

    def predict(self, features: Matrix) -> Floats:
        """Raw scores (lines,)."""
        scores: Floats = np.mean([part.predict(features) for part in self.parts], axis=0)
        if self.net is None or not len(features):
            return scores
        told = self.net.predict(features) @ _asked_of_net(self.hours)
        return (1 - NET_SHARE) * scores + NET_SHARE * told

    def contributions(self, features: Matrix) -> Floats:
        """What each feature adds to each raw score (lines, names + 1); the last is the usual."""
        added: Floats = np.mean([part.contributions(features) for part in self.parts], axis=0)
        if self.net is None:
            return added
        wanted = _asked_of_net(self.hours).astype(np.float32)
        told = self.net.contributions(features, wanted)
        return (1 - NET_SHARE) * added + NET_SHARE * told


def _asked_of_net(hours: int) -> Floats:
    """A net's score for a horizon: the mean of those up to it, for what comes soon is told more sharply."""
    upto = [float(one <= hours) for one in NET_HOURS]
    return np.array([*upto, *(0.0 for _ in NET_PLACES)]) / sum(upto)


FEWEST_OWN_TOPS = 10 * FEWEST_TOPS
"""A board with fewer lines that came to the top ten learns from all boards only."""

OWN: Mapping[str, Any] = {"num_leaves": 8, "feature_fraction": 0.2}
"""One board's trees are smaller: they have less to learn from."""

SOONER: Mapping[int, int] = {3: 1, 6: 3}
"""Horizons and the nearer one whose trees are asked too."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """What chances are learnt from: examples of each horizon, of one board alone, and of many outcomes.

    ``own`` is None where there is but one board, or none that matters more than the others. ``newest``
    is the instant at which they were known.
    """

    chances: Mapping[int, Examples]
    own: Examples | None
    many: Examples
    newest: int

    def until(self, at: int) -> "Lessons":
        """The examples up to an instant."""
        return Lessons(
            {hours: one.only(one.at <= at) for hours, one in self.chances.items()},
            self.own.only(self.own.at <= at) if self.own else None,
            self.many.only(self.many.at <= at),
            at,
        )


def lessons(
    reads: Mapping[str, Read],
    until: int,
    wanted: Sequence[int] = HORIZONS_HOURS,
    own: str | None = None,
) -> Lessons:
    """All that was known at ``until`` of chances within ``wanted`` hours; ``own`` names a board."""
    needed = sorted({*wanted, *(SOONER[h] for h in wanted if h in SOONER)})
    is_one_of_many = own is not None and len(reads) > 1
    return Lessons(
        {hours: chance_examples(reads, hours, until) for hours in needed},
        chance_examples({own: reads[own]}, max(wanted), until) if own and is_one_of_many else None,
        many_examples(reads, until),
        until,
    )


def grow_blends(taught: Lessons, wanted: Sequence[int]) -> dict[int, Blend]:
    """For each horizon the trees of all boards and of the nearer horizon, those of one board alone where
    it has enough to tell, and a net; a horizon of which too little is known has none.
    """
    trees = {
        hours: grow(one, "binary")
        for hours, one in taught.chances.items()
        if one.label.sum() >= FEWEST_TOPS
    }
    alone = []
    if taught.own is not None and taught.own.label.sum() >= FEWEST_OWN_TOPS:
        alone = [grow(taught.own, "binary", **OWN)]
    many = taught.many
    grown = None
    if many.label[:, 0].sum() >= FEWEST_OWN_TOPS:
        grown = nets.grow_net(many.features, many.label, many.weight)
    found = {}
    for hours in wanted:
        if hours in trees:
            asked = [hours, *([SOONER[hours]] if hours in SOONER else [])]
            parts = [trees[one] for one in asked if one in trees]
            found[hours] = Blend((*parts, *alone), grown, hours)
    return found


CARE = 0.05
CARE_SHARPNESS = 8
"""A half is where calls are made, and a stay is called at the first of many looks: near a half a chance
is stated lower, by at most CARE, so that a stated half is a full .55. Order and ends stay as they are."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a raw score to a chance: ``1 / (1 + exp(-(slope * score + shift)))``, careful near a half."""

    slope: float = 1.0
    shift: float = 0.0

    def chance(self, score: Floats) -> Floats:
        """The calibrated chance of each raw score."""
        chance: Floats = 1 / (1 + np.exp(-(self.slope * score + self.shift)))
        return chance - CARE * (4 * chance * (1 - chance)) ** CARE_SHARPNESS


def calibrate(score: Floats, label: Floats) -> Calibration:
    """Slope and shift that fit the outcomes best, pulled towards leaving the score as it is."""
    if not len(score):
        return Calibration()
    turn = np.array([1.0, 0.0])
    pull = np.diag([PULL, PULL / 10])
    design = np.stack([score, np.ones(len(score))], axis=1)
    for _ in range(25):  # Newton's steps; it settles in fewer than ten
        p = 1 / (1 + np.exp(-design @ turn))
        slope = design.T @ (p - label) + pull @ (turn - [1.0, 0.0])
        bend = (design * (p * (1 - p))[:, None]).T @ design + pull
        turn = turn - np.linalg.solve(bend, slope)
    return Calibration(float(turn[0]), float(turn[1]))


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of one thing: what is asked, and its calibration."""

    blend: Blend
    calibration: Calibration

    def of(self, features: Matrix) -> Floats:
        """The chance for each line."""
        return self.calibration.chance(self.blend.predict(features))


def fit_chances(
    reads: Mapping[str, Read], until: int, wanted: Sequence[int] = HORIZONS_HOURS
) -> dict[int, Chance]:
    """Blends grown of all that was known, calibrated by others that did not see the newest week.

    A horizon of which too little is known has none.
    """
    taught = lessons(reads, until, wanted)
    before = held_back(taught, wanted)
    found = {}
    for hours, blend in grow_blends(taught, wanted).items():
        calibration = Calibration()
        late = taught.chances[hours].only(taught.chances[hours].at > until - HELD_BACK)
        if hours in before and len(late.label):
            calibration = calibrate(before[hours].predict(late.features), late.label)
        found[hours] = Chance(blend, calibration)
    return found


def held_back(taught: Lessons, wanted: Sequence[int]) -> dict[int, Blend]:
    """Blends that did not see the newest week, nor an outcome in it."""
    since = taught.newest - HELD_BACK
    return grow_blends(taught.until(since - max(wanted) * HOUR), wanted)


# --- the peak and the time left ---------------------------------------------------------------


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


HELD = 0.91
"""Each side holds so much of the held-back week: of the next one, which differs, it holds a point less."""


def fit_quantiles(examples: Examples, until: int, rounds: int = ROUNDS // 2) -> Quantiles | None:
    """Quantiles of the label, widened until the newest tenth of stays falls in as often as it should."""
    if len(examples.label) < 10 * LEAF_LEAST:
        return None
    label = np.log1p(examples.label)
    logged = Examples(examples.features, label, examples.at, examples.weight)
    late = examples.at > until - HELD_BACK
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


LEFT_SETTLES = 2 * DAY
"""Time left is learnt from lines so old that nearly all of their stays have ended."""

EVERY_FEWTH = 3
"""Time left and peak are learnt from one instant in three: they change slowly."""


def left_examples(reads: Mapping[str, Read], until: int, what: str = "left") -> Examples:
    """Minutes left on the board, or the best rank still to come, of every ranked line."""
    picked = []
    for read in reads.values():
        lines, out = read.lines, read.outcomes
        known = ~lines.is_stale & (lines.at <= until - LEFT_SETTLES)
        known &= (lines.at // (30 * MINUTE)) % EVERY_FEWTH == 0
        ends = np.minimum(out.ends_at, until)
        label = (ends - lines.at) / MINUTE if what == "left" else out.peak
        label = np.maximum(label, 0)[known].astype(float)
        picked.append((lines.features[known], label, lines.at[known], np.ones(len(label))))
    return _joined(picked)


# --- a model ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Model:
    """All that is forecast of a topic on a board; ``trained_until`` int64 microseconds UTC."""

    trained_until: int
    names: tuple[str, ...]
    chances: Mapping[int, Chance]
    left: Quantiles | None = None
    peak: Quantiles | None = None

    def forecast(self, lines: Lines) -> "Forecasts":
        """What is to be expected of each line; raises ValueError for lines of other features."""
        if lines.names != self.names:
            raise ValueError(
                "These lines have other features than the model was trained on. Train a new model."
            )
        features = lines.features
        chance = np.stack([self.chances[h].of(features) for h in HORIZONS_HOURS], axis=1)
        nothing = np.full((len(features), len(QUANTILES)), np.nan)
        return Forecasts(
            np.maximum.accumulate(chance, axis=1),
            self.left.of(features) if self.left else nothing,
            self.peak.of(features) if self.peak else nothing,
        )

    def reasons(self, lines: Lines, hours: int = 3) -> Floats:
        """What each feature adds to the log odds of each line (lines, names + 1)."""
        return self.chances[hours].blend.contributions(lines.features)


@dataclass(frozen=True, slots=True)
class Forecasts:
    """``chance`` (lines, HORIZONS_HOURS); ``left_minutes`` and ``peak_rank`` (lines, QUANTILES)."""

    chance: Floats
    left_minutes: Floats
    peak_rank: Floats


def fit(reads: Mapping[str, Read], until: int) -> Model | None:
    """A model of all that was known at ``until``; None when that is too little."""
    names = next(iter(reads.values())).lines.names
    chances = fit_chances(reads, until)
    if len(chances) < len(HORIZONS_HOURS):
        return None
    left = fit_quantiles(left_examples(reads, until), until)
    peak = fit_quantiles(left_examples(reads, until, "peak"), until)
    return Model(until, names, chances, left, peak)


def to_bytes(model: Model) -> bytes:
    """The model as compressed JSON: the same model gives the same bytes."""
    trees = list(dict.fromkeys(t.text for one in model.chances.values() for t in one.blend.parts))
    grown = next((one.blend.net for one in model.chances.values() if one.blend.net), None)

    def chance(one: Chance) -> dict[str, object]:
        return {
            "parts": [trees.index(part.text) for part in one.blend.parts],
            "slope": one.calibration.slope,
            "shift": one.calibration.shift,
        }

    def quantiles(one: Quantiles | None) -> dict[str, object] | None:
        if one is None:
            return None
        return {"trees": [t.text for t in one.trees], "margins": list(one.margins)}

    kept = {
        "trained_until": model.trained_until,
        "names": list(model.names),
        "trees": trees,
        "net": nets.to_text(grown) if grown else None,
        "chances": {str(hours): chance(one) for hours, one in model.chances.items()},
        "left": quantiles(model.left),
        "peak": quantiles(model.peak),
    }
    return gzip.compress(json.dumps(kept).encode(), mtime=0)


def from_bytes(data: bytes) -> Model:
    """A model that ``to_bytes`` wrote; raises ValueError for one in another form."""
    kept = json.loads(gzip.decompress(data))
    if "net" not in kept:
        raise ValueError("This model was kept in another form. Train a new model.")
    trees = [Trees(text) for text in kept["trees"]]
    grown = nets.from_text(kept["net"]) if kept["net"] else None

    def chance(hours: str, one: Mapping[str, Any]) -> Chance:
        blend = Blend(tuple(trees[k] for k in one["parts"]), grown, int(hours))
        return Chance(blend, Calibration(one["slope"], one["shift"]))

    def quantiles(one: Mapping[str, Any] | None) -> Quantiles | None:
        if not one:
            return None
        low, middle, high = (Trees(text) for text in one["trees"])
        down, up = map(float, one["margins"])
        return Quantiles((low, middle, high), (down, up))

    return Model(
        int(kept["trained_until"]),
        tuple(kept["names"]),
        {int(hours): chance(hours, one) for hours, one in kept["chances"].items()},
        quantiles(kept["left"]),
        quantiles(kept["peak"]),
    )


@cache
def starting_model() -> Model:
    """The model that ships with the project, for a warehouse with too little history of its own."""
    return from_bytes(files("pipelines").joinpath("models/starting.json.gz").read_bytes())
