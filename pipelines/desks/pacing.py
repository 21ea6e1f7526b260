"""When a service may be asked again: within its rates, and outside the minutes in which it refuses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

GUARD = timedelta(seconds=5)
"""By so much the clocks of two machines may differ: for so long a minute is left alone on both sides too."""


@dataclass(frozen=True, slots=True)
class Rate:
    """At most so many requests in any span of that length."""

    most: int
    span: timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How often a service may be asked; ``forbidden_minutes``: of each hour, in which it takes nothing."""

    rates: tuple[Rate, ...] = ()
    forbidden_minutes: frozenset[int] = frozenset()


def next_at(pace: Pace, asked: Iterable[datetime], now: datetime) -> datetime:
    """The first instant from ``now`` on at which the service may be asked.

    ``asked``: when each former request was answered, refused ones too, for services count those; in any
    order, and what is older than the longest span changes nothing. A request that arrives after an answer
    left cannot overtake what was answered, so the rates hold by the service's clock too. Instants are aware.
    """
    newest = sorted(asked, reverse=True)
    free = [
        newest[rate.most - 1] + rate.span + timedelta(microseconds=1)
        for rate in pace.rates
        if len(newest) >= rate.most
    ]
    return _outside(pace.forbidden_minutes, max(now, *free) if free else now)


def _outside(forbidden: frozenset[int], at: datetime) -> datetime:
    """The instant, or the end of the forbidden minutes that it lies in or beside."""
    for beside in (at + GUARD, at, at - GUARD):
        if beside.minute in forbidden:
            begins = beside.replace(second=0, microsecond=0)
            return _outside(forbidden, begins + timedelta(minutes=1) + GUARD)
    return at
