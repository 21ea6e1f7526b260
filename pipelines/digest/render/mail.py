"""A digest for a mailbox: tables with inline styles, for mail programs drop style sheets, and plain text."""

from itertools import chain

from pipelines.digest.contents import Digest
from pipelines.digest.render.layout import Ahead, Part, lay_out
from pipelines.digest.render.record_layout import lay_out_record
from pipelines.digest.render.story_layout import Topic
from pipelines.digest.render.template_files import TEMPLATES
from pipelines.language import Language
from pipelines.messages import Messages


def to_mail(digest: Digest, language: Language = Language.ZH) -> bytes:
    """The HTML part of a mail, in UTF-8."""
    record = lay_out_record(digest.record, language) if digest.record else None
    mail = TEMPLATES.get_template("mail.html.jinja")
    return mail.render(sheet=lay_out(digest, language), record=record).encode()


def to_text(digest: Digest, language: Language = Language.ZH) -> bytes:
    """The plain part of a mail, in UTF-8."""
    sheet = lay_out(digest, language)
    head = (sheet.heading, sheet.span, sheet.read_until, sheet.topic_count, sheet.taken_note)
    blocks = [_lines(*head, sheet.boards_count, *(trouble.named for trouble in sheet.troubles))]
    blocks += [sheet.titles_note] if sheet.titles_note else []
    for part in sheet.parts:
        blocks += _part(part)
    if sheet.ahead:
        blocks.append(sheet.words.say("later.heading"))
        blocks += (_ahead(ahead, sheet.words) for ahead in sheet.ahead)
    if digest.record:
        record = lay_out_record(digest.record, language)
        blocks += [record.heading, record.summary]
    if sheet.topics:
        blocks.append(_lines(sheet.words.say("legend.heading"), *sheet.legend))
    return ("\n\n".join(blocks) + "\n").encode()


def _part(part: Part) -> list[str]:
    rows = (
        _lines(row.title, row.chinese_title, row.facts, row.taken, row.url or "")
        for row in part.rows
    )
    stories = [*(_topic(topic) for topic in part.topics), *rows]
    return [f"{part.name} {part.count} · {part.told}", *(stories or [part.nothing])]


def _ahead(ahead: Ahead, words: Messages) -> str:
    """The titles alone: all else is told above of each."""
    told = ((said, *(f"- {row.title}" for row in rows)) for said, rows in ahead.groups(words))
    return _lines(ahead.name, *chain.from_iterable(told))


def _topic(topic: Topic) -> str:
    places = " · ".join(
        f"{place.board_name} {place.rank_name} {place.move}".strip() for place in topic.places
    )
    title = f"{topic.number}. {topic.title}"
    told = (topic.why, topic.outlook, topic.taken, topic.bond, topic.parts_told)
    return _lines(title, topic.chinese_title, *told, places, topic.url or "")


def _lines(*lines: str) -> str:
    return "\n".join(filter(None, lines))
