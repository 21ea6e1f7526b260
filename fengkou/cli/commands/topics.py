"""Group the titles of archives into topics in time order, as live: source, title, topic_id.

Sources and titles are written as they are printed, each pair once, and mergers are followed.
"""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.terminal import AsJson, out, print_json, progress_bar
from fengkou.home import Home


def topics(
    archives: Annotated[
        list[Path], typer.Option("--archive", help="Parquet, CSV or JSON lines files.")
    ],
    to: Annotated[Path, typer.Option("--out", help="The Parquet file to write.")],
    as_json: AsJson = False,
) -> None:
    from fengkou import operations
    from warehouse.graph import upstream

    began = time.perf_counter(), time.process_time()
    with (
        tempfile.TemporaryDirectory(prefix="fengkou-topics-") as folder,
        progress_bar("grouping", len(upstream(operations.TOPICS_TABLE)) + 1) as (progress, task),
    ):

        def on_step(table: str) -> None:
            progress.update(task, advance=1, description=f"building {table}")

        grouped = operations.group_archives(Home(Path(folder)), archives, to, on_step)
    seconds = time.perf_counter() - began[0], time.process_time() - began[1]
    if as_json:
        print_json(
            {
                "file": str(to),
                "title_count": grouped.title_count,
                "topic_count": grouped.topic_count,
                "wall_seconds": round(seconds[0], 2),
                "processor_seconds": round(seconds[1], 2),
            }
        )
        return
    out.print(
        f"{to}: {grouped.title_count} titles, {grouped.topic_count} topics; "
        f"{seconds[0]:.1f} s, {seconds[1]:.1f} s of processor",
        soft_wrap=True,
    )
