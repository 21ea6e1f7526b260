"""What a desk is told in one message: frozen when it was decided, whatever comes after."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipelines.clock import SHANGHAI
from pipelines.desks.stories import Expected


class Kind(StrEnum):
    """Why a message goes out."""

    NEW = "new"
    BACK = "back"
    UPDATE = "update"
    CORRECTION = "correction"
    DIGEST = "digest"
    OVERFLOW = "overflow"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Place:
    """A list that the story stood on then; ``rank_before``: its rank there half an hour to an hour and a half
    earlier, None where it was not there or none is known."""

    board: str
    name_zh: str
    name_en: str
    rank: int
    rank_before: int | None = None


@dataclass(frozen=True, slots=True)
class RuleHit:
    """A rule that took the story, and the words of the title that it took it by, as printed."""

    rule_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a story since the desk heard of it last: ``code`` is lists, rank or chance."""

    code: str
    before: float | None
    now: float


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as a message tells it: ``kind`` is why. ``places`` by rank; ``flags``: what to verify first."""

    topic_id: int
    kind: Kind
    title: str
    url: str | None
    category: str | None
    first_seen_at: datetime
    first_board: str
    first_name_zh: str
    first_name_en: str
    places: tuple[Place, ...]
    rules: tuple[RuleHit, ...]
    expected: Expected | None = None
    changes: tuple[Change, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """The span that a digest tells: from ``since`` on, before ``until``."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a desk; alerts of one instant go together, and its kind is theirs where they share it,
    else new. ``more``: stories that it counts and does not tell; ``held_count``: stories that a silence kept
    back in the span that it covers. Instants are aware UTC; ``zone`` is the desk's."""

    desk: str
    desk_title: str
    kind: Kind
    at: datetime
    stories: tuple[ToldStory, ...]
    is_breaking: bool = False
    covered: Covered | None = None
    more: int = 0
    held_count: int = 0
    unread_lists: tuple[str, ...] = ()
    zone: ZoneInfo = SHANGHAI
