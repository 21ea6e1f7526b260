"""What the command line shows of words that were found in titles."""

from collections.abc import Iterable
from datetime import datetime

from rich.table import Table
from rich.text import Text

from pipelines.clock import SHANGHAI
from pipelines.digest.render.safe_text import cut, plain
from warehouse.instants import to_aware
from warehouse.readers.new_words import ListedNewWord


def word_table(words: Iterable[ListedNewWord]) -> Table:
    """The words, the newest first, with the days that bear out that they are new."""
    columns = ("word", "new since", "first seen", "titles", "lists", "absent", "then", "said")
    table = Table(*columns, "newest title")
    for column in (3, 4, 5):
        table.columns[column].justify = "right"
    for word in words:
        table.add_row(
            Text(plain(word.token)),
            _minute(word.new_at) if word.is_new else "unlisted",
            _minute(word.first_seen_at),
            str(word.title_count),
            str(word.list_count),
            "" if word.days_before is None else f"{word.days_before} days",
            "" if word.days_seen is None else f"{word.days_seen} of {word.days_since} days",
            Text(f"{word.said}, {word.said_by} (hand {word.hand})" if word.said else ""),
            Text(cut(plain(word.title or "")), overflow="fold"),
        )
    if not table.row_count:
        table.add_row("none")
    return table


def _minute(at: datetime | None) -> str:
    return f"{to_aware(at).astimezone(SHANGHAI):%m-%d %H:%M}" if at else ""
