"""When a channel of a kind may be asked again."""

from collections.abc import Iterable
from datetime import datetime

from fengkou.channels.from_desk import kind_of
from pipelines.desks import pacing


def next_at(kind: str, asked: Iterable[datetime], now: datetime) -> datetime:
    """The first instant from ``now`` on at which a hook of that kind may be asked.

    ``asked``: when the former requests to the same hook were answered, refused ones too; desks that share
    a hook share its rates. Raises ChannelError for an unknown kind.
    """
    return pacing.next_at(kind_of(kind).limits.pace, asked, now)
