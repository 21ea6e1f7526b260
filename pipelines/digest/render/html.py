"""A digest as one HTML page: no request leaves it, so it opens from a mail or a folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipelines.digest.contents import Digest, TopicCard
from pipelines.digest.render.layout import Sheet, lay_out
from pipelines.digest.render.record_charts import curves
from pipelines.digest.render.record_layout import lay_out_record
from pipelines.digest.render.story_layout import Topic
from pipelines.digest.render.topic_chart import SERIES, Line, chart, lines, series_of
from pipelines.language import Language

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals["hues"] = len(SERIES)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A topic's chart with its key: ``left`` are lines of boards the topic no longer stands on."""

    svg: Markup | None
    series: Mapping[str, int]
    drawn: frozenset[str]
    left: tuple[Line, ...]


def to_html(digest: Digest, language: Language = Language.ZH) -> str:
    drawings = [_drawing(card, digest, language) for card in digest.topics]
    page = _TEMPLATES.get_template("digest.html.jinja")
    record = lay_out_record(digest.record, language) if digest.record else None
    return page.render(
        sheet=lay_out(digest, language),
        drawings=drawings,
        record=record,
        curves=curves(digest.record, language) if digest.record else (),
    )


def entry_html(topic: Topic, sheet: Sheet) -> str:
    """One topic as a fragment for feed readers, which drop styles and drawings."""
    return _TEMPLATES.get_template("entry.html.jinja").render(topic=topic, sheet=sheet)


def _drawing(card: TopicCard, digest: Digest, language: Language) -> Drawing:
    drawn = lines(card, digest, language)
    standing = {placement.board for placement in card.placements}
    return Drawing(
        svg=chart(card, digest, language),
        series=series_of(card),
        drawn=frozenset(line.board for line in drawn),
        left=tuple(line for line in drawn if line.board not in standing),
    )
