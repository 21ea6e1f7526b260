"""A card of a digest as a picture for a chat: what it is, why it is told, where it stands, and its curve."""

from dataclasses import dataclass

import vl_convert

from pipelines.digest.contents import Digest, TopicCard
from pipelines.digest.render.layout import Part, Sheet, lay_out
from pipelines.digest.render.picture_canvas import LINE_HEIGHT, Canvas, Ink
from pipelines.digest.render.picture_text import text_width, undrawn
from pipelines.digest.render.place_layout import Place
from pipelines.digest.render.safe_text import cut
from pipelines.digest.render.story_layout import Topic
from pipelines.digest.render.topic_chart import (
    DASHES,
    HEIGHT,
    SERIES,
    WIDTH,
    Line,
    drawing,
    is_drawable,
    lines,
)
from pipelines.language import Language

PIXELS_WIDE, SCALE = 1080, 2
"""What chats show a picture at; everything below is in half of these pixels."""

MARGIN, GAP = 28, 14
PLACES_SHOWN = 6
NAME_WIDTH = 24
"""Characters of a list's name beside its heat."""

ACCENT, INK, SOFT, FAINT, CHIP = "#a8321f", "#1c1b1a", "#5f6368", "#e7e5e0", "#f0eeea"
MOVES = {"up": "#b3261e", "new": "#b3261e", "down": "#1b7742"}

HEAD, TITLE = Ink(14, SOFT), Ink(25, INK, is_bold=True)
SECTION = Ink(15, ACCENT, is_bold=True)
SENTENCE, OUTLOOK, SMALL = Ink(17, INK), Ink(15, SOFT), Ink(13, SOFT)
ROW = Ink(15, INK, is_bold=True)
RANK_WIDTH, RANK_HEIGHT, SWATCH_WIDTH = 34, 22, 20


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, and the characters in it that no font here draws, each once."""

    png: bytes
    undrawn: str


def card_picture(digest: Digest, card: TopicCard, language: Language = Language.ZH) -> Picture:
    """One of the digest's cards as a PNG, 1080 pixels wide and as high as it needs.

    Raises NoFontError on a machine that cannot draw Chinese.
    """
    canvas = _canvas(digest, card, language)
    missing = undrawn("".join(canvas.said))
    return Picture(bytes(vl_convert.svg_to_png(canvas.svg(), scale=SCALE)), missing)


def _canvas(digest: Digest, card: TopicCard, language: Language) -> Canvas:
    sheet = lay_out(digest, language)
    told = {topic.card.topic_id: (part, topic) for part in sheet.parts for topic in part.topics}
    part, topic = told[card.topic_id]
    drawn = lines(card, digest, language)
    curves = drawn if is_drawable(drawn) else ()
    canvas = Canvas(PIXELS_WIDE // SCALE, MARGIN)
    _head(canvas, sheet, part)
    _story(canvas, topic)
    _places(canvas, topic, curves)
    if curves:
        _curve(canvas, topic, curves, digest)
    _foot(canvas, sheet, topic)
    return canvas


def _head(canvas: Canvas, sheet: Sheet, part: Part) -> None:
    canvas.box(0, canvas.width, 6, ACCENT)
    canvas.gap(MARGIN)
    canvas.write(f"{sheet.heading} · {sheet.span}", HEAD)
    canvas.gap(GAP / 2)
    canvas.write(f"{part.name} · {part.told}", SECTION)


def _story(canvas: Canvas, topic: Topic) -> None:
    canvas.gap(GAP / 2)
    canvas.write(topic.title, TITLE)
    if topic.chinese_title:
        canvas.write(topic.chinese_title, SENTENCE)
    canvas.gap(GAP / 2)
    canvas.write(topic.why, SENTENCE)
    if topic.briefly:
        canvas.gap(GAP / 2)
        canvas.write(topic.briefly, OUTLOOK)


def _places(canvas: Canvas, topic: Topic, curves: tuple[Line, ...]) -> None:
    series = {line.board: line.series for line in curves}
    canvas.gap(GAP)
    for place in topic.places_by_rank[:PLACES_SHOWN]:
        canvas.box(canvas.left, canvas.right - canvas.left, 1, FAINT)
        canvas.gap(GAP / 2)
        _place(canvas, place, series.get(place.board))
        canvas.gap(RANK_HEIGHT + GAP / 2)
    if len(topic.places) > PLACES_SHOWN:
        rest = topic.places_by_rank[PLACES_SHOWN:]
        canvas.write(" · ".join(f"{place.board_name} {place.rank_name}" for place in rest), SMALL)


def _place(canvas: Canvas, place: Place, series: int | None) -> None:
    rank = Ink(15, "#ffffff" if place.is_top_ten else INK, is_bold=True)
    colour = ACCENT if place.is_top_ten else CHIP
    canvas.box(canvas.left, RANK_WIDTH, RANK_HEIGHT, colour, rounded=5)
    canvas.text(place.rank or "–", rank, canvas.left + RANK_WIDTH / 2, "middle")
    x = canvas.left + RANK_WIDTH + GAP / 2
    if series is not None:
        _swatch(canvas, x, series, RANK_HEIGHT / 2)
        x += SWATCH_WIDTH + GAP / 2
    name = cut(place.board_name, NAME_WIDTH)
    canvas.text(name, ROW, x, then=(place.move, MOVES.get(place.tone, SOFT)))
    heat = f"{place.heat} {place.heat_move}".strip()
    told = text_width(ROW.height, is_bold=True)(f"{name} {place.move} ")
    if text_width(SMALL.height)(heat) <= canvas.right - x - told:
        canvas.text(heat, SMALL, canvas.right, "end")


def _swatch(canvas: Canvas, x: float, series: int, drop: float) -> None:
    hue, dash = series % len(SERIES), series // len(SERIES)
    dashes = ",".join(map(str, DASHES[dash])) if dash else ""
    canvas.stroke(x, SWATCH_WIDTH, drop, SERIES[hue], dashes)


def _curve(canvas: Canvas, topic: Topic, curves: tuple[Line, ...], digest: Digest) -> None:
    width = canvas.right - canvas.left
    canvas.gap(GAP / 2)
    canvas.put(drawing(curves, digest.at), width, HEIGHT * width / WIDTH)
    standing = {place.board for place in topic.places}
    x = canvas.left
    for line in curves:
        name = cut(line.name, NAME_WIDTH)
        needed = SWATCH_WIDTH + GAP / 2 + text_width(SMALL.height)(name) + GAP
        if line.board in standing:
            continue
        if x + needed > canvas.right and x > canvas.left:
            canvas.gap(SMALL.height * LINE_HEIGHT)
            x = canvas.left
        _swatch(canvas, x, line.series, SMALL.height * LINE_HEIGHT / 2)
        canvas.text(name, SMALL, x + SWATCH_WIDTH + GAP / 2)
        x += needed
    if x > canvas.left:
        canvas.gap(SMALL.height * LINE_HEIGHT)


def _foot(canvas: Canvas, sheet: Sheet, topic: Topic) -> None:
    canvas.gap(GAP / 2)
    canvas.write(topic.life, SMALL)
    canvas.gap(GAP / 2)
    canvas.box(canvas.left, canvas.right - canvas.left, 1, FAINT)
    canvas.gap(GAP / 2)
    canvas.write(f"{sheet.read_until} · {sheet.words.say('digest.time_zone')}", SMALL)
