"""The messages that are on their way to channels, in the order in which they were decided."""

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
from pipelines.desks.message import Message

SAID_LENGTH = 500
"""Characters kept of what a service answered."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message for a channel of a desk. ``parts_sent`` of it were acknowledged; ``is_again``: the part
    after them may have arrived; ``attempts``: requests that failed since the last that did not."""

    seq: int
    desk: str
    channel: str
    message: Message
    parts_sent: int
    is_again: bool
    attempts: int


@dataclass(frozen=True, slots=True)
class Request:
    """A request that is about to be made; ``hook`` is a hash of the address that it goes to."""

    delivery: int
    hook: str
    part: int
    parts: int
    size: int
    is_again: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request: ``failure`` None where it was taken. ``next_at``: when it is tried again;
    None where it is not."""

    failure: str | None
    code: str
    said: str
    may_have_arrived: bool
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Troubled:
    """The deliveries to a channel that failed for good or wait to be tried again, and the newest reason."""

    desk: str
    channel: str
    failed_count: int
    waiting_count: int
    failure: str
    code: str
    said: str
    at: datetime


class Queue:
    """The deliveries of a ledger. One process at a time sends (``fengkou.desks.sending`` keeps a lock)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_up(self) -> int:
        """Queue again what was being sent when a process ended, marked, for it may have arrived. How many."""
        with self._database.writing() as con:
            return con.execute(
                sa.update(DELIVERIES)
                .where(DELIVERIES.c.state == "sending")
                .values(state="queued", is_again=True)
            ).rowcount

    def due(self, now: datetime) -> list[Delivery]:
        """What is to be sent by ``now`` (aware): of each channel its eldest, for a chat is read in order."""
        eldest = (
            sa.select(sa.func.min(DELIVERIES.c.seq))
            .where(DELIVERIES.c.state == "queued")
            .group_by(DELIVERIES.c.desk, DELIVERIES.c.channel)
        )
        with self._database.reading() as con:
            found = con.execute(
                sa.select(DELIVERIES, MESSAGES.c.body)
                .join(MESSAGES, OF_ITS_MESSAGE)
                .where(DELIVERIES.c.seq.in_(eldest), DELIVERIES.c.due_at <= microseconds(now))
                .order_by(DELIVERIES.c.seq)
            ).all()
        return [
            Delivery(
                row.seq,
                row.desk,
                row.channel,
                MESSAGE.validate_json(row.body),
                row.parts_sent,
                row.is_again,
                row.attempts,
            )
            for row in found
        ]

    def next_due(self) -> datetime | None:
        """When the next queued delivery falls due; None where none is queued."""
        with self._database.reading() as con:
            found = con.scalar(
                sa.select(sa.func.min(DELIVERIES.c.due_at)).where(DELIVERIES.c.state == "queued")
            )
        return None if found is None else instant(found)

    def troubled(self) -> list[Troubled]:
        """By channel, what did not arrive: failures since the last message that did."""
        arrived = (
            sa.select(
                DELIVERIES.c.desk, DELIVERIES.c.channel, sa.func.max(DELIVERIES.c.seq).label("seq")
            )
            .where(DELIVERIES.c.state == "sent")
            .group_by(DELIVERIES.c.desk, DELIVERIES.c.channel)
            .subquery()
        )
        query = (
            sa.select(DELIVERIES.c.desk, DELIVERIES.c.channel, DELIVERIES.c.state, ATTEMPTS)
            .join(NEWEST_ATTEMPTS, NEWEST_ATTEMPTS.c.delivery == DELIVERIES.c.seq)
            .join(ATTEMPTS, ATTEMPTS.c.seq == NEWEST_ATTEMPTS.c.seq)
            .outerjoin(
                arrived,
                (arrived.c.desk == DELIVERIES.c.desk) & (arrived.c.channel == DELIVERIES.c.channel),
            )
            .where(
                ATTEMPTS.c.failure.is_not(None),
                (DELIVERIES.c.state == "queued")
                | (
                    (DELIVERIES.c.state == "failed")
                    & (DELIVERIES.c.seq > sa.func.coalesce(arrived.c.seq, 0))
                ),
            )
            .order_by(ATTEMPTS.c.seq)
        )
        with self._database.reading() as con:
            rows = con.execute(query).all()
        found: dict[tuple[str, str], Troubled] = {}
        for row in rows:
            before = found.get((row.desk, row.channel))
            is_failed = row.state == "failed"
            found[row.desk, row.channel] = Troubled(
                desk=row.desk,
                channel=row.channel,
                failed_count=(before.failed_count if before else 0) + is_failed,
                waiting_count=(before.waiting_count if before else 0) + (not is_failed),
                failure=row.failure,
                code=row.code or "",
                said=row.said or "",
                at=instant(row.begun_at),
            )
        return list(found.values())

    def try_again(self, now: datetime) -> int:
        """Queue anew what failed for good: somebody mended a key. How many."""
        with self._database.writing() as con:
            return con.execute(
                sa.update(DELIVERIES)
                .where(DELIVERIES.c.state == "failed")
                .values(state="queued", attempts=0, due_at=microseconds(now))
            ).rowcount

    def left(self) -> int:
        """How many deliveries are queued."""
        queued = sa.select(sa.func.count()).select_from(DELIVERIES)
        with self._database.reading() as con:
            return con.scalar(queued.where(DELIVERIES.c.state == "queued")) or 0

    def asked(self, hook: str, since: datetime) -> list[datetime]:
        """When a hook answered from ``since`` on, or was asked where it did not; refusals too."""
        ended = sa.func.coalesce(ATTEMPTS.c.ended_at, ATTEMPTS.c.begun_at)
        with self._database.reading() as con:
            found = con.scalars(
                sa.select(ended).where(
                    ATTEMPTS.c.hook == hook, ATTEMPTS.c.begun_at >= microseconds(since)
                )
            ).all()
        return [instant(at) for at in found]

    def put_off(self, delivery: Delivery, until: datetime) -> None:
        """Send a delivery no earlier."""
        self._set(delivery.seq, due_at=microseconds(until))

    def begin(self, request: Request, now: datetime) -> int:
        """Write down that a request is about to be made, before it is. Returns its number."""
        with self._database.writing() as con:
            con.execute(
                sa.update(DELIVERIES)
                .where(DELIVERIES.c.seq == request.delivery)
                .values(state="sending")
            )
            added = con.execute(
                sa.insert(ATTEMPTS).values(
                    delivery=request.delivery,
                    hook=request.hook,
                    part=request.part,
                    parts=request.parts,
                    size=request.size,
                    is_again=request.is_again,
                    begun_at=microseconds(now),
                )
            )
            return int(added.inserted_primary_key[0])  # type: ignore[index] # an insert of one row has one

    def end(self, request: Request, attempt: int, outcome: Outcome, now: datetime) -> None:
        """Write down what came of a request."""
        with self._database.writing() as con:
            con.execute(
                sa.update(ATTEMPTS)
                .where(ATTEMPTS.c.seq == attempt)
                .values(
                    ended_at=microseconds(now),
                    failure=outcome.failure,
                    code=outcome.code,
                    said=outcome.said[:SAID_LENGTH],
                )
            )
            changed = sa.update(DELIVERIES).where(DELIVERIES.c.seq == request.delivery)
            if outcome.failure is None:
                state = "sent" if request.part == request.parts else "queued"
                con.execute(
                    changed.values(state=state, parts_sent=request.part, is_again=False, attempts=0)
                )
            elif outcome.next_at is None:
                con.execute(changed.values(state="failed"))
            else:
                con.execute(
                    changed.values(
                        state="queued",
                        is_again=request.is_again or outcome.may_have_arrived,
                        attempts=DELIVERIES.c.attempts + 1,
                        due_at=microseconds(outcome.next_at),
                    )
                )

    def give_up(self, delivery: Delivery, why: str, now: datetime) -> None:
        """A delivery that cannot be sent as its desk stands now: it is kept, and told as failed."""
        request = Request(delivery.seq, "", delivery.parts_sent + 1, 0, 0, is_again=False)
        attempt = self.begin(request, now)
        self.end(request, attempt, Outcome("no_channel", "", why, False, None), now)

    def _set(self, seq: int, **values: object) -> None:
        with self._database.writing() as con:
            con.execute(sa.update(DELIVERIES).where(DELIVERIES.c.seq == seq).values(**values))
