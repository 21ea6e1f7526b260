"""The forecasts of an instant: as they were said then, or made now from what was known then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from pipelines.digest.prospects import OnList
from pipelines.forecast.stages import Stage
from pipelines.forecast.topic_forecast import Forecast
from pipelines.rules import STAY_MINUTES
from warehouse import query
from warehouse.connection import Connection
from warehouse.readers.forecasting import forecasts_at

Three = tuple[float, float, float]
Four = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ToldForecast:
    """What is expected of a topic; the meaning of each is that of its column in ops.forecasts.

    ``chances`` are those of one, three and six hours, None where it was in the top ten already; of
    ``peak_rank`` the 10th, 50th and 90th hundredth, of ``minutes_left`` the median between the ends of an
    interval that holds 80 of 100. ``stay_chances`` are those of STAY_MINUTES, None where the model told none.
    ``lists`` holds what is expected on each list that it stands on.
    """

    topic_id: int
    board: str
    rank: int
    chances: Three | None
    chance_spread_6h: float | None
    peak_rank: Three
    minutes_left: Three
    stay_chances: Four | None
    lists: tuple[OnList, ...]
    peak_heat_share: float | None
    stage: Stage
    model: str
    is_honest: bool

    @property
    def chance(self) -> float | None:
        """The chance of the top ten within three hours; None where it was there already."""
        return self.chances[1] if self.chances else None

    def stay_chance(self, minutes: float) -> float:
        """The chance, 0 to 1, that it is on the list still after so long, read between those told."""
        spans: Sequence[float] = STAY_MINUTES
        chances: Sequence[float] | None = self.stay_chances
        if chances is None:
            low, middle, high = self.minutes_left
            spans, chances = (low, max(middle, low), max(high, middle, low)), (0.9, 0.5, 0.1)
        known = np.log(np.maximum([1.0, *spans], 1.0))
        return float(np.interp(np.log(max(minutes, 1.0)), known, (1.0, *chances)))


@dataclass(frozen=True, slots=True)
class _Stored:
    topic_id: int
    board: str
    rank: int
    chance_1h: float | None
    chance_3h: float | None
    chance_6h: float | None
    chance_spread_6h: float | None
    peak_rank_low: float
    peak_rank: float
    peak_rank_high: float
    minutes_left_low: float
    minutes_left: float
    minutes_left_high: float
    stay_chance_30m: float | None
    stay_chance_1h: float | None
    stay_chance_3h: float | None
    stay_chance_6h: float | None
    list_ranks: list[int]
    list_chances: list[float | None]
    list_stays: list[float | None]
    peak_heat_share: float | None
    stage: str
    model: str
    is_honest: bool


def told_forecasts(con: Connection, at: datetime) -> list[ToldForecast]:
    """The forecasts of ``at`` (naive UTC), best chance first."""
    stored = query.rows(con, _Stored, "readers/told_forecasts.at", at=at)
    if stored:
        return list(map(_from_stored, stored))
    return list(map(_from_made, forecasts_at(con, at)))


def _from_stored(row: _Stored) -> ToldForecast:
    chances = None
    if row.chance_1h is not None and row.chance_3h is not None and row.chance_6h is not None:
        chances = row.chance_1h, row.chance_3h, row.chance_6h
    return ToldForecast(
        topic_id=row.topic_id,
        board=row.board,
        rank=row.rank,
        chances=chances,
        chance_spread_6h=row.chance_spread_6h,
        peak_rank=(row.peak_rank_low, row.peak_rank, row.peak_rank_high),
        minutes_left=(row.minutes_left_low, row.minutes_left, row.minutes_left_high),
        stay_chances=_four(
            row.stay_chance_30m, row.stay_chance_1h, row.stay_chance_3h, row.stay_chance_6h
        ),
        lists=tuple(map(OnList, row.list_ranks, row.list_chances, row.list_stays)),
        peak_heat_share=row.peak_heat_share,
        stage=Stage(row.stage),
        model=row.model,
        is_honest=row.is_honest,
    )


def _four(*chances: float | None) -> Four | None:
    told = [chance for chance in chances if chance is not None]
    if len(told) < len(STAY_MINUTES):
        return None
    half_hour, hour, three, six = told
    return half_hour, hour, three, six


def _from_made(made: Forecast) -> ToldForecast:
    lead = made.lead
    return ToldForecast(
        topic_id=made.topic_id,
        board=lead.board,
        rank=lead.rank,
        chances=lead.chance,
        chance_spread_6h=made.chance_spread_6h,
        peak_rank=lead.peak,
        minutes_left=lead.left,
        stay_chances=_four(*(lead.stay or (None,) * len(STAY_MINUTES))),
        lists=tuple(
            OnList(
                each.rank,
                each.chance[1] if each.chance else None,
                each.stay[0] if each.stay else None,
            )
            for each in made.lists
        ),
        peak_heat_share=lead.peak_heat_share,
        stage=made.stage,
        model=lead.model_id,
        is_honest=lead.is_honest,
    )
