"""Loading landed captures into raw: append-only, each snapshot once, each load whole or not at all."""

import json
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.connection import transaction

LANDED_FORMAT = 1
"""The landed file's format number that this reader knows; crawlers/landing.py documents it."""

FILES_PER_LOAD = 2_000
"""Captures per transaction: about 100,000 entries, some 100 MB while they are in flight."""

SETTLED_SECONDS = 3
"""A folder changed within this time may change again without its clock moving on: read it again."""

HALF = re.compile("[\ud800-\udfff]")
HALF_PRINTED = re.compile(rb"\\u[dD][89a-fA-F]")
"""As JSON prints it; a file that prints none holds none, being UTF-8."""

INSTANT = pa.timestamp("us")
SNAPSHOT = pa.schema(
    [
        ("board", pa.string()),
        ("captured_at", INSTANT),
        ("status", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("request_url", pa.string()),
        ("http_status", pa.int32()),
        ("elapsed_ms", pa.int32()),
        ("body_bytes", pa.int64()),
        ("upstream_at", INSTANT),
        ("is_cached", pa.bool_()),
        ("entry_count", pa.int32()),
        ("reject_count", pa.int32()),
    ]
)
ENTRY = pa.schema(
    [
        ("board", pa.string()),
        ("captured_at", INSTANT),
        ("position", pa.int32()),
        ("kind", pa.string()),
        ("rank", pa.int32()),
        ("title", pa.string()),
        ("url", pa.string()),
        ("heat", pa.string()),
        ("native_id", pa.string()),
        ("label", pa.string()),
        ("category", pa.string()),
        ("excerpt", pa.string()),
        ("extra", pa.string()),
    ]
)
REJECT = pa.schema(
    [
        ("board", pa.string()),
        ("captured_at", INSTANT),
        ("position", pa.int64()),
        ("reason", pa.string()),
        ("found", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. rows_in = rows_kept + rows_rejected + rows_known."""

    rows_in: int = 0
    rows_kept: int = 0
    rows_rejected: int = 0
    rows_known: int = 0
    snapshot_count: int = 0

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.rows_in + other.rows_in,
            self.rows_kept + other.rows_kept,
            self.rows_rejected + other.rows_rejected,
            self.rows_known + other.rows_known,
            self.snapshot_count + other.snapshot_count,
        )


@dataclass(frozen=True, slots=True)
class _Day:
    board: str
    day: str
    modified_ns: int
    files: tuple[Path, ...]


def _changed_days(con: duckdb.DuckDBPyConnection, landing: Path) -> Iterator[_Day]:
    """Landing folders that changed since they were last read whole."""
    known = {
        (board, day): modified
        for board, day, modified in con.execute("FROM ops.landing_days").fetchall()
    }
    for board in sorted(p for p in landing.iterdir() if p.is_dir()):
        for day in sorted(p for p in board.iterdir() if p.is_dir()):
            modified = day.stat().st_mtime_ns
            if known.get((board.name, day.name)) == modified:
                continue
            settled = time.time_ns() - modified > SETTLED_SECONDS * 1_000_000_000
            files = tuple(sorted(p for p in day.glob("*.json") if not p.name.startswith(".")))
            yield _Day(board.name, day.name, modified if settled else 0, files)


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def _damaged(path: Path, detail: str) -> dict[str, Any]:
    """A landed file that cannot be read is a failed capture, not a reason to stop."""
    return {
        "board": path.parent.parent.name,
        "captured_at": path.stem,
        "status": "failed",
        "reason": "landed_file_damaged",
        "detail": f"{path.name}: {detail}",
        "request_url": None,
        "http_status": None,
        "elapsed_ms": None,
        "body_bytes": 0,
        "upstream_at": None,
        "cached": False,
        "entries": [],
        "rejects": [],
    }


def mended(value: Any) -> Any:
    """A JSON value that UTF-8 can hold, keys too: half of a surrogate pair becomes U+FFFD."""
    if isinstance(value, dict):
        return {mended(name): mended(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [mended(inner) for inner in value]
    return HALF.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else value


def _read_landed(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
        landed: dict[str, Any] = json.loads(content)
        if HALF_PRINTED.search(content):
            landed = mended(landed)
    except ValueError as error:
        return _damaged(
            path,
            f"not JSON ({error}); it was damaged after it was landed, and stays a failed capture",
        )
    if landed.get("format") != LANDED_FORMAT:
        found = landed.get("format")
        return _damaged(path, f"format {found!r}, this program reads {LANDED_FORMAT}; upgrade it")
    return landed


def _tables(landed: Iterable[dict[str, Any]]) -> tuple[pa.Table, pa.Table, pa.Table]:
    snapshots, entries, rejects = [], [], []
    for one in landed:
        key = {"board": one["board"], "captured_at": _instant(one["captured_at"])}
        snapshots.append(
            {name: one.get(name) for name in SNAPSHOT.names}
            | key
            | {
                "upstream_at": _instant(one["upstream_at"]),
                "is_cached": one["cached"],
                "entry_count": len(one["entries"]),
                "reject_count": len(one["rejects"]),
            }
        )
        for entry in one["entries"]:
            extra = entry["extra"]
            text = json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None
            entries.append({**entry, **key, "extra": text})
        for reject in one["rejects"]:
            rejects.append({**reject, **key, "found": reject["found"][:500]})
    return (
        pa.Table.from_pylist(snapshots, schema=SNAPSHOT),
        pa.Table.from_pylist(entries, schema=ENTRY),
        pa.Table.from_pylist(rejects, schema=REJECT),
    )


def next_load_id(con: duckdb.DuckDBPyConnection) -> int:
    """The number of the load that is about to be made; one writer, so the newest plus one."""
    row = con.execute("SELECT coalesce(max(load_id), 0) + 1 FROM ops.loads").fetchone()
    assert row is not None  # noqa: S101 - an aggregate always has a row
    return int(row[0])


def _append(con: duckdb.DuckDBPyConnection, files: list[Path]) -> Loaded:
    """Append the captures in ``files``, none of which is known yet. Inside a transaction."""
    snapshots, entries, rejects = _tables(map(_read_landed, files))
    load_id = next_load_id(con)
    con.execute(
        "INSERT INTO raw.snapshots BY NAME SELECT *, 'landing' AS origin, ? AS load_id FROM snapshots",
        [load_id],
    )
    con.execute("INSERT INTO raw.entries BY NAME SELECT *, ? AS load_id FROM entries", [load_id])
    con.execute(
        "INSERT INTO raw.rejects BY NAME "
        "SELECT * REPLACE (captured_at::VARCHAR AS captured_at), 'landing' AS origin, ? AS load_id "
        "FROM rejects",
        [load_id],
    )
    kept, rejected = entries.num_rows, rejects.num_rows
    con.execute(
        "INSERT INTO ops.loads SELECT ?, 'landing', now()::TIMESTAMP, ?, ?, ?, 0, count(*), "
        "min(captured_at), max(captured_at) FROM snapshots",
        [load_id, kept + rejected, kept, rejected],
    )
    return Loaded(kept + rejected, kept, rejected, 0, snapshots.num_rows)


def load_landing(con: duckdb.DuckDBPyConnection, landing: Path) -> Loaded:
    """Append every landed capture that raw does not hold yet; those it holds are left as they are.

    Cost follows the folders that changed, not all that was ever landed.
    """
    total = Loaded()
    if not landing.is_dir():
        return total
    days = list(_changed_days(con, landing))
    pending: list[Path] = []
    for day in days:
        known = {
            row[0]
            for row in con.execute(
                "SELECT strftime(captured_at, '%Y%m%dT%H%M%S.%fZ') FROM raw.snapshots "
                "WHERE board = ? AND captured_at >= ?::DATE AND captured_at < ?::DATE + 1",
                [day.board, day.day, day.day],
            ).fetchall()
        }
        pending.extend(path for path in day.files if path.stem not in known)
    # Oldest first, so that a load cut short has everything up to an instant.
    pending.sort(key=lambda path: (path.stem, path.parent.parent.name))
    for start in range(0, len(pending), FILES_PER_LOAD):
        with transaction(con):
            total += _append(con, pending[start : start + FILES_PER_LOAD])
    if days:
        con.executemany(
            "INSERT OR REPLACE INTO ops.landing_days VALUES (?, ?, ?)",
            [[day.board, day.day, day.modified_ns] for day in days],
        )
    return total
