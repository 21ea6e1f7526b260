"""Loading what people said of topics into raw: each hand once, all that are new or none of them."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from pipelines.landing_format import DamagedError, expect_file
from pipelines.topics.hand_format import decode, number_in
from pipelines.topics.hands import Hand
from warehouse.connection import Connection, transaction
from warehouse.load.bounds import is_within
from warehouse.load.landing import next_load_id

log = logging.getLogger(__name__)

ORIGIN = "hands"
"""Where such a load comes from, in ops.loads."""

DAMAGED = "hand_file_damaged"
"""The reason of a reject: its file is not what was written."""

INSTANT = pa.timestamp("us")
TITLE = pa.struct(
    [
        ("item_id", pa.int64()),
        ("source", pa.string()),
        ("folded_title", pa.string()),
        ("first_seen_at", INSTANT),
    ]
)
HAND = pa.schema(
    [
        ("number", pa.int32()),
        ("kind", pa.string()),
        ("said_at", INSTANT),
        ("said_by", pa.string()),
        ("topic_ids", pa.list_(pa.int64())),
        ("parts", pa.list_(pa.list_(TITLE))),
        ("name", pa.string()),
        ("undoes", pa.int32()),
    ]
)
REJECT = pa.schema([("position", pa.int64()), ("found", pa.string())])


@dataclass(frozen=True, slots=True)
class DamagedHand:
    """A file that is not what was written: its number, what was found and what was expected."""

    number: int
    found: str


def read_hands(folder: Path) -> Iterator[Hand | DamagedHand]:
    """The hands in a folder, in the order of their numbers."""
    names = {number: path for path in folder.glob("*.json") if (number := number_in(path.name))}
    for number, path in sorted(names.items()):
        try:
            expect_file(path.stat())
            yield decode(path.read_bytes(), number)
        except (OSError, DamagedError) as error:
            yield DamagedHand(number, f"{path.name}: {error}. It changed after it was written.")


def load_hands(con: Connection, folder: Path, now: datetime | None = None) -> int:
    """Append every hand in ``folder`` that raw does not hold yet; how many.

    One that is damaged is a reject, once; one of an instant that cannot have been at ``now`` (aware; else
    the clock's) waits until it can.
    """
    known = {number for (number,) in con.execute("SELECT number FROM raw.topic_hands").fetchall()}
    refused = {
        number
        for (number,) in con.execute(
            "SELECT position FROM raw.rejects WHERE origin = ?", [ORIGIN]
        ).fetchall()
    }
    new: list[Hand] = []
    damaged: list[DamagedHand] = []
    for found in read_hands(folder):
        if isinstance(found, DamagedHand):
            if found.number not in known | refused:
                damaged.append(found)
        elif found.number not in known:
            if is_within(found.said_at, now):
                new.append(found)
            else:
                log.warning(
                    "a hand waits: it was said at an instant that no clock can have shown yet",
                    extra={"hand": found.number, "said_at": found.said_at.isoformat()},
                )
    for each in damaged:
        log.warning("a hand is damaged and holds nothing", extra=asdict(each))
    if new or damaged:
        _append(con, new, damaged)
    return len(new)


def _append(con: Connection, new: list[Hand], damaged: list[DamagedHand]) -> None:
    load_id = next_load_id(con)
    hands = pa.Table.from_pylist([asdict(hand) for hand in new], schema=HAND)
    rejects = pa.Table.from_pylist(
        [{"position": each.number, "found": each.found[:500]} for each in damaged], schema=REJECT
    )
    with transaction(con):
        con.register("hands", hands)
        con.register("rejects", rejects)
        con.execute(
            "INSERT INTO raw.topic_hands BY NAME SELECT *, ? AS load_id FROM hands", [load_id]
        )
        con.execute(
            "INSERT INTO raw.rejects BY NAME "
            "SELECT *, '' AS board, ? AS reason, ? AS origin, ? AS load_id FROM rejects",
            [DAMAGED, ORIGIN, load_id],
        )
        # What is made from then on is made again, as if it were a capture of that instant.
        con.execute(
            "INSERT INTO ops.loads BY NAME SELECT $load_id AS load_id, $origin AS origin, "
            "now()::TIMESTAMP AS loaded_at, $new + $damaged AS rows_in, $new AS rows_kept, "
            "$damaged AS rows_rejected, 0 AS rows_known, 0 AS snapshot_count, "
            "min(said_at) AS earliest_captured_at, max(said_at) AS latest_captured_at FROM hands",
            {"load_id": load_id, "origin": ORIGIN, "new": len(new), "damaged": len(damaged)},
        )
        con.unregister("hands")
        con.unregister("rejects")
