"""Chances held against what came of earlier ones: from what a model says to what is stated, anew each day.

How readers and editors behave drifts, and a model knows the weeks that it learnt from. So once a day all
that was forecast before, and whose outcome is known by then, tells how the odds have to be moved: the weeks
before, of all lists together; from there each list's own, as far as they say otherwise; from there its last
days, for yesterday tells more of tomorrow than last week does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.special import logit

from pipelines.forecast.calibration import Calibration, calibrate
from pipelines.forecast.rank_history import DAY, HOUR, Floats, Ints
from pipelines.rules import HORIZONS_HOURS, STAY_RUNGS_MINUTES

TOP, STAY = "top", "stay"
"""What is asked: whether it comes to the top ten within the minutes, or whether its stay lasts so long."""

SLOW_DAYS, FAST_DAYS = 14, 1
"""Half-lives: of the outcomes that tell what is usual, and of those that tell what the last days changed."""

LOOKED_BACK_DAYS = 28
"""Older outcomes count less than a quarter, and there are ever more of them: they are not looked at."""

OWN_PULL = 30.0
FAST_PULL = 300.0
"""The evidence that it takes to move a list away from all lists, and its last days away from its weeks: lines
of one stay are nearly copies, and a single day has few stays."""

CALIBRATED_AT = 0 * HOUR
"""Each day's calibration is made at midnight UTC, eight in the morning in Shanghai: a whole day with its
evening is known, and the next one's news is to come."""

FEWEST = 30
"""With fewer that came, or fewer that did not, of all lists, chances are left as they are."""

SMALLEST = 1e-6
"""Chances are told to six digits: nothing nearer to nought or one has odds to move."""


@dataclass(frozen=True, slots=True)
class Question:
    """``what`` is TOP or STAY, within or for so many ``minutes``."""

    what: str
    minutes: int


TOP_QUESTIONS = tuple(Question(TOP, hours * 60) for hours in HORIZONS_HOURS)
STAY_QUESTIONS = tuple(Question(STAY, minutes) for minutes in STAY_RUNGS_MINUTES)


@dataclass(frozen=True, slots=True)
class Matured:
    """Raw chances of one question and what came of them: equally long columns, a line for like forecasts.

    ``board`` numbers ``boards``; ``at`` is int64 microseconds UTC; of ``count`` forecasts ``came`` came true.
    """

    boards: Sequence[str]
    board: Ints
    at: Ints
    chance: Floats
    count: Floats
    came: Floats


@dataclass(frozen=True, slots=True)
class Move:
    """How the odds of a question are moved on a list; on all others where ``board`` is None.

    ``outcome_weight`` is how many outcomes it rests on, old ones counting for less.
    """

    question: Question
    board: str | None
    calibration: Calibration
    outcome_weight: float


@dataclass(frozen=True, slots=True)
class Recalibration:
    """How chances are moved, as known at an instant; without any move they stay as they are."""

    moves: Mapping[tuple[Question, str | None], Calibration] = field(default_factory=dict)

    def of(self, question: Question, board: str, chance: Floats) -> Floats:
        """The chances to be stated, of those that the model gave for entries of a list."""
        told = self.moves.get((question, board), self.moves.get((question, None)))
        return chance if told is None else told.chance(odds(chance))

    def of_tops(self, board: str, chances: Floats) -> Floats:
        """(lines, HORIZONS_HOURS): a longer time is never the smaller chance."""
        return np.maximum.accumulate(self._each(TOP_QUESTIONS, board, chances), axis=1)

    def of_stays(self, board: str, lasting: Floats) -> Floats:
        """(lines, STAY_RUNGS_MINUTES): a longer stay is never the greater chance."""
        return np.minimum.accumulate(self._each(STAY_QUESTIONS, board, lasting), axis=1)

    def _each(self, questions: Sequence[Question], board: str, chances: Floats) -> Floats:
        columns = [self.of(asked, board, chances[:, k]) for k, asked in enumerate(questions)]
        return np.stack(columns, axis=1)


AS_GIVEN = Recalibration()


def odds(chance: Floats) -> Floats:
    """The log odds of chances."""
    found: Floats = logit(np.clip(chance, SMALLEST, 1 - SMALLEST))
    return found


def day_of(at: int) -> int:
    """The newest instant up to ``at`` at which a calibration was made."""
    return (at - CALIBRATED_AT) // DAY * DAY + CALIBRATED_AT


def moves_of(question: Question, known: Matured, now: int) -> list[Move]:
    """How a question's odds are moved by what is known at ``now``: of all lists, then of each by name."""
    came = float(known.came.sum())
    if min(came, float(known.count.sum()) - came) < FEWEST:
        return []
    days = (now - known.at) / DAY
    slow, fast = (known.count * 0.5 ** (days / half) for half in (SLOW_DAYS, FAST_DAYS))
    score, share = odds(known.chance), known.came / known.count
    usual = calibrate(score, share, slow)
    lately = calibrate(score, share, fast, towards=usual, pull=FAST_PULL)
    found = [Move(question, None, lately, float(slow.sum()))]
    for number, board in enumerate(known.boards):
        mine = known.board == number
        if mine.any():
            told = score[mine], share[mine]
            own = calibrate(*told, slow[mine], towards=usual, pull=OWN_PULL)
            own = calibrate(*told, fast[mine], towards=own, pull=FAST_PULL)
            found.append(Move(question, board, own, float(slow[mine].sum())))
    return found


def recalibration(moves: Iterable[Move]) -> Recalibration:
    """The moves as they are asked for."""
    return Recalibration({(move.question, move.board): move.calibration for move in moves})
