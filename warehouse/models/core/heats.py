"""Printed heats, read."""

import pyarrow as pa

from pipelines.text.heat import read_heat
from warehouse.declaration import Table
from warehouse.incremental import Distinct


def _read(found: pa.Table) -> pa.Table:
    printed: list[str] = found["heat"].to_pylist()
    readings = [read_heat(text) for text in printed]
    return pa.table(
        {
            "heat": printed,
            "heat_value": [reading.value if reading else None for reading in readings],
            "heat_unit": [reading.unit if reading else None for reading in readings],
        },
        schema=TABLE.schema,
    )


TABLE = Table(
    description="Each distinct heat that is not a plain number, read.",
    grain=("heat",),
    columns={
        "heat": (pa.string(), "the heat as printed"),
        "heat_value": (pa.float64(), "its value in single units, null where it holds no number"),
        "heat_unit": (pa.string(), "the unit that is printed with it"),
    },
    reads=("raw.entries",),
    code_version="4",
    growth=Distinct("models/core/heats.new", _read),
)
