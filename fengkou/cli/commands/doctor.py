"""Fetch boards once, keep nothing, and say what is wrong. Exit 3: some failed, 4: none answered."""

import typer

from fengkou.cli.arguments import Boards, MoreBoards, named_boards
from fengkou.cli.terminal import AsJson, err, exit_status, out, print_json, progress_bar
from fengkou.home import Home
from fengkou.private_files import open_to_others


def doctor(boards: Boards = None, more: MoreBoards = None, as_json: AsJson = False) -> None:
    from crawlers import catalog
    from crawlers.authoring.doctor import examine
    from fengkou.cli.board_tables import finding_lines, finding_row, finding_table
    from fengkou.operations import UNCUT
    from fengkou.settings import settings
    from pipelines.text.tokens import uncut_words

    home = Home.from_environment()
    if told := open_to_others(home.root):
        err.print(told, soft_wrap=True)
    if uncut := uncut_words(home.listed_words):
        err.print(f"{UNCUT}: {', '.join(uncut)}", soft_wrap=True)
    settings()  # what it refuses is told before a host is asked
    due = named_boards(boards, more) or list(catalog.names())
    with progress_bar("examining", len(due)) as (progress, task):
        findings = examine(home.landing, due, on_outcome=lambda _: progress.advance(task))
    if as_json:
        print_json([finding_row(finding) for finding in findings])
    else:
        for finding in findings:
            out.print(finding_lines(finding), soft_wrap=True)
            if finding.is_ok:
                out.print(finding_table(finding))
    raise typer.Exit(exit_status(sum(not finding.is_ok for finding in findings), len(findings)))
