"""What a digest is made of.

Every instant is an aware ``datetime``; what people read is shown in Asia/Shanghai by
``pipelines.digest.render``. Nothing here knows a format, a clock or a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias

from pipelines.boards.standing import ListStanding, Verdict
from pipelines.forecast.record import Record
from pipelines.forecast.stages import Stage
from pipelines.language import Language

Moment: TypeAlias = Literal["evening", "morning"]
"""A time to come, for which somebody plans now."""

BondKind: TypeAlias = Literal["entry", "same", "words", "chain", "pairs"]
"""What holds for all of several titles: one line's entry bore them; they differ by signs alone; each has the
same words; each has one of a few words, which meet in some; each shares a word with another."""


class Period(StrEnum):
    """How much time a digest covers."""

    HOUR = "hour"
    DAY = "day"


class Section(StrEnum):
    """Where a story stands in a digest: where it matters most to who decides now, in that order.

    BURST: new, and on top of a list. RISING: on top of none, likely to be.
    TOP: on top of a list. BACK: away from all lists for twelve hours, and here again. FADING: was on top of a
    list lately, is no more. DAY: the day's biggest that are none of these now.
    """

    BURST = "burst"
    RISING = "rising"
    TOP = "top"
    BACK = "back"
    DAY = "day"
    FADING = "fading"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a topic stands on one board; ``_before`` means about an hour before, ``minutes_before`` in truth.

    ``since_at`` is the start of the present stay, ``seen_at`` the last snapshot with it. ``rank``
    is None for pinned and paid lines, ``rank_before`` where it had no rank or none is known, and
    ``best_rank`` is the smallest rank of the stay. ``heat`` is the board's own number, in
    ``heat_unit``, and compares with nothing but the same board's ``heat_before``.
    """

    board: str
    name_zh: str
    name_en: str
    title: str
    url: str | None
    since_at: datetime
    seen_at: datetime
    rank: int | None = None
    list_length: int | None = None
    rank_before: int | None = None
    minutes_before: float | None = None
    best_rank: int | None = None
    heat: float | None = None
    heat_before: float | None = None
    heat_unit: str | None = None

    def name(self, language: Language) -> str:
        return language.choose(self.name_zh, self.name_en)


@dataclass(frozen=True, slots=True)
class TracePoint:
    """A topic's rank on one board at one snapshot; None where the snapshot did not hold it."""

    at: datetime
    board: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of a topic on the list where it has the best chance.

    ``chances`` are those of the top ten within one, three and six hours, None where it was there already;
    ``spread_chance`` is that of three lists within six hours, None on three already. Peak rank and minutes
    left are the median between the 10th and the 90th hundredth; ``peak_heat_share`` is the share of the
    list's topics that peaked at less heat, None without heat. ``stay_chances`` are those of being on a list
    still after each of ``rules.STAY_MINUTES``, None of old forecasts. ``is_honest`` says that the
    model knew nothing later than the digest's instant.
    """

    stage: Stage
    board: str
    name_zh: str
    name_en: str
    rank: int
    peak_rank: tuple[float, float, float]
    minutes_left: tuple[float, float, float]
    chances: tuple[float, float, float] | None = None
    spread_chance: float | None = None
    peak_heat_share: float | None = None
    stay_chances: tuple[float, ...] | None = None
    model_id: str = ""
    is_honest: bool = True

    @property
    def chance(self) -> float:
        """The chance of the top ten within three hours; 0 where it was there already."""
        return self.chances[1] if self.chances else 0.0

    def name(self, language: Language) -> str:
        """The list's name, its identifier where no name is known."""
        return language.choose(self.name_zh, self.name_en) or self.board


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a story: a code, and the figures that it is told with; true of the story as a whole.

    ``board`` is the list that it speaks of, None where of none; ``figures`` are counts, ranks, minutes, and
    shares from 0 to 1.
    """

    code: str
    figures: Mapping[str, float] = field(default_factory=dict)
    board: str | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """A story's way so far: all its lines on all lists, as far as was known.

    ``list_count`` and ``best_*`` are of the digest's day, whatever the period; ``present_since_at`` begins
    the time without twelve hours away from all lists; ``left_at`` is when it was last seen, None while it
    is listed. ``unread_since`` stands instead of it where a list that had it was not read since.
    """

    first_seen_at: datetime
    present_since_at: datetime
    list_count: int
    best_rank: int
    best_at: datetime
    best_board: str
    left_at: datetime | None = None
    unread_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenBy:
    """A rule of a desk that takes a story, and the words of a title, as printed, that it takes it by; that
    title, clean, and the list that printed it."""

    rule_id: str
    words: tuple[str, ...]
    title: str
    board: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """A story in one line: what it is called, and its life; ``latin_title`` is as that of a card, as is
    ``taken_by``."""

    section: Section
    topic_id: int
    title: str
    url: str | None
    life: Life
    category: str | None = None
    latin_title: str | None = None
    taken_by: tuple[TakenBy, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """What is likely still on lists at an instant to come, the likeliest first: topics that have a card or
    line.

    ``likely`` are those whose median time left reaches to it, ``possible`` those of whom the 90th hundredth
    does.
    """

    code: Moment
    at: datetime
    likely: tuple[StoryLine, ...]
    possible: tuple[StoryLine, ...]


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word as titles of a card print it, and how many of them do."""

    word: str
    title_count: int


