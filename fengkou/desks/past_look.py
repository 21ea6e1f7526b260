"""What the past says of desks before they run: words that seem amiss, and how much they would say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fengkou import reads
from fengkou.desks.trial import try_desks
from fengkou.desks.trial_summary import Summary, summary
from fengkou.errors import NothingCollectedError
from fengkou.home import Home
from pipelines.desks.desk import Desk
from pipelines.desks.lint import Lint, SeenTitle, check, read_titles
from warehouse.connection import Connection
from warehouse.instants import to_aware, to_naive
from warehouse.readers.desk_titles import titles_of_days, words_of

TITLES_OF_DAYS = 30
"""Of so many days titles are read: a word that a month never printed is misspelled more often than rare."""


@dataclass(frozen=True, slots=True)
class PastLook:
    """What seems amiss with a desk's words, and what it would have been told over the last days."""

    desk: Desk
    lints: tuple[Lint, ...]
    told: Summary

    @property
    def is_over_budget(self) -> bool:
        """Whether one day in ten has more messages than the desk wants."""
        wanted = self.desk.budget.per_day
        return wanted is not None and self.told.p90 > wanted


def look_at_past(home: Home, desks: Mapping[Path, Desk], days: int) -> dict[Path, PastLook]:
    """Look at desks, by their files, in the published copy; empty where nothing is built, or for 0 days."""
    if not desks or not days:
        return {}
    try:
        with reads.reading(home) as con:
            until = to_aware(reads.newest(con, home))
            trials = try_desks(con, [*desks.values()], until - timedelta(days=days), until)
            titles = titles_of_days(con, to_naive(until), TITLES_OF_DAYS)
            return {
                file: PastLook(trial.desk, _lints(con, trial.desk, titles), summary(trial))
                for file, trial in zip(desks, trials, strict=True)
            }
    except NothingCollectedError:
        return {}


def _lints(con: Connection, desk: Desk, titles: Sequence[SeenTitle]) -> tuple[Lint, ...]:
    reading = read_titles(desk, titles)
    return check(reading, words_of(con, reading.title_ids))
