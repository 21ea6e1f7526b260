"""Topics by hand: look at one, split it, join it with another, call it by a name, and take that back.

What a person says is kept with its instant and heeded by the next build, before the rule, for good.
"""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from fengkou.cli.published import head, with_age
from fengkou.cli.terminal import AsJson, Lang, out, print_json, printable
from fengkou.home import Home
from pipelines.language import Language
from pipelines.topics.short_id import short_id

if TYPE_CHECKING:
    from fengkou.hand_ledger import Said

HELP = frozenset(("-h", "--help"))
ALSO_NAMED = 5
"""How many more topics are named, by id, where a part of a title is in titles of several."""


class ShowByDefault(TyperGroup):
    """``fengkou topic ID`` shows it, as ``fengkou topic show ID`` does."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in HELP:
            args = ["show", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=ShowByDefault, add_completion=False, no_args_is_help=True)

TopicId = Annotated[
    str, typer.Argument(metavar="ID", help="A topic's id, any that it ever had, as pages name it.")
]
By = Annotated[
    str | None, typer.Option("--by", help="Who says so; else the variable USER tells it.")
]


@app.command("show")
def show(
    asked: Annotated[
        str,
        typer.Argument(metavar="TOPIC", help="A topic's or an item's id, or a part of a title."),
    ],
    language: Lang = Language.ZH,
    as_json: AsJson = False,
) -> None:
    """A topic's card: label, keywords, names, category, boards, titles, timeline, what was merged into it."""
    from fengkou import reads
    from fengkou.cli.topic_tables import card_lines
    from warehouse.readers import topic_evidence
    from warehouse.readers.topic import topic_history

    home = Home.from_environment()
    copy = reads.published_copy(home)
    with reads.reading(home) as con:
        found = list(dict.fromkeys(item.topic_id for item in topic_evidence.find(con, asked)))
        history = topic_history(con, found[0])
    if as_json:
        told = asdict(history)
        print_json(with_age(copy, {**told.pop("card"), **told}))
        return
    out.print(head(copy))
    if len(found) > 1:
        also = ", ".join(map(short_id, found[1 : 1 + ALSO_NAMED]))
        out.print(
            f"{printable(asked)} is in titles of {len(found)} topics; of this one it was seen most. "
            f"Then come: {also}{'…' if len(found) > 1 + ALSO_NAMED else ''}",
            soft_wrap=True,
        )
    for part in card_lines(history, language):
        out.print(part, soft_wrap=True)


@app.command("split")
def split(
    asked: TopicId,
    titles: Annotated[
        list[str],
        typer.Argument(
            metavar="TITLE...", help="The titles that leave: whole, a part that tells them, or ids."
        ),
    ],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Titles of a topic are another story: they become a topic of their own and stay apart."""
    from fengkou import topic_hands

    _tell(topic_hands.split(Home.from_environment(), asked, titles, by), as_json=as_json)


@app.command("join")
def join(
    asked: Annotated[list[str], typer.Argument(metavar="ID...", help="Two topics or more.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Topics are one story: the eldest takes in the others, and they stay together."""
    from fengkou import topic_hands

    _tell(topic_hands.join(Home.from_environment(), asked, by), as_json=as_json)


@app.command("rename")
def rename(
    asked: TopicId,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called from now on.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """Call a topic by a name: it is the headline wherever the topic is told."""
    from fengkou import topic_hands

    _tell(topic_hands.rename(Home.from_environment(), asked, name, by), as_json=as_json)


@app.command("undo")
def undo(
    number: Annotated[int, typer.Argument(metavar="N", help="The number of the hand.")],
    by: By = None,
    as_json: AsJson = False,
) -> None:
    """A hand does not hold from now on; what it said stays on record."""
    from fengkou import hand_ledger

    _tell(hand_ledger.undo(Home.from_environment(), number, by), as_json=as_json)


@app.command("hands")
def hands(as_json: AsJson = False) -> None:
    """What people said of topics, the newest last, and what became of it."""
    from fengkou import hand_ledger
    from fengkou.cli.hand_tables import hand_document, hand_table

    standings, damaged = hand_ledger.hands(Home.from_environment())
    if as_json:
        print_json(
            {
                "hands": [hand_document(standing) for standing in standings],
                "damaged": [asdict(each) for each in damaged],
            }
        )
        return
    out.print(hand_table(standings))
    for each in damaged:
        out.print(f"hand {each.number} holds nothing: {each.found}", soft_wrap=True)
    out.print("Take one back: fengkou topic undo N, then fengkou build")


def _tell(said: "Said", *, as_json: bool) -> None:
    from fengkou.cli.hand_tables import hand_line, said_document

    if as_json:
        print_json(said_document(said))
        return
    known = "" if said.is_new else " (it was said before: nothing is added)"
    out.print(f"{hand_line(said.hand)}{known}", soft_wrap=True)
    back = f"; take it back: fengkou topic undo {said.hand.number}"
    out.print(
        "Next: fengkou build, which heeds it; digests of later instants tell so"
        f"{'' if said.hand.undoes else back}",
        soft_wrap=True,
    )
