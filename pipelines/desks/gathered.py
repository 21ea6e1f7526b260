"""Messages of several stories: of one instant, of a night or a budget, and the digests of a desk."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from pipelines.desks.hours import DAY, last_due, name_of, window_of
from pipelines.desks.message import Covered, Kind
from pipelines.desks.telling import Closed, Outgoing, Telling, Wait
from pipelines.desks.tick import Tick
from pipelines.desks.told_story import newest_of_each

SINCE_THE_LAST = "since the last"
"""The digests of a desk without a window are one series: each begins where the one before ended."""


def alerts(tick: Tick) -> None:
    """Tell what waits for nothing: the news of one instant together, for a chat rings once."""
    told = {known for outgoing in tick.outgoing for known in outgoing.telling_ids}
    now = [each for each in tick.tellings if each.wait is None and each.id not in told]
    for group in _by_channels(now):
        tick.tell(group)


def release(tick: Tick) -> None:
    """Tell together what waited for the end of quiet hours, or for a budget."""
    told = {known for outgoing in tick.outgoing for known in outgoing.telling_ids}
    waiting = [
        telling
        for telling in (*tick.record.waiting(), *tick.tellings)
        if telling.id not in told and telling.wait not in {None, Wait.DIGEST}
    ]
    if tick.is_quiet or not waiting:
        return
    night = [telling for telling in waiting if telling.wait is Wait.QUIET]
    hour = [telling for telling in waiting if telling.wait is Wait.HOUR]
    day = [telling for telling in waiting if telling.wait is Wait.DAY and telling.at < tick.today]
    if night:
        tick.outgoing += _together(tick, Kind.QUIET, [*night, *day, *hour])
    elif day or (hour and not tick.is_hour_spent()):
        tick.outgoing += _together(tick, Kind.OVERFLOW, [*day, *hour])


def _together(tick: Tick, kind: Kind, tellings: Sequence[Telling]) -> list[Outgoing]:
    """One message of several stories for each set of channels."""
    in_order = sorted(tellings, key=lambda telling: telling.at)
    return [
        Outgoing(
            f"{kind}-{tick.at:%Y%m%dT%H%M%S}-{place}",
            tick.message(kind, newest_of_each(group)),
            group[0].channels,
            tuple(telling.id for telling in group),
        )
        for place, group in enumerate(_by_channels(in_order), 1)
    ]


def _by_channels(tellings: Iterable[Telling]) -> list[list[Telling]]:
    groups: dict[tuple[str, ...], list[Telling]] = {}
    for telling in tellings:
        groups.setdefault(telling.channels, []).append(telling)
    return list(groups.values())


def digests(tick: Tick, heard_at: datetime, unread: Callable[[], Sequence[str]]) -> None:
    """The digests that fell due since the desk listened last, each over its span."""
    for digest in tick.desk.digests:
        due = last_due(digest, tick.at, tick.desk.zone)
        if due <= heard_at:
            continue
        covered = window_of(digest, due, tick.desk.zone)
        series = name_of(digest) if covered else SINCE_THE_LAST
        covered = covered or Covered(_ended(tick, heard_at), due)
        if covered.since < covered.until:
            tick.closed.append(Closed(series, covered))
            tick.outgoing += _digest(tick, digest.channels, covered, unread)


def _ended(tick: Tick, heard_at: datetime) -> datetime:
    """Where the series of digests ended; before its first, a day ago."""
    of_now = [closed.covered.until for closed in tick.closed if closed.digest == SINCE_THE_LAST]
    return max(of_now, default=None) or tick.record.digest_until(SINCE_THE_LAST) or heard_at - DAY


def _digest(
    tick: Tick,
    channels: tuple[str, ...],
    covered: Covered,
    unread: Callable[[], Sequence[str]],
) -> list[Outgoing]:
    """The digest of a span; none where it holds nothing: "no news" is no news."""
    tellings = tick.record.tellings_between(covered.since, covered.until)
    if not tellings:
        return []
    message = replace(
        tick.message(Kind.DIGEST, newest_of_each(tellings)),
        covered=covered,
        held_count=tick.record.silenced_between(covered.since, covered.until),
        unread_lists=tuple(unread()),
    )
    waiting = {telling.id for telling in tick.record.waiting()}
    every = tuple(channel.name for channel in tick.desk.channels)
    return [
        Outgoing(
            f"{Kind.DIGEST}-{covered.since:%Y%m%dT%H%M}-{covered.until:%Y%m%dT%H%M}",
            message,
            channels or every,
            tuple(telling.id for telling in tellings if telling.id in waiting),
        )
    ]
