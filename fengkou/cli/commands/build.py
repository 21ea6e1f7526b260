"""Load what was landed, bring every table of the warehouse up to it, and publish."""

from dataclasses import asdict

from fengkou.cli.terminal import AsJson, out, print_json, progress_bar
from fengkou.home import Home


def build(as_json: AsJson = False) -> None:
    from fengkou import operations
    from warehouse import graph

    with progress_bar("building", len(graph.steps()) + 1) as (progress, task):

        def on_step(table: str) -> None:
            progress.update(task, advance=1, description=f"building {table}")

        built = operations.build(Home.from_environment(), on_step)
    if as_json:
        print_json({"loaded": asdict(built.loaded), "rows_written": dict(built.rows)})
        return
    loaded = built.loaded
    out.print(
        f"loaded {loaded.snapshot_count} snapshots: {loaded.rows_in} rows in, "
        f"{loaded.rows_kept} kept, {loaded.rows_rejected} rejected, {loaded.rows_known} known"
    )
    if loaded.hand_count:
        out.print(f"heeded {loaded.hand_count} hands of people on topics")
    if loaded.stray_count:
        out.print(f"passed over {loaded.stray_count} files in the landing that no crawl has landed")
    for table, rows in built.rows.items():
        if rows:
            out.print(f"{table:26} {rows:>10} rows written")
    out.print("Next: fengkou digest, fengkou status")
