"""Desks: what concerns one team. Without a command: each desk, and what is wrong with its file."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fengkou.cli.arguments import At, choice, instant
from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, Lang, out, print_json
from fengkou.home import Home
from pipelines.language import Language

if TYPE_CHECKING:
    from fengkou.desks.why_story import Why

app = typer.Typer(add_completion=False)

CHECKED_DAYS = 7

LONGEST_WAIT = timedelta(hours=2)
"""Five hundred messages to one chat of twenty a minute take 25 minutes, an hour's block beside them."""

DeskFile = Annotated[
    str, typer.Argument(metavar="DESK", help="A file, or the name of a desk that is in desks/.")
]
Until = Annotated[
    str | None,
    typer.Option("--until", help="The end of it, an instant with a zone; else the newest capture."),
]
OneDesk = Annotated[
    str | None, typer.Option("--desk", help="The desk's name; all of them when none is named.")
]
DeskName = Annotated[str, typer.Option("--desk", help="The desk's name, or a file.")]
Story = Annotated[
    str,
    typer.Argument(metavar="STORY", help="A topic's id, any that it ever had, or part of a title."),
]


@app.callback(invoke_without_command=True)
def desks(context: typer.Context, as_json: AsJson = False) -> None:
    if context.invoked_subcommand:
        return
    from fengkou.cli.desk_list import desk_rows, desk_table, fault_lines, fault_rows
    from fengkou.desks import desk_folder

    home = Home.from_environment()
    found = desk_folder.desks(home)
    if as_json:
        print_json({"desks": desk_rows(found), "faults": fault_rows(found.faults)})
        return
    if not found.running and not found.faults:
        out.print(
            f"No desk in {home.desks}. Begin with one: fengkou desks examples", soft_wrap=True
        )
        return
    out.print(desk_table(found))
    for line in fault_lines(found.faults):
        out.print(line, soft_wrap=True)


@app.command("check")
def check(
    asked: Annotated[
        str | None, typer.Argument(metavar="[DESK]", help="A file or a desk's name; else all.")
    ] = None,
    days: Annotated[
        int, typer.Option(min=0, help="Days of the past to try it on; 0 tries nothing.")
    ] = CHECKED_DAYS,
    as_json: AsJson = False,
) -> None:
    """Look at desks before they run: faults, variables that are not set, words amiss, messages a day."""
    import os

    from fengkou.cli.desk_checks import check_lines, check_rows
    from fengkou.desks import checking
    from fengkou.desks.past_look import look_at_past

    home = Home.from_environment()
    found = checking.check(home, asked, os.environ)
    looks = look_at_past(home, {each.file: each.desk for each in found if each.desk}, days)
    if as_json:
        print_json(check_rows(found, looks))
    else:
        for each in found:
            for line in check_lines(each, looks.get(each.file)):
                out.print(line, soft_wrap=True)
        if days and not looks:
            out.print("The past says nothing of them: no capture is built yet.")
    if any(each.faults for each in found):
        raise typer.Exit(1)


@app.command("examples")
def examples(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Which one is written into desks/.")
    ] = None,
) -> None:
    """Desks that are ready to begin with; one that is named is written into desks/, over nothing."""
    from fengkou.desks.examples import examples, write_example

    if name is None:
        for each in examples():
            out.print(f"{each:16} fengkou desks examples {each}", soft_wrap=True)
        return
    file = write_example(Home.from_environment(), name)
    out.print(str(file), soft_wrap=True)
    out.print(f"Next: change its words and its channels, then fengkou desks check {name}")


@app.command("import")
def import_words(
    words: Annotated[
        Path, typer.Argument(metavar="FILE", help="A frequency_words.txt of TrendRadar.")
    ],
    name: Annotated[str, typer.Option("--desk", metavar="NAME", help="What the desk is called.")],
    language: Lang = Language.ZH,
) -> None:
    """Make a desk of TrendRadar's words, and tell each line that meant otherwise than it looks."""
    from fengkou.desks import importing
    from pipelines.desks.render.trap_text import trap_lines
    from pipelines.messages import messages_in

    found = importing.import_words(Home.from_environment(), words, name)
    for line in trap_lines(found.findings, messages_in(language)):
        out.print(line, soft_wrap=True, markup=False)
    out.print(f"{found.file}: {len(found.desk.rules)} rules", soft_wrap=True)
    out.print(f"Next: write its channels, then fengkou desks check {name}")


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
    from fengkou.desks.store.database import kept_ledger
    from fengkou.desks.why_story import why_story
    from warehouse.readers import topic_evidence

    asked = desk_named(home, desk)
    database = kept_ledger(home.desk_ledger)
    with reads.reading(home) as con:
        found = topic_evidence.find(con, story)[0]
        return why_story(con, database, asked, found.topic_id, at)


