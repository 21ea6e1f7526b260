"""A desk's clock: its quiet hours, its days, and when its digests fall due."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pipelines.desks.desk import DigestTime, QuietHours
from pipelines.desks.message import Covered

DAY = timedelta(days=1)


def is_quiet(quiet: tuple[QuietHours, ...], at: datetime, zone: ZoneInfo) -> bool:
    """Whether ``at`` (aware) lies in quiet hours, from their beginning on and before their end."""
    now = at.astimezone(zone).time()
    return any(_holds(hours, now) for hours in quiet)


def _holds(hours: QuietHours, now: time) -> bool:
    if hours.begins <= hours.ends:
        return hours.begins <= now < hours.ends
    return now >= hours.begins or now < hours.ends


def day_begins(at: datetime, zone: ZoneInfo) -> datetime:
    """The beginning of the desk's day that holds ``at``, aware UTC."""
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def last_due(digest: DigestTime, at: datetime, zone: ZoneInfo) -> datetime:
    """The newest instant, not after ``at``, at which a digest falls due, aware UTC."""
    return next(due for due in _instants(digest.at, at, zone) if due <= at)


def window_of(digest: DigestTime, due: datetime, zone: ZoneInfo) -> Covered | None:
    """The window that a digest tells: the newest that is over by ``due``; None where it has none."""
    if digest.window is None:
        return None
    until = next(end for end in _instants(digest.window.ends, due, zone) if end <= due)
    since = next(begin for begin in _instants(digest.window.begins, until, zone) if begin < until)
    return Covered(since, until)


def _instants(clock: time, at: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which the desk's clock shows a time, from the day of ``at`` backwards."""
    day = at.astimezone(zone).date() + DAY
    while True:
        # A time that a change of the clock leaves out is told by the offset before it.
        yield datetime.combine(day, clock, zone).astimezone(UTC)
        day -= DAY


def name_of(digest: DigestTime) -> str:
    """What a digest is known by: its time, and its window where it has one."""
    window = digest.window
    over = f" over {window.begins:%H:%M}-{window.ends:%H:%M}" if window else ""
    return f"{digest.at:%H:%M}{over}"
