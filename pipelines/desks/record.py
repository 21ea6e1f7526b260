"""What a desk was told so far, as the gate asks for it: of a ledger on disk, or of a trial in memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from pipelines.desks.message import Kind
from pipelines.desks.telling import Decided, Held, Outgoing, Silence, Telling

COUNTED = frozenset({Kind.NEW, Kind.BACK, Kind.UPDATE})
"""Kinds of messages that a budget counts."""


SILENCED = "silenced"
"""The gate whose stories no message tells later."""


class Record(Protocol):
    """A desk's past. Instants are aware UTC; tellings come in the order in which they were decided."""

    def heard_at(self) -> datetime | None:
        """The newest instant at which the desk listened; None before the first."""

    def tellings_of(self, ids: frozenset[int]) -> Sequence[Telling]:
        """All that was ever decided of a story, by any id of its."""

    def waiting(self) -> Sequence[Telling]:
        """The tellings that no message has delivered yet."""

    def tellings_between(self, since: datetime, until: datetime) -> Sequence[Telling]:
        """The tellings decided from ``since`` on and before ``until``."""

    def sent_since(self, since: datetime) -> Sequence[Outgoing]:
        """The messages that a budget counts and that were decided from ``since`` on."""

    def digest_until(self, digest: str) -> datetime | None:
        """The end of the span that a digest told last; None before its first."""

    def silenced_between(self, since: datetime, until: datetime) -> int:
        """How many stories a silence kept back from ``since`` on and before ``until``."""

    def was_held(self, topic_id: int, gate: str) -> bool:
        """Whether a gate kept a story back before."""

    def silences(self, at: datetime) -> Sequence[Silence]:
        """The silences that hold at an instant."""


class RecordInMemory:
    """A record that a trial on the past fills; it holds all that one desk was told."""

    def __init__(self, silences: Iterable[Silence] = ()) -> None:
        self.tellings: list[Telling] = []
        self.outgoing: list[Outgoing] = []
        self.held: list[Held] = []
        self._silences = tuple(silences)
        self._heard_at: datetime | None = None
        self._of: dict[int, list[Telling]] = defaultdict(list)
        self._waiting: dict[str, Telling] = {}
        self._digests: dict[str, datetime] = {}
        self._gates: set[tuple[int, str]] = set()

    def keep(self, decided: Decided) -> None:
        """Take what a tick decided."""
        self._heard_at = decided.at
        for telling in decided.tellings:
            self.tellings.append(telling)
            self._waiting[telling.id] = telling
            for known in telling.ids:
                self._of[known].append(telling)
        for outgoing in decided.outgoing:
            self.outgoing.append(outgoing)
            for told in outgoing.telling_ids:
                self._waiting.pop(told, None)
        for held in decided.held:
            self.held.append(held)
            self._gates.add((held.topic_id, held.gate))
        for closed in decided.closed:
            self._digests[closed.digest] = closed.covered.until

    def heard_at(self) -> datetime | None:
        return self._heard_at

    def tellings_of(self, ids: frozenset[int]) -> Sequence[Telling]:
        found = {telling.id: telling for known in ids for telling in self._of.get(known, ())}
        return sorted(found.values(), key=lambda telling: (telling.at, telling.id))

    def waiting(self) -> Sequence[Telling]:
        return list(self._waiting.values())

    def tellings_between(self, since: datetime, until: datetime) -> Sequence[Telling]:
        return [telling for telling in self.tellings if since <= telling.at < until]

    def sent_since(self, since: datetime) -> Sequence[Outgoing]:
        found = []
        for outgoing in reversed(self.outgoing):
            if outgoing.message.at < since:
                break
            if outgoing.message.kind in COUNTED:
                found.append(outgoing)
        return found[::-1]

    def digest_until(self, digest: str) -> datetime | None:
        return self._digests.get(digest)

    def silenced_between(self, since: datetime, until: datetime) -> int:
        return sum(since <= held.at < until for held in self.held if held.gate == SILENCED)

    def was_held(self, topic_id: int, gate: str) -> bool:
        return (topic_id, gate) in self._gates

    def silences(self, at: datetime) -> Sequence[Silence]:
        return [silence for silence in self._silences if silence.since <= at < silence.until]
