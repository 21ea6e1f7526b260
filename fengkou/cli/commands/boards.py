"""The boards that can be collected, built in and from boards.toml."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home

app = typer.Typer(add_completion=False)


@app.callback(invoke_without_command=True)
def boards(
    context: typer.Context,
    as_json: AsJson = False,
    with_places: Annotated[
        bool, typer.Option("--places", help="The places that operators name, and what each has.")
    ] = False,
    with_cadence: Annotated[
        bool, typer.Option("--cadence", help="How often each is looked at, and what that misses.")
    ] = False,
) -> None:
    if context.invoked_subcommand:
        return
    if with_places:
        _show_places(as_json=as_json)
    elif with_cadence:
        _show_cadences(as_json=as_json)
    else:
        _show_boards(as_json=as_json)


def _show_boards(*, as_json: bool) -> None:
    from crawlers import catalog
    from crawlers.boards.shape_evidence import sentence

    facts = catalog.facts()
    if as_json:
        print_json([asdict(board) for board in facts])
        return
    for board in facts:
        own = "  (boards.toml)" if board.is_custom else ""
        own += f"  (stands in for {board.stands_in_for})" if board.stands_in_for else ""
        out.print(
            f"{board.name:26} {board.kind:5} every {board.cadence_minutes:>4} min  "
            f"{board.title_zh}  ({sentence(board.known_from)}){own}",
            soft_wrap=True,
        )


def _show_places(*, as_json: bool) -> None:
    from crawlers.places import places

    if as_json:
        print_json([asdict(place) for place in places()])
        return
    for place in places():
        leads = ", ".join(place.boards + place.successors)
        said = f"{place.name_zh} {place.name_en}: {place.state}, see {leads}"
        out.print(said, soft_wrap=True)


def _show_cadences(*, as_json: bool) -> None:
    from fengkou import reads
    from fengkou.cadences import outlook
    from fengkou.cli.board_tables import cadence_table

    home = Home.from_environment()
    copy = reads.published_copy(home)
    with reads.reading(home) as con:
        found = outlook(con)
    if as_json:
        print_json(with_age(copy, {"boards": [asdict(board) for board in found]}))
        return
    out.print(head(copy))
    out.print(cadence_table(found))


@app.command("add")
def add_board(
    url: Annotated[str, typer.Argument(help="Where the list stands.")],
    name: Annotated[
        str | None, typer.Option("--name", help="<source>_<list>; else made from the address.")
    ] = None,
    page: Annotated[
        Path | None, typer.Option("--file", help="A saved page, instead of asking the host.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
) -> None:
    """Guess how a page is read, show its entries, and write the board into boards.toml."""
    from crawlers.authoring import doctor
    from crawlers.authoring.detect_list import guess, name_for
    from crawlers.authoring.write_board import add, entry_text
    from crawlers.boards import boards_toml
    from crawlers.http.public_address import address_problem
    from fengkou.cli.board_tables import guess_table

    if problem := address_problem(url):
        raise typer.BadParameter(f"{url}: {problem}. Give the http(s) address of a public host.")
    body = page.read_bytes() if page else doctor.look(url)
    guessed = guess(body, url)
    chosen = name or name_for(url)
    out.print(guess_table(guessed.entries))
    text = entry_text(chosen, guessed.description)
    out.print(text, soft_wrap=True)
    file = boards_toml.file()
    if not yes and not typer.confirm(f"Are these the entries? Write the board into {file}"):
        out.print("Nothing was written.")
        raise typer.Exit(1)
    add(file, chosen, guessed.description)
    out.print(f"{file}: [boards.{chosen}]", soft_wrap=True)
    out.print(f"Next: fengkou doctor {chosen}, then fengkou collect {chosen}")
