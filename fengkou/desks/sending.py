"""Sending what desks are to hear: each request is written down before it is made, and its outcome after.

Nothing is lost and nothing goes twice while processes live. One that is killed may have made one request of
which nobody knows: it is made again, marked.
"""

import fcntl
import hashlib
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fengkou.channels.channel import TRIED_AGAIN, Answer, Channel, ChannelError, Part
from fengkou.channels.from_desk import channel_for
from fengkou.channels.pacing import next_at
from fengkou.desks.store.database import Database
from fengkou.desks.store.queue import Delivery, Outcome, Queue, Request
from pipelines.desks.desk import Desk

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=2)
"""A sender waits so long for a service that wants to be left alone; the rest goes with the next round."""

LONGEST_SPAN = timedelta(hours=1)
"""No service counts requests over longer."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is (aware), and how to wait."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Sent:
    """What a sender did: parts taken and failed by channel, and how many deliveries are queued still.

    ``resent``: requests that may have arrived before, made again. ``is_busy``: another process sends.
    """

    taken: Mapping[str, int] = field(default_factory=dict)
    failed: Mapping[str, int] = field(default_factory=dict)
    resent: int = 0
    left: int = 0
    is_busy: bool = False


class Sender:
    """Sends the queue of a ledger through the channels of the desks that run."""

    def __init__(
        self,
        database: Database,
        desks: Sequence[Desk],
        environment: Mapping[str, str],
        clock: Clock = Clock(),
    ) -> None:
        self._queue = Queue(database)
        self._lock = database.file.with_suffix(".sending")
        self._desks = {desk.name: desk for desk in desks}
        self._environment = environment
        self._clock = clock
        self._channels: dict[tuple[str, str], Channel] = {}
        self._taken: Counter[str] = Counter()
        self._failed: Counter[str] = Counter()
        self._resent = 0

    def send(self, patience: timedelta = PATIENCE) -> Sent:
        """Send what is queued; waits for services at most ``patience`` in all."""
        with _alone(self._lock) as is_alone:
            if not is_alone:
                return Sent(is_busy=True)
            self._queue.take_up()
            until = self._clock.now() + patience
            while self._round() or self._wait(until):
                pass
        return Sent(dict(self._taken), dict(self._failed), self._resent, self._queue.left())

    def _round(self) -> bool:
        """Send a part of every delivery that is due; whether there was one."""
        due = self._queue.due(self._clock.now())
        for delivery in due:
            self._send(delivery)
        return bool(due)

    def _wait(self, until: datetime) -> bool:
        """Wait for the next delivery; False where none comes in time."""
        next_due = self._queue.next_due()
        if next_due is None or next_due > until:
            return False
        self._clock.sleep(max((next_due - self._clock.now()) / timedelta(seconds=1), 0.0))
        return True

    def _send(self, delivery: Delivery) -> None:
        now = self._clock.now()
        name = f"{delivery.desk}/{delivery.channel}"
        try:
            desk = self._desk(delivery)
            channel = self._channel(desk, delivery.channel)
            parts = channel.parts(delivery.message, desk.language, is_again=delivery.is_again)
        except ChannelError as error:
            self._failed[name] += 1
            self._queue.give_up(delivery, str(error), now)
            log.warning("%s: a message was not sent", name, extra={"why": error})
            return
        settings = next(each for each in desk.channels if each.name == delivery.channel)
        hook = hook_of(settings.kind, self._environment.get(settings.secret, ""))
        free_at = next_at(settings.kind, self._queue.asked(hook, now - LONGEST_SPAN), now)
        if free_at > now:
            self._queue.put_off(delivery, free_at)
            return
        self._request(delivery, channel, parts, hook)

    def _request(
        self, delivery: Delivery, channel: Channel, parts: Sequence[Part], hook: str
    ) -> None:
        # A newer version may cut a message into fewer parts: the last that there is ends it.
        part = parts[min(delivery.parts_sent, len(parts) - 1)]
        request = Request(delivery.seq, hook, part.number, part.count, part.size, delivery.is_again)
        attempt = self._queue.begin(request, self._clock.now())
        answer = channel.send(part, self._clock.now())
        now = self._clock.now()
        self._queue.end(request, attempt, _outcome(answer, delivery.attempts, now), now)
        name = f"{delivery.desk}/{delivery.channel}"
        (self._taken if answer.is_sent else self._failed)[name] += 1
        self._resent += delivery.is_again

    def _desk(self, delivery: Delivery) -> Desk:
        desk = self._desks.get(delivery.desk)
        if desk is None:
            raise ChannelError(
                f"The desk {delivery.desk} runs no more: put its file back into desks/, and say "
                "fengkou desks send --again."
            )
        return desk

    def _channel(self, desk: Desk, name: str) -> Channel:
        key = desk.name, name
        if key not in self._channels:
            settings = next((each for each in desk.channels if each.name == name), None)
            if settings is None:
                raise ChannelError(f"The desk {desk.name} has no channel {name} any more.")
            self._channels[key] = channel_for(settings, self._environment)
        return self._channels[key]


def hook_of(kind: str, address: str) -> str:
    """A hash that names a hook: its address holds a key and stands in no table."""
    return hashlib.sha256(f"{kind} {address}".encode()).hexdigest()[:16]


def _outcome(answer: Answer, attempts: int, now: datetime) -> Outcome:
    """When a request that was refused is made again: a service that says how long is heeded."""
    if answer.failure is None:
        return Outcome(None, answer.code, answer.said, may_have_arrived=True, next_at=None)
    waits = TRIED_AGAIN[answer.failure]
    next_at = None
    if attempts < len(waits):
        next_at = now + max(waits[attempts], answer.after or timedelta())
    return Outcome(answer.failure, answer.code, answer.said, answer.may_have_arrived, next_at)


@contextmanager
def _alone(lock: Path) -> Iterator[bool]:
    """Whether this process is the only one that sends; the lock goes with the process, however it ends."""
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
