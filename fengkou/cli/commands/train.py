"""Train a model on archives, each a world of its own: so the starting model was made."""

from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.arguments import instant_of_archives
from fengkou.cli.terminal import err, out


def train(
    files: Annotated[list[Path], typer.Argument(help="Parquet archives to learn from.")],
    to_file: Annotated[Path, typer.Option("--out", help="Where the model is written.")],
    every: Annotated[int, typer.Option("--every", help="Minutes between instants.")] = 30,
    until: Annotated[
        str | None,
        typer.Option("--until", help="Captures from this instant on, UTC, are left out."),
    ] = None,
) -> None:
    known_until = instant_of_archives(until) if until else None

    from fengkou.backtest import read_lessons
    from pipelines.forecast import training
    from pipelines.forecast.forecasting_model import to_bytes
    from pipelines.forecast.rank_history import NEVER
    from warehouse.instants import microseconds, to_naive

    with err.status("reading") as spinner:
        lessons = read_lessons(
            files,
            every,
            microseconds(to_naive(known_until)) if known_until else NEVER,
            lambda file: spinner.update(f"reading {file.name}"),
        )
        spinner.update("learning")
        model = training.fit(lessons.labelled, lessons.newest)
    if model is None:
        raise typer.BadParameter("these archives hold too little to learn from")
    to_file.write_bytes(to_bytes(model))
    lines = sum(len(read.lines.at) for read in lessons.labelled.values())
    out.print(f"{to_file}: {len(lessons.labelled)} boards, {lines} lines", soft_wrap=True)
