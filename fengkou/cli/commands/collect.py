"""Fetch boards once and land what they answered. Exit 3: some failed, 4: none answered.

Of boards that show one list the first is asked, and the next where it fails.
"""

import json

import typer

from fengkou.cli.arguments import Boards, MoreBoards, named_boards
from fengkou.cli.terminal import AsJson, exit_status, out, print_json, progress_bar
from fengkou.home import Home


def collect(boards: Boards = None, more: MoreBoards = None, as_json: AsJson = False) -> None:
    from crawlers import catalog
    from fengkou.cli.collecting import outage, outcome_line
    from fengkou.operations import collect as fetch
    from pipelines.captures import Status

    names = named_boards(boards, more) or catalog.names()
    with progress_bar("collecting", len(names)) as (progress, task):
        outcomes = fetch(Home.from_environment(), names, lambda _: progress.advance(task))
    failed = [outcome for outcome in outcomes if outcome.status is Status.FAILED]
    if as_json:
        print_json([json.loads(outcome.to_line()) for outcome in outcomes])
    elif said := outage(len(outcomes), {each.board: each.reason or "" for each in failed}):
        out.print(said, soft_wrap=True)
    else:
        for outcome in outcomes:
            out.print(outcome_line(outcome), soft_wrap=True)
    raise typer.Exit(exit_status(len(failed), len(outcomes)))
