"""The loads that the warehouse is made of, the newest first."""

from dataclasses import asdict
from typing import Annotated

import typer

from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home


def loads(
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    as_json: AsJson = False,
) -> None:
    from rich.table import Table

    from fengkou.loads import newest_loads

    found = newest_loads(Home.from_environment(), limit)
    if as_json:
        print_json([asdict(load) for load in found])
        return
    table = Table("load", "from", "loaded (UTC)", "kept", "rejected", "known", "captures", "of", "")
    for load in found:
        first, last = load.earliest_captured_at, load.latest_captured_at
        table.add_row(
            str(load.load_id),
            load.origin,
            f"{load.loaded_at:%Y-%m-%d %H:%M}",
            str(load.rows_kept),
            str(load.rows_rejected),
            str(load.rows_known),
            str(load.snapshot_count),
            f"{first:%Y-%m-%d} to {last:%Y-%m-%d}" if first and last else "",
            f"taken out {load.unloaded_at:%Y-%m-%d %H:%M}" if load.unloaded_at else "",
        )
    out.print(table)
    out.print("Take one out again: fengkou unload N, then fengkou build")
