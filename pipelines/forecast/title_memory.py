"""What became of titles with the same words: learnt from stays whose outcome is known, and no other.

A memory keeps for each word and each run of two and three signs how often titles with it did better
than their board's usual, fading with the days that were seen. It is read before it is taught: a title's
figures at an hour come from outcomes known before that hour began.
"""

import json
import zlib
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from pipelines.forecast.rank_history import Floats
from pipelines.text.titles import NOT_WORD, comparable
from pipelines.text.tokens import cut

Grams: TypeAlias = npt.NDArray[np.int64]

BUCKETS = 1 << 18

HALF_LIVES_DAYS = (45.0, 3.0)
"""Words wear out: the long memory holds subjects, the short one the news of these days."""

PRIOR = 4.0
"""A word says as much as its titles outnumber four usual ones."""

STEP = 0.15

LARGEST_SCALE = 1e9
USUAL_KEEPS = 3000.0
USUAL_UNKNOWN = (0.3, 0.3, 20.0)

NAMES = (
    "word_mean_long", "word_max_long", "word_min_long", "word_known_long",
    "word_mean_short", "word_max_short", "word_min_short", "word_known_short",
    "sign_mean_long", "sign_max_long", "sign_min_long", "sign_known_long",
    "sign_mean_short", "sign_max_short", "sign_min_short", "sign_known_short",
    "title_odds", "similar_rate", "similar_depth", "similar_best", "similar_count", "title_length",
    "usual_rate", "usual_depth",
)  # fmt: skip


def grams_of(title: str) -> tuple[Grams, Grams]:
    """Buckets of a title's words, and of its runs of two and three signs."""
    folded = comparable(title)
    words = {w for w in (NOT_WORD.sub("", word) for word in cut(folded)) if len(w) > 1}
    signs = NOT_WORD.sub("", folded)
    runs = {signs[i : i + n] for n in (2, 3) for i in range(len(signs) - n + 1)}
    return _buckets(words, "w"), _buckets(runs, "s")


def _buckets(texts: set[str], kind: str) -> Grams:
    return np.array(sorted({zlib.crc32((kind + t).encode()) % BUCKETS for t in texts}), np.int64)


@dataclass(slots=True)
class Memory:
    """What is remembered: weight and excess of each bucket for each half-life, and a linear score.

    ``weight`` and ``excess`` are kept times ``scale``, which grows instead of all of them fading.
    ``usual`` (boards, 3) holds each board's rate of the top ten, mean depth, and how many stays they
    stand for.
    """

    weight: Floats = field(default_factory=lambda: np.zeros((len(HALF_LIVES_DAYS), BUCKETS)))
    excess: Floats = field(default_factory=lambda: np.zeros((len(HALF_LIVES_DAYS), BUCKETS)))
    scale: Floats = field(default_factory=lambda: np.ones(len(HALF_LIVES_DAYS)))
    slope: Floats = field(default_factory=lambda: np.zeros(BUCKETS))
    energy: Floats = field(default_factory=lambda: np.ones(BUCKETS))
    usual: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    def fade(self, days: float) -> None:
        """Let the days pass that were seen."""
        self.scale *= 2.0 ** (days / np.array(HALF_LIVES_DAYS))
        for number in np.flatnonzero(self.scale > LARGEST_SCALE):
            self.weight[number] /= self.scale[number]
            self.excess[number] /= self.scale[number]
            self.scale[number] = 1.0

    def learn(self, grams: tuple[Grams, Grams], board: str, top: float, depth: float) -> None:
        """Take in an outcome: whether a title reached the top ten, and how deep into the list (0..1)."""
        rate, mean, count = self.usual_of(board)
        both = np.concatenate(grams)
        gain = 0.5 * (top - rate) + 0.5 * (depth - mean)
        self.weight[:, both] += self.scale[:, None]
        self.excess[:, both] += gain * self.scale[:, None]
        if len(both):
            slope = (float(expit(self._odds(both, rate))) - top) / np.sqrt(len(both))
            self.energy[both] += slope * slope
            self.slope[both] -= STEP * slope / np.sqrt(self.energy[both])
        keep = min(count, USUAL_KEEPS)
        self.usual[board] = (
            (rate * keep + top) / (keep + 1),
            (mean * keep + depth) / (keep + 1),
            keep + 1,
        )

    def usual_of(self, board: str) -> tuple[float, float, float]:
        return self.usual.get(board, USUAL_UNKNOWN)

    def _odds(self, both: Grams, rate: float) -> float:
        return float(np.log(rate / (1 - rate)) + self.slope[both].sum() / np.sqrt(len(both)))

    def read(self, grams: tuple[Grams, Grams], board: str) -> list[float]:
        """A title's figures, in the order of NAMES up to ``title_odds``."""
        out: list[float] = []
        for part in grams:
            for number, scale in enumerate(self.scale):
                if not len(part):
                    out += [0.0, 0.0, 0.0, 0.0]
                    continue
                weight = self.weight[number, part] / scale
                rate = self.excess[number, part] / scale / (weight + PRIOR)
                trust = weight / (weight + PRIOR)
                out += [
                    float(rate.mean()), float(rate.max()), float(rate.min()), float(trust.mean())
                ]  # fmt: skip
        both = np.concatenate(grams)
        return [*out, self._odds(both, 0.3) if len(both) else -0.85]


def to_bytes(memory: Memory) -> bytes:
    """A memory, compressed; what was never touched is left out."""
    touched = np.flatnonzero(memory.weight.any(axis=0) | (memory.slope != 0))
    head = json.dumps({"usual": memory.usual, "scale": memory.scale.tolist()}).encode()
    columns = [*memory.weight, *memory.excess, memory.slope, memory.energy]
    parts = [touched.astype(np.int64), *(column[touched] for column in columns)]
    body = b"".join(part.tobytes() for part in parts)
    return zlib.compress(len(head).to_bytes(4, "big") + head + body, level=1)


def from_bytes(data: bytes) -> Memory:
    """A memory that ``to_bytes`` wrote: the same to the last digit."""
    raw = zlib.decompress(data)
    split = 4 + int.from_bytes(raw[:4], "big")
    head = json.loads(raw[4:split])
    memory = Memory(scale=np.array(head["scale"]))
    memory.usual = {board: tuple(usual) for board, usual in head["usual"].items()}
    columns = [*memory.weight, *memory.excess, memory.slope, memory.energy]
    cells = np.frombuffer(raw[split:], np.float64).reshape(len(columns) + 1, -1)
    touched = cells[0].view(np.int64)
    for column, values in zip(columns, cells[1:], strict=True):
        column[touched] = values
    return memory
