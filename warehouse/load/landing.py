"""Loading landed captures into raw: append-only, each snapshot once, each load whole or not at all."""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.landing_format import CRAWL_DIED
from warehouse.connection import transaction
from warehouse.load.bounds import OUT_OF_RANGE, is_within
from warehouse.load.landed import (
    boards_in,
    days_in,
    instant_of,
    read_landed,
    was_asked_again,
)

FILES_PER_LOAD = 2_000
"""Captures per transaction: about 100,000 entries, some 100 MB while they are in flight."""

SETTLED_SECONDS = 3
"""A folder changed within this time may change again without its clock moving on: read it again."""

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
    stray_count: int = 0
    """Files in the landing that are no captures, met in the folders that were read."""
    hand_count: int = 0
    """What people said of topics since the load before."""
    desk_rows: Mapping[str, int] = field(default_factory=dict)
    """Rows that desks added, by table of raw."""

    def __add__(self, other: "Loaded") -> "Loaded":
        return Loaded(
            self.rows_in + other.rows_in,
            self.rows_kept + other.rows_kept,
            self.rows_rejected + other.rows_rejected,
            self.rows_known + other.rows_known,
            self.snapshot_count + other.snapshot_count,
            self.stray_count + other.stray_count,
            self.hand_count + other.hand_count,
        )


@dataclass(frozen=True, slots=True)
class _Day:
    board: str
    day: str
    modified_ns: int
    files: Mapping[Path, datetime]
    """Captures, with the instants that their names state."""
    stray_count: int
    """Files beside them that no capture's name have, such as a sync client's copies."""


def _changed_days(con: duckdb.DuckDBPyConnection, landing: Path) -> Iterator[_Day]:
    """Landing folders that changed since they were last read whole."""
    known = {
        (board, day): modified
        for board, day, modified in con.execute("FROM ops.landing_days").fetchall()
    }
    for board in sorted(boards_in(landing)):
        for day in sorted(days_in(board)):
            modified = day.stat().st_mtime_ns
            if known.get((board.name, day.name)) == modified:
                continue
            settled = time.time_ns() - modified > SETTLED_SECONDS * 1_000_000_000
            files = sorted(p for p in day.glob("*.json") if not p.name.startswith("."))
            named = {path: at for path in files if (at := instant_of(path)) is not None}
            yield _Day(
                board.name,
                day.name,
                modified if settled else 0,
                named,
                len(files) - len(named),
            )


def _tables(landed: Iterable[dict[str, Any]]) -> tuple[pa.Table, pa.Table, pa.Table]:
    snapshots, entries, rejects = [], [], []
    for capture in landed:
        key = {"board": capture["board"], "captured_at": capture["captured_at"]}
        snapshots.append(
            {name: capture.get(name) for name in SNAPSHOT.names}
            | {
                "is_cached": capture["cached"],
                "entry_count": len(capture["entries"]),
                "reject_count": len(capture["rejects"]),
            }
        )
        for entry in capture["entries"]:
            extra = entry["extra"]
            text = json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else None
            entries.append({**entry, **key, "extra": text})
        for reject in capture["rejects"]:
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


def _refused(files: Iterable[tuple[Path, datetime]]) -> pa.Table:
    """A reject for each capture of an instant that none can have had."""
    found = "its name states an instant before 2000 or after tomorrow: the clock was wrong"
    return pa.Table.from_pylist(
        [
            {
                "board": path.parent.parent.name,
                "captured_at": at,
                "reason": OUT_OF_RANGE,
                "found": f"{path.name}: {found}",
            }
            for path, at in files
        ],
        schema=REJECT,
    )


def _append(
    con: duckdb.DuckDBPyConnection, files: Sequence[tuple[Path, datetime]], now: datetime | None
) -> Loaded:
    """Append the captures in ``files``, none of which is known yet. Inside a transaction."""
    snapshots, entries, rejects = _tables(
        read_landed(path, at) for path, at in files if is_within(at, now)
    )
    far = _refused(file for file in files if not is_within(file[1], now))
    rejects = pa.concat_tables([rejects, far])
    load_id = next_load_id(con)
    # Where a crawl that died had left none, a capture was made later: it is the only one of its instant.
    con.execute(
        "DELETE FROM raw.snapshots WHERE reason = ? AND origin = 'landing' "
        "AND (board, captured_at) IN (SELECT (board, captured_at) FROM snapshots)",
        [CRAWL_DIED],
    )
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
        "INSERT INTO ops.loads BY NAME SELECT ? AS load_id, 'landing' AS origin, "
        "now()::TIMESTAMP AS loaded_at, ? AS rows_in, ? AS rows_kept, ? AS rows_rejected, 0 AS rows_known, "
        "count(*) AS snapshot_count, min(captured_at) AS earliest_captured_at, "
        "max(captured_at) AS latest_captured_at FROM snapshots",
        [load_id, kept + rejected, kept, rejected],
    )
    return Loaded(kept + rejected, kept, rejected, 0, snapshots.num_rows)


def load_landing(
    con: duckdb.DuckDBPyConnection, landing: Path, now: datetime | None = None
) -> Loaded:
    """Append every landed capture that raw does not hold yet; those it holds are left as they are.

    But for what a crawl that died had left undone: the capture that was made of that instant since takes its
    place. What was said of it stays in the ledgers.

    A capture from after the day that follows ``now`` (aware; else the clock's), or from before 2000, is
    rejected: a clock was wrong. Should that have been this one, it is loaded when it goes right.
    Cost follows the folders that changed, not all that was ever landed.
    """
    if not landing.is_dir():
        return Loaded()
    days = list(_changed_days(con, landing))
    refused = set(
        con.execute(
            "SELECT board, try_cast(captured_at AS TIMESTAMP) FROM raw.rejects "
            "WHERE reason = ? AND origin = 'landing'",
            [OUT_OF_RANGE],
        ).fetchall()
    )
    total = Loaded(stray_count=sum(day.stray_count for day in days))
    pending: list[tuple[Path, datetime]] = []
    for day in days:
        known = dict(
            con.execute(
                "SELECT captured_at, reason = $died AND origin = 'landing' FROM raw.snapshots "
                "WHERE board = $board AND captured_at >= $day::DATE AND captured_at < $day::DATE + 1 "
                # What was taken out by hand stays out.
                "UNION ALL SELECT captured_at, FALSE FROM ops.unloaded_captures WHERE board = $board",
                {"board": day.board, "day": day.day, "died": CRAWL_DIED},
            ).fetchall()
        )
        pending.extend(
            (path, at)
            for path, at in day.files.items()
            if (at not in known or (known[at] and was_asked_again(path, at)))
            and ((day.board, at) not in refused or is_within(at, now))
        )
    # Oldest first, so that a load cut short has everything up to an instant.
    pending.sort(key=lambda file: (file[1], file[0].parent.parent.name))
    for start in range(0, len(pending), FILES_PER_LOAD):
        with transaction(con):
            total += _append(con, pending[start : start + FILES_PER_LOAD], now)
    if days:
        con.executemany(
            "INSERT OR REPLACE INTO ops.landing_days VALUES (?, ?, ?)",
            [
                [
                    day.board,
                    day.day,
                    day.modified_ns if all(is_within(at, now) for at in day.files.values()) else 0,
                ]
                for day in days
            ],
        )
    return total
