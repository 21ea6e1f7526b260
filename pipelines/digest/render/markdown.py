"""A digest as CommonMark, short enough for a chat group: ten cards of a few lines."""

import re
from collections.abc import Collection

from pipelines.digest.contents import Digest
from pipelines.digest.render.layout import Sheet, first_told, lay_out
from pipelines.digest.render.part_sentences import parts_sentence
from pipelines.digest.render.record_layout import lay_out_record
from pipelines.digest.render.story_layout import Topic
from pipelines.language import Language

CARDS_SHOWN = 10
"""What a group reads: two screens of a phone."""

_SPECIAL = re.compile(r"([\\`*_\[\]()#!|~$^{}])")
# GitHub turns bare addresses into links even without brackets.
_BARE_LINK = re.compile(r"(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
# What would make a list, a heading or a rule of a line that begins with it; "#" and "*" are special anyway.
_BLOCK = re.compile(r"^(\d{1,9})?([.)+=-])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# "@" would mention a stranger or make a mail link, and no escape stops that; its wide twin does.
_MENTION = str.maketrans({"@": "＠"})


def to_markdown(digest: Digest, language: Language = Language.ZH) -> str:
    sheet = lay_out(digest, language)
    blocks = [
        f"# {sheet.heading}",
        "  \n".join(filter(None, [sheet.span, sheet.read_until, sheet.taken_note, sheet.contents])),
        "  \n".join([f"> {escaped(sheet.boards_count)}", *_troubles(sheet)]),
    ]
    blocks += [escaped(sheet.titles_note)] if sheet.titles_note else []
    parts = first_told(sheet.parts, CARDS_SHOWN)
    shown = {topic.number for part in parts for topic in part.topics}
    for part in parts:
        blocks += [f"## {part.name}", *(_topic(topic, shown, sheet) for topic in part.topics)]
    blocks += [] if sheet.topics else [sheet.topic_count]
    if digest.record:
        record = lay_out_record(digest.record, language)
        blocks += [f"## {record.heading}", escaped(record.summary)]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Plain text that stays text wherever it is put in a line, a table or a link."""
    text = _SPECIAL.sub(r"\\\1", text.translate(_MENTION))
    return _BARE_LINK.sub(r"\\\1\2", text).translate(_ENTITIES)


def paragraph(text: str) -> str:
    """Plain text that stays a paragraph, whatever it begins with."""
    return _BLOCK.sub(lambda found: f"{found[1] or ''}\\{found[2]}", escaped(text))


def linked(text: str, url: str | None) -> str:
    if url is None:
        return escaped(text)
    # In a table even a link's "|" would end the cell; brackets would end the link.
    address = url.replace("|", "%7C").replace("[", "%5B").replace("]", "%5D")
    return f"[{escaped(text)}](<{address}>)"


def _troubles(sheet: Sheet) -> list[str]:
    return [f"> {paragraph(trouble.named)}" for trouble in sheet.troubles]


def _topic(topic: Topic, shown: Collection[int], sheet: Sheet) -> str:
    """Three lines: what it is, why it is told, what is expected; a Chinese title below another, why
    several titles are one story, and what else belongs to it."""
    others = parts_sentence(topic.parts, sheet.words, shown)
    told = filter(
        None, (topic.chinese_title, topic.why, topic.briefly, topic.taken, topic.bond, others)
    )
    title = f"**{topic.number}\\. {linked(topic.title, topic.url)}**"
    return "  \n".join([title, *map(paragraph, told)])
