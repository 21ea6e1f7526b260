"""Instants that no capture can have had: each is rejected for that, and moves nobody's now."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers import landing
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from pipelines.digest.contents import Period
from tests.warehouse.captures import BOARDS
from warehouse.load.archive_topics import gather
from warehouse.readers.newest import newest_attempt, newest_list

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
NEVER = (
    "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+08:00", "1970-01-01T00:00:00Z", "1999-12-31T23:59:59Z",
    "2026-03-02T12:00:01Z", "2099-01-01T00:00:00Z", "2205-06-07", "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-08:00", "294246-12-31", "infinity", "-infinity", "0044-03-15 (BC)",
)  # fmt: skip
ONCE = ("2000-01-01T00:00:00Z", "2026-03-01T11:00:00Z", "2026-03-02T12:00:00Z")


def archive(file: Path, *instants: str) -> Path:
    def rows() -> Iterator[str]:
        for at in instants:
            row = {"source": "river_list", "captured_at": at, "rank": 1, "title": f"渡口于{at}开放"}
            yield json.dumps(row) + "\n"

    file.write_text("".join(rows()), encoding="utf-8")
    return file


def landed(home: Home, at: datetime, title: str = "渡口开放") -> Path:
    page = Page((Entry(1, Kind.RANKED, 1, title),))
    return landing.write(home.landing, Outcome(BOARDS[0], at, Status.OK, "", page=page))


def test_rows_out_of_bounds_are_rejected_for_it_and_the_others_kept(
    home: Home, tmp_path: Path
) -> None:
    file = archive(tmp_path / "a.jsonl", *NEVER, *ONCE, "gone")
    (done,) = operations.import_files(home, [file], {}, {}, now=NOW).values()
    loaded = done.loaded
    assert (loaded.rows_in, loaded.rows_kept) == (len(NEVER) + 4, 3)
    with operations.opened(home) as con:
        reasons = dict(
            con.execute("SELECT captured_at, reason FROM raw.rejects ORDER BY ALL").fetchall()
        )
    assert reasons == dict.fromkeys(NEVER, "captured_at_out_of_range") | {
        "gone": "captured_at_unreadable"
    }


@pytest.mark.slow
def test_an_archive_out_of_bounds_is_built_and_told_of_nothing(home: Home, tmp_path: Path) -> None:
    operations.import_files(home, [archive(tmp_path / "a.jsonl", *NEVER)], {}, {}, now=NOW)
    assert not operations.build(home).rows["core.entries"]
    operations.import_files(home, [archive(tmp_path / "b.jsonl", ONCE[1])], {}, {}, now=NOW)
    operations.build(home)
    operations.import_files(home, [archive(tmp_path / "c.jsonl", *NEVER)], {}, {}, now=NOW)
    operations.build(home)
    assert operations.write_digest_at(home, None, Period.HOUR)
    assert operations.publish_home(home)


def test_titles_out_of_bounds_are_gathered_at_the_instant_before_them(tmp_path: Path) -> None:
    import duckdb

    gather([archive(tmp_path / "a.jsonl", ONCE[1], *NEVER)], tmp_path / "all.parquet", NOW)
    with duckdb.connect() as con:
        found = con.execute(
            f"SELECT DISTINCT captured_at = TIMESTAMPTZ '{ONCE[1]}', count(*) "
            f"FROM '{tmp_path / 'all.parquet'}' GROUP BY ALL"
        ).fetchall()
    assert found == [(True, len(NEVER) + 1)]


def test_a_landed_capture_out_of_bounds_is_rejected_once(home: Home) -> None:
    landed(home, NOW)
    far = [landed(home, NOW + timedelta(days=days), "远") for days in (2, 40, 26_000, 2_900_000)]
    far += [landed(home, NOW.replace(year=year), "远") for year in (1970, 1999)]
    loaded = operations.load(home, NOW)
    assert (loaded.rows_in, loaded.rows_kept, loaded.rows_rejected) == (len(far) + 1, 1, len(far))
    assert operations.load(home, NOW).rows_in == 0
    with operations.opened(home) as con:
        found = con.execute("SELECT reason, found FROM raw.rejects").fetchall()
        assert con.execute("SELECT count(*) FROM raw.snapshots").fetchall() == [(1,)]
    assert {reason for reason, _ in found} == {"captured_at_out_of_range"}
    assert {told.split(":")[0] for _, told in found} == {path.name for path in far}
    operations.build(home, now=NOW)
    with operations.opened(home) as con:
        assert newest_list(con) == newest_attempt(con) == NOW.replace(tzinfo=None)


def test_what_a_clock_that_stood_still_refused_is_loaded_when_it_goes(home: Home) -> None:
    landed(home, NOW)
    assert operations.load(home, datetime(1970, 1, 1, tzinfo=UTC)).snapshot_count == 0
    assert operations.load(home, NOW).snapshot_count == 1


def test_a_capture_ahead_of_the_clock_is_not_now(home: Home) -> None:
    soon, later = NOW + timedelta(minutes=1), NOW + timedelta(hours=20)
    for at in (NOW, soon, later):
        landed(home, at)
    operations.build(home)
    with operations.opened(home) as con:
        for newest in (newest_list, newest_attempt):
            assert newest(con, NOW + timedelta(seconds=1)) == NOW.replace(tzinfo=None)
            assert newest(con, soon) == soon.replace(tzinfo=None)
            assert newest(con, later) == later.replace(tzinfo=None)
            assert newest(con, NOW - timedelta(hours=1)) == NOW.replace(tzinfo=None)
            assert newest(con, NOW - timedelta(days=9)) is None
