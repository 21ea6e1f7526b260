"""When each title came."""

import pyarrow as pa

from warehouse import query
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, MadeSince


def _note(con: Connection, lack: Lack) -> pa.Table:
    return query.table(con, "models/core/title_sights.new", since=lack.since)


TABLE = Table(
    description="When each clean title was first seen on any board.",
    grain=("title_id",),
    columns={
        "title_id": (pa.int64(), "the title"),
        "first_seen_at": (pa.timestamp("us"), "when it was first seen, UTC"),
        "first_board": (pa.string(), "the board where that was"),
    },
    reads=("core.entries",),
    code_version="1",
    growth=MadeSince("first_seen_at", _note),
)
