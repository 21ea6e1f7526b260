"""Telling the past again: forecasts of instants that nobody spoke at, marked as replayed for good."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from fengkou import operations
from fengkou.errors import FengkouError
from fengkou.home import Home
from fengkou.learning import learn
from warehouse.graph import current_version, downstream, steps
from warehouse.incremental import forget
from warehouse.instants import to_aware, to_naive
from warehouse.models.ops.forecasts import instants_between, replay

LEDGER = "ops.forecasts"


class NothingToReplayError(FengkouError):
    """No list was captured in the time that was asked for."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """Instants that were told anew, those that had been told by the same rule, and topics forecast."""

    instant_count: int
    known_count: int
    forecast_count: int


def replay_between(  # noqa: PLR0913 - each is an option of the command
    home: Home,
    since: datetime,
    until: datetime,
    *,
    every_minutes: int,
    learn_every_days: int = 0,
    on_instant: Callable[[datetime, int, int], None] = lambda *_: None,
) -> Replayed:
    """Forecast at the captures in [since, until] (aware), so many minutes apart, from what was known then.

    A model is learnt anew every ``learn_every_days`` on the way, from what had been captured by then; 0
    learns none. What was said in its time stays beside it. Killed, it goes on where it was. ``on_instant``
    is told the instant, its number and how many there are. Raises NothingToReplayError where no list was
    captured.
    """
    with operations.opened(home) as con:
        instants = instants_between(con, to_naive(since), to_naive(until), every_minutes)
    if not instants:
        raise NothingToReplayError(
            f"No list was captured from {since.isoformat()} to {until.isoformat()}, as far as the warehouse "
            f"under {home.root} is built. fengkou status says what it holds."
        )
    counts: list[int | None] = []
    for number, chunk in enumerate(_chunks(instants, learn_every_days)):
        if number and learn_every_days:
            learn(home, to_aware(chunk[0]))
        with operations.opened(home) as con:
            version = current_version(con, LEDGER)
            for at in chunk:
                on_instant(at, len(counts) + 1, len(instants))
                counts.append(replay(con, at, version))
    _rebuild(home)
    told = [count for count in counts if count is not None]
    return Replayed(len(told), len(counts) - len(told), sum(told))


def _chunks(instants: Sequence[datetime], days: int) -> Iterator[list[datetime]]:
    """The instants in parts of so many days each; in one part where days are 0."""
    if not days:
        yield list(instants)
        return
    first = instants[0]
    for _, part in groupby(instants, key=lambda at: (at - first) // timedelta(days=days)):
        yield list(part)


def _rebuild(home: Home) -> None:
    """What is made from the ledger is made anew, for lines came in of times long past."""
    with operations.opened(home) as con:
        forget(con, [step.table for step in downstream(LEDGER)])
        for step in steps():
            operations.build_table(con, step)
    operations.publish_home(home)
