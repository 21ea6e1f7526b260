"""What is asked of the warehouse: each answer comes from the published copy and waits for no build."""

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from fengkou.errors import NothingCollectedError
from fengkou.home import Home
from pipelines.boards.standing import BoardStanding, ListStanding, list_standings
from pipelines.clock import start_of_hour
from warehouse import query
from warehouse.checks import Claim, claims, violations
from warehouse.connection import (
    PUBLISHED_FILE,
    Connection,
    NothingPublishedError,
    open_published,
)
from warehouse.instants import to_naive
from warehouse.older_copy import telling_of_older_copies
from warehouse.readers.boards import boards_at
from warehouse.readers.new_words import ListedNewWord, new_words_at
from warehouse.readers.newest import newest_attempt


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """The copy that readers open; ``published_at`` is aware UTC, when it was swapped in."""

    published_at: datetime

    def age_minutes(self, now: datetime) -> float:
        """How old it is at ``now`` (aware)."""
        return round(max((now - self.published_at) / timedelta(minutes=1), 0.0), 1)


@dataclass(frozen=True, slots=True)
class BurstingToken:
    """A keyword that bursts over its own usual; ``window_start`` is naive UTC.

    ``is_unlisted``: it was found in titles lately, and is in no dictionary; ``is_new_word``: it is new, too.
    """

    token: str
    title_count: int
    usual_titles: float
    burst: float
    board_count: int
    title: str
    topic_id: int
    is_new_word: bool
    is_unlisted: bool
    window_start: datetime


@dataclass(frozen=True, slots=True)
class Summary:
    """How much the warehouse holds and how far it is built; instants are naive UTC."""

    snapshot_count: int
    entry_count: int
    reject_count: int
    topic_count: int
    newest_capture_at: datetime | None
    newest_forecast_at: datetime | None
    loads_not_built: int


@contextmanager
def reading(home: Home) -> Iterator[Connection]:
    """The published copy, read-only.

    Raises NothingCollectedError where there is none yet, OlderCopyError where it lacks what is asked for.
    """
    try:
        with open_published(home.published) as con, telling_of_older_copies(con):
            yield con
    except NothingPublishedError as error:
        raise NothingCollectedError(nothing_built(home)) from error


def published_copy(home: Home) -> PublishedCopy:
    """When what is read now was published. Raises NothingCollectedError where nothing is yet."""
    try:
        swapped_in = (home.published / PUBLISHED_FILE).stat().st_mtime
    except FileNotFoundError as error:
        raise NothingCollectedError(nothing_built(home)) from error
    return PublishedCopy(datetime.fromtimestamp(swapped_in, UTC))


def nothing_built(home: Home) -> str:
    """What to do where nothing is built yet."""
    return (
        f"The warehouse under {home.root} holds nothing that is built. Collect first: fengkou collect, "
        "then fengkou build; or import an archive: fengkou import, then fengkou build; "
        + (
            f"or read the run on simulated boards: {choosing(home.simulated)} and the same command."
            if (home.simulated.published / PUBLISHED_FILE).exists()
            else "or try the simulated boards: fengkou run."
        )
    )


def choosing(home: Home) -> str:
    """What a person types before a command, in a POSIX shell, that it may work on a home."""
    return f"FENGKOU_HOME={shlex.quote(str(home.root))}"


def newest(con: Connection, home: Home) -> datetime:
    """The newest capture that is built, naive UTC. Raises NothingCollectedError where there is none."""
    found = newest_attempt(con)
    if found is None:
        raise NothingCollectedError(nothing_built(home))
    return found


def board_standings(home: Home, at: datetime) -> list[BoardStanding]:
    """How each board stood at ``at`` (aware)."""
    with reading(home) as con:
        return boards_at(con, to_naive(at))


def standings(home: Home, at: datetime) -> tuple[ListStanding, ...]:
    """How each list stood at ``at`` (aware), and which board served it."""
    return list_standings(board_standings(home, at))


def trending_tokens(home: Home, at: datetime | None, limit: int) -> list[BurstingToken]:
    """The keywords that burst at ``at`` (aware), or at the newest capture, the strongest first."""
    with reading(home) as con:
        hour = start_of_hour(newest(con, home)) + timedelta(hours=1)
        instant = to_naive(at) if at else hour
        return query.rows(con, BurstingToken, "readers/trending_tokens", at=instant, shown=limit)


def new_words(
    home: Home, at: datetime | None, days: int, *, unlisted: bool = False
) -> list[ListedNewWord]:
    """The words that are new in so many days up to ``at`` (aware), or the newest capture, as known then; all
    that were found in them where ``unlisted``."""
    with reading(home) as con:
        upto = to_naive(at) if at else start_of_hour(newest(con, home)) + timedelta(hours=1)
        return new_words_at(con, upto - timedelta(days=days), upto, unlisted=unlisted)


def summary(home: Home) -> Summary:
    """How much the published copy holds and how far it is built."""
    with reading(home) as con:
        return query.one_row(con, Summary, "readers/summary")


@dataclass(frozen=True, slots=True)
class Check:
    """A claim about a table, how many rows break it, and some of them as a Markdown table."""

    name: str
    table: str
    description: str
    row_count: int
    rows: str


def checks(home: Home, shown: int) -> list[Check]:
    """How each claim of ``warehouse/checks`` fares on the published copy, ``shown`` rows of each."""
    with reading(home) as con:
        return [_check(con, claim, shown) for claim in claims()]


def _check(con: Connection, claim: Claim, shown: int) -> Check:
    found = violations(con, claim, shown)
    return Check(claim.name, claim.table, claim.description, found.count, found.shown)
