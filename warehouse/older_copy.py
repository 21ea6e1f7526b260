"""A published copy that an older program made: what is asked of it now may not stand in it yet."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from warehouse.connection import Connection
from warehouse.graph import declared
from warehouse.migrate import migrations


class OlderCopyError(RuntimeError):
    """The published copy was made before a table or a column that is asked for."""


@contextmanager
def telling_of_older_copies(con: Connection) -> Iterator[None]:
    """Raise OlderCopyError where a query fails and the copy lacks what this program builds.

    On a copy that lacks nothing the query is wrong: that error goes on as it is.
    """
    try:
        yield
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        lacking = _lacking(con)
        if not lacking:
            raise
        raise OlderCopyError(
            f"The published copy is of an older version of Fengkou: it lacks {lacking}. Make it anew: "
            "fengkou build."
        ) from error


def _lacking(con: Connection) -> str:
    """What of this program's tables is not in the copy, or not as it is made now; empty for nothing."""
    there = {
        f"{schema}.{name}"
        for schema, name in con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() "
            "UNION ALL SELECT schema_name, view_name FROM duckdb_views()"
        ).fetchall()
    }
    if absent := sorted(declared().keys() - there):
        return ", ".join(absent)
    applied = con.execute("SELECT max(number) FROM ops.migrations").fetchone()
    if applied and (applied[0] or 0) < migrations()[-1].number:
        return f"migration {migrations()[-1].number}"
    made_by = dict(con.execute("SELECT table_name, version FROM ops.tables").fetchall())
    return ", ".join(
        f"{table} as it is made now"
        for table, model in sorted(declared().items())
        if "-" in (version := made_by.get(table, ""))
        and version.rpartition("-")[0] != model.code_version
    )
