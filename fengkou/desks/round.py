"""A round of a desk: it hears of what there is, and is sent what is due."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from fengkou.desks.desk_folder import Desks, desks
from fengkou.desks.listening import Heard, ledger, listen
from fengkou.desks.sending import Sender, Sent
from fengkou.desks.store.events import land
from fengkou.desks.store.queue import Queue, Troubled
from fengkou.home import Home


@dataclass(frozen=True, slots=True)
class Round:
    """What some desks heard and were sent; ``troubled``: deliveries of theirs that failed or wait."""

    heard: tuple[Heard, ...]
    sent: Sent
    troubled: tuple[Troubled, ...]
    faults: tuple[str, ...]


def hear_and_send(
    home: Home,
    names: Collection[str] | None = None,
    at: datetime | None = None,
    environment: Mapping[str, str] | None = None,
) -> Round:
    """Let the desks of a home, or those called so, listen at ``at`` or the newest capture, then send.

    Whatever any desk has queued is sent: its turn may have been another's.
    """
    found = desks(home)
    chosen = Desks(
        tuple(each for each in found.found if names is None or each.desk.name in names),
        found.faults,
    )
    heard = listen(home, chosen, at)
    if not found.found and not home.desk_ledger.exists():
        return Round((), Sent(), (), tuple(map(str, found.faults)))
    database = ledger(home)
    sent = Sender(database, found.running, environment or os.environ).send()
    land(database, home.desk_events)
    troubled = tuple(
        each for each in Queue(database).troubled() if names is None or each.desk in names
    )
    return Round(tuple(heard), sent, troubled, tuple(map(str, found.faults)))
