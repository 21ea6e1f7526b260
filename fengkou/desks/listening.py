"""Desks that listen: after a build each hears of what there is, which is kept before anything is sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from fengkou import reads
from fengkou.desks.desk_folder import Desks, keep_running
from fengkou.desks.hearing import Hearing
from fengkou.desks.store.database import Database
from fengkou.desks.store.records import DeskRecord
from fengkou.home import Home
from pipelines.desks.telling import Decided
from warehouse.instants import to_aware
from warehouse.readers.newest import newest_list


@dataclass(frozen=True, slots=True)
class Heard:
    """What a desk heard of at an instant: how many stories its rules took, and what was decided.

    ``decided`` is None where it had listened then or later already.
    """

    desk: str
    at: datetime
    matched_count: int
    decided: Decided | None


def listen(home: Home, found: Desks, at: datetime | None = None) -> list[Heard]:
    """Let the desks of a home listen at ``at`` (aware), or at the newest capture that is published.

    What is decided is on the disk when this returns. Raises NothingCollectedError where nothing is built.
    """
    if not found.running:
        return []
    keep_running(home, found)
    with reads.reading(home) as con:
        instant = at
        if instant is None:
            newest = newest_list(con)
            if newest is None:
                return []
            instant = to_aware(newest)
        hearing = Hearing(con, found.running, instant, instant)
        database = ledger(home)
        heard = []
        for listener, matched in hearing.at(instant):
            # One transaction from what was told to what is: two ticks at once tell nothing twice.
            with database.writing() as ledgered:
                record = DeskRecord(ledgered, listener.desk.name)
                decided = hearing.decide(listener, matched, instant, record)
                if decided is not None:
                    decided = hearing.addressed(decided, matched)
                    record.keep(decided, listener.desk.version)
            heard.append(Heard(listener.desk.name, instant, len(matched), decided))
    return heard


def ledger(home: Home) -> Database:
    """The ledger of a home's desks; made where there is none yet."""
    return Database(home.desk_ledger)


def counts(heard: Heard) -> Mapping[str, int]:
    """What a desk heard, in numbers."""
    decided = heard.decided
    return {
        "stories": heard.matched_count,
        "told": len(decided.tellings) if decided else 0,
        "messages": len(decided.outgoing) if decided else 0,
        "held": len(decided.held) if decided else 0,
    }
