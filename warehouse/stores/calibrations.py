"""How chances are moved by what came of earlier forecasts: made once a day from the ledger, and kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from pipelines.forecast.calibration import Calibration
from pipelines.forecast.recalibration import (
    LOOKED_BACK_DAYS,
    STAY_QUESTIONS,
    TOP_QUESTIONS,
    Matured,
    Move,
    Question,
    Recalibration,
    day_of,
    moves_of,
    recalibration,
)
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import from_microseconds, microseconds


@dataclass(frozen=True, slots=True)
class _Kept:
    outcome: str
    horizon_minutes: int
    board: str | None
    slope: float
    shift: float
    outcome_weight: float


def calibration_day(at: datetime) -> datetime:
    """The instant at which the calibration was made that holds at ``at`` (naive UTC)."""
    return from_microseconds(day_of(microseconds(at)))


def outcomes_known(con: Connection, now: datetime, *, is_replayed: bool) -> pa.Table:
    """What came by ``now`` (naive UTC) of the forecasts before it, like ones counted together.

    ``outcome``, ``horizon_minutes`` and ``board`` say what was asked, ``about`` (microseconds) when, to a
    quarter of a day; of ``count`` forecasts of that ``chance`` ``came`` came true.
    """
    return query.table(
        con,
        "stores/calibrations.outcomes",
        now=now,
        since=now - timedelta(days=LOOKED_BACK_DAYS),
        is_replayed=is_replayed,
        top_minutes=[asked.minutes for asked in TOP_QUESTIONS],
        stay_minutes=[asked.minutes for asked in STAY_QUESTIONS],
    )


def moves_known(con: Connection, day: datetime, *, is_replayed: bool) -> list[Move]:
    """How the odds are moved by what was known at ``day`` (naive UTC) of the forecasts before it."""
    found = outcomes_known(con, day, is_replayed=is_replayed)
    outcome, minutes = (
        np.asarray(found[name].to_pylist()) for name in ("outcome", "horizon_minutes")
    )
    boards, board = np.unique(np.asarray(found["board"].to_pylist(), str), return_inverse=True)
    at, chance, count, came = (
        found[name].to_numpy() for name in ("about", "chance", "count", "came")
    )
    moves: list[Move] = []
    for asked in (*TOP_QUESTIONS, *STAY_QUESTIONS) if found.num_rows else ():
        mine = (outcome == asked.what) & (minutes == asked.minutes)
        known = Matured(
            boards.tolist(), board[mine], at[mine], chance[mine], count[mine], came[mine]
        )
        moves += moves_of(asked, known, microseconds(day))
    return moves


def daily_calibration(
    con: Connection, at: datetime, version: str, *, is_replayed: bool
) -> Recalibration:
    """The calibration that holds at ``at`` (naive UTC) for a rule: made once a day, and kept for good."""
    day = calibration_day(at)
    kept = query.rows(
        con, _Kept, "stores/calibrations.kept", day=day, version=version, is_replayed=is_replayed
    )
    moves = list(map(_move, kept))
    if not moves:
        moves = moves_known(con, day, is_replayed=is_replayed)
        keep_moves(con, day, version, moves, is_replayed=is_replayed)
    return recalibration(moves)


def calibration_now(con: Connection, at: datetime) -> Recalibration:
    """The calibration that a replay of ``at`` (naive UTC) would make, for who only reads."""
    return recalibration(moves_known(con, calibration_day(at), is_replayed=True))


def keep_moves(
    con: Connection, day: datetime, version: str, moves: Sequence[Move], *, is_replayed: bool
) -> None:
    """Note how chances are moved from ``day`` on for a day."""
    for move in moves:
        con.execute(
            "INSERT INTO ops.calibrations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                day,
                is_replayed,
                version,
                move.question.what,
                move.question.minutes,
                move.board,
                move.calibration.slope,
                move.calibration.shift,
                move.outcome_weight,
            ],
        )


def _move(kept: _Kept) -> Move:
    return Move(
        Question(kept.outcome, kept.horizon_minutes),
        kept.board,
        Calibration(kept.slope, kept.shift),
        kept.outcome_weight,
    )
