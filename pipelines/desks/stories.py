"""A story as a desk sees it at an instant: what is matched, weighed and told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipelines.forecast.stages import Stage


@dataclass(frozen=True, slots=True)
class Line:
    """A title of a story on a list; ``title`` as it was printed there. ``rank`` is None where it has left.

    ``rank_before``: its rank there half an hour to an hour and a half earlier, None where it was not there.
    ``served_by`` and ``position`` name the line of the capture at ``seen_at`` that prints it.
    """

    title: str
    board: str
    item_id: int
    rank: int | None
    seen_at: datetime
    rank_before: int | None = None
    served_by: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Expected:
    """What the newest forecast said: chances, 0 to 1, of the top ten within one and three hours, None where
    it was there already; minutes that it is expected to stay."""

    stage: Stage
    board: str
    rank: int
    chance_1h: float | None
    chance_3h: float | None
    minutes_left: float


@dataclass(frozen=True, slots=True)
class DeskStory:
    """A topic at an instant, from what was known then; instants are aware UTC.

    ``former_ids``: every id by which it, or a topic that was merged into it by then, was known.
    ``lines``: each title on each list of the last three days, those that stand there now by rank, then the
    others. ``came_back_at``: when it came to a list again after three days on none; None where it did not.
    """

    topic_id: int
    former_ids: frozenset[int]
    headline: str
    category: str | None
    first_seen_at: datetime
    first_board: str
    lines: tuple[Line, ...]
    expected: Expected | None = None
    came_back_at: datetime | None = None

    @property
    def ids(self) -> frozenset[int]:
        """Every id by which it was ever told."""
        return self.former_ids | {self.topic_id}

    @property
    def boards(self) -> frozenset[str]:
        """The lists that it stands on now."""
        return frozenset(line.board for line in self.lines if line.rank is not None)

    @property
    def best_rank(self) -> int | None:
        """Its best rank now; None where it stands nowhere."""
        return min((line.rank for line in self.lines if line.rank is not None), default=None)

    @property
    def chance(self) -> float | None:
        """The chance of the top ten of a list within three hours."""
        return self.expected.chance_3h if self.expected else None


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a title, as printed, a term hit: characters from ``start`` up to ``end``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Why a rule took a story: the term as it is written in the desk's file, in which line, and where."""

    rule_id: str
    term: str
    line: Line
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """A story that at least one rule of a desk took; by each rule that did, one hit."""

    story: DeskStory
    hits: Mapping[str, Hit]
