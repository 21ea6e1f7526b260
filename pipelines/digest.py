"""What a digest is made of, and the sentence that says why a topic is in it.

Every instant is an aware ``datetime``; what people read is shown in Asia/Shanghai by
``pipelines.render``. Nothing here knows a format, a clock or a file.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Language(StrEnum):
    """What a digest is written in; Chinese is the default everywhere."""

    ZH = "zh"
    EN = "en"


class Period(StrEnum):
    """How much time a digest covers."""

    HOUR = "hour"
    DAY = "day"


class Verdict(StrEnum):
    """How a board stands at the digest's instant; anything but OK is said at the digest's head.

    DEGRADED: its list is read, but is not what it usually is. STALE: the last good snapshot is older
    than its cadence allows, or its list rests too long. FAILED: the last fetch yielded no list, or
    another board's. MISSING: no list was landed for it in the digest's time.
    """

    OK = "ok"
    DEGRADED = "degraded"
    STALE = "stale"
    FAILED = "failed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class BoardStanding:
    """Whether a board could be read; ``reason``, and the same in Chinese, is empty when it could."""

    board: str
    name_zh: str
    name_en: str
    verdict: Verdict = Verdict.OK
    last_ok_at: datetime | None = None
    reason: str = ""
    reason_zh: str = ""

    def name(self, language: Language) -> str:
        return self.name_zh if language is Language.ZH else self.name_en

    def why(self, language: Language) -> str:
        """What is wrong, in that language where it is known in it."""
        return (self.reason_zh if language is Language.ZH else "") or self.reason


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a topic stands on one board; ``_before`` means one hour before the digest's instant.

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
    rank_before: int | None = None
    best_rank: int | None = None
    heat: float | None = None
    heat_before: float | None = None
    heat_unit: str | None = None

    def name(self, language: Language) -> str:
        return self.name_zh if language is Language.ZH else self.name_en


@dataclass(frozen=True, slots=True)
class TracePoint:
    """A topic's rank on one board at one snapshot; None where the snapshot did not hold it."""

    at: datetime
    board: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a topic is in the digest, in numbers.

    ``rank_gain`` is ranks climbed (negative: fallen) in ``over_minutes`` on the board that moved
    most; ``usual_gain`` is what as many minutes at this hour of day usually bring on that board.
    ``top_ten_chance`` is between 0 and 1; ``minutes_left`` is the expected time still on boards.
    """

    board_count: int
    is_new: bool = False
    board: str | None = None
    name_zh: str | None = None
    name_en: str | None = None
    rank_gain: int | None = None
    over_minutes: int | None = None
    usual_gain: float | None = None
    top_ten_chance: float | None = None
    expected_peak: int | None = None
    minutes_left: int | None = None

    def name(self, language: Language) -> str:
        """The board's name, its identifier where no name is known, or nothing."""
        name = self.name_zh if language is Language.ZH else self.name_en
        return name or self.board or ""


@dataclass(frozen=True, slots=True)
class TopicCard:
    """One topic of a digest; ``placements`` and ``keywords`` come in the order of showing."""

    topic_id: int
    title: str
    score: float
    first_seen_at: datetime
    placements: tuple[Placement, ...]
    keywords: tuple[str, ...]
    reason: Reason
    trace: tuple[TracePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What is published for an hour or a day, [``since``, ``at``]; topics come best first."""

    at: datetime
    since: datetime
    period: Period
    boards: tuple[BoardStanding, ...]
    topics: tuple[TopicCard, ...]

    @property
    def troubled(self) -> tuple[BoardStanding, ...]:
        """The boards whose absence or age the reader must know of."""
        return tuple(board for board in self.boards if board.verdict is not Verdict.OK)
