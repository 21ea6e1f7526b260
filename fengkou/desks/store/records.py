"""What a desk was told so far, read from the ledger within a transaction, and what a tick adds to it."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from pydantic import TypeAdapter

from fengkou.desks.store.database import instant, microseconds
from fengkou.desks.store.schema import (
    DELIVERIES,
    DIGESTS,
    HELD,
    MESSAGES,
    SILENCES,
    TELLINGS,
    TICKS,
    TOLD_IDS,
)
from pipelines.desks.message import Message
from pipelines.desks.record import COUNTED, SILENCED
from pipelines.desks.telling import Decided, Held, Outgoing, Silence, Telling

TELLING = TypeAdapter(Telling)
MESSAGE = TypeAdapter(Message)


class DeskRecord:
    """A desk's record (``pipelines.desks.record``), as long as its transaction lasts."""

    def __init__(self, con: sa.Connection, desk: str) -> None:
        self._con = con
        self._desk = desk

    # --- what was ------------------------------------------------------------------------------

    def heard_at(self) -> datetime | None:
        found = self._con.scalar(sa.select(TICKS.c.heard_at).where(TICKS.c.desk == self._desk))
        return None if found is None else instant(found)

    def tellings_of(self, ids: frozenset[int]) -> Sequence[Telling]:
        known = (
            sa.select(TOLD_IDS.c.telling_id)
            .where(TOLD_IDS.c.desk == self._desk, TOLD_IDS.c.topic_id.in_(sorted(ids)))
            .distinct()
        )
        return self._tellings(TELLINGS.c.telling_id.in_(known))

    def waiting(self) -> Sequence[Telling]:
        return self._tellings(TELLINGS.c.message_id.is_(None))

    def tellings_between(self, since: datetime, until: datetime) -> Sequence[Telling]:
        return self._tellings(
            TELLINGS.c.at >= microseconds(since), TELLINGS.c.at < microseconds(until)
        )

    def _tellings(self, *conditions: sa.ColumnElement[bool]) -> list[Telling]:
        found = self._con.scalars(
            sa.select(TELLINGS.c.body)
            .where(TELLINGS.c.desk == self._desk, *conditions)
            .order_by(TELLINGS.c.seq)
        )
        return [TELLING.validate_json(body) for body in found]

    def sent_since(self, since: datetime) -> Sequence[Outgoing]:
        found = self._con.execute(
            sa.select(MESSAGES.c.message_id, MESSAGES.c.body)
            .where(
                MESSAGES.c.desk == self._desk,
                MESSAGES.c.at >= microseconds(since),
                MESSAGES.c.kind.in_(sorted(COUNTED)),
            )
            .order_by(MESSAGES.c.seq)
        )
        return [Outgoing(row.message_id, MESSAGE.validate_json(row.body), (), ()) for row in found]

    def digest_until(self, digest: str) -> datetime | None:
        found = self._con.scalar(
            sa.select(sa.func.max(DIGESTS.c.until)).where(
                DIGESTS.c.desk == self._desk, DIGESTS.c.series == digest
            )
        )
        return None if found is None else instant(found)

    def silenced_between(self, since: datetime, until: datetime) -> int:
        return (
            self._con.scalar(
                sa.select(sa.func.count())
                .select_from(HELD)
                .where(
                    HELD.c.desk == self._desk,
                    HELD.c.gate == SILENCED,
                    HELD.c.at >= microseconds(since),
                    HELD.c.at < microseconds(until),
                )
            )
            or 0
        )

    def was_held(self, topic_id: int, gate: str) -> bool:
        return (
            self._con.scalar(
                sa.select(HELD.c.seq)
                .where(HELD.c.desk == self._desk, HELD.c.topic_id == topic_id, HELD.c.gate == gate)
                .limit(1)
            )
            is not None
        )

    def silences(self, at: datetime) -> Sequence[Silence]:
        found = self._con.execute(
            sa.select(SILENCES)
            .where(
                SILENCES.c.desk == self._desk,
                SILENCES.c.since <= microseconds(at),
                SILENCES.c.until > microseconds(at),
            )
            .order_by(SILENCES.c.seq)
        )
        return [
            Silence(row.scope, row.value, instant(row.since), instant(row.until), row.said_by)
            for row in found
        ]

    # --- what a tick adds ----------------------------------------------------------------------

    def keep(self, decided: Decided, version: str) -> None:
        """Add what a tick decided, by a version of the desk's file, and queue its messages."""
        at = microseconds(decided.at)
        self._add_tellings(decided, version)
        for outgoing in decided.outgoing:
            self._queue(outgoing, at)
        self._insert(
            HELD,
            [
                {
                    "topic_id": held.topic_id,
                    "gate": held.gate,
                    "at": microseconds(held.at),
                    "title": held.title,
                    "rules": " ".join(held.rules),
                }
                for held in decided.held
            ],
        )
        self._insert(
            DIGESTS,
            [
                {
                    "series": closed.digest,
                    "since": microseconds(closed.covered.since),
                    "until": microseconds(closed.covered.until),
                }
                for closed in decided.closed
            ],
        )
        self._con.execute(sa.delete(TICKS).where(TICKS.c.desk == self._desk))
        self._insert(TICKS, [{"heard_at": at, "version": version}])

    def _add_tellings(self, decided: Decided, version: str) -> None:
        self._insert(
            TELLINGS,
            [
                {
                    "telling_id": telling.id,
                    "at": microseconds(telling.at),
                    "version": version,
                    "body": TELLING.dump_json(telling).decode(),
                }
                for telling in decided.tellings
            ],
        )
        self._insert(
            TOLD_IDS,
            [
                {"topic_id": known, "telling_id": telling.id}
                for telling in decided.tellings
                for known in sorted(telling.ids)
            ],
        )

    def _queue(self, outgoing: Outgoing, at: int) -> None:
        self._insert(
            MESSAGES,
            [
                {
                    "message_id": outgoing.id,
                    "at": at,
                    "kind": outgoing.message.kind,
                    "body": MESSAGE.dump_json(outgoing.message).decode(),
                }
            ],
        )
        self._insert(
            DELIVERIES,
            [
                {"message_id": outgoing.id, "channel": name, "state": "queued", "due_at": at}
                for name in outgoing.channels
            ],
        )
        self._con.execute(
            sa.update(TELLINGS)
            .where(
                TELLINGS.c.desk == self._desk,
                TELLINGS.c.telling_id.in_(outgoing.telling_ids),
            )
            .values(message_id=outgoing.id)
        )

    def _insert(self, table: sa.Table, rows: list[dict[str, object]]) -> None:
        if rows:
            self._con.execute(sa.insert(table), [{"desk": self._desk, **row} for row in rows])


def held_of(con: sa.Connection, desk: str, ids: frozenset[int]) -> list[Held]:
    """What gates kept back of a story, in that order."""
    found = con.execute(
        sa.select(HELD)
        .where(HELD.c.desk == desk, HELD.c.topic_id.in_(sorted(ids)))
        .order_by(HELD.c.seq)
    )
    return [
        Held(row.topic_id, row.title, row.gate, instant(row.at), tuple(row.rules.split()))
        for row in found
    ]


def add_silence(con: sa.Connection, desk: str, silence: Silence) -> None:
    """Let a desk hear nothing of something for a while."""
    con.execute(
        sa.insert(SILENCES).values(
            desk=desk,
            scope=silence.scope,
            value=silence.value,
            since=microseconds(silence.since),
            until=microseconds(silence.until),
            said_by=silence.by,
        )
    )
