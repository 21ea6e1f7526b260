"""One story whole: where it stood, what lists called it, what was expected of it and came, who was told."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException

from fengkou.web.answers import Answer, of_grids
from fengkou.web.asked import ELSEWHERE, MISSING, Asked
from fengkou.web.pages import story_grids as grids
from pipelines.digest.contents import TracePoint
from pipelines.digest.render.bond_sentences import bond_sentence
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.small_svg import labelled
from pipelines.digest.render.topic_chart import (
    CLASSES,
    SERIES,
    SERIES_COUNT,
    Line,
    describe,
    drawing,
    is_drawable,
)
from pipelines.digest.render.wall_clock import clock
from pipelines.messages import Messages
from pipelines.topics.short_id import NoTopicIdError, short_id, topic_id
from warehouse.instants import to_aware
from warehouse.readers.bonds import ShownTitles, bonds_at
from warehouse.readers.story_page import (
    Story,
    StoryTitle,
    deliveries_of,
    forecasts_of,
    ranks_of,
    story_of,
    titles_of,
    topic_of,
)

NAMES = ("people", "places", "bodies", "other_names")


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing of the ranks, and the names of its lines with the classes that paint them."""

    svg: Markup
    lines: tuple[tuple[str, str], ...]


def story(asked: Asked) -> Answer:
    present = _present(asked)
    history = story_of(asked.con, present)
    card, words = history.card, asked.words
    points = ranks_of(asked.con, present, card.first_seen_at, card.last_seen_at)
    titles = titles_of(asked.con, present)
    ids = [present, *card.former_ids]
    shown = (
        grids.lists(history.spread, asked),
        grids.forecasts(forecasts_of(asked.con, ids), history.spread, asked),
        grids.titles(titles, asked),
        grids.deliveries(deliveries_of(asked.con, present), asked),
        grids.parts(history.other_parts, asked),
        grids.merged(history.merged, asked),
    )
    ranks = grids.ranks(points)
    heading = cut(plain(card.label)) or words.say("topic.untitled")
    return of_grids(
        asked,
        "story.html.jinja",
        *(grid for grid in shown if grid.rows or grid.nothing),
        heading=heading,
        document={
            "topic_id": str(present),
            "short_id": short_id(present),
            "label": plain(card.label),
            "category": card.category,
            "keywords": card.keywords,
            **{kind: getattr(card, kind) for kind in NAMES},
            "first_seen_at": to_aware(card.first_seen_at).isoformat(),
            "last_seen_at": to_aware(card.last_seen_at).isoformat(),
            "former_ids": [short_id(each) for each in card.former_ids],
            "ranks": ranks.records(),
        },
        spreadsheet=ranks,
        life=_life(history, words),
        category=words.say(f"category.{card.category}") if card.category else "",
        names=_names(history),
        bond=_bond(asked, present, titles, card.keywords),
        chart=_chart(heading, points, history, asked),
        short=short_id(present),
    )


def _present(asked: Asked) -> int:
    """The topic that the address means now. Raises HTTPException for none, and for another id."""
    said = asked.names["story"]
    try:
        wanted = topic_id(said)
    except NoTopicIdError as error:
        raise HTTPException(MISSING, str(error)) from None
    present = topic_of(asked.con, wanted)
    if present is None:
        raise HTTPException(MISSING, f"No story ever had the id {short_id(wanted)}.")
    if said != short_id(present):
        where = asked.link(f"/stories/{short_id(present)}{asked.ending}")
        raise HTTPException(ELSEWHERE, headers={"Location": where})
    return present


def _life(history: Story, words: Messages) -> str:
    card = history.card
    return words.say(
        "card.seen",
        first=clock(to_aware(card.first_seen_at), None),
        last=clock(to_aware(card.last_seen_at), None),
        boards=words.say("card.boards", card.board_count),
        items=words.say("card.items", card.item_count),
    )


def _names(history: Story) -> list[str]:
    """Keywords and names, each once."""
    found = [*history.card.keywords]
    for kind in NAMES:
        found += getattr(history.card, kind)
    return list(dict.fromkeys(filter(None, map(plain, found))))


def _bond(asked: Asked, present: int, titles: Sequence[StoryTitle], keywords: Sequence[str]) -> str:
    """What makes one story of its titles; empty for a single title."""
    printed = tuple(dict.fromkeys(title.title for title in titles))
    items = frozenset(title.item_id for title in titles)
    bonds = bonds_at(
        asked.con, {present: ShownTitles(printed, items, tuple(keywords))}, asked.newest
    )
    return bond_sentence(bonds.get(present), asked.words)


def _chart(title: str, points: Sequence[TracePoint], history: Story, asked: Asked) -> Chart | None:
    """Of many lists those with the best places: no more lines can be told apart."""
    names = {
        each.board: asked.language.choose(each.name_zh, each.name_en) for each in history.spread
    }
    best: dict[str, int] = {}
    for point in points:
        if point.rank is not None:
            best[point.board] = min(best.get(point.board, point.rank), point.rank)
    boards = sorted(best, key=lambda board: (best[board], board))[:SERIES_COUNT]
    drawn = [
        Line(
            board,
            plain(names.get(board, board)),
            series,
            tuple(point for point in points if point.board == board),
        )
        for series, board in enumerate(boards)
    ]
    if not is_drawable(drawn):
        return None
    until = to_aware(history.card.last_seen_at)
    svg = labelled(drawing(drawn, until), describe(title, drawn, until, asked.language), CLASSES)
    return Chart(svg, tuple((line.name, _painted(line.series)) for line in drawn))


def _painted(series: int) -> str:
    dashed = " dashed" if series >= len(SERIES) else ""
    return f"hue-{series % len(SERIES)}{dashed}"
