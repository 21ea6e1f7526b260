"""A topic's card: label, keywords, names, category, boards, titles, timeline, what was merged into it."""

from dataclasses import asdict
from typing import Annotated

import typer

from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, Lang, out, print_json
from fengkou.home import Home
from pipelines.language import Language


def topic(
    asked: Annotated[
        str,
        typer.Argument(metavar="TOPIC", help="A topic's or an item's id, or a part of a title."),
    ],
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    from fengkou import reads
    from fengkou.cli.topic_tables import card_lines
    from warehouse.readers import topic_evidence
    from warehouse.readers.topic import topic_history

    home = Home.from_environment()
    copy = reads.published_copy(home)
    with reads.reading(home) as con:
        history = topic_history(con, topic_evidence.find(con, asked)[0].topic_id)
    if as_json:
        told = asdict(history)
        print_json(with_age(copy, {**told.pop("card"), **told}))
        return
    out.print(head(copy))
    for part in card_lines(history, language):
        out.print(part, soft_wrap=True)
