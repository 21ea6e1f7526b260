"""``python -m benchmarks.digest_clauses HOME INSTANT... [--period hour|day] [--all]``: are digests true?

Each digest is made again as of its instant, put in words, read back clause by clause, and each clause is
checked against the raw lines. Prints the share that is true, by code, and what is not.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from benchmarks.clause_checks import Checker
from benchmarks.clause_reading import Clause, reader
from fengkou.home import Home
from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest, Period
from warehouse.connection import PUBLISHED_FILE
from warehouse.readers.digest import make_digest

NOTHING_SAID = frozenset({"claim.none"})
"""Says nothing that could be true."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A clause of a digest, and whether the raw lines bear it out."""

    at: datetime
    period: Period
    clause: Clause
    is_true: bool


def check(con: duckdb.DuckDBPyConnection, digests: Iterable[Digest]) -> Iterator[Checked]:
    """The clauses of some digests, each checked; ``con`` reads the warehouse that they were made from."""
    checker = Checker(con)
    read = reader(checker.lists()).read
    for digest in digests:
        clauses = [clause for clause in read(digest) if clause.code not in NOTHING_SAID]
        checker.look(digest.at, sorted({clause.topic_id for clause in clauses}))
        for clause in clauses:
            is_true = checker.is_true(clause, digest.at)
            yield Checked(digest.at, digest.period, clause, is_true)


def tables(checked: Iterable[Checked], shown: int = 40) -> Iterator[Table]:
    """The share of true clauses by code, and the false ones."""
    found = list(checked)
    count = Counter(each.clause.code for each in found)
    true = Counter(each.clause.code for each in found if each.is_true)
    shares = Table("clause", "count", "true", "share", title="clauses", title_justify="left")
    for code in sorted(count):
        shares.add_row(code, f"{count[code]}", f"{true[code]}", f"{true[code] / count[code]:.1%}")
    share = true.total() / count.total() if found else 0.0
    shares.add_row("all", f"{count.total()}", f"{true.total()}", f"{share:.2%}")
    yield shares
    wrong = [each for each in found if not each.is_true]
    if wrong:
        table = Table(
            "at", "period", "topic", "code", "words", title="not true", title_justify="left"
        )
        for each in wrong[:shown]:
            at = each.at.astimezone(SHANGHAI)
            table.add_row(
                f"{at:%m-%d %H:%M}",
                each.period,
                f"{each.clause.topic_id}",
                each.clause.code,
                each.clause.text,
            )
        yield table


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.digest_clauses", description=__doc__
    )
    parser.add_argument("home", type=Path, help="what FENGKOU_HOME names")
    parser.add_argument(
        "instants", nargs="+", type=datetime.fromisoformat, help="2025-06-12T20:00+08:00"
    )
    parser.add_argument(
        "--period", type=Period, action="append", help="hour or day; both where left out"
    )
    options = parser.parse_args()
    console = Console(width=140)
    file = Home(options.home).published / PUBLISHED_FILE
    with duckdb.connect(file, read_only=True) as con:
        digests = (
            make_digest(con, at, period)
            for at in options.instants
            for period in options.period or Period
        )
        for table in tables(check(con, digests)):
            console.print(table)


if __name__ == "__main__":
    main()
