"""Tables whose rules are Python: each function reads, calls ``pipelines``, and writes one of them."""

from collections.abc import Sequence

import pyarrow as pa


def columns(rows: Sequence[tuple[object, ...]], **types: pa.DataType) -> pa.Table:
    """Rows as a table of those columns."""
    columns = zip(*rows, strict=True) if rows else ([] for _ in types)
    return pa.table(
        {
            name: pa.array(list(values), kind)
            for (name, kind), values in zip(types.items(), columns, strict=True)
        }
    )
