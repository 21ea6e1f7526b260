"""How lists stand, for a person at a terminal; apart from other tables, for the status must come at once."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from pipelines.boards.standing import ListStanding
from pipelines.digest.render.board_sentences import list_sentence
from pipelines.language import Language
from pipelines.messages import messages_in

COLOURS = {"ok": "green", "degraded": "yellow"}


def standing_table(standings: Iterable[ListStanding], language: Language = Language.EN) -> Table:
    """How each list stands."""
    words = messages_in(language)
    columns = ("lists.list", "lists.verdict", "lists.last", "lists.contract")
    table = Table(*map(words.say, columns))
    for standing in standings:
        verdict, last = str(standing.verdict), standing.last_ok_at
        table.add_row(
            standing.board,
            Text(verdict, style=COLOURS.get(verdict, "red")),
            f"{last:%Y-%m-%d %H:%M}" if last else words.say("lists.never"),
            list_sentence(standing, language),
        )
    return table
