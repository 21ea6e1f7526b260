"""What grouping takes as archives grow, in processes of their own, beside comparing all pairs."""

import difflib
import random
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import duckdb
import pyarrow as pa
from rich.table import Table

from crawlers import catalog, landing
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from pipelines.text.tokens import cut

P = ParamSpec("P")
R = TypeVar("R")

SIZES = (10_000, 20_000, 40_000)
MADE_SIZES = (100_000, 200_000)
MADE_BOARDS = 8
MADE_HOURS = 3
"""Hours for which a made title stands."""
TICK_TITLES = 600
RIVAL_TITLES = 2_000


class Measured(NamedTuple):
    """What a step in a process of its own took: wall and processor seconds, peak GiB."""

    seconds: float
    processor: float
    gib: float


def in_a_child(function: Callable[P, R], *arguments: P.args, **_: P.kwargs) -> tuple[R, Measured]:
    """What a function gives, and what it took in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_timed, function, *arguments).result()


def _timed(function: Callable[..., R], *arguments: object) -> tuple[R, Measured]:
    began = time.monotonic(), time.process_time()
    result = function(*arguments)
    gib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return result, Measured(time.monotonic() - began[0], time.process_time() - began[1], gib)


class _Clock:
    """Wall seconds of each step, told when the next begins."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._step, self._began = "", time.monotonic()

    def __call__(self, step: str) -> None:
        now = time.monotonic()
        if self._step:
            self.seconds[self._step] = now - self._began
        self._step, self._began = step, now


def group(home: Path, files: Sequence[Path], to: Path) -> tuple[int, float]:
    """How many titles, and the wall seconds of the grouping alone."""
    clock = _Clock()
    grouped = operations.group_archives(Home(home), files, to, clock)
    clock("")
    return grouped.title_count, clock.seconds[operations.TOPICS_TABLE]


def _first(file: Path, count: int, to: Path) -> Path:
    """The archive up to the capture that brings the ``count``-th distinct title."""
    with duckdb.connect() as con:
        con.execute(
            f"""
            COPY (
                WITH firsts AS (
                    SELECT title, min(captured_at) AS seen_at FROM read_parquet('{file}')
                    WHERE title IS NOT NULL GROUP BY title
                ),
                last AS (SELECT seen_at FROM firsts ORDER BY seen_at LIMIT 1 OFFSET {count - 1})
                SELECT * FROM read_parquet('{file}')
                WHERE captured_at <= (SELECT seen_at FROM last)
            ) TO '{to}' (FORMAT parquet)
            """
        )
    return to


def distinct_titles(file: Path) -> list[str]:
    """The titles of an archive, each once, in order."""
    with duckdb.connect() as con:
        rows = con.execute(
            f"SELECT DISTINCT title FROM read_parquet('{file}') WHERE title IS NOT NULL ORDER BY 1"
        ).fetchall()
    return [title for (title,) in rows]


def _made_titles(titles: Sequence[str], seed: int) -> Iterator[str]:
    """Titles of the lengths and words of real ones, most words exchanged for others as long."""
    dice = random.Random(seed)
    cuts = [cut(title) for title in titles]
    by_length: defaultdict[int, list[str]] = defaultdict(list)
    for word in (word for words in cuts for word in words):
        by_length[len(word)].append(word)
    while True:
        words = dice.choice(cuts)
        yield "".join(
            dice.choice(by_length[len(word)]) if dice.random() < 0.7 else word for word in words
        )


def _with_made(file: Path, count: int, to: Path) -> Path:
    """The archive by the hour, filled up to ``count`` distinct titles with made ones over its days."""
    titles = distinct_titles(file)
    made = dict.fromkeys(titles)
    for title in _made_titles(titles, seed=7):
        if len(made) >= count:
            break
        made.setdefault(title)
    dice = random.Random(8)
    with duckdb.connect() as con:
        span = con.execute(
            f"SELECT min(captured_at::TIMESTAMP), max(captured_at::TIMESTAMP) "
            f"FROM read_parquet('{file}')"
        ).fetchone()
        assert span is not None
        hours = (span[1] - span[0]) // timedelta(hours=1)
        stands = [
            (f"made_{dice.randrange(MADE_BOARDS)}", dice.randrange(hours), title)
            for title in list(made)[len(titles) :]
        ]
        columns = zip(*stands, strict=True)
        con.register(
            "stands", pa.table(dict(zip(("source", "hour", "title"), columns, strict=True)))
        )
        con.execute(
            f"""
            COPY (
                SELECT source, captured_at, title,
                       row_number() OVER (PARTITION BY source, captured_at ORDER BY title) AS rank
                FROM (
                    SELECT DISTINCT source, title,
                           date_trunc('hour', captured_at::TIMESTAMP) AS captured_at
                    FROM read_parquet('{file}') WHERE title IS NOT NULL
                    UNION ALL
                    SELECT source, title, TIMESTAMP '{span[0]}' + to_hours(hour + unnest(range({MADE_HOURS})))
                    FROM stands
                )
            ) TO '{to}' (FORMAT parquet)
            """
        )
    return to


