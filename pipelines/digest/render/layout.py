"""A digest with every value already put into words: what the page, the text and the feed share.

Strings here are plain (one line, no invisible marks) and cut for display, and links are http or
https; they are *not* escaped, which is each format's own affair.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain, islice, zip_longest

from pipelines.digest.contents import (
    Digest,
    Later,
    Period,
    Section,
)
from pipelines.digest.render.phrases import duration
from pipelines.digest.render.place_layout import board_name
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.story_layout import (
    Row,
    Topic,
    card_in_words,
    line_in_words,
    list_names,
)
from pipelines.digest.render.troubles import Trouble, troubles
from pipelines.digest.render.wall_clock import clock
from pipelines.digest.spans import SPAN
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.rules import PRESENT_HOURS
from pipelines.text.scripts import has_han

LEGEND = ("figures", "moves", "new")
MARKS_LEGEND = ("boxes", "chart", "heat")
"""What the figures mean: the first on the page and in a mail, the second of what a page alone shows."""

OF_NOW = frozenset({"rising", "fading", "listed", "listed_night"})
"""Names of sections whose stories of earlier that day nobody keeps: empty now says nothing of the day."""

URGENT = frozenset({Section.BURST, Section.RISING})


@dataclass(frozen=True, slots=True)
class Part:
    """A section in words: its cards, the stories that it tells in a line each, or why it has neither."""

    section: Section
    name: str
    told: str
    topics: tuple[Topic, ...]
    rows: tuple[Row, ...]
    nothing: str

    @property
    def is_urgent(self) -> bool:
        """Whether something may still be decided on it: its cards stand open."""
        return self.section in URGENT

    @property
    def count(self) -> int:
        return len(self.topics) + len(self.rows)


@dataclass(frozen=True, slots=True)
class Ahead:
    """An instant to come in words, and what will likely, or possibly, still be on lists then."""

    name: str
    likely: tuple[Row, ...]
    possible: tuple[Row, ...]

    def groups(self, words: Messages) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """What is said of stories, and those; of none where none will be there."""
        if not self.likely and not self.possible:
            yield words.say("later.none"), ()
        if self.likely:
            yield words.say("later.likely"), self.likely
        if self.possible:
            yield words.say("later.possible"), self.possible


@dataclass(frozen=True, slots=True)
class Sheet:
    """A digest in words."""

    words: Messages
    language: Language
    heading: str
    name: str
    span: str
    read_until: str
    boards_count: str
    boards_note: str
    troubles: tuple[Trouble, ...]
    titles_note: str
    parts: tuple[Part, ...]
    ahead: tuple[Ahead, ...]
    topic_count: str
    taken_note: str
    contents: str
    legend: tuple[str, ...]
    marks_legend: tuple[str, ...]

    @property
    def troubles_told(self) -> str:
        """What lists lack, in one sentence; empty where they lack nothing."""
        if not self.troubles:
            return ""
        told = self.words.say("join.clause").join(trouble.told for trouble in self.troubles)
        return told + self.words.say("join.stop")

    @property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(topic for part in self.parts for topic in part.topics)


def lay_out(digest: Digest, language: Language) -> Sheet:
    words = messages_in(language)
    name = _name(digest, words)
    span = f"{clock(digest.since, None)}–{clock(digest.at, digest.since)}"
    names = list_names(digest, language)
    parts = _parts(digest, names, language)
    return Sheet(
        words=words,
        language=language,
        heading=f"{words.say('digest.brand')} · {name}",
        name=name,
        span=words.say("join.aside", text=span, note=words.say("digest.time_zone")),
        boards_count=_boards_count(digest, words) + words.say("join.stop"),
        boards_note=boards_note(digest, language),
        read_until=_read_until(digest, words),
        troubles=troubles(digest, language),
        titles_note="" if language is Language.ZH else _titles_note(parts, words),
        parts=parts,
        contents=" · ".join(f"{part.name} {part.count}" for part in parts),
        ahead=tuple(_ahead(later, digest.at, names, words) for later in digest.later),
        topic_count=words.say("digest.topic_count", topics=len(digest.topics))
        if digest.topics
        else no_topics(digest, words),
        taken_note=_taken_note(digest, words),
        legend=tuple(words.say(f"legend.{line}") for line in LEGEND),
        marks_legend=tuple(words.say(f"legend.{line}") for line in MARKS_LEGEND),
    )


def _name(digest: Digest, words: Messages) -> str:
    """What it is called beside the brand: of which desk, and of an hour or a day."""
    period = words.say(f"digest.period.{digest.period}")
    return f"{cut(plain(digest.desk.title))} · {period}" if digest.desk else period


def no_topics(digest: Digest, words: Messages) -> str:
    """That it has no card."""
    return words.say("digest.no_topics_of_desk" if digest.desk else "digest.no_topics")


def _taken_note(digest: Digest, words: Messages) -> str:
    """How many stories a desk's rules take, and how many of them it tells; empty of the digest of all."""
    if digest.desk is None:
        return ""
    told = len(digest.topics) + len(digest.lines)
    return words.say("digest.taken", taken=digest.desk.taken_count, told=told)


