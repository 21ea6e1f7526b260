"""Loading what desks were told into raw: each row once, whatever files bring it."""

import logging
from pathlib import Path

import duckdb

from pipelines.landing_format import DamagedError, expect_file
from warehouse.connection import Connection, transaction
from warehouse.sql import read_sql

log = logging.getLogger(__name__)

KINDS = ("tellings", "messages", "attempts")


def load_desk_events(con: Connection, folder: Path) -> dict[str, int]:
    """Append what is in the files of ``folder`` and not in raw yet; how many rows of each table.

    A damaged file holds back nothing of the others; it is told at every load until it is put right.
    """
    counts = {}
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
                log.warning(
                    "a file of what desks were told is damaged: its rows are in desk.db still; put it right, "
                    "or delete it and let the desks' next round write it again",
                    extra={"file": file, "found": str(error).splitlines()[0]},
                )
        counts[f"desk_{kind}"] = count
    return counts


def _literal(file: Path) -> str:
    """The path as DuckDB takes it for that file alone: it reads *, ? and [ in one as patterns."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(file))
