"""Which instants a capture can have had: no list was kept before 2000, and none of the day after tomorrow."""

from datetime import UTC, datetime, timedelta

from warehouse.instants import to_naive

EARLIEST = datetime(2000, 1, 1)  # noqa: DTZ001 - instants in the warehouse are naive UTC
AHEAD = timedelta(days=1)
"""Archives print local times as if they were UTC, which lies up to 14 hours behind."""

OUT_OF_RANGE = "captured_at_out_of_range"


def present(now: datetime | None) -> datetime:
    """``now`` (aware), or what the clock says, as naive UTC."""
    return to_naive(now or datetime.now(UTC))


def latest(now: datetime | None) -> datetime:
    """The last instant, naive UTC, that a capture can have had at ``now`` (aware; else by the clock)."""
    return present(now) + AHEAD


def is_within(instant: datetime, now: datetime | None) -> bool:
    """Whether a capture can have had this instant, naive UTC."""
    return EARLIEST <= instant <= latest(now)
