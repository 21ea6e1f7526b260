"""Core, mart and the verdicts: an asset a table, each brought up to what raw holds."""

import dagster as dg

from dagster_project.defs.resources import HomeResource
from fengkou import operations
from warehouse.graph import Step, steps

MADE = {step.table for step in steps()}
"""What a step makes; the other tables of ops are written beside the steps."""


def _asset(step: Step) -> dg.AssetsDefinition:
    @dg.asset(
        key=step.table.split("."),
        deps=[table.split(".") for table in step.reads if table in MADE or table[:4] == "raw."],
        group_name=step.layer,
        description=step.declared.description,
        code_version=step.declared.code_version,
        kinds={"duckdb"},
        op_tags={"fengkou/writes": "warehouse"},
    )
    def table(fengkou: HomeResource) -> dg.MaterializeResult[None]:
        with operations.opened(fengkou.home()) as con:
            rows = operations.build_table(con, step)
        return dg.MaterializeResult(metadata={"rows_written": rows})

    return table


tables = [_asset(step) for step in steps()]
