"""How old what is read is, told in the head of a table and beside each answer in JSON."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipelines.clock import SHANGHAI

if TYPE_CHECKING:
    from fengkou.reads import PublishedCopy

OLD_MINUTES = 90.0
"""In hours from here on: minutes in the hundreds say nothing."""

OLD_HOURS = 48.0


def head(copy: "PublishedCopy", now: datetime | None = None) -> str:
    """``as of 2026-05-20 08:10 Beijing time, 4 min old``."""
    at = copy.published_at.astimezone(SHANGHAI)
    return f"as of {at:%Y-%m-%d %H:%M} Beijing time, {_age(copy.age_minutes(_or_now(now)))} old"


def with_age(
    copy: "PublishedCopy", answer: Mapping[str, object], now: datetime | None = None
) -> dict[str, object]:
    """An answer for a program, beside the instant and the age of the copy that it comes from."""
    age = {
        "published_at": copy.published_at.isoformat(),
        "age_minutes": copy.age_minutes(_or_now(now)),
    }
    return {**age, **answer}


def _or_now(now: datetime | None) -> datetime:
    return now or datetime.now(UTC)


def _age(minutes: float) -> str:
    if minutes < OLD_MINUTES:
        return f"{minutes:.0f} min"
    hours = minutes / 60
    return f"{hours:.0f} h" if hours < OLD_HOURS else f"{hours / 24:.0f} days"