@app.command("listen")
def listen(desk: OneDesk = None, at: At = None, as_json: AsJson = False) -> None:
    """Let desks hear of what there is now, and send it, as after each build."""
    from fengkou.cli.desk_tables import round_lines
    from fengkou.desks.desk_folder import running_desk
    from fengkou.desks.listening import counts
    from fengkou.desks.round import hear_and_send

    home = Home.from_environment()
    names = None if desk is None else {running_desk(home, desk).name}
    listened = hear_and_send(home, names, instant(at))
    if as_json:
        print_json(
            {
                "desks": {heard.desk: counts(heard) for heard in listened.heard},
                "sent": listened.sent.taken,
                "failed": listened.sent.failed,
                "queued": listened.sent.left,
                "faults": listened.faults,
            }
        )
        return
    for line in round_lines(listened):
        out.print(line, soft_wrap=True)


@app.command("send")
def send(
    again: Annotated[
        bool, typer.Option("--again", help="What failed for good too: a key was mended.")
    ] = False,
) -> None:
    """Send what is queued, within each service's rates; waits for as long as it takes."""
    import os
    from datetime import UTC

    from fengkou.cli.desk_tables import sent_lines
    from fengkou.desks import desk_folder
    from fengkou.desks.listening import ledger
    from fengkou.desks.sending import Sender
    from fengkou.desks.store.queue import Queue

    home = Home.from_environment()
    if not home.desk_ledger.exists():
        out.print("No desk was told anything yet.")
        return
    database = ledger(home)
    if again:
        Queue(database).try_again(datetime.now(UTC))
    sent = Sender(database, desk_folder.desks(home).running, os.environ).send(LONGEST_WAIT)
    for line in sent_lines(sent, Queue(database).troubled()):
        out.print(line, soft_wrap=True)


@app.command("told")
def told(
    desk: OneDesk = None,
    days: Annotated[int, typer.Option(min=1, help="Of so many days, up to now.")] = 1,
    as_json: AsJson = False,
) -> None:
    """What desks were told: each message, and whether each channel took it."""
    from dataclasses import asdict
    from datetime import UTC

    from fengkou.cli.desk_tables import told_table
    from fengkou.desks.store.database import kept_ledger
    from fengkou.desks.store.told import told_since

    home = Home.from_environment()
    database = kept_ledger(home.desk_ledger)
    if database is None:
        out.print("No desk was told anything yet.")
        return
    since = datetime.now(UTC) - timedelta(days=days)
    found = told_since(database, since, desk)
    if as_json:
        print_json([asdict(each) for each in found])
        return
    out.print(told_table(found))


@app.command("silence")
def silence(
    scope: Annotated[str, typer.Argument(metavar="SCOPE", help="rule, story or word.")],
    value: Annotated[
        str,
        typer.Argument(
            help="A rule of the desk; a topic's id or part of a title; or a word of titles."
        ),
    ],
    desk: DeskName,
    hours: Annotated[float, typer.Option("--hours", min=0.1, help="For so long.")] = 4.0,
    by: Annotated[
        str | None, typer.Option("--by", help="Who asks for it; else the variable USER tells it.")
    ] = None,
) -> None:
    """Hear nothing of a rule, a story or a word for some hours; digests say how much was held back."""
    import os
    from datetime import UTC

    from fengkou import reads
    from fengkou.desks.desk_folder import running_desk
    from fengkou.desks.listening import ledger
    from fengkou.desks.store.records import add_silence
    from pipelines.desks.telling import Scope, Silence
    from warehouse.readers import topic_evidence

    home = Home.from_environment()
    choice(Scope, scope)
    silenced = running_desk(home, desk)
    if scope == Scope.RULE and value not in {each.id for each in silenced.rules}:
        known = ", ".join(each.id for each in silenced.rules)
        raise typer.BadParameter(f"{value!r} is no rule of {desk}; there are: {known}")
    if scope == Scope.STORY:
        with reads.reading(home) as con:
            value = str(topic_evidence.find(con, value)[0].topic_id)
    now = datetime.now(UTC)
    until = now + timedelta(hours=hours)
    with ledger(home).writing() as ledgered:
        add_silence(
            ledgered,
            silenced.name,
            Silence(scope, value, now, until, by or os.environ.get("USER", "")),
        )
    at = until.astimezone(silenced.zone)
    out.print(
        f"{silenced.name}: nothing of {scope} {value} until {at:%Y-%m-%d %H:%M} ({silenced.zone.key})"
    )
