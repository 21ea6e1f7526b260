import os
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.captures import CHILDREN
from warehouse.migrate import LEDGER, MigrationError, migrate, migrations


def test_migrations_are_applied_once() -> None:
    with duckdb.connect() as con:
        assert migrate(con) == len(migrations())
        assert migrate(con) == 0


def test_a_migration_that_was_cut_short_left_nothing() -> None:
    """DuckDB's own error stands for a kill: what was begun is not there, and the next one begins anew."""
    with duckdb.connect() as con:
        con.execute(LEDGER)
        # A schema that the last migrations find in their way.
        con.execute("CREATE TABLE ops.forecast_runs (mine INTEGER)")
        with pytest.raises(duckdb.CatalogException, match="forecast_runs"):
            migrate(con)
        assert con.execute("SELECT count(*) FROM ops.migrations").fetchone() == (0,)
        assert not con.execute(
            "SELECT * FROM duckdb_schemas() WHERE schema_name = 'raw'"
        ).fetchall()
        con.execute("DROP TABLE ops.forecast_runs")
        assert migrate(con) == len(migrations())


def _shaped_and_killed(file: str) -> None:
    con = duckdb.connect(file)
    migrate(con)
    os._exit(0)  # nothing is closed, so that all of it stands in the log alone


def test_a_warehouse_that_was_killed_once_it_was_shaped_is_opened_again(tmp_path: Path) -> None:
    """Some changes of shape DuckDB logs so that it cannot read them again: no migration may make one."""
    file = str(tmp_path / "warehouse.duckdb")
    child = CHILDREN.Process(target=_shaped_and_killed, args=(file,))
    child.start()
    child.join()
    assert (tmp_path / "warehouse.duckdb.wal").stat().st_size
    with duckdb.connect(file) as con:
        assert migrate(con) == 0


def test_a_warehouse_of_a_newer_program_is_refused() -> None:
    with duckdb.connect() as con:
        migrate(con)
        con.execute("INSERT INTO ops.migrations VALUES (999, 'later', now()::TIMESTAMP)")
        with pytest.raises(MigrationError, match="written by a newer Fengkou"):
            migrate(con)
