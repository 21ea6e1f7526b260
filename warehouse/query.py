"""Reading the warehouse by the queries that stand in ``warehouse/queries``."""

from typing import Any

import duckdb
import pyarrow as pa

from warehouse.sql import read_sql


def table(con: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> pa.Table:
    """The rows of ``warehouse/queries/<query>.sql`` as an Arrow table."""
    return con.execute(read_sql(f"queries/{query}"), parameters or None).to_arrow_table()


def rows(con: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[dict[str, Any]]:
    """The rows of ``warehouse/queries/<query>.sql``, a dictionary each; instants are naive UTC."""
    found: list[dict[str, Any]] = table(con, query, **parameters).to_pylist()
    return found
