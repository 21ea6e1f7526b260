"""Another program's file in the warehouse's place is told as one, and nothing is fetched to read it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from warehouse.connection import (
    WAREHOUSE_FILE,
    WarehouseDamagedError,
    in_memory,
    open_for_writing,
)


def test_a_file_of_another_program_is_told_and_no_extension_is_asked_for(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / WAREHOUSE_FILE)) as other:
        other.execute("CREATE TABLE lock (a)")
    with pytest.raises(WarehouseDamagedError) as told, open_for_writing(tmp_path):
        pass
    assert WAREHOUSE_FILE in str(told.value)
    assert "download" not in str(told.value)
    with in_memory() as con:
        assert con.execute("SELECT current_setting('autoinstall_known_extensions')").fetchone() == (
            False,
        )
