"""Which of the words found in titles are known at an instant: those found by then that nobody struck."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import merge

from pipelines.text.tokens import Cutter


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A word found in titles; it is known from ``found_at`` (naive UTC) on."""

    token: str
    found_at: datetime
    part_of_speech: str


@dataclass(frozen=True, slots=True)
class StruckWord:
    """A word that a person struck: it is none from one instant (naive UTC) up to another, None for ever."""

    token: str
    from_at: datetime
    until_at: datetime | None

    def holds_at(self, at: datetime) -> bool:
        return self.from_at <= at and (self.until_at is None or self.until_at > at)


class KnownWords:
    """Teaches a cutter, from instant to instant, what is known for a word; instants are asked in order."""

    def __init__(
        self, cutter: Cutter, found: Iterable[FoundWord], struck: Iterable[StruckWord]
    ) -> None:
        self._cutter = cutter
        self._tags = {word.token: word.part_of_speech for word in found}
        self._found_at = {word.token: word.found_at for word in found}
        self._struck = list(struck)
        ends = sorted(
            (at, word.token)
            for word in self._struck
            for at in (word.from_at, word.until_at)
            if at is not None
        )
        begun = sorted((at, token) for token, at in self._found_at.items())
        self._changes = merge(begun, ends)
        self._next = next(self._changes, None)

    def at(self, instant: datetime) -> Cutter:
        """The cutter as of an instant, which is no earlier than the last that was asked for."""
        while self._next and self._next[0] <= instant:
            at, token = self._next
            self._teach(token, at)
            self._next = next(self._changes, None)
        return self._cutter

    def _teach(self, token: str, at: datetime) -> None:
        found_at = self._found_at.get(token)
        is_struck = any(word.token == token and word.holds_at(at) for word in self._struck)
        if is_struck:
            self._cutter.strike(token)
        elif found_at is not None and found_at <= at:
            self._cutter.learn(token, self._tags[token])
        else:
            self._cutter.release(token)
