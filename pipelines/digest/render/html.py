"""A digest as one HTML page: no request leaves it, so it opens from a mail or a folder."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from pipelines.digest.contents import Digest, TopicCard
from pipelines.digest.render.layout import Sheet, lay_out
from pipelines.digest.render.record_charts import curves
from pipelines.digest.render.record_layout import lay_out_record
from pipelines.digest.render.story_layout import Topic
from pipelines.digest.render.template_files import FOLDER, TEMPLATES
from pipelines.digest.render.topic_chart import SERIES, Line, chart, lines, series_of
from pipelines.language import Language

_SCRIPT = (FOLDER / "digest.js").read_text(encoding="utf-8")
_SCRIPT_HASH = b64encode(sha256(_SCRIPT.encode()).digest()).decode()
TEMPLATES.globals["hues"] = len(SERIES)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A topic's chart with its key: ``left`` are lines of boards the topic no longer stands on."""

    svg: Markup | None
    series: Mapping[str, int]
    drawn: frozenset[str]
    left: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a page's stories may be chosen by: categories in words, and lists with their names."""

    categories: tuple[str, ...]
    lists: Mapping[str, str]


def to_html(digest: Digest, language: Language = Language.ZH) -> str:
    drawings = [_drawing(card, digest, language) for card in digest.topics]
    page = TEMPLATES.get_template("digest.html.jinja")
    record = lay_out_record(digest.record, language) if digest.record else None
    sheet = lay_out(digest, language)
    return page.render(
        sheet=sheet,
        choices=_choices(sheet),
        script=Markup(_SCRIPT),  # noqa: S704 - our own file
        script_hash=f"sha256-{_SCRIPT_HASH}",
        drawings=drawings,
        record=record,
        curves=curves(digest.record, language) if digest.record else (),
    )


def entry_html(topic: Topic, sheet: Sheet) -> str:
    """One topic as a fragment for feed readers, which drop styles and drawings."""
    return TEMPLATES.get_template("entry.html.jinja").render(topic=topic, sheet=sheet)


def _choices(sheet: Sheet) -> Choices:
    rows = [row for part in sheet.parts for row in part.rows]
    categories = {topic.category for topic in sheet.topics} | {row.category for row in rows}
    lists = {row.board: row.board_name for row in rows}
    lists |= {place.board: place.board_name for topic in sheet.topics for place in topic.places}
    return Choices(
        categories=tuple(sorted(filter(None, categories))),
        lists=dict(sorted(lists.items(), key=lambda item: item[1])),
    )


def _drawing(card: TopicCard, digest: Digest, language: Language) -> Drawing:
    drawn = lines(card, digest, language)
    standing = {placement.board for placement in card.placements}
    return Drawing(
        svg=chart(card, digest, language),
        series=series_of(card),
        drawn=frozenset(line.board for line in drawn),
        left=tuple(line for line in drawn if line.board not in standing),
    )
