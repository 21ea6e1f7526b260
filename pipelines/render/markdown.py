"""A digest as CommonMark with GitHub's tables, for chat groups and notes."""

import re

from pipelines.digest import Digest, Language
from pipelines.render.sheet import Place, Sheet, Topic, lay_out

_SPECIAL = re.compile(r"([\\`*_\[\]()#!|~$^{}])")
# GitHub turns bare addresses into links even without brackets.
_BARE_LINK = re.compile(r"(:)(?=//)|(?<=www)(\.)", re.IGNORECASE)
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# "@" would mention a stranger or make a mail link, and no escape stops that; its wide twin does.
_MENTION = str.maketrans({"@": "＠"})


def to_markdown(digest: Digest, language: Language = Language.ZH) -> str:
    sheet = lay_out(digest, language)
    blocks = [f"# {sheet.heading}", f"{sheet.span}", _boards(sheet)]
    blocks += [_topic(number, topic, sheet) for number, topic in enumerate(sheet.topics, start=1)]
    blocks += ["---", *sheet.words.legend] if sheet.topics else [sheet.words.no_topics]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Plain text that stays text wherever it is put in a line, a table or a link."""
    text = _SPECIAL.sub(r"\\\1", text.translate(_MENTION))
    return _BARE_LINK.sub(r"\\\1\2", text).translate(_ENTITIES)


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
    facts = [f"{words.first_seen} {topic.first_seen}"]
    if topic.keywords:
        facts.append(f"{words.keywords}{words.colon}{escaped(words.names.join(topic.keywords))}")
    blocks = [f"## {number}\\. {linked(topic.title, topic.url)}", escaped(topic.why)]
    if topic.places:
        blocks.append("\n".join(f"- {_place(place, topic)}" for place in topic.places))
    blocks.append(" · ".join(facts))
    return "\n\n".join(blocks)


def _place(place: Place, topic: Topic) -> str:
    told = f"**{linked(place.board_name, place.url)}** {escaped(place.told())}"
    return told if place.title == topic.title else f"{told} · {escaped(place.title)}"
