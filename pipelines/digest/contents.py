"""What a digest is made of, and the sentence that says why a topic is in it.

Every instant is an aware ``datetime``; what people read is shown in Asia/Shanghai by
``pipelines.digest.render``. Nothing here knows a format, a clock or a file.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipelines.boards.standing import ListStanding, Verdict
from pipelines.forecast.explanation import Cause
from pipelines.forecast.record import Record
from pipelines.forecast.stages import Stage
from pipelines.language import Language


class Period(StrEnum):
    """How much time a digest covers."""

    HOUR = "hour"
    DAY = "day"


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
        return language.choose(self.name_zh, self.name_en) or self.board


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a topic is in the digest: what weighed most in its forecast, the strongest first.

    ``said_zh`` and ``said_en`` are what version 0.1 said of it; a forecast since has causes in their place.
    """

    board_count: int
    is_new: bool = False
    causes: tuple[Cause, ...] = ()
    rank_gain: int | None = None
    over_minutes: int | None = None
    said_zh: str | None = None
    said_en: str | None = None


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


@dataclass(frozen=True, slots=True)
class Digest:
    """What is published for an hour or a day, [``since``, ``at``]; topics come best first."""

    at: datetime
    since: datetime
    period: Period
    boards: tuple[ListStanding, ...]
    topics: tuple[TopicCard, ...]
    record: Record | None = None

    @property
    def troubled(self) -> tuple[ListStanding, ...]:
        """The boards whose absence or age the reader must know of."""
        return tuple(board for board in self.boards if board.verdict is not Verdict.OK)
