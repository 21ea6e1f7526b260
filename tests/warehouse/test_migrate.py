import duckdb
import pytest

from warehouse.migrate import MigrationError, migrate, migrations


def test_migrations_are_applied_once() -> None:
    with duckdb.connect() as con:
        assert migrate(con) == len(migrations())
        assert migrate(con) == 0


def test_a_warehouse_of_a_newer_program_is_refused() -> None:
    with duckdb.connect() as con:
        migrate(con)
        con.execute("INSERT INTO ops.migrations VALUES (999, 'later', now()::TIMESTAMP)")
        with pytest.raises(MigrationError, match="written by a newer Fengkou"):
            migrate(con)
