"""A small neural net beside the trees: another way to be wrong, so that the mean of both is less so.

It is told several outcomes at once (sooner and later, higher and lower places), which keeps it from
learning any one by heart, and is grown a few times from different beginnings. Pure numpy.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from pipelines.board import Flags, Floats, Ints, Matrix

HIDDEN = (96, 32)
BEGINNINGS = 3
"""Nets of one kind from different beginnings: the mean of their scores counts."""

EPOCHS = 6
FEWEST_STEPS = 1500
MOST_EPOCHS = 30
BATCH = 512
RATE = 1e-3
WARM_UP = 0.05
DECAY = 0.05
"""Of each step, times the rate: weights that nothing holds up shrink."""

DROPPED_IN, DROPPED = 0.1, 0.25
"""Shares of the inputs and of the hidden signs that are left out at random while it learns."""

FADES = (0.9, 0.999)
TINY = 1e-8

KNOTS = 48
EDGE = 0.004
"""A value beyond all but so few counts as theirs: what was never seen is not drawn out to."""

SCALED_ON = 40_000
FEWEST_KNOWN = 50
SOMETIMES = 0.02
"""A feature that is missing from more than this share of lines, and not from all, says so by a sign."""

BLOCK = 2048
"""Lines are asked for in blocks of one size: the last digit must not depend on how many are asked."""

STEPS_BETWEEN = 16
"""Steps on the way from the usual line to the one that is explained."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Features as they are ranked, on a normal curve: ``knot`` and ``place`` hold those of feature f in
    ``[bound[f], bound[f + 1])``; ``missing`` numbers the features whose absence is a sign.
    """

    bound: Ints
    knot: Matrix
    place: Matrix
    missing: Ints

    def of(self, features: Matrix) -> Matrix:
        """(lines, features + signs of absence), 0 for what is usual or not known."""
        count = len(self.bound) - 1
        out = np.zeros((len(features), count + len(self.missing)), np.float32)
        for number in range(count):
            mine = slice(self.bound[number], self.bound[number + 1])
            column = features[:, number]
            known = ~np.isnan(column)
            if self.knot[mine].size:
                out[known, number] = np.interp(column[known], self.knot[mine], self.place[mine])
        out[:, count:] = np.isnan(features[:, self.missing])
        return out


def scale_for(features: Matrix) -> Scale:
    """A scale on which the features at hand lie like a normal curve; ties share their middle place."""
    some = features[:: max(len(features) // SCALED_ON, 1)]
    bound, knots, places = [0], [], []
    for column in some.T:
        known = np.sort(column[~np.isnan(column)])
        knot = np.zeros(0, np.float32)
        if len(known) >= FEWEST_KNOWN:
            knot = np.unique(
                np.quantile(known, np.linspace(EDGE, 1 - EDGE, KNOTS), method="nearest")
            )
        before = np.searchsorted(known, knot, side="left")
        upto = np.searchsorted(known, knot, side="right")
        share = (before + upto) / 2 / max(len(known), 1)
        knots.append(knot.astype(np.float32))
        places.append(ndtri(np.clip(share, EDGE, 1 - EDGE)).astype(np.float32))
        bound.append(bound[-1] + len(knot))
    gone = np.isnan(some).mean(axis=0)
    return Scale(
        np.array(bound, np.int64),
        np.concatenate(knots),
        np.concatenate(places),
        np.flatnonzero((gone > SOMETIMES) & (gone < 1 - SOMETIMES)),
    )


@dataclass(frozen=True, slots=True)
class Layers:
    """Weights (from, to) and a bias (to,) for each layer."""

    weights: tuple[Matrix, ...]
    biases: tuple[Matrix, ...]

    def signs(self, inputs: Matrix) -> list[Matrix]:
        """The inputs and what each layer makes of them; the last are the scores."""
        found = [inputs]
        last = len(self.weights) - 1
        for number, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            made = found[-1] @ weight + bias
            found.append(np.maximum(made, 0) if number < last else made)
        return found

    def pull(self, inputs: Matrix, wanted: Matrix) -> Matrix:
        """How the wanted mean of scores changes with each input (lines, inputs)."""
        found = self.signs(inputs)
        back = np.broadcast_to(wanted, found[-1].shape) @ self.weights[-1].T
        for number in range(len(self.weights) - 2, -1, -1):
            back = (back * (found[number + 1] > 0)) @ self.weights[number].T
        return np.asarray(back, np.float32)


@dataclass(frozen=True, slots=True)
class Net:
    """Some nets on one scale."""

    scale: Scale
    grown: tuple[Layers, ...]

    def predict(self, features: Matrix) -> Floats:
        """Raw scores of each outcome (lines, outcomes)."""
        outcomes = len(self.grown[0].biases[-1])
        found = np.zeros((len(features), outcomes))
        for begin in range(0, len(features), BLOCK):
            some = self.scale.of(features[begin : begin + BLOCK])
            block = np.zeros((BLOCK, some.shape[1]), np.float32)
            block[: len(some)] = some
            scores = np.mean([one.signs(block)[-1] for one in self.grown], axis=0)
            found[begin : begin + BLOCK] = scores[: len(some)]
        return found

    def contributions(self, features: Matrix, wanted: Matrix) -> Floats:
        """What each feature adds to a mean of scores (lines, features + 1); the last is the usual.

        The change along the straight way from the usual line (integrated gradients); ``wanted`` weighs
        the outcomes.
        """
        inputs = self.scale.of(features)
        added = np.zeros(inputs.shape)
        score = np.zeros(len(inputs))
        for one in self.grown:
            for step in range(STEPS_BETWEEN):
                share = np.float32((step + 0.5) / STEPS_BETWEEN)
                added += one.pull(inputs * share, wanted) * inputs / STEPS_BETWEEN
            score += one.signs(inputs)[-1] @ wanted
        count = features.shape[1]
        out = np.zeros((len(inputs), count + 1))
        out[:, :count] = added[:, :count]
        out[:, self.scale.missing] += added[:, count:]
        out /= len(self.grown)
        out[:, count] = score / len(self.grown) - out[:, :count].sum(axis=1)
        return out


def grow_net(features: Matrix, labels: Floats, weight: Floats) -> Net:
    """Nets for outcomes ``labels`` (lines, outcomes), each between 0 and 1; the same for the same lines."""
    scale = scale_for(features)
    inputs = scale.of(features)
    grown = (_grow(inputs, labels, weight, seed) for seed in range(BEGINNINGS))
    return Net(scale, tuple(grown))


def _grow(inputs: Matrix, labels: Floats, weight: Floats, seed: int) -> Layers:
    random = np.random.default_rng(seed)
    wide = [inputs.shape[1], *HIDDEN, labels.shape[1]]
    weights = [
        (random.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32)
        for a, b in pairwise(wide)
    ]
    weights[-1] *= np.float32(0.1)
    biases = [np.zeros(b, np.float32) for b in wide[1:]]
    rate = np.clip(np.average(labels, axis=0, weights=weight), EDGE, 1 - EDGE)
    biases[-1][:] = np.log(rate / (1 - rate))
    parts = weights + biases
    first = [np.zeros_like(one) for one in parts]
    second = [np.zeros_like(one) for one in parts]
    batch = min(BATCH, len(inputs))
    per_epoch = len(inputs) // batch
    epochs = int(np.clip(FEWEST_STEPS // per_epoch, EPOCHS, MOST_EPOCHS))
    total, number = epochs * per_epoch, 0
    share = (weight / weight.mean()).astype(np.float32)
    target = labels.astype(np.float32)
    for _ in range(epochs):
        order = random.permutation(len(inputs))
        for begin in range(0, per_epoch * batch, batch):
            some = order[begin : begin + batch]
            slopes = _slopes(
                weights, biases, inputs[some], target[some], share[some] / batch, random
            )
            number += 1
            pace = RATE * 0.5 * (1 + np.cos(np.pi * number / total))
            pace *= min(1.0, number / (WARM_UP * total))
            for k, slope in enumerate(slopes):
                first[k] += (1 - FADES[0]) * (slope - first[k])
                second[k] += (1 - FADES[1]) * (slope**2 - second[k])
                move = first[k] / (1 - FADES[0] ** number)
                move /= np.sqrt(second[k] / (1 - FADES[1] ** number)) + TINY
                if k < len(weights):
                    move += DECAY * parts[k]
                parts[k] -= np.float32(pace) * move
    return Layers(tuple(_short(one) for one in weights), tuple(_short(one) for one in biases))


def _slopes(  # noqa: PLR0913, PLR0917 - private, and called once
    weights: list[Matrix],
    biases: list[Matrix],
    inputs: Matrix,
    target: Matrix,
    share: Matrix,
    random: np.random.Generator,
) -> list[Matrix]:
    """Of the log loss, for all weights and then all biases, with parts dropped at random."""
    signs, kept = [inputs * _keep(inputs.shape, DROPPED_IN, random)], []
    for weight, bias in zip(weights[:-1], biases[:-1], strict=True):
        made = signs[-1] @ weight + bias
        kept.append(_keep(made.shape, DROPPED, random) * (made > 0))
        signs.append(made * kept[-1])
    score = signs[-1] @ weights[-1] + biases[-1]
    back = (1 / (1 + np.exp(-score)) - target) * share[:, None]
    of_weights, of_biases = [], []
    for number in range(len(weights) - 1, -1, -1):
        of_weights.append(signs[number].T @ back)
        of_biases.append(back.sum(axis=0))
        if number:
            back = (back @ weights[number].T) * kept[number - 1]
    return of_weights[::-1] + of_biases[::-1]


def _keep(shape: tuple[int, ...], dropped: float, random: np.random.Generator) -> Matrix:
    kept: Flags = random.random(shape, dtype=np.float32) >= dropped
    return kept.astype(np.float32) / np.float32(1 - dropped)


def _short(values: Matrix) -> Matrix:
    """As it is kept: eleven bits of a weight are enough."""
    return values.astype(np.float16).astype(np.float32)


# --- keeping ----------------------------------------------------------------------------------


def to_text(net: Net) -> dict[str, object]:
    """A net for JSON; ``from_text`` gives back the same."""
    return {
        "bound": net.scale.bound.tolist(),
        "missing": net.scale.missing.tolist(),
        "knot": _packed(net.scale.knot, np.float32),
        "place": _packed(net.scale.place, np.float32),
        "grown": [
            {
                "wide": [*(len(w) for w in one.weights), len(one.biases[-1])],
                "weights": [_packed(w, np.float16) for w in one.weights],
                "biases": [_packed(b, np.float16) for b in one.biases],
            }
            for one in net.grown
        ],
    }


def from_text(kept: Mapping[str, object]) -> Net:
    """What ``to_text`` kept."""
    read: dict[str, list] = dict(kept)  # type: ignore[type-arg, arg-type]
    scale = Scale(
        np.array(read["bound"], np.int64),
        _unpacked(read["knot"], np.float32),
        _unpacked(read["place"], np.float32),
        np.array(read["missing"], np.int64),
    )
    grown = []
    for one in read["grown"]:
        wide = one["wide"]
        grown.append(
            Layers(
                tuple(
                    _unpacked(text, np.float16).reshape(a, b)
                    for text, a, b in zip(one["weights"], wide, wide[1:], strict=False)
                ),
                tuple(_unpacked(text, np.float16) for text in one["biases"]),
            )
        )
    return Net(scale, tuple(grown))


def _packed(values: Matrix, kind: type[np.float16] | type[np.float32]) -> str:
    return b64encode(values.astype(np.dtype(kind).newbyteorder("<")).tobytes()).decode()


def _unpacked(text: object, kind: type[np.float16] | type[np.float32]) -> Matrix:
    found: npt.NDArray[np.float32] = np.frombuffer(
        b64decode(str(text)), np.dtype(kind).newbyteorder("<")
    ).astype(np.float32)
    return found
