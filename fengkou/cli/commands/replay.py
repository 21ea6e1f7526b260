"""Forecast the past again by the rule of now, each instant from what was known then.

The lines are marked as replayed for good, and what was said in its time stays beside them.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from fengkou.cli.arguments import wanted_instant
from fengkou.cli.terminal import AsJson, out, print_json, progress_bar
from fengkou.home import Home


def replay(
    since: Annotated[
        str, typer.Option("--from", help="First instant with a zone, 2026-02-01T00:00+08:00.")
    ],
    until: Annotated[str, typer.Option("--to", help="Last instant with a zone.")],
    every: Annotated[
        int, typer.Option("--every", min=5, help="Minutes between the builds that are acted out.")
    ] = 60,
    learn_every: Annotated[
        int, typer.Option("--learn-every", min=0, help="Days between learning anew; 0: never.")
    ] = 0,
    as_json: AsJson = False,
) -> None:
    begin, end = wanted_instant(since), wanted_instant(until)

    from fengkou.replaying import replay_between

    with progress_bar("replaying", None) as (progress, task):

        def on_instant(at: datetime, number: int, count: int) -> None:
            told = f"replaying {at:%Y-%m-%d %H:%M} UTC"
            progress.update(task, total=count, completed=number - 1, description=told)

        replayed = replay_between(
            Home.from_environment(),
            begin,
            end,
            every_minutes=every,
            learn_every_days=learn_every,
            on_instant=on_instant,
        )
    if as_json:
        print_json(asdict(replayed))
        return
    out.print(
        f"{replayed.instant_count} instants replayed, {replayed.forecast_count} forecasts; "
        f"{replayed.known_count} instants had been replayed by this rule before"
    )
    out.print("Next: questions 19 to 21 of docs/sql-cookbook.md, WHERE is_replayed")
