"""How likely each topic is to rise: a first score, from its climb corrected for gap and hour of day.

The score is the place that a topic would have an hour on if it kept its pace, where pace is what it
gained between two captures, scaled to an hour, and trusted as far as it stands out from what climbers
on that board usually gain at that hour of day. It is no probability.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

USUAL_GAIN_UNKNOWN = 0.15
"""Share of a list's length that climbers gain in an hour where a board has no history to tell."""

RISING_TRUST = 1 / 3
"""A climb of half the usual pace: less is the jitter of a list's middle."""

PEAK_RANK = 3
"""From here on a topic has no place to rise to that a reader would call rising."""


SHORTEST_CLIMB_MINUTES = 10
"""A climb is not timed more finely than this: a list's order jitters from minute to minute."""

TOP = 10
"""The place that a forecast is about; expected there, a topic scores 50."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a topic stands on one board at an instant, and where it stood about an hour before.

    ``rank_before`` is None when it was not on the list then; ``minutes_before`` is None when there is
    no list to compare with; ``minutes_since`` counts from the start of its present stay on the board,
    and ``gap_minutes`` is how long before the present list the last one was captured.
    ``usual_gain`` is what climbers on that board gain in an hour at that hour of day, places, learnt
    from earlier hours only; None without any.
    """

    topic_id: int
    board: str
    rank: int
    list_length: int
    rank_before: int | None
    minutes_before: float | None
    minutes_since: float | None
    gap_minutes: float | None
    usual_gain: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A topic's judgement at an instant; ``score`` from 0 to 100 orders topics by how they rise."""

    topic_id: int
    made_at: datetime
    score: float
    board: str
    rank: int
    rank_gain: int | None
    over_minutes: int | None
    usual_gain: float | None
    board_count: int
    is_rising: bool


def rank_gain(standing: Standing) -> int | None:
    """Places gained since the capture before; an entry new to the list comes from just below it."""
    if standing.minutes_before is None:
        return None
    before = standing.rank_before
    return (before if before is not None else standing.list_length + 1) - standing.rank


def climb_minutes(standing: Standing) -> float | None:
    """In how many minutes it gained them: since the capture before, or since it came.

    What was first seen in a capture came at some time since the one before: halfway, as far as we know.
    """
    if standing.minutes_before is None:
        return None
    if standing.rank_before is not None or standing.minutes_since is None:
        return standing.minutes_before
    since = standing.minutes_since + (standing.gap_minutes or standing.minutes_before) / 2
    return min(standing.minutes_before, max(since, SHORTEST_CLIMB_MINUTES))


def pace(standing: Standing) -> float:
    """Places an hour, whatever the gap between the captures; 0 when there is nothing to compare."""
    gain, minutes = rank_gain(standing), climb_minutes(standing)
    return gain * 60 / minutes if gain is not None and minutes else 0.0


def trust(standing: Standing) -> float:
    """How far its move says something of the topic rather than of the hour, 0 to 1.

    A climb as fast as climbers usually are at this hour counts half: the hour explains it as well.
    """
    speed = abs(pace(standing))
    usual = standing.usual_gain or USUAL_GAIN_UNKNOWN * standing.list_length
    return speed / (speed + usual)


def expected_place(standing: Standing) -> float:
    """The place an hour on at its present pace, trusted by how unusual that pace is.

    May be less than 1: a topic that would overshoot the head of the list outranks one that just would
    reach it.
    """
    return standing.rank - pace(standing) * trust(standing)


def board_score(standing: Standing) -> float:
    """0 to 1, logistic in the expected place: one half at TOP, half the list is one step."""
    step = max(standing.list_length, standing.rank) / 2
    exponent = min(50.0, (expected_place(standing) - TOP) / step)
    return 1 / (1 + math.exp(exponent))


def forecast(standings: Iterable[Standing], at: datetime) -> list[Forecast]:
    """One judgement a topic, highest score first; topics are independent of one another."""
    made = []
    by_topic = sorted(standings, key=lambda s: (s.topic_id, s.board))
    for topic_id, group in groupby(by_topic, key=lambda s: s.topic_id):
        made.append(_forecast_topic(topic_id, list(group), at))
    return sorted(made, key=lambda f: (-f.score, f.topic_id))


def _forecast_topic(topic_id: int, standings: list[Standing], at: datetime) -> Forecast:
    lead = max(standings, key=lambda s: (pace(s) * trust(s), -s.rank, s.board))
    # The chance that no board lifts it, if boards were independent. Beside the best board the others
    # count as far as it moves there: what always stands in the middle of many lists is no riser.
    best = max(standings, key=lambda s: (board_score(s), s.board))
    missed = 1 - board_score(best)
    for other in standings:
        if other is not best and pace(other) > 0:
            missed *= 1 - board_score(other) * trust(other)
    minutes = climb_minutes(lead)
    climbs = pace(lead) > 0 and trust(lead) >= RISING_TRUST
    return Forecast(
        topic_id=topic_id,
        made_at=at,
        score=round(100 * (1 - missed), 4),
        board=lead.board,
        rank=lead.rank,
        rank_gain=rank_gain(lead),
        over_minutes=round(minutes) if minutes else None,
        usual_gain=lead.usual_gain,
        board_count=len(standings),
        is_rising=climbs and min(s.rank for s in standings) > PEAK_RANK,
    )
