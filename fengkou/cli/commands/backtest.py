"""Replay an archive: the chance of the top ten within three hours, from what was known then."""

from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.arguments import instant_of_archives
from fengkou.cli.terminal import err, out


def backtest(  # noqa: PLR0913, PLR0917 - each is an option of the command
    archive: Annotated[Path, typer.Option("--archive", help="Parquet archive to replay.")],
    source: Annotated[str, typer.Option("--source", help="Which of its sources to forecast.")],
    since: Annotated[str, typer.Option("--from", help="First instant, UTC.")],
    until: Annotated[str, typer.Option("--to", help="First instant no more forecast, UTC.")],
    to_file: Annotated[Path, typer.Option("--out", help="Parquet file: title, at, p.")],
    history: Annotated[
        list[Path] | None, typer.Option("--history", help="Older archives to learn from.")
    ] = None,
    every: Annotated[int, typer.Option("--every", help="Minutes between instants.")] = 10,
    frozen: Annotated[bool, typer.Option("--frozen", help="Learn nothing after --from.")] = False,
) -> None:
    begin, end = instant_of_archives(since), instant_of_archives(until)

    from fengkou.backtest import dataset_of, replay, write_chances
    from pipelines.forecast.forecasting_model import starting_model
    from warehouse.instants import from_microseconds, microseconds, to_naive
    from warehouse.readers.rank_history import read_archives

    rows = read_archives([*(history or []), archive])
    if source not in rows:
        raise typer.BadParameter(f"--source {source}: the archive holds {', '.join(rows)}")
    with err.status("reading the past") as spinner:
        replayed = replay(
            dataset_of(rows),
            source,
            microseconds(to_naive(begin)),
            microseconds(to_naive(end)),
            every,
            is_frozen=frozen,
            on_day=lambda at: spinner.update(f"learning until {from_microseconds(at):%Y-%m-%d}"),
        )
    write_chances(to_file, replayed)
    taught = f"trained {replayed.trained_count} times"
    if not replayed.trained_count:
        known = from_microseconds(starting_model().trained_until)
        taught = (
            f"the starting model, which knows archives until {known:%Y-%m-%d}: too little history"
        )
    out.print(f"{to_file}: {len(replayed.title)} chances, {taught}", soft_wrap=True)
