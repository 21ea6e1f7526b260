"""Desks: what concerns one team, tried on the past, heard after each build, and why."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from fengkou.cli.arguments import At, instant
from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home

if TYPE_CHECKING:
    from fengkou.desks.why_story import Why

app = typer.Typer(add_completion=False, no_args_is_help=True)

DeskFile = Annotated[
    str, typer.Argument(metavar="DESK", help="A file, or the name of a desk that is in desks/.")
]
Until = Annotated[
    str | None,
    typer.Option("--until", help="The end of it, an instant with a zone; else the newest capture."),
]
DeskName = Annotated[str, typer.Option("--desk", help="The desk's name, or a file.")]
Story = Annotated[
    str,
    typer.Argument(metavar="STORY", help="A topic's id, any that it ever had, or part of a title."),
]


@app.command("test")
def try_on_the_past(
    desk: DeskFile,
    days: Annotated[
        int, typer.Option(min=1, help="Days of the past, up to the newest capture.")
    ] = 30,
    until: Until = None,
    as_json: AsJson = False,
) -> None:
    """Try a desk on the past: what it would have been told, by the code that tells it now."""
    from fengkou import reads
    from fengkou.cli.desk_tables import trial_lines
    from fengkou.desks.desk_folder import desk_named
    from fengkou.desks.trial import try_desks
    from fengkou.desks.trial_summary import as_json as trial_as_json
    from warehouse.instants import to_aware

    home = Home.from_environment()
    tried = desk_named(home, desk)
    copy = reads.published_copy(home)
    with reads.reading(home) as con:
        end = instant(until) or to_aware(reads.newest(con, home))
        (trial,) = try_desks(con, [tried], end - timedelta(days=days), end)
    if as_json:
        print_json(with_age(copy, trial_as_json(trial)))
        return
    out.print(head(copy))
    for part in trial_lines(trial):
        out.print(part, soft_wrap=isinstance(part, str))


@app.command("why")
def why(story: Story, desk: DeskName, at: At = None, as_json: AsJson = False) -> None:
    """Why a desk hears of a story: rule, word, title, list, numbers, and every gate that held it back."""
    _tell_why(story, desk, at, as_json)


@app.command("why-not")
def why_not(story: Story, desk: DeskName, at: At = None, as_json: AsJson = False) -> None:
    """Why a desk does not hear of a story: what each rule lacks, and every gate that held it back."""
    _tell_why(story, desk, at, as_json)


def _tell_why(story: str, desk: str, at: str | None, as_json: bool) -> None:
    from dataclasses import asdict

    from fengkou import reads
    from fengkou.cli.desk_tables import why_lines

    home = Home.from_environment()
    copy = reads.published_copy(home)
    told = _why(home, story, desk, instant(at))
    if as_json:
        print_json(with_age(copy, asdict(told)))
        return
    out.print(head(copy))
    for part in why_lines(told):
        out.print(part, soft_wrap=True)


def _why(home: Home, story: str, desk: str, at: datetime | None) -> "Why":
    from fengkou import reads
    from fengkou.desks.desk_folder import desk_named
    from fengkou.desks.listening import ledger
    from fengkou.desks.why_story import why_story
    from warehouse.readers import topic_evidence

    asked = desk_named(home, desk)
    database = ledger(home) if home.desk_ledger.exists() else None
    with reads.reading(home) as con:
        found = topic_evidence.find(con, story)[0]
        return why_story(con, database, asked, found.topic_id, at)
