"""What desks were told, and whether each channel took it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fengkou.desks.store.database import Database, instant, microseconds
from fengkou.desks.store.records import MESSAGE
from fengkou.desks.store.schema import (
    ATTEMPTS,
    DELIVERIES,
    MESSAGES,
    NEWEST_ATTEMPTS,
    OF_ITS_MESSAGE,
)


@dataclass(frozen=True, slots=True)
class ToldMessage:
    """A message of a desk for a channel; instants are aware UTC. ``topic_id`` and ``title`` are its first
    story's, None and empty where it tells of none.

    ``state``: queued, sending, sent or failed; ``failure``: of the newest request, None where it was taken.
    """

    at: datetime
    desk: str
    kind: str
    topic_id: int | None
    title: str
    story_count: int
    channel: str
    state: str
    failure: str | None
    sent_at: datetime | None


def told_since(
    database: Database, since: datetime, desk: str | None = None, most: int | None = None
) -> list[ToldMessage]:
    """The messages decided from ``since`` on, the newest first, ``most`` at most; of one desk, or of all."""
    query = (
        sa.select(
            MESSAGES.c.at,
            MESSAGES.c.desk,
            MESSAGES.c.kind,
            MESSAGES.c.body,
            DELIVERIES.c.channel,
            DELIVERIES.c.state,
            ATTEMPTS.c.failure,
            ATTEMPTS.c.ended_at,
        )
        .join(DELIVERIES, OF_ITS_MESSAGE)
        .outerjoin(NEWEST_ATTEMPTS, NEWEST_ATTEMPTS.c.delivery == DELIVERIES.c.seq)
        .outerjoin(ATTEMPTS, ATTEMPTS.c.seq == NEWEST_ATTEMPTS.c.seq)
        .where(MESSAGES.c.at >= microseconds(since))
        .order_by(MESSAGES.c.at.desc(), DELIVERIES.c.seq.desc())
        .limit(most)
    )
    if desk is not None:
        query = query.where(MESSAGES.c.desk == desk)
    with database.reading() as con:
        rows = con.execute(query).all()
    found = []
    for row in rows:
        message = MESSAGE.validate_json(row.body)
        is_sent = row.state == "sent"
        found.append(
            ToldMessage(
                at=instant(row.at),
                desk=row.desk,
                kind=row.kind,
                topic_id=message.stories[0].topic_id if message.stories else None,
                title=message.stories[0].title if message.stories else "",
                story_count=len(message.stories) + message.more,
                channel=row.channel,
                state=row.state,
                failure=row.failure,
                sent_at=instant(row.ended_at) if is_sent and row.ended_at is not None else None,
            )
        )
    return found
