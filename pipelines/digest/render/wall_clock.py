"""Instants by the clock of the readers."""

from datetime import datetime

from pipelines.clock import SHANGHAI


def shanghai(at: datetime) -> datetime:
    """The instant on Shanghai's clock; a naive one would be read on this machine's clock."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone. Give an aware datetime, such as one in UTC.")
    return at.astimezone(SHANGHAI)


def clock(at: datetime, beside: datetime | None) -> str:
    """Shanghai 24-hour time, with as much of the date as differs from the time it stands beside."""
    local = shanghai(at)
    near = None if beside is None else shanghai(beside)
    if near is None or local.year != near.year:
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local:%H:%M}" if local.date() == near.date() else f"{local:%m-%d %H:%M}"