@dataclass(frozen=True, slots=True)
class Bond:
    """What makes one story of a card's titles: true of all that lists printed of those that it shows.

    ``kind`` is None where none holds. ``span_minutes`` lie between the first sights of the titles, None over
    more than a day. ``least_chance`` (0 to 1) is how sure the rule was of the item that it was least sure of
    when it came, None where the rule brought none; ``hand_count`` came by people's word.
    """

    title_count: int
    kind: BondKind | None
    words: tuple[SharedWord, ...]
    span_minutes: float | None
    hand_count: int
    least_chance: float | None


@dataclass(frozen=True, slots=True)
class OtherPart:
    """Another topic of a card's storyline that was on a list in the two days before the digest.

    ``title`` and ``latin_title`` are as those of a card, and its own where the digest tells of it;
    ``first_seen_at`` is when it came.
    """

    topic_id: int
    title: str
    first_seen_at: datetime
    latin_title: str | None = None


@dataclass(frozen=True, slots=True)
class TopicCard:
    """One topic of a digest; ``placements`` and ``keywords`` come in the order of showing.

    ``title`` is the clearest of its titles that stand on lists; ``older_titles`` are others that it had,
    the newest first. ``latin_title`` is what a list calls it in Latin letters now, where its title is
    Chinese; else None. ``outlook`` is None where nothing is expected of it: it has left all lists,
    or stands on none that is forecast. ``category`` is one of ``pipelines.topics.cards.CATEGORIES``, None
    where nothing tells it. ``former_ids`` are the topics that were merged into it: digests before named it
    so. ``bond`` is None of a card with a single title. ``storyline_id`` is None of what is part of no bigger
    story; ``other_parts`` are some of its other topics, the newest first. ``taken_by`` tells in the digest of
    a desk which of its rules take the story, in the order of its file; of all others it is empty.
    """

    topic_id: int
    section: Section
    title: str
    url: str | None
    life: Life
    placements: tuple[Placement, ...]
    keywords: tuple[str, ...]
    claims: tuple[Claim, ...]
    outlook: Outlook | None = None
    older_titles: tuple[str, ...] = ()
    trace: tuple[TracePoint, ...] = ()
    category: str | None = None
    former_ids: tuple[int, ...] = ()
    latin_title: str | None = None
    bond: Bond | None = None
    storyline_id: int | None = None
    other_parts: tuple[OtherPart, ...] = ()
    taken_by: tuple[TakenBy, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskHead:
    """The desk that a digest is of, by which text of its file (``version``), and of how many stories of the
    24 hours before its rules take one."""

    name: str
    title: str
    version: str
    taken_count: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """What is published for an hour or a day, [``since``, ``at``]; cards come by section, the best first.

    A story has a card or a line, never two. ``read_at`` is the newest capture of any list, None without
    one; ``quiet_since`` tells of a section without cards when a story last came to it, None where none did
    in the day. ``desk`` is None of the digest of all; one of a desk tells of what its rules take alone.
    """

    at: datetime
    since: datetime
    period: Period
    boards: tuple[ListStanding, ...]
    topics: tuple[TopicCard, ...]
    lines: tuple[StoryLine, ...] = ()
    later: tuple[Later, ...] = ()
    read_at: datetime | None = None
    quiet_since: Mapping[Section, datetime | None] = field(default_factory=dict)
    record: Record | None = None
    desk: DeskHead | None = None

    @property
    def names(self) -> Mapping[str, ListStanding | Placement]:
        """What tells the name of each list that is spoken of."""
        placed = {place.board: place for card in self.topics for place in card.placements}
        return placed | {standing.board: standing for standing in self.boards}

    def cards_of(self, section: Section) -> tuple[TopicCard, ...]:
        return tuple(card for card in self.topics if card.section is section)

    def lines_of(self, section: Section) -> tuple[StoryLine, ...]:
        return tuple(line for line in self.lines if line.section is section)

    @property
    def troubled(self) -> tuple[ListStanding, ...]:
        """The boards whose absence or age the reader must know of."""
        return tuple(board for board in self.boards if board.verdict is not Verdict.OK)
