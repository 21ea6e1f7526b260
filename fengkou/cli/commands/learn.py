"""Learn a model from the warehouse's own history; take it into use if it beats the one that is.

It is judged on the last days, which neither knows, beside that model and simple baselines.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from fengkou.cli.arguments import instant
from fengkou.cli.terminal import AsJson, Lang, err, out, print_json
from fengkou.home import Home
from pipelines.language import Language

if TYPE_CHECKING:
    from rich.table import Table

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
    until = instant(at)

    from fengkou.learning import learn as try_to
    from pipelines.digest.render.decision_sentences import decision_sentence

    with err.status("learning") as spinner:
        learnt = try_to(Home.from_environment(), until, spinner.update)
    if as_json:
        print_json(asdict(learnt))
        return
    if learnt.figures:
        out.print(_figures(learnt))
    out.print(
        decision_sentence(learnt.decision, learnt.decision_figures, learnt.champion_id, language),
        soft_wrap=True,
    )


def _figures(learnt: "Learnt") -> "Table":
    from rich.table import Table

    days = f"{learnt.known_since:%Y-%m-%d} to {learnt.known_until:%Y-%m-%d %H:%M} UTC"
    table = Table(
        "by", "AUC", "AP", "calibration error",
        title=f"{len(learnt.boards)} lists, {learnt.line_count} lines, {days}; judged by "
        f"{learnt.judged_line_count} lines, {learnt.judged_top_count} of whose stays came",
        title_justify="left",
    )  # fmt: skip
    for figures in learnt.figures:
        error = "" if figures.calibration_error is None else f"{figures.calibration_error:.4f}"
        table.add_row(
            figures.forecaster, f"{figures.auc:.3f}", f"{figures.average_precision:.3f}", error
        )
    return table
