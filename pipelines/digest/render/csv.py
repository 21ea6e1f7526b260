"""A digest as a spreadsheet: one row per topic and board, then one per story that is told in one line.

A topic that stands on no board is one row with empty board columns. What the digest lacks, a board or
every topic, is said once, in a last row of nothing but that and the time. Chances are hundredths with a
decimal and their sign, 0.4% too where a page says <1%: a spreadsheet reads all of them as numbers, which it
sorts and sums.
"""

import csv
import io
import math
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from pipelines.digest.contents import Digest, Life, Outlook, Placement, StoryLine, TopicCard
from pipelines.digest.render.layout import boards_note, no_topics, section_name
from pipelines.digest.render.numbers import heat_unit
from pipelines.digest.render.part_sentences import parts_in_words
from pipelines.digest.render.place_layout import board_name
from pipelines.digest.render.safe_text import plain, web_link
from pipelines.digest.render.story_layout import line_in_words, list_names, topic_title, why
from pipelines.digest.render.taken_sentences import taken_sentence
from pipelines.digest.render.wall_clock import shanghai
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.topics.short_id import short_id

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese as the machine's old code page
_FORMULA_SIGNS = frozenset("=+-@\u2212\t\r")  # U+2212 is the minus sign that input methods type

COLUMNS = (
    "section", "at", "topic_id", "topic", "stage", "chance_1h", "chance_3h", "chance_6h", "chance_spread_6h",
    "peak_rank", "minutes_left", "why", "other_parts", "first_seen_at", "list_count", "day_best_rank",
    "day_best_board", "day_best_at", "left_at", "unread_since", "keywords", "category", "board", "title",
    "rank", "rank_before", "best_rank", "heat", "heat_before", "heat_unit", "since_at", "seen_at", "url",
    "boards_note",
)  # fmt: skip
COLUMNS_OF_DESK = ("taken_by",)
"""What the digest of a desk has besides."""

_Row = dict[str, str | int | float | None]


def to_csv(digest: Digest, language: Language = Language.ZH) -> bytes:
    words = messages_in(language)
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    columns = (*COLUMNS, *(COLUMNS_OF_DESK if digest.desk else ()))
    sheet.writerow(words.say(f"column.{column}") for column in columns)
    for row in _rows(digest, language, words):
        sheet.writerow([_cell(row.get(column)) for column in columns])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def guarded(text: str) -> str:
    """Text that a spreadsheet cannot take for a formula; wide forms fold to plain ones in some."""
    first = unicodedata.normalize("NFKC", text[:1])[:1]
    return f"'{text}" if first and first in _FORMULA_SIGNS else text


def _cell(value: str | float | None) -> str | float | None:
    if isinstance(value, str):
        return guarded(value)
    return value if value is not None and math.isfinite(value) else None


def _rows(digest: Digest, language: Language, words: Messages) -> list[_Row]:
    names = list_names(digest, language)
    told = [
        _topic(card, digest, names, words) | place
        for card in digest.topics
        for place in [_place(p, language, words) for p in card.placements] or [{}]
    ]
    told += [_line(line, digest, names, words) for line in digest.lines]
    lacking = _lacking(digest, language, words)
    if lacking:
        told.append({"boards_note": lacking})
    at: _Row = {"at": _minute(digest.at)}
    return [at | row for row in told]


def _lacking(digest: Digest, language: Language, words: Messages) -> str:
    note = boards_note(digest, language)
    if not digest.topics:
        return words.say("join.sentences", first=no_topics(digest, words), next=note)
    return note if digest.troubled or not digest.boards else ""


def _line(line: StoryLine, digest: Digest, names: Mapping[str, str], words: Messages) -> _Row:
    told = line_in_words(line, digest.at, names, words)
    return {
        "section": words.say(f"section.{section_name(line.section, digest)}"),
        "topic_id": short_id(line.topic_id),
        "topic": plain(line.title) or told.title,
        "why": told.facts,
        "taken_by": told.taken or None,
        **_life(line.life, names),
        "category": told.category or None,
        "url": told.url,
    }


def _topic(card: TopicCard, digest: Digest, names: Mapping[str, str], words: Messages) -> _Row:
    return {
        "section": words.say(f"section.{section_name(card.section, digest)}"),
        "topic_id": short_id(card.topic_id),
        "topic": topic_title(card, words),
        **(_outlook(card.outlook, words) if card.outlook else {}),
        "why": why(card, names, words),
        "other_parts": _parts(card, digest, words),
        "taken_by": taken_sentence(card.taken_by, (card.title,), names, words) or None,
        **_life(card.life, names),
        "keywords": words.say("join.names").join(filter(None, map(plain, card.keywords))),
        "category": words.say(f"category.{card.category}") if card.category else None,
    }


def _parts(card: TopicCard, digest: Digest, words: Messages) -> str | None:
    """The other parts of its story and when they came; no card has a number here."""
    parts = parts_in_words(card.other_parts, digest.at, {}, words)
    told = (words.say("parts.part", time=part.time, title=part.title) for part in parts)
    return words.say("join.clause").join(told) or None


def _life(life: Life, names: Mapping[str, str]) -> _Row:
    return {
        "first_seen_at": _minute(life.first_seen_at),
        "list_count": life.list_count,
        "day_best_rank": life.best_rank,
        "day_best_board": names.get(life.best_board, life.best_board),
        "day_best_at": _minute(life.best_at),
        "left_at": _minute(life.left_at) if life.left_at else None,
        "unread_since": _minute(life.unread_since) if life.unread_since else None,
    }


def _outlook(outlook: Outlook, words: Messages) -> _Row:
    in_1h, in_3h, in_6h = outlook.chances or (None, None, None)
    return {
        "stage": words.say(f"stage.{outlook.stage}"),
        "chance_1h": _share(in_1h),
        "chance_3h": _share(in_3h),
        "chance_6h": _share(in_6h),
        "chance_spread_6h": _share(outlook.spread_chance),
        "peak_rank": round(outlook.peak_rank[1], 1),
        "minutes_left": round(outlook.minutes_left[1]),
    }


def _share(chance: float | None) -> str | None:
    return None if chance is None or not math.isfinite(chance) else f"{chance:.1%}"


def _place(placement: Placement, language: Language, words: Messages) -> _Row:
    return {
        "board": board_name(placement, language),
        "title": plain(placement.title),
        "rank": placement.rank,
        "rank_before": placement.rank_before,
        "best_rank": placement.best_rank,
        "heat": placement.heat,
        "heat_before": placement.heat_before,
        "heat_unit": heat_unit(placement.heat_unit, words),
        "since_at": _minute(placement.since_at),
        "seen_at": _minute(placement.seen_at),
        "url": web_link(placement.url),
    }


def _minute(at: datetime) -> str:
    return f"{shanghai(at):%Y-%m-%d %H:%M}"
