"""Draw how a replay turned out: chance beside outcome, and how far ahead right calls were."""

from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.terminal import out


def record(
    predictions: Annotated[Path, typer.Argument(help="What fengkou backtest wrote.")],
    archive: Annotated[Path, typer.Option("--archive", help="The archive that was replayed.")],
    source: Annotated[str, typer.Option("--source", help="Which of its sources.")],
    to_folder: Annotated[Path, typer.Option("--out", help="Folder of the two SVG files.")],
) -> None:
    from rich.table import Table

    from fengkou.replay_outcomes import turned_out
    from pipelines.digest.render.record_charts import LEAD_EDGES, lead_counts, leads, reliability

    found = turned_out(predictions, archive, source)
    to_folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in (
        ("reliability", reliability(found.bins)),
        ("lead-times", leads(found.leads)),
    ):
        file = to_folder / f"{name}.svg"
        file.write_text(drawing + "\n", encoding="utf-8")
        out.print(str(file), soft_wrap=True)
    table = Table("chance given", "came", "forecasts")
    for given in found.bins:
        table.add_row(
            f"{given.mean_chance:.3f}", f"{given.reached_share:.3f}", str(given.forecast_count)
        )
    out.print(table)
    counts = zip(LEAD_EDGES, LEAD_EDGES[1:], lead_counts(found.leads), strict=False)
    told = ", ".join(f"{low} to {high}: {count}" for low, high, count in counts)
    out.print(f"minutes ahead of right calls: {told}", soft_wrap=True)
    out.print(f"{found.call_count} calls, {len(found.leads)} right, of {found.top_count} that came")
