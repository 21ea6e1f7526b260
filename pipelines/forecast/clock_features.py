"""The time of day, and how fast the board takes in and lifts up: now, and at this hour of other days."""

import numpy as np

from pipelines.forecast.list_view import ListView
from pipelines.forecast.rank_history import DAY, HOUR, MINUTE, NEVER, Floats, Ints
from pipelines.rules import SHANGHAI_HOURS, TOP_RANK

USUAL_DAYS = 7
"""A board's usual pace at an hour of day is read from so many days before."""

AHEAD = 3 * HOUR
"""How far the usual is looked at beyond this hour of the day."""


def clock_features(view: ListView) -> dict[str, Floats]:
    """The hour and the weekday in Shanghai, and the board's pace now and at this hour of the last days."""
    b, at = view.board, view.instants
    named: dict[str, Floats] = {}
    local = at + SHANGHAI_HOURS * HOUR
    named["hour"] = view.each((local % DAY) / HOUR)
    named["weekday"] = view.each(((local // DAY + 3) % 7).astype(float))
    seen = view.seen_at
    tops = np.sort(b.stays_top[b.stays_top != NEVER])
    began = np.sort(b.stays_first)
    for hours in (1, 3, 24):
        for name, events in (("tops", tops), ("news", began)):
            named[f"{name}_{hours}h"] = view.each(
                _count(events, seen - hours * HOUR, seen).astype(float)
            )
    named["since_top"] = view.each(np.minimum((at - _newest(tops, seen)) / MINUTE, 1440.0))
    first = b.times[0] if len(b.times) else 0
    for name, events in (("tops", tops), ("news", began)):
        total, days = np.zeros(len(at)), np.zeros(len(at))
        for day in range(1, USUAL_DAYS + 1):
            since = seen - day * DAY
            known = since >= first
            total += np.where(known, _count(events, since, since + AHEAD), 0)
            days += known
        usual = np.where(days > 0, total / np.maximum(days, 1), np.nan)
        named[f"usual_{name}"] = view.each(usual)
    log_ten = view.heat_of_place(TOP_RANK, view.moved)
    for name, shift in (("", 0), ("_later", AHEAD)):
        wanted = seen - DAY + shift
        number = np.searchsorted(b.times, wanted, side="right") - 1
        was = np.where(number >= 0, number, -1)
        fits = (wanted - b.times[np.maximum(was, 0)]) < HOUR
        named[f"threshold_day_ago{name}"] = view.each(
            log_ten - view.heat_of_place(TOP_RANK, np.where(fits, was, -1))
        )
    return named


def _count(events: Ints, since: Ints, until: Ints) -> Ints:
    """Events in (since, until]."""
    return np.searchsorted(events, until, side="right") - np.searchsorted(
        events, since, side="right"
    )


def _newest(events: Ints, until: Ints) -> Ints:
    """The newest event up to each instant; the beginning of time without one."""
    number = np.searchsorted(events, until, side="right") - 1
    found = events[np.maximum(number, 0)] if len(events) else np.zeros_like(until)
    return np.where(number >= 0, found, 0)
