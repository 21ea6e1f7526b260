"""A desk tried on the past: what it would have been told, by the code that tells it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fengkou.desks.hearing import Hearing
from pipelines.desks.desk import Desk
from pipelines.desks.record import RecordInMemory
from pipelines.desks.telling import Held, Outgoing, Telling
from pipelines.desks.timeline import ticks
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class Trial:
    """What a desk would have heard of from ``since`` to ``until`` (aware), listening at each of the ticks.

    ``is_foretold``: whether forecasts were made in that time; without them no rule fires by a chance.
    """

    desk: Desk
    since: datetime
    until: datetime
    ticks: Sequence[datetime]
    tellings: Sequence[Telling]
    outgoing: Sequence[Outgoing]
    held: Sequence[Held]
    is_foretold: bool


def try_desks(
    con: Connection, desks: Sequence[Desk], since: datetime, until: datetime
) -> list[Trial]:
    """Let desks listen at every round of captures from ``since`` to ``until``, and send nothing."""
    hearing = Hearing(con, desks, since, until)
    records = {desk.name: RecordInMemory() for desk in desks}
    rounds = [at for at in ticks([capture.at for capture in hearing.past.captures]) if at >= since]
    for at in rounds:
        for listener, matched in hearing.at(at):
            record = records[listener.desk.name]
            # Which lists could not be read is told in a digest's last line: here nobody reads it.
            decided = listener.gate.hear(at, matched, record)
            if decided is not None:
                record.keep(decided)
    is_foretold = any(made_at >= since for made_at in hearing.past.forecast_runs)
    return [
        Trial(
            desk,
            since,
            until,
            rounds,
            records[desk.name].tellings,
            records[desk.name].outgoing,
            records[desk.name].held,
            is_foretold,
        )
        for desk in desks
    ]
