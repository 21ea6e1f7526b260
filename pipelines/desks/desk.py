"""A desk: one team's words, quiet hours, budgets and channels over the one collection."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from zoneinfo import ZoneInfo

from pipelines.forecast.stages import Stage
from pipelines.language import Language


@dataclass(frozen=True, slots=True)
class Word:
    """A term as a person writes it: 芯片, mac*, =AMD, "new york"; what it hits stands in terms.py."""

    written: str


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand in one title with at most ``within`` characters from the first to the last of them."""

    words: tuple[Word, ...]
    within: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression in the syntax of RE2, which never takes longer than the title is long."""

    written: str


Term = Word | Near | Pattern


@dataclass(frozen=True, slots=True)
class Where:
    """Which lines of lists count; nothing said means all. Boards by name, categories by their codes."""

    boards: frozenset[str] = frozenset()
    not_boards: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()

    def takes(self, board: str) -> bool:
        """Whether lines of a list count."""
        return board not in self.not_boards and (not self.boards or board in self.boards)

    def takes_category(self, category: str | None) -> bool:
        """Whether stories of a category count; those of none, which nobody knows, only where all do."""
        return not self.categories or category in self.categories


ANYWHERE = Where()
"""Where a desk or a rule says nothing: every line counts."""


@dataclass(frozen=True, slots=True)
class When:
    """How far a story has to have come before a desk hears of it.

    ``chance``: of the top ten of some list within three hours, 0 to 1; ``boards``: lists that it stands on;
    ``rank``: its best rank now, or better; ``stages``: what is expected of it. ``needs_all``: each of them
    and not only one.
    """

    chance: float | None = None
    boards: int | None = None
    rank: int | None = None
    stages: frozenset[Stage] = frozenset()
    needs_all: bool = False


MATERIAL = When(boards=2, rank=10)
"""Where a rule says nothing: a story that reached the top ten of a list, or a second list."""


class Urgency(StrEnum):
    """How a rule sends: at once, at once outside quiet hours, or with the next digest."""

    BREAKING = "breaking"
    ALERT = "alert"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Send:
    """How a rule's stories go out. ``per_day``: messages of this rule alone in a day of the desk's zone;
    ``wakes``: a breaking one passes quiet hours; ``channels``: by name, all of the desk's where empty."""

    urgency: Urgency = Urgency.ALERT
    per_day: int | None = None
    wakes: bool = False
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a desk watches for: ``any_of`` or ``all_of`` the terms in one title that is free of ``none_of``.

    ``aliases``: other words for a word, which stand for it wherever the rule says it.
    """

    id: str
    any_of: tuple[Term, ...] = ()
    all_of: tuple[Term, ...] = ()
    none_of: tuple[Term, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    where: Where = ANYWHERE
    when: When = MATERIAL
    send: Send = Send()


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From ``begins`` until ``ends`` by the desk's clock, over midnight where it ends earlier."""

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Budget:
    """How many messages that tell of one story may go in an hour and in a day; None is without end.

    More are told together in one message, with their count.
    """

    per_hour: int | None = None
    per_day: int | None = None


@dataclass(frozen=True, slots=True)
class DigestTime:
    """A digest ``at`` a time of the desk's day: over what was told since the one before, or over a window."""

    at: time
    window: "Window | None" = None
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """From ``begins`` until the next ``ends`` after it, the newest such span that is over at the digest.

    Yesterday is (00:00, 00:00), nine to nine (09:00, 09:00).
    """

    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """A way to a chat or a mailbox. ``secret`` and ``sign`` name variables of the environment, which hold
    an address with its key, and the key of the signature; neither is ever stored."""

    name: str
    kind: str
    secret: str
    sign: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desk:
    """One file of ``desks/``, read. ``version`` is a hash of its text: what was told names it."""

    name: str
    title: str
    zone: ZoneInfo
    language: Language
    rules: tuple[Rule, ...]
    version: str
    where: Where = ANYWHERE
    none_of: tuple[Term, ...] = ()
    quiet: tuple[QuietHours, ...] = ()
    budget: Budget = Budget()
    digests: tuple[DigestTime, ...] = ()
    channels: tuple[ChannelSettings, ...] = ()