def first_told(parts: Sequence[Part], count: int) -> tuple[Part, ...]:
    """The parts with ``count`` cards in all and no rows: the first card of each section, then the second, for
    what rises must not push out what is on top."""
    rounds = zip_longest(*(part.topics for part in parts))
    numbers = {topic.number for topic in islice(filter(None, chain(*rounds)), count)}
    cut_down = (
        replace(part, rows=(), topics=tuple(t for t in part.topics if t.number in numbers))
        for part in parts
    )
    return tuple(part for part in cut_down if part.topics)


def boards_note(digest: Digest, language: Language) -> str:
    """One line: how many boards are fine, and the name and verdict of each that is not."""
    words = messages_in(language)
    names = words.say("join.names").join(
        words.say(
            "join.aside",
            text=board_name(board, language),
            note=words.say(f"verdict.{board.verdict}"),
        )
        for board in digest.troubled
    )
    count = _boards_count(digest, words)
    told = f"{count}{words.say('join.colon')}{names}" if names else count
    return told + words.say("join.stop")


def _boards_count(digest: Digest, words: Messages) -> str:
    total, troubled = len(digest.boards), len(digest.troubled)
    if not total:
        return words.say("boards.none")
    if not troubled:
        return words.say("boards.all_fine", total)
    return words.say(
        "boards.some_fine",
        fine=words.say("boards.fine", total - troubled, total=total),
        troubled=words.say("boards.troubled", troubled),
    )


def _read_until(digest: Digest, words: Messages) -> str:
    if digest.read_at is None:
        return words.say("read.never")
    age = round((digest.at - digest.read_at) / timedelta(minutes=1))
    return words.say("read.until", time=clock(digest.read_at, digest.at), span=duration(age, words))


def _titles_note(parts: Sequence[Part], words: Messages) -> str:
    """How many of the titles who reads no Chinese cannot read."""
    titles = [topic.title for part in parts for topic in part.topics]
    titles += [row.title for part in parts for row in part.rows]
    chinese = sum(map(has_han, titles))
    return words.say("page.titles_note", chinese=chinese, total=len(titles)) if titles else ""


def _parts(digest: Digest, names: Mapping[str, str], language: Language) -> tuple[Part, ...]:
    words = messages_in(language)
    sections = _sections(digest)
    cards = chain.from_iterable(digest.cards_of(section) for section in sections)
    numbers = {card.topic_id: number for number, card in enumerate(cards, start=1)}
    parts = []
    for section in sections:
        name = section_name(section, digest)
        parts.append(
            Part(
                section=section,
                name=words.say(f"section.{name}"),
                told=words.say(f"section.{name}.told"),
                topics=tuple(
                    card_in_words(card, numbers, digest.at, names, language)
                    for card in digest.cards_of(section)
                ),
                rows=tuple(
                    line_in_words(line, digest.at, names, words)
                    for line in digest.lines_of(section)
                ),
                nothing=_nothing(section, digest, words),
            )
        )
    return tuple(parts)


def _sections(digest: Digest) -> list[Section]:
    """The sections that a page names, with something in them or nothing; an hour has no day to tell, but of a
    desk what else is listed."""
    has_day = digest.desk is not None or _tells_more_than_now(digest)
    return [section for section in Section if section is not Section.DAY or has_day]


def _tells_more_than_now(digest: Digest) -> bool:
    return digest.period is Period.DAY or digest.at - digest.since > SPAN[digest.period]


def section_name(section: Section, digest: Digest) -> str:
    """The key of a section's name: the hour digests of a morning tell the night, and those of a desk all that
    is listed."""
    if section is not Section.DAY or digest.period is Period.DAY:
        return section
    if digest.desk is None:
        return "night"
    return "listed_night" if _tells_more_than_now(digest) else "listed"


def _nothing(section: Section, digest: Digest, words: Messages) -> str:
    """Since when an empty section is empty, where that is known; while no list could be read nothing is."""
    if digest.read_at is None:
        return words.say("section.never_read")
    if digest.at - digest.read_at > timedelta(hours=PRESENT_HOURS):
        return words.say("section.unread", time=clock(digest.read_at, digest.at))
    quiet, of_whom = digest.quiet_since.get(section), "_of_desk" if digest.desk else ""
    if section_name(section, digest) in OF_NOW:
        return words.say(f"section.quiet_now{of_whom}")
    if quiet is None:
        return words.say(f"section.quiet_day{of_whom}")
    return words.say(f"section.quiet{of_whom}", time=clock(quiet, digest.at))


def _ahead(later: Later, at: datetime, names: Mapping[str, str], words: Messages) -> Ahead:
    return Ahead(
        name=words.say(f"later.{later.code}", time=clock(later.at, at)),
        likely=tuple(line_in_words(line, at, names, words) for line in later.likely),
        possible=tuple(line_in_words(line, at, names, words) for line in later.possible),
    )
