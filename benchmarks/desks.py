"""``python -m benchmarks.desks HOME DESK.yaml...``: how much desks are told, and what they miss.

A desk is tried on the past of the published copy. Beside it stands TrendRadar's incremental way with the
same words: a title that is new on its list since midnight is a line, by lower-case substring, and a round
with lines is a message. ``--live`` lets the desks listen at every round through a ledger, as after builds,
and compares.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from fengkou import reads
from fengkou.desks.desk_folder import Desks, RunningDesk, known_now, read_file
from fengkou.desks.hearing import Hearing
from fengkou.desks.listening import ledger, listen
from fengkou.desks.store.records import MESSAGE
from fengkou.desks.store.schema import MESSAGES
from fengkou.desks.trial import Trial, try_desks
from fengkou.desks.trial_summary import message_as_json, summary
from fengkou.home import Home
from pipelines.clock import SHANGHAI
from pipelines.desks.desk import Desk, Word
from pipelines.desks.telling import Outgoing
from pipelines.rules import TOP_RANK
from warehouse.connection import Connection
from warehouse.instants import to_aware, to_naive

LISTS = 2
"""A story on so many lists, or in a top ten, is one that its desk must hear of."""

LINES = """
    SELECT servings.list_board, entries.captured_at, titles.clean_title
    FROM core.entries AS entries
    INNER JOIN core.servings AS servings USING (board, captured_at)
    INNER JOIN core.clean_titles AS titles USING (title_id)
    WHERE entries.captured_at BETWEEN $since AND $until AND entries.rank IS NOT NULL
    ORDER BY entries.captured_at"""


@dataclass(frozen=True, slots=True)
class Missed:
    """Stories that mattered: how many, how many were never told, how many only after their round."""

    stories: int
    never: int
    late: int


def trend_radar(
    con: Connection, desk: Desk, since: datetime, until: datetime
) -> tuple[float, float]:
    """Lines and messages a day of its incremental way, with the words of a desk."""
    words = [
        term.written.casefold()
        for rule in desk.rules
        for term in (*rule.any_of, *rule.all_of)
        if isinstance(term, Word)
    ]
    told: set[tuple[str, object, str]] = set()
    rounds = set()
    span = {"since": to_naive(since), "until": to_naive(until)}
    for board, at, title in con.execute(LINES, span).fetchall():
        key = (board, to_aware(at).astimezone(SHANGHAI).date(), title)
        if key not in told and any(word in title.casefold() for word in words):
            told.add(key)
            rounds.add(at.replace(second=0, microsecond=0))
    days = (until - since) / timedelta(days=1)
    return len(told) / days, len(rounds) / days


def missed(con: Connection, trial: Trial) -> Missed:
    """Of the stories that rules took and that stood in a top ten or on two lists, those never told."""
    hearing = Hearing(con, [trial.desk], trial.since, trial.until)
    told_at: dict[int, datetime] = {}
    for telling in trial.tellings:
        for known in telling.ids:
            told_at.setdefault(known, telling.at)
    mattered: dict[int, tuple[datetime, frozenset[int]]] = {}
    for at in trial.ticks:
        for _, took in hearing.at(at):
            for each in took:
                rank = each.story.best_rank or TOP_RANK + 1
                if rank <= TOP_RANK or len(each.story.boards) >= LISTS:
                    mattered.setdefault(each.story.topic_id, (at, each.story.ids))
    first = [
        (at, min((told_at[known] for known in ids if known in told_at), default=None))
        for at, ids in mattered.values()
    ]
    return Missed(
        len(first),
        sum(told is None for _, told in first),
        sum(told is not None and told > at for at, told in first),
    )


def live(
    home: Home, desks: Sequence[RunningDesk], rounds: Sequence[datetime]
) -> Iterator[Outgoing]:
    """What the desks are told that listen at each of the rounds, through a ledger of their own."""
    with tempfile.TemporaryDirectory() as folder:
        own = Home(Path(folder))
        own.published.symlink_to(home.published)
        for at in rounds:
            listen(own, Desks(tuple(desks), ()), at)
        with ledger(own).reading() as con:
            for row in con.execute(sa.select(MESSAGES).order_by(MESSAGES.c.seq)):
                yield Outgoing(row.message_id, MESSAGE.validate_json(row.body), (), ())


def _differing(one: Sequence[object], other: Sequence[object]) -> int:
    return sum(each not in other for each in one) + sum(each not in one for each in other)


def _same(outgoing: Outgoing) -> dict[str, object]:
    return {name: value for name, value in message_as_json(outgoing).items() if name != "channels"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desks", description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("desks", type=Path, nargs="+")
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument(
        "--live", action="store_true", help="minutes: a second and less for each round"
    )
    options = parser.parse_args()
    home = Home(options.home)
    running = [read_file(file, known_now()) for file in options.desks]
    table = Table("desk", "messages a day", "p90", "most", "stories", "mattered", "never", "late")
    for column in ("TrendRadar lines", "messages", "trial, processor s", "live differs"):
        table.add_column(column)
    with reads.reading(home) as con:
        until = to_aware(reads.newest(con, home))
        since = until - timedelta(days=options.days)
        for each in running:
            began = time.process_time()
            (trial,) = try_desks(con, [each.desk], since, until)
            seconds = time.process_time() - began
            told, lacks = summary(trial), missed(con, trial)
            lines, messages = trend_radar(con, each.desk, since, until)
            differs = "not tried"
            if options.live:
                foretold = list(map(_same, trial.outgoing))
                sent = list(map(_same, live(home, [each], trial.ticks)))
                differs = str(_differing(foretold, sent))
            table.add_row(
                *(
                    each.desk.name,
                    f"{told.mean:.1f}",
                    f"{told.p90:g}",
                    str(told.most),
                    str(told.stories),
                ),
                *(str(lacks.stories), str(lacks.never), str(lacks.late)),
                *(f"{lines:.1f}", f"{messages:.1f}", f"{seconds:.2f}", differs),
            )
    Console(width=150).print(table)


if __name__ == "__main__":
    main()
