"""The times that a digest speaks of, by the clock of its readers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Moment, Period

SPAN = {Period.HOUR: timedelta(hours=1), Period.DAY: timedelta(days=1)}

MORNING_HOURS = (8, 9)
"""Who comes to work reads what the night brought."""

NIGHT_BEGINS = 22
EVENING = 20
"""When most are reading, and the last time to publish for the day."""


def since(at: datetime, period: Period) -> datetime:
    """The beginning of what a digest of ``at`` tells; the hour digests of a morning tell the night."""
    local = at.astimezone(SHANGHAI)
    if period is Period.HOUR and local.hour in MORNING_HOURS:
        evening = local.replace(hour=NIGHT_BEGINS, minute=0, second=0, microsecond=0)
        return (evening - timedelta(days=1)).astimezone(UTC)
    return at.astimezone(UTC) - SPAN[period]


def moments_ahead(at: datetime) -> Iterator[tuple[Moment, datetime]]:
    """This evening, while it is ahead, and the next morning."""
    local = at.astimezone(SHANGHAI)
    evening = local.replace(hour=EVENING, minute=0, second=0, microsecond=0)
    if local < evening:
        yield "evening", evening.astimezone(UTC)
    morning = local.replace(hour=MORNING_HOURS[0], minute=0, second=0, microsecond=0)
    if local >= morning:
        morning += timedelta(days=1)
    yield "morning", morning.astimezone(UTC)
