"""``fengkou learn`` and ``fengkou record``: learning from the warehouse, and how a replay turned out."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from fengkou.cli.terminal import AsJson, Lang, err, out, print_json
from fengkou.home import Home
from pipelines.digest.render.decision_sentences import decision_sentence
from pipelines.language import Language

if TYPE_CHECKING:
    from fengkou.learning import Learnt


def learn(
    at: Annotated[
        str | None,
        typer.Option(
            "--at", help="Learn until this instant, 2025-05-20T08:00+08:00; else the newest."
        ),
    ] = None,
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    """Learn a model from the warehouse's own history; take it into use if it beats the one that is.

    It is judged on the last days, which neither knows, beside that model and simple baselines.
    """
    from fengkou.learning import learn as try_to  # noqa: PLC0415 - heavy

    until = datetime.fromisoformat(at) if at else None
    if until is not None and until.tzinfo is None:
        raise typer.BadParameter(f"{at} has no zone; write it like 2025-05-20T08:00+08:00")
    with err.status("learning") as spinner:
        learnt = try_to(Home.from_environment(), until, spinner.update)
    if as_json:
        print_json(asdict(learnt))
        return
    if learnt.figures:
        out.print(_figures(learnt))
    out.print(
        decision_sentence(learnt.decision, learnt.decision_figures, learnt.champion_id, language),
        highlight=False,
        soft_wrap=True,
    )


def _figures(learnt: "Learnt") -> Table:
    days = f"{learnt.known_since:%Y-%m-%d} to {learnt.known_until:%Y-%m-%d %H:%M} UTC"
    table = Table(
        "by", "AUC", "AP", "calibration error",
        title=f"{len(learnt.boards)} lists, {learnt.line_count} lines, {days}; judged by "
        f"{learnt.judged_line_count} lines, {learnt.judged_top_count} of whose stays came",
        title_justify="left",
    )  # fmt: skip
    for one in learnt.figures:
        error = "" if one.calibration_error is None else f"{one.calibration_error:.4f}"
        table.add_row(one.forecaster, f"{one.auc:.3f}", f"{one.average_precision:.3f}", error)
    return table


def record(
    predictions: Annotated[Path, typer.Argument(help="What fengkou backtest wrote.")],
    archive: Annotated[Path, typer.Option("--archive", help="The archive that was replayed.")],
    source: Annotated[str, typer.Option("--source", help="Which of its sources.")],
    to_folder: Annotated[Path, typer.Option("--out", help="Folder of the two SVG files.")],
) -> None:
    """Draw how a replay turned out: chance beside outcome, and how far ahead right calls were."""
    from fengkou.replay_outcomes import turned_out  # noqa: PLC0415 - heavy
    from pipelines.digest.render.record_charts import LEAD_EDGES, lead_counts, leads, reliability  # noqa: PLC0415

    found = turned_out(predictions, archive, source)
    to_folder.mkdir(parents=True, exist_ok=True)
    for name, drawing in (
        ("reliability", reliability(found.bins)),
        ("lead-times", leads(found.leads)),
    ):
        file = to_folder / f"{name}.svg"
        file.write_text(drawing + "\n", encoding="utf-8")
        out.print(str(file), highlight=False, soft_wrap=True)
    table = Table("chance given", "came", "forecasts")
    for one in found.bins:
        table.add_row(f"{one.mean_chance:.3f}", f"{one.reached_share:.3f}", str(one.forecast_count))
    out.print(table)
    counts = zip(LEAD_EDGES, LEAD_EDGES[1:], lead_counts(found.leads), strict=False)
    told = ", ".join(f"{low} to {high}: {count}" for low, high, count in counts)
    out.print(f"minutes ahead of right calls: {told}", highlight=False, soft_wrap=True)
    out.print(
        f"{found.call_count} calls, {len(found.leads)} right, of {found.top_count} that came",
        highlight=False,
    )
