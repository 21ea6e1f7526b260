"""A way to a chat or a mailbox: what it is given, what it answers, and what may be tried again."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar

from fengkou.errors import FengkouError
from pipelines.desks.message import Message
from pipelines.desks.pacing import Pace
from pipelines.desks.render.told import StoryLinks, Told, tell
from pipelines.language import Language


class ChannelError(FengkouError):
    """A channel that cannot be used as its desk describes it."""


class Failure(StrEnum):
    """Why a message was not taken."""

    WRONG_KEY = "wrong_key"
    WRONG_SIGNATURE = "wrong_signature"
    KEYWORD = "keyword"
    CONTENT = "content"
    BLOCKED = "blocked"
    TOO_LONG = "too_long"
    TOO_FAST = "too_fast"
    BAD_ANSWER = "bad_answer"
    UNREACHABLE = "unreachable"
    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"


MINUTE = timedelta(minutes=1)

TRIED_AGAIN: Mapping[Failure, tuple[timedelta, ...]] = {
    Failure.WRONG_KEY: (),
    Failure.WRONG_SIGNATURE: (),
    Failure.KEYWORD: (),
    Failure.CONTENT: (),
    Failure.BLOCKED: (),
    Failure.TOO_LONG: (),
    Failure.TOO_FAST: (MINUTE, 10 * MINUTE, 10 * MINUTE, 30 * MINUTE, 60 * MINUTE),
    Failure.BAD_ANSWER: (MINUTE, 10 * MINUTE),
    Failure.UNREACHABLE: (MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE),
    Failure.UNANSWERED: (MINUTE,),
    Failure.UNKNOWN: (10 * MINUTE,),
}
"""The waits before each further try; none where only a person can mend it. A service that says how long it
wants to be left alone is left alone for longer (``Answer.after``)."""

ADVICE: Mapping[Failure, str] = {
    Failure.WRONG_KEY: "Copy the address of the hook anew into the variable that the channel names.",
    Failure.WRONG_SIGNATURE: "Copy the signing secret anew, and see that this machine's clock is right.",
    Failure.KEYWORD: "Set the channel's option keyword to the word that the robot asks for.",
    Failure.CONTENT: "Nothing: the service carries no such words or links. Read it in another channel.",
    Failure.BLOCKED: "Add this machine's address to those that the robot allows.",
    Failure.TOO_LONG: "Report it: a part was longer than the service takes.",
    Failure.TOO_FAST: "Nothing: it is sent later. If it comes often, let nobody else use that hook.",
    Failure.BAD_ANSWER: "Look at the address, and at the proxy between: what answered is not the service.",
    Failure.UNREACHABLE: "Nothing: it is sent later. If it lasts, look at the network and the address.",
    Failure.UNANSWERED: "Look into the chat: it may be there. It is sent once more, marked as such.",
    Failure.UNKNOWN: "Read what the service said, and look it up in its manual.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a part. ``failure`` is None where the service took it; ``code`` and ``said`` are the
    service's own, without the address and keys. ``may_have_arrived``: of a failure that does not say that
    nothing was delivered. ``after``: how long the service wants to be left alone."""

    failure: Failure | None
    code: str = ""
    said: str = ""
    may_have_arrived: bool = False
    after: timedelta | None = None

    @property
    def is_sent(self) -> bool:
        return self.failure is None


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a message, the ``number``-th of ``count``. ``payload`` is JSON and holds no key;
    ``size``: bytes, as the service counts them."""

    number: int
    count: int
    payload: Mapping[str, Any]
    size: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a service takes. ``size``: bytes of a part; ``counts``: what of it they are; ``block``: how long
    it takes nothing once it was asked too often, None where it says so itself or not at all."""

    size: int
    counts: str
    pace: Pace = field(default_factory=Pace)
    block: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a code of a service means. ``says``: of a code with several, what the text of this one holds."""

    failure: Failure
    meaning: str
    says: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """A kind of channel for those who set one up: ``secret`` and ``sign``: what the variables hold;
    ``options``: each with its meaning."""

    title: str
    secret: str
    sign: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """A channel's settings with what the environment holds for it, which no text of it tells."""

    name: str
    secret: str = field(repr=False)
    sign: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)


class Channel(ABC):
    """A channel of a desk. ``refusals``: what codes of the service mean, as answers tell them; of a code with
    several meanings the first holds whose text is said."""

    about: ClassVar[About]
    limits: ClassVar[Limits]
    refusals: ClassVar[Mapping[str, tuple[Refusal, ...]]] = {}

    def __init__(self, setup: Setup) -> None:
        """Raises ChannelError where it cannot be used so."""
        self.setup = setup

    def parts(
        self,
        message: Message,
        language: Language,
        links: Mapping[int, StoryLinks] | None = None,
        *,
        is_again: bool = False,
    ) -> tuple[Part, ...]:
        """The message as requests of it, in order: each within the limits, the first with the decision.

        ``links``: of stories, by their id. ``is_again``: marks what may have arrived already.
        """
        return self.write(tell(message, language, links or {}, is_again=is_again), language)

    @abstractmethod
    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        """What was put in words, as requests."""

    @abstractmethod
    def send(self, part: Part, at: datetime) -> Answer:
        """Send a part; ``at`` is now, which signatures tell. Raises nothing of what a service does."""
