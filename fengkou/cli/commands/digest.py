"""Write the digest of an instant, from what was known then: HTML, Markdown, JSON, CSV, Atom, mail.

Each is a file in the folder digests of the home, such as hour/2025-05-20T0800.html; the newest of a period
stands at latest/hour.html and so on too. latest/hour.atom is the feed over all digests, one entry a story;
index.html leads to them all and finds what they told. docs/reference/digest.schema.json tells each key.
"""

import json
from typing import Annotated

import typer

from fengkou.cli.arguments import At, choice, instant
from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, Lang, out, print_json
from fengkou.home import Home
from pipelines.language import Language


def digest(
    at: At = None,
    period: Annotated[str, typer.Option("--period", help="hour or day")] = "day",
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    from fengkou import operations, reads
    from fengkou.cli.story_tables import story_tables
    from fengkou.cli.tables import written_lines
    from pipelines.digest.contents import Period
    from pipelines.digest.render.json import to_json

    home, asked, of = Home.from_environment(), instant(at), choice(Period, period)
    copy = reads.published_copy(home)
    written = operations.write_digest_at(home, asked, of, language)
    if as_json:
        print_json(with_age(copy, json.loads(to_json(written.digest, language))))
        return
    out.print(head(copy))
    out.print(story_tables(written.digest, language))
    out.print(written_lines(written), soft_wrap=True)
