"""What a digest is made of, and the sentence that says why a topic is in it.

Every instant is an aware ``datetime``; what people read is shown in Asia/Shanghai by
``pipelines.digest.render``. Nothing here knows a format, a clock or a file.
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


class Stage(StrEnum):
    """Where a topic is in its life, by what is expected of it."""

    BUDDING = "budding"
    RISING = "rising"
    BURSTING = "bursting"
    PEAK = "peak"
    FADING = "fading"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of a topic on the list where it has the best chance.

    ``chances`` are those of the top ten within one, three and six hours, None where it was there
    already; ``spread_chance`` is that of three lists within six hours, None on three already. Peak
    rank and minutes left are the median between the 10th and the 90th hundredth; ``peak_heat_share``
    is the share of the list's topics that peaked at less heat, None without heat. ``is_honest`` says
    that the model knew nothing later than the digest's instant.
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
    model_id: str = ""
    is_honest: bool = True

    @property
    def chance(self) -> float:
        """The chance of the top ten within three hours; 0 where it was there already."""
        return self.chances[1] if self.chances else 0.0

    def name(self, language: Language) -> str:
        """The list's name, its identifier where no name is known."""
        return (self.name_zh if language is Language.ZH else self.name_en) or self.board


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a topic is in the digest: what weighed most in its forecast, as a sentence of each language."""

    board_count: int
    is_new: bool = False
    sentence_zh: str = ""
    sentence_en: str = ""
    rank_gain: int | None = None
    over_minutes: int | None = None

    def sentence(self, language: Language) -> str:
        return self.sentence_zh if language is Language.ZH else self.sentence_en


@dataclass(frozen=True, slots=True)
class TopicCard:
    """One topic of a digest; ``placements`` and ``keywords`` come in the order of showing.

    ``title`` is its label, the clearest of the titles known at the digest's instant; ``category`` is one
    of ``pipelines.topics.cards.CATEGORIES``, None where nothing tells it.
    """

    topic_id: int
    title: str
    outlook: Outlook
    first_seen_at: datetime
    placements: tuple[Placement, ...]
    keywords: tuple[str, ...]
    reason: Reason
    trace: tuple[TracePoint, ...] = ()
    category: str | None = None


class CallVerdict(StrEnum):
    """What came of a call, or what was not called.

    RIGHT: it came to the top ten within three hours of the call. LATE: it came after. WRONG: it did not.
    OPEN: its three hours are not over. UNKNOWN: the list was not seen enough to tell. MISSED: it came,
    and a forecast before gave it less than one half. UNSEEN: it came before any forecast was made of it.
    """

    RIGHT = "right"
    LATE = "late"
    WRONG = "wrong"
    OPEN = "open"
    UNKNOWN = "unknown"
    MISSED = "missed"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class Call:
    """A stay on a list that was called, or that came to the top ten uncalled.

    ``chance`` and ``rank`` are those of the call; ``lead_minutes`` reach from it to the top ten.
    """

    title: str
    board: str
    name_zh: str
    name_en: str
    verdict: CallVerdict
    called_at: datetime | None = None
    chance: float | None = None
    rank: int | None = None
    top_at: datetime | None = None
    lead_minutes: float | None = None

    def name(self, language: Language) -> str:
        return self.name_zh if language is Language.ZH else self.name_en


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of about the same chance, and the share of them that came true."""

    forecast_count: int
    mean_chance: float
    reached_share: float


@dataclass(frozen=True, slots=True)
class Record:
    """How the forecasts of [``since``, ``until``) turned out, and those of the ``bins_days`` before.

    ``leads`` are the minutes that right calls of these days were ahead.
    """

    since: datetime
    until: datetime
    calls: tuple[Call, ...]
    bins: tuple[Bin, ...] = ()
    leads: tuple[float, ...] = ()
    bins_days: int = 0

    def of(self, *verdicts: CallVerdict) -> tuple[Call, ...]:
        """The calls that turned out so."""
        return tuple(call for call in self.calls if call.verdict in verdicts)


@dataclass(frozen=True, slots=True)
class Digest:
    """What is published for an hour or a day, [``since``, ``at``]; topics come best first."""

    at: datetime
    since: datetime
    period: Period
    boards: tuple[BoardStanding, ...]
    topics: tuple[TopicCard, ...]
    record: Record | None = None

    @property
    def troubled(self) -> tuple[BoardStanding, ...]:
        """The boards whose absence or age the reader must know of."""
        return tuple(board for board in self.boards if board.verdict is not Verdict.OK)
