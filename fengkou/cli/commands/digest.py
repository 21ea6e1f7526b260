"""Write the digest of an instant, from what was known then: HTML, Markdown, JSON, CSV, Atom, mail.

Each is a file in the folder digests of the home, such as hour/2025-05-20T0800.html; the newest of a period
stands at latest/hour.html and so on too. latest/hour.atom is the feed over all digests, one entry a story;
index.html leads to them all and finds what they told. docs/reference/digest.schema.json tells each key.
With --desk it tells what that desk's rules take alone, and stands in desks/NAME of that folder likewise.
"""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from fengkou.cli.arguments import At, choice, instant
from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home
from pipelines.language import Language

if TYPE_CHECKING:
    from fengkou.digests import Written
    from pipelines.digest.contents import Period


def digest(
    at: At = None,
    period: Annotated[str, typer.Option("--period", help="hour or day")] = "day",
    desk: Annotated[
        str | None,
        typer.Option("--desk", metavar="NAME", help="Of this desk; else of all stories."),
    ] = None,
    language: Annotated[
        Language | None,
        typer.Option(
            "--language", help="zh or en: what it is told in; else the desk's own, or zh."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    from fengkou import operations, reads
    from fengkou.cli.story_tables import story_tables
    from fengkou.cli.tables import written_lines
    from pipelines.digest.contents import Period
    from pipelines.digest.render.json import to_json

    home, asked, of = Home.from_environment(), instant(at), choice(Period, period)
    copy = reads.published_copy(home)
    if desk is None:
        told_in = language or Language.ZH
        written = operations.write_digest_at(home, asked, of, told_in)
    else:
        told_in, written = _of_desk(home, desk, asked, of, language)
    if as_json:
        print_json(with_age(copy, json.loads(to_json(written.digest, told_in))))
        return
    out.print(head(copy))
    out.print(story_tables(written.digest, told_in))
    out.print(written_lines(written), soft_wrap=True)


def _of_desk(
    home: Home, name: str, at: datetime | None, period: "Period", language: Language | None
) -> "tuple[Language, Written]":
    from fengkou.desks.desk_folder import running_desk
    from fengkou.desks.digests import write_desk_digest

    desk = running_desk(home, name)
    return language or desk.language, write_desk_digest(home, desk, at, period, language)
