"""Which of the words that no dictionary has are new, and from when on one could say so."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pyarrow as pa

from pipelines.rules import SHANGHAI_HOURS
from pipelines.text.novelty import Novelty, novelty
from warehouse import query
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import BEGINNING, Lack, MadeSince

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Seen:
    token: str
    first_seen_at: datetime
    first_board: str
    found_at: datetime
    seen_on: list[date]
    known_at: list[datetime]


@dataclass(frozen=True, slots=True)
class _ReadDay:
    board: str
    read_on: date


def _tell(con: Connection, lack: Lack) -> pa.Table:
    since = max(lack.since, BEGINNING + HOUR)
    words = query.rows(con, _Seen, "models/core/novel_words.days", since=since)
    read: dict[str, list[date]] = defaultdict(list)
    for day in query.rows(con, _ReadDay, "models/core/novel_words.read_days") if words else ():
        read[day.board].append(day.read_on)
    told = [
        (word, found)
        for word in words
        if (found := novelty(read[word.first_board], word.seen_on, _found_on(word)))
    ]
    older = _older(con, [word for word, _ in told])
    rows = [(word, _told_at(word, found), found) for word, found in told if word.token not in older]
    return to_arrow(
        [
            (
                word.token,
                told_at,
                word.first_seen_at,
                word.first_board,
                found.days_before,
                found.days_since,
                found.days_seen,
                round(found.chance, 6),
            )
            for word, told_at, found in sorted(rows, key=lambda row: (row[1], row[0].token))
            if told_at >= since
        ],
        TABLE.schema,
    )


def _found_on(word: _Seen) -> date:
    """The day (Shanghai) of the hour that showed it to be a word."""
    return (word.found_at - HOUR + timedelta(hours=SHANGHAI_HOURS)).date()


def _told_at(word: _Seen, found: Novelty) -> datetime:
    return max(word.found_at, word.known_at[word.seen_on.index(found.told_on)])


def _older(con: Connection, words: list[_Seen]) -> set[str]:
    """Those that an earlier title has, however it was cut."""
    if not words:
        return set()
    return set(
        query.column(
            con,
            "models/core/novel_words.older",
            tokens=[word.token for word in words],
            first_seen_at=[word.first_seen_at for word in words],
        )
    )


TABLE = Table(
    description=(
        "Found words that are new: absent for weeks in which their list was read, and by no chance."
    ),
    grain=("token",),
    columns={
        "token": (pa.string(), "the word, folded"),
        "told_at": (pa.timestamp("us"), "from when on one can say that it is new, UTC"),
        "first_seen_at": (pa.timestamp("us"), "when a title had it first, UTC"),
        "first_board": (pa.string(), "the board where that was"),
        "days_before": (pa.int32(), "days before on which that board was read, all without it"),
        "days_since": (pa.int32(), "days from the first to the one on which it was told"),
        "days_seen": (pa.int32(), "those of them on which new titles had it"),
        "chance": (
            pa.float64(),
            "how often a word that was always as busy as since then would come so late, 0 to 1",
        ),
    },
    reads=(
        "core.clean_titles",
        "core.new_words",
        "core.snapshots",
        "core.title_sights",
        "core.word_sights",
    ),
    code_version="1",
    growth=MadeSince("told_at", _tell),
)
