"""The record: what was called, what came of it, what was missed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipelines.language import Language


class CallVerdict(StrEnum):
    """What came of a call, or what was not called.

    RIGHT: it came to the top ten within three hours of the call. LATE: it came after. WRONG: it did not.
    OPEN: its three hours are not over. UNKNOWN: the list was not seen enough to tell. MISSED: it came,
    and a forecast before gave it less than a call asks. UNSEEN: it came before any forecast was made of it.
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
        return language.choose(self.name_zh, self.name_en)


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
