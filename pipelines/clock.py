"""The two clocks of the house: instants are UTC, days and hours that people read are Shanghai's."""

from datetime import datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


def start_of_hour(at: datetime) -> datetime:
    """The hour that an instant lies in, by where it begins."""
    return at.replace(minute=0, second=0, microsecond=0)
