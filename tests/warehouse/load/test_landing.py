from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from fengkou import operations
from fengkou.home import Home
from tests.warehouse.captures import BOARDS, START


def test_a_landed_file_is_loaded_once(landed_home: Home, instants: list[datetime]) -> None:
    first = operations.load(landed_home)
    assert first.snapshot_count == len(BOARDS) * len(instants)
    assert first.rows_in == first.rows_kept + first.rows_rejected
    assert operations.load(landed_home).snapshot_count == 0


def test_a_capture_landed_after_its_folder_was_read_is_still_loaded(
    landed_home: Home, land: Callable[[Path, str, datetime], Path]
) -> None:
    operations.load(landed_home)
    land(landed_home.landing, BOARDS[0], START + timedelta(minutes=3))
    assert operations.load(landed_home).snapshot_count == 1


def test_a_damaged_file_is_a_failed_capture_and_the_others_are_loaded(
    landed_home: Home, instants: list[datetime]
) -> None:
    damaged = min(landed_home.landing.rglob("*.json"))
    damaged.write_text('{"format": 1, "entr')
    assert operations.load(landed_home).snapshot_count == len(BOARDS) * len(instants)
    with operations.opened(landed_home) as con:
        found = con.execute(
            "SELECT reason, detail FROM raw.snapshots WHERE status = 'failed'"
        ).fetchall()
    assert len(found) == 1
    assert found[0][0] == "landed_file_damaged"
    assert damaged.name in found[0][1]


def test_unfinished_files_are_not_read(landed_home: Home, instants: list[datetime]) -> None:
    folder = min(landed_home.landing.rglob("*.json")).parent
    (folder / ".20260301T000000.000000Z.json").write_text("{")
    assert operations.load(landed_home).snapshot_count == len(BOARDS) * len(instants)
