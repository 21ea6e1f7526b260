"""Rows that the door would refuse today, in a warehouse of before it had its bounds."""

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fengkou import operations
from fengkou.home import Home
from fengkou.loads import take_out
from pipelines.digest.contents import Period
from warehouse.readers.newest import newest_attempt, newest_list

AT = datetime(2026, 3, 4, 8, tzinfo=UTC)
NEVER = ("0001-01-01", "1970-01-01", "2205-06-07", "9999-12-31 23:59:59", "infinity", "-infinity")


def filled(home: Home, folder: Path) -> None:
    rows = [
        {
            "source": "ferry_list",
            "captured_at": (AT + timedelta(minutes=30 * n)).isoformat(),
            "rank": rank,
            "title": f"第{rank}座桥亮灯",
            "heat": 100 - rank,
        }
        for n in range(4)
        for rank in (1, 2, 3)
    ]
    file = folder / "a.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    operations.import_files(home, [file], {}, {})


def put_by_hand(home: Home) -> None:
    """What an import let in before there were bounds: six captures, a rank of ten figures, odd heats."""
    with operations.opened(home) as con:
        for at in NEVER:
            for table in ("snapshots", "entries"):
                con.execute(
                    f"INSERT INTO raw.{table} SELECT * REPLACE (?::TIMESTAMP AS captured_at) "
                    f"FROM raw.{table} WHERE captured_at = ?",
                    [at, AT.replace(tzinfo=None)],
                )
        con.execute(
            "UPDATE raw.entries SET rank = 1772582700 WHERE rank = 3 AND captured_at = ?",
            [AT.replace(tzinfo=None)],
        )
        con.execute("UPDATE raw.entries SET heat = '0' WHERE rank = 1")
        con.execute("UPDATE raw.entries SET heat = '-1' WHERE rank = 2")
        con.execute("UPDATE ops.loads SET rows_in = rows_in + 18, rows_kept = rows_kept + 18")


@pytest.mark.slow
def test_a_build_goes_on_says_what_it_refuses_and_speaks_of_the_rest(
    home: Home, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    filled(home, tmp_path)
    operations.build(home)
    put_by_hand(home)
    with caplog.at_level(logging.WARNING):
        operations.build(home)
    said = {record.__dict__["reason"]: record.__dict__["row_count"] for record in caplog.records}
    assert said == {"captured_at_out_of_range": 18, "rank_out_of_range": 1}
    last = (AT + timedelta(minutes=90)).replace(tzinfo=None)
    with operations.opened(home) as con:
        assert newest_list(con) == newest_attempt(con) == last
        counts = con.execute(
            "SELECT rows_in, rows_kept, rows_rejected, snapshot_count FROM ops.loads"
        ).fetchall()
        assert counts == [(30, 11, 19, 4)]
        assert con.execute("SELECT count(*) FROM raw.entries").fetchall() == [(11,)]
        assert con.execute(
            "SELECT min(entry_count), max(captured_at) FROM raw.snapshots"
        ).fetchall() == [(2, last)]
    assert operations.write_digest_at(home, None, Period.HOUR)
    caplog.clear()
    operations.build(home)
    assert not caplog.records


@pytest.mark.slow
def test_a_load_of_refused_rows_can_be_taken_out(home: Home, tmp_path: Path) -> None:
    filled(home, tmp_path)
    put_by_hand(home)
    operations.build(home)
    take_out(home, 1)
    with operations.opened(home) as con:
        for table in ("entries", "snapshots", "rejects"):
            assert con.execute(f"SELECT count(*) FROM raw.{table}").fetchall() == [(0,)]
    operations.build(home)


def test_what_came_in_by_a_right_clock_stays_when_it_goes_wrong(home: Home, tmp_path: Path) -> None:
    filled(home, tmp_path)
    operations.load(home, datetime(1970, 1, 1, tzinfo=UTC))
    with operations.opened(home) as con:
        assert con.execute("SELECT count(*) FROM raw.entries").fetchall() == [(12,)]
