"""The words that burst over their own usual at an instant; a star: a word that is new."""

from dataclasses import asdict
from typing import Annotated

import typer

from fengkou.cli.arguments import At, instant
from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, Lang, out, print_json
from fengkou.home import Home
from pipelines.language import Language


def tokens(
    at: At = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many.")] = 20,
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    from fengkou import reads
    from fengkou.cli.tables import token_table

    home, asked = Home.from_environment(), instant(at)
    copy = reads.published_copy(home)
    found = reads.trending_tokens(home, asked, limit)
    if as_json:
        print_json(with_age(copy, {"tokens": [asdict(token) for token in found]}))
        return
    out.print(head(copy))
    out.print(token_table(found, language))
