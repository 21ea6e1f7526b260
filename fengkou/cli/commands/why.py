"""Why two items are one topic or two: how each came there, what they share, what speaks against."""

from typing import Annotated

import typer

from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, Lang, out, print_json
from fengkou.home import Home
from pipelines.language import Language


def why(
    item: Annotated[str, typer.Argument(help="An item's id, or a part of a title.")],
    other: Annotated[str, typer.Argument(help="Another item's.")],
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    from fengkou import reads
    from fengkou.cli.topic_tables import why_lines
    from warehouse.readers import topic_evidence

    home = Home.from_environment()
    copy = reads.published_copy(home)
    with reads.reading(home) as con:
        first = topic_evidence.find(con, item)[0]
        others = [
            found for found in topic_evidence.find(con, other) if found.item_id != first.item_id
        ]
        if not others:
            raise topic_evidence.NotFoundError(
                f"{item!r} and {other!r} are the same item. Give an id of another, or more of its title."
            )
        told = topic_evidence.explain(con, first, others[0])
    if as_json:
        print_json(with_age(copy, topic_evidence.as_json(told)))
        return
    out.print(head(copy))
    for part in why_lines(told, language):
        out.print(part, soft_wrap=True)
