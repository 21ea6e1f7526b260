"""Words and names that no dictionary has: read the new ones, strike what is none, keep what is one.

What a person says is kept with its instant and heeded by the next build and by every rebuild: titles first
seen before it stay cut as they were.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from fengkou.cli.arguments import At, instant
from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, out, print_json
from fengkou.home import Home

if TYPE_CHECKING:
    from fengkou.hand_ledger import Said

app = typer.Typer(add_completion=False, no_args_is_help=True)

Words = Annotated[
    list[str], typer.Argument(metavar="WORD...", help="Words as fengkou words new lists them.")
]
By = Annotated[
    str | None, typer.Option("--by", help="Who says so; else the variable USER tells it.")
]


@app.command("new")
def new(
    days: Annotated[int, typer.Option("--days", min=1, help="Of how many days up to then.")] = 7,
    at: At = None,
    unlisted: Annotated[
        bool,
        typer.Option(
            "--unlisted", help="Also what is in no dictionary and may be old, or is struck."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """The words that are new: absent for weeks in which their list was read, and by no chance."""
    from fengkou import reads
    from fengkou.cli.word_tables import word_table

    home, asked = Home.from_environment(), instant(at)
    copy = reads.published_copy(home)
    found = reads.new_words(home, asked, days, unlisted=unlisted)
    if as_json:
        print_json(with_age(copy, {"words": [asdict(word) for word in found]}))
        return
    out.print(head(copy))
    out.print(word_table(found))
    out.print("Strike what is no word: fengkou words strike WORD..., then fengkou build")


@app.command("strike")
def strike(words: Words, by: By = None, as_json: AsJson = False) -> None:
    """Those are no words: they are not told as new, and cut no title from now on."""
    from fengkou import word_hands

    _tell(word_hands.strike(Home.from_environment(), words, by), as_json=as_json)


@app.command("keep")
def keep(words: Words, by: By = None, as_json: AsJson = False) -> None:
    """Those are words: nobody strikes them before that is undone."""
    from fengkou import word_hands

    _tell(word_hands.keep(Home.from_environment(), words, by), as_json=as_json)


@app.command("undo")
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The number of the hand.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """A hand does not hold from now on; what it said stays on record (fengkou topic hands)."""
    from fengkou import hand_ledger

    _tell([hand_ledger.undo(Home.from_environment(), number, by)], as_json=as_json)


def _tell(said: "Sequence[Said]", *, as_json: bool) -> None:
    from fengkou.cli.hand_tables import hand_line, said_document

    if as_json:
        print_json({"hands": [said_document(each) for each in said]})
        return
    for each in said:
        known = "" if each.is_new else " (it was said before: nothing is added)"
        out.print(f"{hand_line(each.hand)}{known}", soft_wrap=True)
    out.print("Next: fengkou build, which heeds it; titles that come from now on are cut so")
