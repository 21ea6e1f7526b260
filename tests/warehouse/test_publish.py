"""Analysts read while the pipeline collects, builds and publishes."""

import stat
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from fengkou import operations
from fengkou.errors import NothingCollectedError
from fengkou.home import Home
from tests.warehouse.captures import BOARDS, CHILDREN
from warehouse.connection import (
    WarehouseBusyError,
    WarehouseDamagedError,
    open_for_writing,
    open_published,
)
from warehouse.publish import publish

if TYPE_CHECKING:
    from multiprocessing.queues import SimpleQueue

TORN = """
SELECT count(*) FROM mart.captures AS captures
LEFT JOIN (SELECT board, captured_at, count(*) AS found FROM mart.entries GROUP BY ALL) AS lines
USING (board, captured_at)
WHERE captures.entry_count <> coalesce(lines.found, 0)
"""
"""Captures whose entries are not all there: none in a file that was published whole."""


def _analyse(
    file: str, stop: Event, told: "SimpleQueue[tuple[int, int, str]]", *, keep: bool
) -> None:
    """Read in a loop, opening the file anew each time or keeping one handle open."""
    reads, torn = 0, 0
    held = duckdb.connect(file, read_only=True) if keep else None
    try:
        while not stop.is_set():
            con = held or duckdb.connect(file, read_only=True)
            row = con.execute(TORN).fetchone()
            torn += row[0] if row else 1
            reads += 1
            if not keep:
                con.close()
    except Exception as error:  # noqa: BLE001 - any error at all is what the test is about
        told.put((reads, torn, repr(error)))
    else:
        told.put((reads, torn, ""))


@pytest.mark.slow
def test_two_analysts_read_whole_files_while_the_pipeline_writes(
    built_home: Home, land: Callable[[Path, str, datetime], Path], instants: list[datetime]
) -> None:
    file = str(operations.publish_home(built_home).file)
    stop, told = CHILDREN.Event(), CHILDREN.SimpleQueue()
    analysts = [
        CHILDREN.Process(target=_analyse, args=(file, stop, told), kwargs={"keep": keep})
        for keep in (False, True)
    ]
    for analyst in analysts:
        analyst.start()
    for n in range(1, 6):
        for board in BOARDS:
            land(built_home.landing, board, instants[-1] + timedelta(minutes=20 * n))
        operations.build(built_home)
        operations.publish_home(built_home)
    time.sleep(0.5)
    stop.set()
    found = [told.get() for _ in analysts]
    for analyst in analysts:
        analyst.join()
    assert all(reads > 0 for reads, _, _ in found), found
    assert [(torn, error) for _, torn, error in found] == [(0, ""), (0, "")]


def test_publishing_keeps_the_lock_on_the_warehouse(built_home: Home) -> None:
    """Copying the file in this process would drop it, and let a second writer in."""
    with operations.opened(built_home) as con:
        publish(con, built_home.warehouse, built_home.published)
        told = CHILDREN.SimpleQueue()
        second = CHILDREN.Process(target=_try_to_write, args=(str(built_home.root), told))
        second.start()
        assert told.get() == "busy"
        second.join()


def _try_to_write(root: str, told: "SimpleQueue[str]") -> None:
    try:
        with open_for_writing(Home(Path(root)).warehouse, wait_seconds=0):
            told.put("written")
    except WarehouseBusyError:
        told.put("busy")


def test_the_published_marts_are_described(built_home: Home) -> None:
    published = operations.publish_home(built_home)
    with duckdb.connect(str(published.file), read_only=True) as con:
        bare = con.execute(
            "SELECT table_name, column_name FROM duckdb_columns() "
            "WHERE schema_name = 'mart' AND comment IS NULL"
        ).fetchall()
        views = con.execute(
            "SELECT count(*) FROM duckdb_views() WHERE schema_name = 'mart' AND comment IS NOT NULL"
        ).fetchone()
    assert bare == []
    assert views is not None
    assert views[0] > 5
    assert all(file.stat().st_size for file in published.parquet)


def test_what_was_printed_is_loaded_elsewhere_with_its_address(built_home: Home) -> None:
    published = operations.publish_home(built_home)
    files = {file.stem: str(file) for file in published.parquet}

    def read(table: str, columns: str) -> list[tuple[object, ...]]:
        return duckdb.execute(
            f"SELECT {columns} FROM read_parquet(?) ORDER BY ALL", [files[table]]
        ).fetchall()

    with open_published(built_home.published) as con:
        printed = con.execute(
            "SELECT captured_at, board, position, url FROM raw.entries ORDER BY ALL"
        ).fetchall()
    assert read("entries", "captured_at, board, position, url") == printed
    newest = {
        (item, title): url
        for *_, item, title, url in read(
            "entries", "captured_at, board, position, item_id, title, url"
        )
        if url
    }
    assert newest
    told = read("topic_titles", "item_id, title, url")
    assert {(item, title): url for item, title, url in told if url} == newest
    assert all(title for (title,) in read("forecasts", "title"))


def test_what_a_killed_publish_left_is_swept(built_home: Home) -> None:
    built_home.published.mkdir(exist_ok=True)
    left = built_home.published / ".fengkou.duckdb.partial"
    left.write_bytes(b"half")
    operations.publish_home(built_home)
    assert not left.exists()


def test_the_copy_can_be_read_only_and_a_log_that_a_client_left_is_swept(built_home: Home) -> None:
    file = operations.publish_home(built_home).file
    left = file.with_name(f"{file.name}.wal")
    left.write_bytes(b"of another file")
    before = file.stat()
    operations.publish_home(built_home)
    assert not left.exists()
    assert file.stat().st_ino != before.st_ino
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    with open_published(built_home.published) as con:
        assert con.execute("SELECT count(*) > 0 FROM mart.entries").fetchone() == (True,)
        with pytest.raises(duckdb.Error, match="read-only"):
            con.execute("CREATE TABLE mart.mine (n INTEGER)")


@pytest.mark.parametrize(
    "name",
    ["fengkou.duckdb", "fengkou.duckdb.wal", ".fengkou.duckdb.partial", "parquet/topics.parquet"],
)
def test_a_folder_in_the_place_of_a_published_file_is_told_as_one(
    built_home: Home, name: str
) -> None:
    folder = built_home.published / name
    folder.unlink(missing_ok=True)
    folder.mkdir(parents=True)
    told = f"{folder.name}: found a folder, expected a file .* Move the folder away"
    with pytest.raises(WarehouseDamagedError, match=told):
        operations.publish_home(built_home)
    folder.rmdir()
    assert operations.publish_home(built_home).file.is_file()


def test_nothing_is_published_of_an_empty_home(home: Home) -> None:
    with pytest.raises(NothingCollectedError, match="Collect first"):
        operations.publish_home(home)
