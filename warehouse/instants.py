"""Instants of the warehouse: naive UTC in DuckDB, whole microseconds since 1970 in the pure modules."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - instants in the warehouse are naive UTC


def microseconds(at: datetime) -> int:
    """A naive UTC instant as the pure modules count it."""
    return (at - EPOCH) // timedelta(microseconds=1)


def from_microseconds(count: int) -> datetime:
    """A naive UTC instant from microseconds since 1970."""
    return EPOCH + timedelta(microseconds=count)


def to_naive(at: datetime) -> datetime:
    """An aware instant as the warehouse keeps it."""
    return at.astimezone(UTC).replace(tzinfo=None)


def to_aware(at: datetime) -> datetime:
    """A naive UTC instant as people's rooms hand it on."""
    return at.replace(tzinfo=UTC)
