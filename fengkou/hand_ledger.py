"""What people said, as it is taken down: at once, one after the other, never guessed at.

A hand is held against the published copy and against the hands before it; what contradicts them is refused
with what to do instead. The same said twice is one hand.
"""

import getpass
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from fengkou import reads
from fengkou.errors import FengkouError
from fengkou.hands_folder import keep, nobody_else_speaks
from fengkou.home import Home
from pipelines.topics.hand_conflicts import same_word, undone_by
from pipelines.topics.hands import Hand, HandKind, Part
from warehouse.connection import Connection
from warehouse.instants import to_naive
from warehouse.load.bounds import is_within
from warehouse.load.hands import DamagedHand, read_hands
from warehouse.readers.topic_hands import topic_hands

PERSON_LENGTH_LIMIT = 100

MOMENT = timedelta(microseconds=1)


class HandRefusedError(FengkouError):
    """What was said cannot be heeded: what was found, what was expected, what to do."""


@dataclass(frozen=True, slots=True)
class Said:
    """A hand as it is on the disk; ``is_new`` is false where the very same was said before."""

    hand: Hand
    is_new: bool


@dataclass(frozen=True, slots=True)
class HandStanding:
    """A hand and what became of it; ``undone_by`` is the number of the hand that undid it."""

    hand: Hand
    is_built: bool
    undone_by: int | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All hands, in the order in which they were said, and the numbers of those that are built."""

    hands: list[Hand]
    damaged: list[DamagedHand]
    built: frozenset[int]

    @property
    def next_number(self) -> int:
        said = {hand.number for hand in self.hands} | {each.number for each in self.damaged}
        return 1 + max(said, default=0)


# --- how something is said ----------------------------------------------------------------------


def say(
    home: Home,
    meant: Callable[[Connection, Ledger], Hand],
    by: str | None,
    now: datetime | None,
) -> Said:
    """Take a hand down; it is on the disk when this returns. ``meant`` gives a known one to say no more."""
    (said,) = say_each(home, lambda con, said: [meant(con, said)], by, now)
    return said


def say_each(
    home: Home,
    meant: Callable[[Connection, Ledger], Sequence[Hand]],
    by: str | None,
    now: datetime | None,
) -> list[Said]:
    """Take several hands down, in that order; none where ``meant`` refuses one."""
    said_by = person(by)
    told: list[Said] = []
    with reads.reading(home) as con, nobody_else_speaks(home):
        said = ledger(home, con)
        for hand in meant(con, said):
            if known := hand if hand.number else same_word(said.hands, hand):
                told.append(Said(known, is_new=False))
                continue
            at = _instant(said.hands, now)
            new = replace(hand, number=said.next_number, said_by=said_by, said_at=at)
            keep(home, new)
            said.hands.append(new)
            told.append(Said(new, is_new=True))
    return told


def _instant(said: Sequence[Hand], now: datetime | None) -> datetime:
    """Now, but after whatever was said before: a clock that goes back a little changes no order."""
    at = to_naive(now or datetime.now(UTC))
    last = said[-1] if said else None
    if last and not is_within(last.said_at, now):
        raise HandRefusedError(
            f"Hand {last.number} was said at {last.said_at:%Y-%m-%d %H:%M} UTC, and the clock says "
            f"{at:%Y-%m-%d %H:%M}: one of them is wrong. Set the clock right."
        )
    return max(at, last.said_at + MOMENT) if last else at


def ledger(home: Home, con: Connection) -> Ledger:
    """What is in the folder, and what is built though its file is gone."""
    built = {hand.number: hand for hand in topic_hands(con)}
    found = list(read_hands(home.hands))
    written = {hand.number: hand for hand in found if isinstance(hand, Hand)}
    return Ledger(
        sorted({**written, **built}.values(), key=lambda hand: (hand.said_at, hand.number)),
        [each for each in found if isinstance(each, DamagedHand) and each.number not in built],
        frozenset(built),
    )


def unsaid(
    kind: HandKind, topic_ids: tuple[int, ...] = (), parts: tuple[Part, ...] = (), name: str = ""
) -> Hand:
    """A hand that nobody said yet: its number, its instant and its person come when it is taken down."""
    never = datetime.min  # noqa: DTZ901 - replaced when it is said
    return Hand(0, kind, never, "", topic_ids, parts, name)


def undo(home: Home, number: int, by: str | None, now: datetime | None = None) -> Said:
    """Have the hand of that number not hold any more. Raises HandRefusedError."""

    def hand(_: Connection, said: Ledger) -> Hand:
        known = {hand.number: hand for hand in said.hands}
        if number not in known:
            damaged = next((each.found for each in said.damaged if each.number == number), None)
            raise HandRefusedError(
                f"There is no hand {number}{f' that can be read ({damaged})' if damaged else ''}. "
                "fengkou topic hands lists them."
            )
        if known[number].kind is HandKind.UNDO:
            raise HandRefusedError(
                f"Hand {number} undid hand {known[number].undoes}: say that one again instead."
            )
        if (earlier := undone_by(said.hands).get(number)) is not None:
            return known[earlier]
        return replace(unsaid(HandKind.UNDO, known[number].topic_ids), undoes=number)

    return say(home, hand, by, now)


def hands(home: Home) -> tuple[list[HandStanding], list[DamagedHand]]:
    """Every hand in the order in which they were said, and the files that hold none any more."""
    with reads.reading(home) as con:
        said = ledger(home, con)
    gone = undone_by(said.hands)
    return [
        HandStanding(hand, hand.number in said.built, gone.get(hand.number)) for hand in said.hands
    ], said.damaged


def person(by: str | None) -> str:
    """Who speaks: as they say, else whoever is logged in. Raises HandRefusedError where nobody is."""
    try:
        found = by if by is not None else os.environ.get("USER") or getpass.getuser()
    except (KeyError, OSError):
        found = ""
    name = " ".join(found.split())
    if not name or len(name) > PERSON_LENGTH_LIMIT or not name.isprintable():
        raise HandRefusedError(
            f"{found!r} names nobody. Say who speaks: --by NAME, of 1 to {PERSON_LENGTH_LIMIT} characters; "
            "else the variable USER says it."
        )
    return name
