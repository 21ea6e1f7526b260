"""Print the entries of a saved page as JSON lines; rejected lines go to standard error."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.terminal import err, escaped
from fengkou.errors import PageUnreadableError


def parse(
    board: Annotated[str, typer.Argument(help="The board whose page it is.")],
    file: Annotated[Path, typer.Argument(help="A saved page.")],
) -> None:
    from crawlers import catalog
    from crawlers.boards.errors import PageError
    from pipelines.landing_format import entry_document

    spider = catalog.board(board)
    try:
        page = spider.parse_page(file.read_bytes())
    except PageError as error:
        raise PageUnreadableError(f"{file}: {error}") from error
    for entry in page.entries:
        sys.stdout.write(escaped(json.dumps(entry_document(entry), ensure_ascii=False)) + "\n")
    for reject in page.rejects:
        err.print(
            f"line {reject.position} rejected: {reject.reason}, found {reject.found}",
            soft_wrap=True,
        )
