"""What became of titles with the same words: learnt from stays whose outcome is known, and no other.

A memory keeps for each word and each run of two and three signs how often titles with it did better
than their board's usual, fading with the days that were seen. It is read before it is taught: a title's
figures at an hour come from outcomes known before that hour began.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from zlib import crc32

import numpy as np
import numpy.typing as npt

from pipelines.forecast.features import DAY, HOUR, MINUTE, NEVER, Floats, Ints
from pipelines.rules import STAY_OUTCOME_HOURS
from pipelines.text.titles import NOT_WORD, comparable
from pipelines.text.tokens import cut

Grams: TypeAlias = npt.NDArray[np.int64]

BUCKETS = 1 << 18
KNOWN_AFTER = STAY_OUTCOME_HOURS * HOUR

HALF_LIVES_DAYS = (45.0, 3.0)
"""Words wear out: the long memory holds subjects, the short one the news of these days."""

PRIOR = 4.0
"""A word says as much as its titles outnumber four usual ones."""

STEP = 0.15
NEIGHBOURS = 8
NEIGHBOUR_PRIOR = 0.5
MOST_SHARED = 400
"""Of a run of signs that very many titles share, so many newest are compared."""

LARGEST_SCALE = 1e9
USUAL_KEEPS = 3000.0
USUAL_UNKNOWN = (0.3, 0.3, 20.0)
STORY_LIKENESS = 0.15
STORY_LASTS = 36 * HOUR

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
    words = {w for w in (NOT_WORD.sub("", one) for one in cut(folded)) if len(w) > 1}
    signs = NOT_WORD.sub("", folded)
    runs = {signs[i : i + n] for n in (2, 3) for i in range(len(signs) - n + 1)}
    return _buckets(words, "w"), _buckets(runs, "s")


def _buckets(texts: set[str], kind: str) -> Grams:
    return np.array(sorted({crc32((kind + t).encode()) % BUCKETS for t in texts}), np.int64)


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
            slope = (1 / (1 + np.exp(-self._odds(both, rate))) - top) / np.sqrt(len(both))
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


@dataclass(frozen=True, slots=True)
class Titles:
    """Stays to be read and learnt from, ordered by ``first_at``: those of all boards in one.

    ``depth`` is how far up the list the stay had come within ``KNOWN_AFTER``, 0 (last) to 1 (first).
    """

    titles: Sequence[str]
    boards: Sequence[str]
    first_at: Ints
    top_at: Ints
    depth: Floats


@dataclass(frozen=True, slots=True)
class Followed:
    """Each stay's ``figures`` (stays, NAMES) when it began, and which stays tell a story with it.

    ``ours`` and ``theirs`` number stays, both ways round, with their ``likeness`` (0..1).
    """

    figures: Floats
    ours: Ints
    theirs: Ints
    likeness: Floats
    memory: Memory


def follow(stays: Titles, teach_until: int = NEVER, memory: Memory | None = None) -> Followed:
    """Read every stay when it begins, and teach the memory what was known by then."""
    memory = memory or Memory()
    cache: dict[str, tuple[Grams, Grams]] = {}
    for title in stays.titles:
        if title not in cache:
            cache[title] = grams_of(title)
    grams = [cache[title] for title in stays.titles]
    sizes = np.array([len(g[1]) for g in grams], float)
    top = (stays.top_at <= stays.first_at + KNOWN_AFTER).astype(float)
    hours = stays.first_at // HOUR
    postings: dict[int, list[int]] = {}
    figures = np.zeros((len(grams), len(NAMES)))
    pairs: list[tuple[Ints, Ints, Floats]] = []
    taught, taught_hour = 0, int(hours[0]) if len(hours) else 0
    for i, hour in enumerate(hours.tolist()):
        if i == 0 or hour != hours[i - 1]:
            until = min(hour * HOUR, teach_until) - KNOWN_AFTER
            ready = int(np.searchsorted(stays.first_at, until, side="right"))
            if ready > taught:
                memory.fade(min((hour - taught_hour) * HOUR / DAY, 1.0))
                taught_hour = hour
                for j in range(taught, ready):
                    memory.learn(grams[j], stays.boards[j], top[j], stays.depth[j])
                taught = ready
        figures[i, :17] = memory.read(grams[i], stays.boards[i])
        others, shared = _sharing(grams[i][1], postings)
        like = shared / np.sqrt(np.maximum(sizes[others] * sizes[i], 1))
        known = others < taught
        usual = memory.usual_of(stays.boards[i])
        figures[i, 17:21] = _similar(like[known], others[known], top, stays.depth, usual)
        figures[i, 21] = len(stays.titles[i])
        figures[i, 22:] = usual[:2]
        story = (like >= STORY_LIKENESS) & (
            stays.first_at[others] > stays.first_at[i] - STORY_LASTS
        )
        pairs.append((np.full(int(story.sum()), i), others[story], like[story]))
        for gram in grams[i][1].tolist():
            postings.setdefault(gram, []).append(i)
    one = np.concatenate([p[0] for p in pairs]) if pairs else np.zeros(0, np.int64)
    two = np.concatenate([p[1] for p in pairs]) if pairs else np.zeros(0, np.int64)
    like = np.concatenate([p[2] for p in pairs]) if pairs else np.zeros(0)
    return Followed(figures, np.r_[one, two], np.r_[two, one], np.r_[like, like], memory)


def _sharing(grams: Grams, postings: dict[int, list[int]]) -> tuple[Ints, Floats]:
    """Earlier stays that share runs of signs, in order, and how many each shares."""
    found = [postings[g][-MOST_SHARED:] for g in grams.tolist() if g in postings]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0)
    others, shared = np.unique(np.concatenate(found), return_counts=True)
    return others.astype(np.int64), shared.astype(float)


def _similar(
    value: Floats, who: Ints, top: Floats, depth: Floats, usual: tuple[float, float, float]
) -> tuple[float, float, float, float]:
    """Rate and depth of the most alike earlier titles above the usual, best likeness, and how many."""
    if len(value) > NEIGHBOURS:
        order = np.lexsort((-who, -value))[:NEIGHBOURS]
        value, who = value[order], who[order]
    weight = value**2
    total = weight.sum() + NEIGHBOUR_PRIOR
    return (
        float((weight * (top[who] - usual[0])).sum() / total),
        float((weight * (depth[who] - usual[1])).sum() / total),
        float(value.max(initial=0.0)),
        float(weight.sum()),
    )


STORY_NAMES = ("story_count", "story_tops", "story_best", "story_newest", "story_now")


def story_of(followed: Followed, stays: Titles, stay: Ints, at: Ints, same_board: bool) -> Floats:
    """What the stays that tell one story with each line's had come to by its instant (lines, STORY_NAMES).

    ``stay`` numbers the line's stay in ``stays``; other boards' stays count apart from its own board's.
    """
    boards = np.unique(np.asarray(stays.boards), return_inverse=True)[1]
    wanted = (boards[followed.ours] == boards[followed.theirs]) == same_board
    ours, theirs, like = followed.ours[wanted], followed.theirs[wanted], followed.likeness[wanted]
    order = np.lexsort((theirs, ours))
    ours, theirs, like = ours[order], theirs[order], like[order]
    begin = np.searchsorted(ours, stay)
    count = np.searchsorted(ours, stay, side="right") - begin
    line = np.repeat(np.arange(len(stay)), count)
    pair = (
        np.arange(count.sum())
        - np.repeat(np.cumsum(count) - count, count)
        + np.repeat(begin, count)
    )
    them, weight = theirs[pair], like[pair]
    now = at[line]
    known = stays.first_at[them] <= now
    topped = known & (stays.top_at[them] <= now)
    out = np.zeros((len(stay), len(STORY_NAMES)))
    out[:, 0] = np.bincount(line, weight * known, len(stay))
    out[:, 1] = np.bincount(line, weight * topped, len(stay))
    np.maximum.at(out[:, 2], line, weight * topped)
    newest = np.full(len(stay), 1440.0)
    np.minimum.at(newest, line[known], (now - stays.first_at[them])[known] / MINUTE)
    out[:, 3] = newest
    lately = topped & (stays.top_at[them] > now - 2 * HOUR)
    out[:, 4] = np.bincount(line, weight * lately, len(stay))
    return out
