"""What a desk is to hear of a story: decided once, kept for ever, told at once or with others later."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pipelines.desks.levels import Standing
from pipelines.desks.message import Covered, Kind, Message, ToldStory


class Wait(StrEnum):
    """What a telling waits for, where it does not go at once."""

    QUIET = "quiet"
    HOUR = "hour"
    DAY = "day"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Telling:
    """A story that a desk is to hear of, as it stood at ``at`` (aware UTC).

    ``ids``: every id by which it was known then; ``wait``: None where it goes at once; ``channels``: by
    name.
    """

    id: str
    ids: frozenset[int]
    kind: Kind
    at: datetime
    story: ToldStory
    standing: Standing
    rules: tuple[str, ...]
    channels: tuple[str, ...]
    wait: Wait | None
    is_breaking: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message, for whom, and which tellings it delivers. ``id`` is the same whenever it is decided."""

    id: str
    message: Message
    channels: tuple[str, ...]
    telling_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A story that a rule took and that a gate kept back: from when on, and what was lacking."""

    topic_id: int
    title: str
    gate: str
    at: datetime
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Closed:
    """A digest's span that is told, or was empty: the next begins where it ends."""

    digest: str
    covered: Covered


class Scope(StrEnum):
    """What a silence is of."""

    RULE = "rule"
    STORY = "story"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing of a rule, a story or a word from ``since`` until ``until``; ``by`` is who asked for it."""

    scope: str
    value: str
    since: datetime
    until: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What one tick decided, to be kept whole or not at all."""

    at: datetime
    tellings: tuple[Telling, ...] = ()
    outgoing: tuple[Outgoing, ...] = ()
    held: tuple[Held, ...] = ()
    closed: tuple[Closed, ...] = ()
