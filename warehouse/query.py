"""Asking the warehouse: a .sql file in, typed and frozen rows or an Arrow table out."""

from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

import pyarrow as pa

from warehouse.connection import Connection
from warehouse.sql import read_sql

Row = TypeVar("Row")

BINDABLE = (int, float, str, datetime)


class RowShapeError(TypeError):
    """A query and the dataclass of its rows name different columns."""


def table(con: Connection, query: str, **parameters: object) -> pa.Table:
    """The rows of ``warehouse/<query>.sql`` as an Arrow table; instants are naive UTC.

    A list stands in the query with its type: ``$ids::BIGINT[]``.
    """
    bound = {name: bindable(value) for name, value in parameters.items()}
    return con.execute(read_sql(query), bound or None).to_arrow_table()


def bindable(value: object) -> object:
    """A list of numbers, texts or instants as the text that DuckDB casts to it; all else as it is.

    DuckDB 1.5.5 looks for pandas twice for each element of a list that it binds. Where there is none, a
    digest spent half a second of processor on it.
    """
    if not isinstance(value, list) or not all(isinstance(each, BINDABLE) for each in value):
        return value
    return f"[{', '.join(map(_element, value))}]"


def _element(value: object) -> str:
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    return str(value)


def rows(con: Connection, kind: type[Row], query: str, **parameters: object) -> list[Row]:
    """The rows of ``warehouse/<query>.sql``, each as a ``kind``: a dataclass with a field for every column.

    Instants are naive UTC. Raises RowShapeError where columns and fields are not the same.
    """
    found = table(con, query, **parameters)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type] # any dataclass
    if set(names) != set(found.column_names):
        raise RowShapeError(
            f"warehouse/{query}.sql selects {', '.join(found.column_names)}, and {kind.__qualname__} has "
            f"{', '.join(names)}. Name the same columns in both."
        )
    columns: list[list[Any]] = [found[name].to_pylist() for name in names]
    return [kind(*values) for values in zip(*columns, strict=True)]


def one_row(con: Connection, kind: type[Row], query: str, **parameters: object) -> Row:
    """The only row of a query that always has one, such as a count."""
    (row,) = rows(con, kind, query, **parameters)
    return row


def column(con: Connection, query: str, **parameters: object) -> list[Any]:
    """The values of a query of one column."""
    found = table(con, query, **parameters)
    values: list[Any] = found[found.column_names[0]].to_pylist()
    return values
