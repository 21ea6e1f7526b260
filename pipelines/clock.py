"""The two clocks of the house: instants are UTC, days and hours that people read are Shanghai's."""

from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
