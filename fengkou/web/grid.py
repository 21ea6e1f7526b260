"""Tables of pages: a cell is what people read, where it leads, and what programs read."""

import csv
import io
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.digest.render.csv import BYTE_ORDER_MARK, guarded
from pipelines.digest.render.phrases import duration, percent
from pipelines.digest.render.safe_text import cut, plain, web_link
from pipelines.digest.render.wall_clock import clock
from pipelines.messages import Messages
from pipelines.topics.short_id import short_id
from warehouse.instants import to_aware

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` is for people, ``value`` for programs; ``tone`` is a class of the style sheet."""

    text: str
    value: Value
    href: str = ""
    tone: str = ""

    @property
    def is_away(self) -> bool:
        """Whether it leads to another site."""
        return not self.href.startswith("/")


UNKNOWN = Cell("", None)


@dataclass(frozen=True, slots=True)
class Grid:
    """``columns`` are keys of messages, ``rows`` cells by the columns' names; ``nothing`` is read where there
    are no rows."""

    name: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Cell], ...]
    nothing: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The names of the columns for programs."""
        return tuple(key.rpartition(".")[2] for key in self.columns)

    def records(self) -> list[dict[str, Value]]:
        """The rows for programs."""
        return [{code: row[code].value for code in self.codes} for row in self.rows]


def text(said: str | None) -> Cell:
    """What was said, by people or by a list."""
    return Cell(plain(said), plain(said)) if said else UNKNOWN


def number(count: float | None) -> Cell:
    """A number."""
    return UNKNOWN if count is None or not math.isfinite(count) else Cell(f"{count:g}", count)


def share(chance: float | None) -> Cell:
    """A chance, 0 to 1."""
    if chance is None or not math.isfinite(chance):
        return UNKNOWN
    return Cell(percent(chance), round(chance, 4))


def minutes(span: float | None, words: Messages) -> Cell:
    """A span in minutes."""
    return UNKNOWN if span is None else Cell(duration(round(span), words), round(span, 1))


def instant(at: datetime | None, beside: datetime | None) -> Cell:
    """An instant, naive ones in UTC; with as much of its date as differs from ``beside``."""
    if at is None:
        return UNKNOWN
    aware = to_aware(at) if at.tzinfo is None else at
    return Cell(clock(aware, beside), aware.isoformat())


def story_title(title: str, href: str, untitled: str) -> Cell:
    """A story by its title, which leads to its page."""
    return Cell(cut(plain(title)) or untitled, plain(title), href)


def story_id(topic_id: int) -> Cell:
    """A story's short name."""
    return Cell(short_id(topic_id), short_id(topic_id))


def away(said: str, url: str | None) -> Cell:
    """A text of a list with the address that it led to."""
    return Cell(cut(plain(said)), plain(said), web_link(url) or "")


def to_csv(grid: Grid) -> bytes:
    """The rows as a spreadsheet: headed by the columns' names; no cell is a formula."""
    told = io.StringIO(newline="")
    sheet = csv.writer(told)
    sheet.writerow(grid.codes)
    for record in grid.records():
        sheet.writerow(_guarded(record.values()))
    return (BYTE_ORDER_MARK + told.getvalue()).encode()


def _guarded(values: Iterable[Value]) -> list[Value]:
    return [guarded(value) if isinstance(value, str) else value for value in values]
