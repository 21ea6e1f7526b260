"""A digest as CommonMark with GitHub's tables, for chat groups and notes."""

import re

from pipelines.digest.contents import Digest
from pipelines.digest.render.layout import Sheet, lay_out
from pipelines.digest.render.place_layout import Place
from pipelines.digest.render.record_layout import RecordSheet, lay_out_record
from pipelines.digest.render.story_layout import Topic
from pipelines.language import Language

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
    blocks = [f"# {sheet.heading}", f"{sheet.span}", _boards(sheet)]
    blocks += [_topic(number, topic, sheet) for number, topic in enumerate(sheet.topics, start=1)]
    blocks += [] if sheet.topics else [sheet.topic_count]
    if digest.record:
        blocks += _record(lay_out_record(digest.record, language))
    blocks += ["---", *sheet.legend] if sheet.topics else []
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


def _boards(sheet: Sheet) -> str:
    lines = [f"> {escaped(sheet.boards_count)}"]
    for board in sheet.troubled:
        note = " · ".join(filter(None, [board.reason, board.last_ok]))
        lines.append(f"> - **{escaped(board.name)}** {board.verdict_name} · {escaped(note)}")
    return "\n".join(lines[:1] + ([">"] if sheet.troubled else []) + lines[1:])


def _topic(number: int, topic: Topic, sheet: Sheet) -> str:
    words = sheet.words
    colon = words.say("join.colon")
    facts = [escaped(topic.life)]
    if topic.category:
        facts.append(f"{words.say('topic.category')}{colon}{topic.category}")
    if topic.keywords:
        keywords = escaped(words.say("join.names").join(topic.keywords))
        facts.append(f"{words.say('topic.keywords')}{colon}{keywords}")
    blocks = [
        f"## {number}\\. {linked(topic.title, topic.url)}",
        paragraph(topic.outlook),
        paragraph(topic.why),
    ]
    if topic.places:
        blocks.append("\n".join(f"- {_place(place, topic)}" for place in topic.places))
    blocks.append(" · ".join(facts))
    return "\n\n".join(blocks)


def _place(place: Place, topic: Topic) -> str:
    told = f"**{linked(place.board_name, place.url)}** {escaped(place.told())}"
    return told if place.title == topic.title else f"{told} · {escaped(place.title)}"


def _record(record: RecordSheet) -> list[str]:
    blocks = [f"## {record.heading}", escaped(record.summary)]
    for group in record.groups:
        lines = [f"- **{escaped(line.title)}** {escaped(line.told)}" for line in group.lines]
        more = [f"- {group.more}"] if group.more else []
        blocks += [f"### {group.name} {group.count}", "\n".join(lines + more)]
    rows = [f"| {' | '.join(row)} |" for row in record.rows]
    head = [f"| {' | '.join(record.columns)} |", "| ---: | ---: | ---: |"]
    return [
        *blocks,
        f"### {record.appendix}",
        "\n".join(head + rows) if rows else record.nothing_known,
    ]
