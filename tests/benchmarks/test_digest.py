"""What became of a card is told by lists that were captured again, and by no others."""

from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from benchmarks.digest import FATES

AT = datetime(2025, 6, 1, 12, tzinfo=UTC).replace(tzinfo=None)
STAYED, WENT, UNSEEN, MOVED = 1, 2, 3, 4


@pytest.fixture
def lines() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("CREATE TABLE lines (board TEXT, captured_at TIMESTAMP, topic_id BIGINT)")
    before, after, late = (AT + timedelta(minutes=minutes) for minutes in (-10, 30, 180))
    seen = [
        ("read again", before, STAYED), ("read again", before, WENT), ("read again", before, MOVED),
        ("unread", before, UNSEEN), ("unread", late, UNSEEN), ("unread", before, MOVED),
        ("read again", after, STAYED), ("elsewhere", after, MOVED),
    ]  # fmt: skip
    con.executemany("INSERT INTO lines VALUES (?, ?, ?)", seen)
    return con


def test_gone_is_what_all_its_lists_were_captured_without(
    lines: duckdb.DuckDBPyConnection,
) -> None:
    fates = dict(lines.execute(FATES, {"at": AT}).fetchall())
    assert fates == {STAYED: "listed", WENT: "gone", UNSEEN: "unknown", MOVED: "listed"}
