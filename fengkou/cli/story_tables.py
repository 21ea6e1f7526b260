"""A digest in a terminal: by section as on its page, a story in two lines, or three where it is narrow."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.constrain import Constrain
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipelines.digest.contents import Digest, Outlook, Section
from pipelines.digest.render.layout import Part, Sheet, lay_out
from pipelines.digest.render.line_breaks import wrapped
from pipelines.digest.render.phrases import percent
from pipelines.digest.render.safe_text import plain
from pipelines.digest.render.story_layout import Topic
from pipelines.language import Language
from pipelines.messages import Messages

WIDEST = 110
"""Cells: in a wider line the eye loses the way from a title to its place."""

PLACE_WIDEST = 26
"""Cells: half a title must fit beside a place in a terminal of 80."""

NUMBER_WIDTH, CHANCE_WIDTH, GAP = 3, 7, 2

URGENT_SHOWN, OTHERS_SHOWN = 5, 3
"""Stories of a section: with six sections it is two screens."""


class Wrapped:
    """Text whose lines end where Chinese and Latin lines may; Rich parts at spaces alone."""

    def __init__(self, text: str, style: str = "") -> None:
        self.text, self.style = text, style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in wrapped(self.text, options.max_width, cell_len):
            # Text, not markup: a title may hold what Rich would read as its own.
            yield Text(line, self.style, no_wrap=True)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest = cell_len(self.text)
        return Measurement(min(2, longest), longest).clamp(max_width=options.max_width)


def story_tables(digest: Digest, language: Language) -> RenderableType:
    """The digest's first stories of each section: title, place, chance of the top ten, and why."""
    sheet = lay_out(digest, language)
    return Constrain(Group(*_tables(sheet)), WIDEST)


def _tables(sheet: Sheet) -> Iterator[RenderableType]:
    yield Wrapped(f"{sheet.heading} {sheet.span}", "bold")
    yield Wrapped(sheet.read_until)
    yield Wrapped(sheet.boards_count)
    if sheet.taken_note:
        yield Wrapped(sheet.taken_note)
    widest = max((cell_len(_place(topic)) for topic in sheet.topics), default=0)
    columns = _Columns(sheet.words, min(widest, PLACE_WIDEST))
    for part in sheet.parts:
        yield ""
        yield columns.heading(part)
        shown = URGENT_SHOWN if part.is_urgent else OTHERS_SHOWN
        for topic in part.topics[:shown]:
            yield columns.story(topic)
            if topic.chinese_title:
                yield _below(topic.chinese_title, style="")
            yield _below(topic.why + columns.chance_elsewhere(topic))
            if topic.taken:
                yield _below(topic.taken)
        for row in part.rows[: max(shown - len(part.topics), 0)]:
            yield _below(f"{row.title} {row.chinese_title}", style="")
            yield _below(" · ".join(filter(None, (row.facts, row.taken))))
        if not part.count:
            yield _below(part.nothing)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The lines that have columns, which stand at the same cells in every section."""

    words: Messages
    place_width: int

    def heading(self, part: Part) -> RenderableType:
        line = Table.grid(expand=True, padding=(0, GAP, 0, 0), pad_edge=False)
        line.add_column(ratio=1)
        name = Wrapped(f"{part.name} {part.count} · {part.told}", "bold")
        if not part.topics:
            line.add_row(name)
            return line
        chance = self.words.say("stories.chance") if part.section is Section.RISING else ""
        self._add(line, name, Text(self.words.say("stories.place")), chance)
        return line

    def story(self, topic: Topic) -> RenderableType:
        line = Table.grid(expand=True, padding=(0, GAP, 0, 0), pad_edge=False)
        line.add_column(width=NUMBER_WIDTH, justify="right")
        line.add_column(ratio=1)
        chance = percent(likely.chance) if (likely := _expected(topic)) else ""
        title, place = Wrapped(topic.title), Wrapped(_place(topic))
        self._add(line, Text(str(topic.number)), title, place, chance)
        return line

    def chance_elsewhere(self, topic: Topic) -> str:
        """Of which list the chance speaks, where that is not the one whose place is told."""
        likely, place = _expected(topic), topic.place_told
        if likely is None or (place and place.board == likely.board):
            return ""
        name = plain(likely.name(self.words.language))
        told = self.words.say("stories.chance_elsewhere", board=name)
        return self.words.say("join.sentences", first="", next=told)

    def _add(self, line: Table, *told: RenderableType) -> None:
        line.add_column(width=self.place_width)
        line.add_column(width=CHANCE_WIDTH, justify="right")
        line.add_row(*told)


def _below(text: str, style: str = "dim") -> RenderableType:
    return Padding(Wrapped(text, style), (0, 0, 0, NUMBER_WIDTH + GAP))


def _place(topic: Topic) -> str:
    place = topic.place_told
    return f"{place.board_name} {place.rank_name} {place.move}".strip() if place else ""


def _expected(topic: Topic) -> Outlook | None:
    """What is expected of a story that is to rise; the chance of another speaks of a list beside those it is
    told for."""
    outlook = topic.card.outlook
    is_to_rise = topic.card.section is Section.RISING and outlook and outlook.chances
    return outlook if is_to_rise else None
