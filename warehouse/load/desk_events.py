"""Loading what desks were told into raw: each row once, whatever files bring it."""

import logging
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.landing_format import DamagedError, expect_file
from warehouse.connection import Connection, transaction
from warehouse.sql import read_sql

log = logging.getLogger(__name__)

KINDS = ("tellings", "messages", "attempts")


@dataclass(frozen=True, slots=True)
class DeskEvents:
    """How many rows of each kind a load brought, and the files that could not be read."""

    telling_count: int = 0
    message_count: int = 0
    attempt_count: int = 0
    damaged: tuple[str, ...] = ()


def load_desk_events(con: Connection, folder: Path) -> DeskEvents:
    """Append what is in the files of ``folder`` and not in raw yet.

    A damaged file holds back nothing of the others; it is told at every load until it is put right.
    """
    counts: list[int] = []
    damaged: list[str] = []
    for kind in KINDS:
        known = {
            name for (name,) in con.execute(f"SELECT DISTINCT file FROM raw.desk_{kind}").fetchall()
        }
        count = 0
        for file in sorted(folder.glob(f"{kind}-*.jsonl")):
            if file.name in known:
                continue
            try:
                expect_file(file.stat())
                with transaction(con):
                    added = con.execute(
                        read_sql(f"load/desk_{kind}"), {"path": _literal(file), "file": file.name}
                    ).fetchone()
                    count += added[0] if added else 0
            except (OSError, DamagedError, duckdb.Error) as error:
                damaged.append(file.name)
                log.warning(
                    "a file of what desks were told is damaged: its rows are in desk.db still; put it right, "
                    "or delete it and let the desks' next round write it again",
                    extra={"file": file, "found": str(error).splitlines()[0]},
                )
        counts.append(count)
    tellings, messages, attempts = counts
    return DeskEvents(tellings, messages, attempts, tuple(damaged))


def _literal(file: Path) -> str:
    """The path as DuckDB takes it for that file alone: it reads *, ? and [ in one as patterns."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(file))
