"""The commands about boards themselves: list, add, examine, read a saved page."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from fengkou.cli.board_tables import finding_lines, finding_row, finding_table, guess_table
from fengkou.cli.terminal import (
    AsJson,
    Boards,
    err,
    exit_status,
    out,
    print_json,
    progress_bar,
)
from fengkou.home import Home

boards_app = typer.Typer()


class PageUnreadableError(RuntimeError):
    """A saved page that holds no list."""


@boards_app.callback(invoke_without_command=True)
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
    """The boards that can be collected, built in and from boards.toml."""
    from crawlers import catalog  # noqa: PLC0415
    from crawlers.places import places  # noqa: PLC0415

    if context.invoked_subcommand:
        return
    if with_places:
        if as_json:
            print_json([asdict(place) for place in places()])
        for place in () if as_json else places():
            leads = ", ".join(place.boards + place.successors)
            said = f"{place.name_zh} {place.name_en}: {place.state}, see {leads}"
            out.print(said, highlight=False, soft_wrap=True)
        return
    if with_cadence:
        _show_cadences(as_json=as_json)
        return
    facts = catalog.facts()
    if as_json:
        print_json([asdict(one) for one in facts])
        return
    for one in facts:
        own = "  (boards.toml)" if one.is_custom else ""
        own += f"  (stands in for {one.stands_in_for})" if one.stands_in_for else ""
        out.print(
            f"{one.name:26} {one.kind:5} every {one.cadence_minutes:>4} min  {one.title_zh}{own}",
            highlight=False,
            markup=False,
            soft_wrap=True,
        )


def _show_cadences(*, as_json: bool) -> None:
    from fengkou import reads  # noqa: PLC0415
    from fengkou.cadences import outlook  # noqa: PLC0415
    from fengkou.cli.board_tables import cadence_table  # noqa: PLC0415

    with reads.reading(Home.from_environment()) as con:
        found = outlook(con)
    if as_json:
        print_json([asdict(one) for one in found])
    else:
        out.print(cadence_table(found))


@boards_app.command("add")
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
    from crawlers.authoring import doctor  # noqa: PLC0415
    from crawlers.authoring.detect_list import guess, name_for  # noqa: PLC0415
    from crawlers.boards import boards_toml  # noqa: PLC0415
    from crawlers.http.address_guard import address_problem  # noqa: PLC0415

    if problem := address_problem(url):
        raise typer.BadParameter(f"{url}: {problem}. Give the http(s) address of a public host.")
    body = page.read_bytes() if page else doctor.look(url)
    guessed = guess(body, url)
    chosen = name or name_for(url)
    out.print(guess_table(guessed.entries))
    text = boards_toml.entry_text(chosen, guessed.description)
    out.print(text, highlight=False, markup=False, soft_wrap=True)
    file = boards_toml.file()
    if not yes and not typer.confirm(f"Are these the entries? Write the board into {file}"):
        out.print("Nothing was written.")
        raise typer.Exit(1)
    boards_toml.add(file, chosen, guessed.description)
    out.print(f"{file}: [boards.{chosen}]", highlight=False, markup=False, soft_wrap=True)
    out.print(f"Next: fengkou doctor {chosen}, then fengkou collect {chosen}", highlight=False)


def doctor(boards: Boards = None, as_json: AsJson = False) -> None:
    """Fetch boards once, keep nothing, and say what is wrong. Exit 3: some failed, 4: none answered."""
    from crawlers import catalog  # noqa: PLC0415
    from crawlers.authoring.doctor import examine  # noqa: PLC0415

    due = list(boards or catalog.names())
    with progress_bar("examining", len(due)) as (progress, task):
        findings = examine(
            Home.from_environment().landing, due, on_outcome=lambda _: progress.advance(task)
        )
    if as_json:
        print_json([finding_row(one) for one in findings])
    else:
        for one in findings:
            out.print(finding_lines(one), highlight=False, markup=False, soft_wrap=True)
            if one.is_ok:
                out.print(finding_table(one))
    raise typer.Exit(exit_status(sum(not one.is_ok for one in findings), len(findings)))


def parse(
    board: Annotated[str, typer.Argument(help="The board whose page it is.")],
    file: Annotated[Path, typer.Argument(help="A saved page.")],
) -> None:
    """Print the entries of a saved page as JSON lines; rejected lines go to standard error."""
    from crawlers import catalog, landing  # noqa: PLC0415
    from crawlers.boards.reading import PageError  # noqa: PLC0415

    spider = catalog.board(board)
    try:
        page = spider.parse_page(file.read_bytes())
    except PageError as error:
        raise PageUnreadableError(f"{file}: {error}") from error
    for entry in page.entries:
        row = json.dumps(landing.entry_row(entry), ensure_ascii=False)
        sys.stdout.write(row.encode("utf-8", "replace").decode() + "\n")
    for reject in page.rejects:
        err.print(f"line {reject.position} rejected: {reject.reason}, found {reject.found}")
