"""The ledger as files: rows that are final are landed once, for the warehouse to load, and never changed."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from crawlers.durable_file import replace_file
from fengkou.desks.store.database import Database, instant
from fengkou.desks.store.records import MESSAGE, TELLING
from fengkou.desks.store.schema import ATTEMPTS, DELIVERIES, MESSAGES, TELLINGS

KINDS = ("tellings", "messages", "attempts")
DIGITS = 9


def land(database: Database, folder: Path) -> int:
    """Write what was added to the ledger since the last time, a file a kind. How many rows.

    A file is named by the first and last row in it: a process that is killed between two of them, or two
    at once, write the same ones again.
    """
    count = 0
    with database.reading() as con:
        for kind in KINDS:
            rows = list(_ROWS[kind](con, _landed(folder, kind)))
            if not rows:
                continue
            name = f"{kind}-{rows[0]['seq']:0{DIGITS}}-{rows[-1]['seq']:0{DIGITS}}.jsonl"
            lines = (json.dumps(row, ensure_ascii=False) for row in rows)
            replace_file(folder / name, "".join(f"{line}{os.linesep}" for line in lines).encode())
            count += len(rows)
    return count


def _landed(folder: Path, kind: str) -> int:
    """The last row of a kind that is landed."""
    return max((int(file.stem.split("-")[2]) for file in folder.glob(f"{kind}-*.jsonl")), default=0)


def _tellings(con: sa.Connection, since: int) -> Iterator[dict[str, Any]]:
    rows = con.execute(sa.select(TELLINGS).where(TELLINGS.c.seq > since).order_by(TELLINGS.c.seq))
    for row in rows:
        telling = TELLING.validate_json(row.body)
        yield {
            "seq": row.seq,
            "desk": row.desk,
            "telling": row.telling_id,
            "decided_at": _text(row.at),
            "kind": telling.kind,
            "topic_id": telling.story.topic_id,
            "title": telling.story.title,
            "rules": telling.rules,
            "wait": telling.wait,
            "list_count": telling.standing.lists,
            "best_rank": telling.standing.rank,
            "chance_3h": telling.standing.chance,
            "desk_version": row.version,
        }


def _messages(con: sa.Connection, since: int) -> Iterator[dict[str, Any]]:
    rows = con.execute(sa.select(MESSAGES).where(MESSAGES.c.seq > since).order_by(MESSAGES.c.seq))
    for row in rows.all():
        message = MESSAGE.validate_json(row.body)
        told = con.scalars(
            sa.select(TELLINGS.c.telling_id)
            .where(TELLINGS.c.desk == row.desk, TELLINGS.c.message_id == row.message_id)
            .order_by(TELLINGS.c.seq)
        )
        channels = con.scalars(
            sa.select(DELIVERIES.c.channel)
            .where(DELIVERIES.c.desk == row.desk, DELIVERIES.c.message_id == row.message_id)
            .order_by(DELIVERIES.c.seq)
        )
        yield {
            "seq": row.seq,
            "desk": row.desk,
            "message": row.message_id,
            "decided_at": _text(row.at),
            "kind": row.kind,
            "tellings": list(told),
            "channels": list(channels),
            "story_count": len(message.stories) + message.more,
        }


def _attempts(con: sa.Connection, since: int) -> Iterator[dict[str, Any]]:
    """Up to the first request that is being made now: what came of it is yet to be known."""
    rows = con.execute(
        sa.select(
            ATTEMPTS,
            DELIVERIES.c.desk,
            DELIVERIES.c.message_id,
            DELIVERIES.c.channel,
            DELIVERIES.c.state,
        )
        .join(DELIVERIES, DELIVERIES.c.seq == ATTEMPTS.c.delivery)
        .where(ATTEMPTS.c.seq > since)
        .order_by(ATTEMPTS.c.seq)
    )
    for row in rows:
        if row.ended_at is None and row.state == "sending":
            return
        yield {
            "seq": row.seq,
            "desk": row.desk,
            "message": row.message_id,
            "channel": row.channel,
            "part": row.part,
            "part_count": row.parts,
            "size_bytes": row.size,
            "is_again": row.is_again,
            "begun_at": _text(row.begun_at),
            "ended_at": None if row.ended_at is None else _text(row.ended_at),
            "failure": row.failure,
            "code": row.code,
        }


_ROWS = {"tellings": _tellings, "messages": _messages, "attempts": _attempts}


def _text(at: int) -> str:
    return instant(at).replace(tzinfo=None).isoformat()