def _build(home: Path) -> dict[str, float]:
    clock = _Clock()
    operations.build(Home(home), clock)
    clock("")
    return clock.seconds


def _import_and_build(home: Path, files: Sequence[Path]) -> dict[str, float]:
    operations.import_files(Home(home), files, {}, {})
    return _build(home)


def _land_tick(home: Home, titles: Sequence[str]) -> int:
    """Land one capture of each of twelve boards, 600 titles that nobody has seen; how many."""
    with operations.opened(home) as con:
        newest = con.execute("SELECT max(captured_at) FROM raw.snapshots").fetchone()
    assert newest is not None
    at: datetime = newest[0].replace(tzinfo=UTC) + timedelta(minutes=20)
    known, fresh = {*titles}, _made_titles(titles, seed=9)
    boards = catalog.names()[:12]
    each = TICK_TITLES // len(boards)
    for board in boards:
        entries: list[Entry] = []
        while len(entries) < each:
            title = next(fresh)
            if title not in known:
                known.add(title)
                entries.append(Entry(len(entries) + 1, Kind.RANKED, len(entries) + 1, title))
        outcome = Outcome(board, at, Status.OK, "made", page=Page(tuple(entries)))
        landing.write(home.landing, outcome, b"made")
    return each * len(boards)


def _rival(titles: Sequence[str]) -> int:
    """Every pair of titles by difflib, as monitors do that merge by similarity; how many are alike."""
    alike = 0
    matcher = difflib.SequenceMatcher(autojunk=False)
    for n, title in enumerate(titles):
        matcher.set_seq2(title)
        for other in titles[n + 1 :]:
            matcher.set_seq1(other)
            alike += (
                matcher.real_quick_ratio() >= 0.7
                and matcher.quick_ratio() >= 0.7
                and matcher.ratio() >= 0.7
            )
    return alike


def speed(main: Path, finest: Path, work: Path, whole: tuple[int, float, Measured]) -> Table:
    """What grouping takes; ``whole`` is what the main archive took: titles, seconds of grouping, and all."""
    table = Table(
        "grouped from nothing", "sources and titles", "seconds", "CPU s", "of it grouping, s", "peak GiB",
        "ms a title", title=f"topics: speed, on {main.name} and {finest.name}", title_justify="left",
    )  # fmt: skip

    def add(name: str, count: int, grouping: float | None, took: Measured) -> None:
        table.add_row(
            name, f"{count:,}", f"{took.seconds:.1f}", f"{took.processor:.1f}",
            "" if grouping is None else f"{grouping:.1f}", f"{took.gib:.2f}",
            f"{1000 * took.seconds / count:.2f}",
        )  # fmt: skip

    def add_grouped(name: str, file: Path) -> None:
        (count, grouping), took = in_a_child(group, work / file.stem, [file], work / "to.parquet")
        add(name, count, grouping, took)

    titles = distinct_titles(main)
    for size in SIZES:
        if size < len(titles):
            add_grouped(f"first {size:,}", _first(main, size, work / f"first_{size}.parquet"))
    add("the whole archive", *whole)
    for size in MADE_SIZES if finest != main else ():
        made = _with_made(finest, size, work / f"made_{size}.parquet")
        add_grouped(f"one-minute and made, {size:,}", made)
    home = Home(work / "ticking")
    in_a_child(_import_and_build, home.root, [main])
    count = _land_tick(home, titles)
    steps, took = in_a_child(_build, home.root)
    add(
        "a tick of new titles on the whole, all tables", count, steps[operations.TOPICS_TABLE], took
    )
    sample = titles[:: max(1, len(titles) // RIVAL_TITLES)][:RIVAL_TITLES]
    _, took = in_a_child(_rival, sample)
    add("difflib over all pairs", len(sample), None, took)
    times = len(titles) / len(sample)
    table.add_row(
        "… extrapolated by the square", f"{len(titles):,}", f"{took.seconds * times**2:,.0f}", "", "", "", ""
    )  # fmt: skip
    return table
