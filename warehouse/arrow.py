"""Rows as Arrow tables, which DuckDB takes in at once: each value that is bound costs as much as a table."""

from collections.abc import Sequence

import pyarrow as pa


def to_arrow(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.Table:
    """Rows, each with a value for every column of ``schema`` in its order, as a table."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.table(
        [pa.array(list(values), field.type) for field, values in zip(schema, columns, strict=True)],
        schema=schema,
    )
