"""Taking a load out again: its rows leave raw, and all that is made from raw is made anew."""

from dataclasses import dataclass

from warehouse.connection import Connection, transaction

LANDING = "landing"

LEAVE = (
    """
    INSERT INTO ops.unloaded_captures
    SELECT board, captured_at FROM raw.snapshots WHERE load_id = $load_id AND origin = 'landing'
    """,
    "DELETE FROM raw.entries WHERE load_id = $load_id",
    "DELETE FROM raw.rejects WHERE load_id = $load_id",
    # A capture of which a later load brought lines too stays, as that load's.
    """
    UPDATE raw.snapshots AS captures
    SET load_id = rest.load_id, origin = rest.origin, entry_count = rest.entry_count
    FROM (
        SELECT
            entries.board,
            entries.captured_at,
            min(entries.load_id) AS load_id,
            arg_min(loads.origin, entries.load_id) AS origin,
            count(*)::INTEGER AS entry_count
        FROM raw.entries AS entries
        INNER JOIN ops.loads AS loads USING (load_id)
        GROUP BY ALL
    ) AS rest
    WHERE captures.load_id = $load_id
        AND captures.board = rest.board AND captures.captured_at = rest.captured_at
    """,
    """
    UPDATE raw.snapshots AS captures
    SET entry_count = rest.entry_count
    FROM (
        SELECT board, captured_at, count(*)::INTEGER AS entry_count FROM raw.entries GROUP BY ALL
    ) AS rest
    WHERE captures.status = 'ok' AND captures.origin <> 'landing'
        AND captures.board = rest.board AND captures.captured_at = rest.captured_at
        AND captures.entry_count <> rest.entry_count
    """,
    "DELETE FROM raw.snapshots WHERE load_id = $load_id",
    "UPDATE ops.loads SET unloaded_at = now()::TIMESTAMP WHERE load_id = $load_id",
    # Ledgers say what was said; every other table is made anew.
    "DELETE FROM ops.tables WHERE version <> 'ledger'",
)


class NoSuchLoadError(LookupError):
    """A number that no load has, of one that was taken out before, or of what people said."""


@dataclass(frozen=True, slots=True)
class Unloaded:
    """How many rows and captures left."""

    load_id: int
    origin: str
    entry_count: int
    snapshot_count: int


def unload(con: Connection, load_id: int) -> Unloaded:
    """Take out what load ``load_id`` brought; the next build makes everything anew without it.

    What was forecast and judged of it stays in the ledgers, as it was said. Raises NoSuchLoadError.
    """
    found = con.execute(
        "SELECT origin FROM ops.loads WHERE load_id = ? AND unloaded_at IS NULL", [load_id]
    ).fetchone()
    if found is None:
        raise NoSuchLoadError(
            f"There is no load {load_id} that could be taken out. fengkou loads lists those that are in."
        )
    hands = [
        str(number)
        for (number,) in con.execute(
            "SELECT number FROM raw.topic_hands WHERE load_id = ? ORDER BY number", [load_id]
        ).fetchall()
    ]
    if hands:
        raise NoSuchLoadError(
            f"Load {load_id} is what people said of topics, which stays on record: hand {', '.join(hands)}. "
            f"To have one not hold any more: fengkou topic undo {hands[0]}."
        )
    counts = [
        con.execute(f"SELECT count(*) FROM raw.{table} WHERE load_id = ?", [load_id]).fetchone()
        for table in ("entries", "snapshots")
    ]
    entries, snapshots = (int(count[0]) if count else 0 for count in counts)
    with transaction(con):
        for statement in LEAVE:
            con.execute(statement, {"load_id": load_id} if "$load_id" in statement else None)
    return Unloaded(load_id, str(found[0]), entries, snapshots)
