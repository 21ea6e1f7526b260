"""One round of a desk's gate while it is being decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pipelines.desks.desk import Desk
from pipelines.desks.hours import day_begins, is_quiet
from pipelines.desks.message import Kind, Message, ToldStory
from pipelines.desks.record import COUNTED, Record
from pipelines.desks.telling import Closed, Decided, Held, Outgoing, Telling

HOUR = timedelta(hours=1)

SHOWN = 12
"""Stories that a message of many tells; the others it counts."""

SHORTENED = frozenset({Kind.DIGEST, Kind.OVERFLOW, Kind.QUIET})


@dataclass(slots=True)
class Tick:
    """What a desk decides at an instant (aware UTC), from what its record holds of the ones before."""

    desk: Desk
    record: Record
    at: datetime
    tellings: list[Telling] = field(default_factory=list)
    outgoing: list[Outgoing] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)

    @property
    def is_quiet(self) -> bool:
        """Whether the desk wants quiet now."""
        return is_quiet(self.desk.quiet, self.at, self.desk.zone)

    @property
    def today(self) -> datetime:
        """The beginning of the desk's day."""
        return day_begins(self.at, self.desk.zone)

    def sent_since(self, since: datetime) -> list[Outgoing]:
        """The messages that a budget counts from ``since`` on, those of this tick too."""
        of_now = [each for each in self.outgoing if each.message.kind in COUNTED]
        return [*self.record.sent_since(since), *of_now]

    def is_hour_spent(self) -> bool:
        """Whether the budget of an hour is used up."""
        per_hour = self.desk.budget.per_hour
        return per_hour is not None and len(self.sent_since(self.at - HOUR)) >= per_hour

    def tell(self, tellings: Sequence[Telling]) -> None:
        """Send tellings that wait for nothing, to the channels that they share, in one message."""
        kinds = {telling.kind for telling in tellings}
        kind = kinds.pop() if len(kinds) == 1 else Kind.NEW
        message = self.message(
            kind,
            tuple(telling.story for telling in tellings),
            all(telling.is_breaking for telling in tellings),
        )
        told = tuple(telling.id for telling in tellings)
        self.outgoing.append(Outgoing(told[0], message, tellings[0].channels, told))

    def message(
        self, kind: Kind, stories: tuple[ToldStory, ...], is_breaking: bool = False
    ) -> Message:
        """A message of the desk; of many stories the first are told and the others counted."""
        return Message(
            desk=self.desk.name,
            desk_title=self.desk.title,
            kind=kind,
            at=self.at,
            stories=stories[:SHOWN] if kind in SHORTENED else stories,
            is_breaking=is_breaking,
            zone=self.desk.zone,
            more=max(len(stories) - SHOWN, 0) if kind in SHORTENED else 0,
        )

    def decided(self) -> Decided:
        """What is to be kept, whole or not at all."""
        return Decided(
            self.at,
            tuple(self.tellings),
            tuple(self.outgoing),
            tuple(self.held),
            tuple(self.closed),
        )
