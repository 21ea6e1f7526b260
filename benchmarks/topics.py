"""Topics: against labelled pairs and stories beside simple baselines; the largest; speed as they grow."""

import csv
import difflib
import math
import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

import duckdb
import jieba
import numpy as np
import pyarrow as pa
from pyarrow import parquet
from rich.table import Table
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from crawlers import catalog, landing
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Entry, Kind, Outcome, Page, Status
from pipelines.rules import SHANGHAI_HOURS
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

Title = tuple[str, str]
"""Source and title, as printed."""


class Measured(NamedTuple):
    """What a step in a process of its own took: wall and processor seconds, peak GiB."""

    seconds: float
    processor: float
    gib: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two titles that a person judged."""

    one: Title
    other: Title
    stratum: str
    same: bool


# Speed.


def _in_a_child(function: Callable[P, R], *arguments: P.args, **_: P.kwargs) -> tuple[R, Measured]:
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


def _group(home: Path, files: Sequence[Path], to: Path) -> tuple[int, float]:
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


def _titles(file: Path) -> list[str]:
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
    titles = _titles(file)
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
    for n, one in enumerate(titles):
        matcher.set_seq2(one)
        for other in titles[n + 1 :]:
            matcher.set_seq1(other)
            alike += (
                matcher.real_quick_ratio() >= 0.7
                and matcher.quick_ratio() >= 0.7
                and matcher.ratio() >= 0.7
            )
    return alike


def _speed(main: Path, finest: Path, work: Path, whole: tuple[int, float, Measured]) -> Table:
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

    def group(name: str, file: Path) -> None:
        (count, grouping), took = _in_a_child(_group, work / file.stem, [file], work / "to.parquet")
        add(name, count, grouping, took)

    titles = _titles(main)
    for size in SIZES:
        if size < len(titles):
            group(f"first {size:,}", _first(main, size, work / f"first_{size}.parquet"))
    add("the whole archive", *whole)
    for size in MADE_SIZES if finest != main else ():
        made = _with_made(finest, size, work / f"made_{size}.parquet")
        group(f"one-minute and made, {size:,}", made)
    home = Home(work / "ticking")
    _in_a_child(_import_and_build, home.root, [main])
    count = _land_tick(home, titles)
    steps, took = _in_a_child(_build, home.root)
    add(
        "a tick of new titles on the whole, all tables", count, steps[operations.TOPICS_TABLE], took
    )
    sample = titles[:: max(1, len(titles) // RIVAL_TITLES)][:RIVAL_TITLES]
    _, took = _in_a_child(_rival, sample)
    add("difflib over all pairs", len(sample), None, took)
    times = len(titles) / len(sample)
    table.add_row(
        "… extrapolated by the square", f"{len(titles):,}", f"{took.seconds * times**2:,.0f}", "", "", "", ""
    )  # fmt: skip
    return table


# Quality.


def _measures(called: Sequence[bool], same: Sequence[bool]) -> tuple[float, float, float]:
    """Precision, recall and balanced accuracy."""
    told = Counter(zip(called, same, strict=True))
    right, false = told[True, True], told[True, False]
    missed, apart = told[False, True], told[False, False]
    recall = right / max(1, right + missed)
    return right / max(1, right + false), recall, (recall + apart / max(1, apart + false)) / 2


def _b_cubed(found: Sequence[object], stories: Sequence[str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the titles of stories; None in ``found`` is in no topic."""
    precision = recall = 0.0
    by_topic, by_story = Counter(found), Counter(stories)
    both = Counter(zip(found, stories, strict=True))
    for topic, story in zip(found, stories, strict=True):
        if topic is not None:
            precision += both[topic, story] / by_topic[topic]
            recall += both[topic, story] / by_story[story]
    precision, recall = precision / len(found), recall / len(found)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


@cache
def _bigrams(title: str) -> frozenset[str]:
    return frozenset(title[n : n + 2] for n in range(len(title) - 1))


def _jaccard(one: str, other: str) -> float:
    first, second = _bigrams(one), _bigrams(other)
    return len(first & second) / max(1, len(first | second))


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _tf_idf(titles: Sequence[str]) -> Callable[[str, str], float]:
    """Cosine of jieba's words, weighed by how rare they are in ``titles``."""
    documents = Counter(word for title in titles for word in {*jieba.lcut(title)})

    @cache
    def vector(title: str) -> Mapping[str, float]:
        weights = {
            word: times * (math.log((1 + len(titles)) / (1 + documents[word])) + 1)
            for word, times in Counter(jieba.lcut(title)).items()
        }
        norm = math.sqrt(sum(weight**2 for weight in weights.values()))
        return {word: weight / norm for word, weight in weights.items()}

    def cosine(one: str, other: str) -> float:
        first, second = vector(one), vector(other)
        return sum(weight * second.get(word, 0.0) for word, weight in first.items())

    return cosine


def _linked(titles: Sequence[str], alike: Callable[[str, str], float], least: float) -> list[int]:
    """A group for each title: those that a chain of alike titles joins."""
    links = [
        (n, m)
        for n, m in combinations(range(len(titles)), 2)
        if alike(titles[n], titles[m]) >= least
    ]
    rows, columns = np.array(links, dtype=np.int64).reshape(-1, 2).T
    shape = (len(titles), len(titles))
    graph = sparse.coo_array((np.ones(len(links)), (rows, columns)), shape=shape)
    groups: list[int] = connected_components(graph, directed=False)[1].tolist()
    return groups


def _read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def read_pairs(folder: Path) -> list[Pair]:
    """The labelled pairs of ``*_pairs.csv``, in file order."""
    return [
        Pair(
            (row["source_a"], row["title_a"]),
            (row["source_b"], row["title_b"]),
            row["stratum"],
            row["same"] == "1",
        )
        for file in sorted(folder.glob("*_pairs.csv"))
        for row in _read_csv(file)
    ]


def _quality(labels: Path, topic_of: Mapping[Title, int], titles: Sequence[str]) -> Table:
    """How each calls the labelled pairs, over all, two random halves and the strata; and stories."""
    pairs = read_pairs(labels)
    stories = [row for file in sorted(labels.glob("*_stories.csv")) for row in _read_csv(file)]
    dice = random.Random(7)
    half = [dice.random() < 0.5 for _ in pairs]
    parts = {
        "all pairs": [True] * len(pairs),
        "one half": half,
        "other half": [not one for one in half],
        **{
            f"stratum {name}": [pair.stratum == name for pair in pairs]
            for name in sorted({pair.stratum for pair in pairs})
        },
    }
    table = Table(
        "precision / recall / balanced accuracy (stories: F1)", "pairs", "fengkou", "difflib >= .7",
        "bigrams >= .087", "TF-IDF >= .255",
        title=f"topics: {len(pairs)} labelled pairs, {len(stories)} titles of labelled stories",
        title_justify="left",
    )  # fmt: skip
    baselines = [(_ratio, 0.7), (_jaccard, 0.087), (_tf_idf(titles), 0.255)]
    calls = [
        [pair.one in topic_of and topic_of[pair.one] == topic_of.get(pair.other) for pair in pairs],
        *(
            [alike(pair.one[1], pair.other[1]) >= least for pair in pairs]
            for alike, least in baselines
        ),
    ]
    for name, chosen in parts.items():
        same = [pair.same for pair, is_in in zip(pairs, chosen, strict=True) if is_in]
        figures = (
            _measures([call for call, is_in in zip(each, chosen, strict=True) if is_in], same)
            for each in calls
        )
        table.add_row(name, str(len(same)), *(_printed(one) for one in figures))
    if stories:
        told = [row["title"] for row in stories]
        groupings: list[Sequence[object]] = [
            [topic_of.get((row["source"], row["title"])) for row in stories],
            *(_linked(told, alike, least) for alike, least in baselines),
        ]
        ids = [row["story_id"] for row in stories]
        table.add_row(
            "stories, B-cubed (baselines: chains)", "", *(_printed(_b_cubed(one, ids)) for one in groupings)
        )  # fmt: skip
    return table


def _printed(figures: Sequence[float]) -> str:
    return " / ".join(f"{one:.3f}".removeprefix("0") for one in figures)


def _largest(home: Home) -> Table:
    """The ten topics with most titles; a day is one in Shanghai."""
    table = Table(
        "founding title", "titles", "on its busiest day", "of that day's titles", "from", "to",
        title="topics: the ten largest", title_justify="left",
    )  # fmt: skip
    with operations.opened(home) as con:
        rows = con.execute(
            f"""
            WITH told AS (
                SELECT members.topic_id, items.first_title_id AS title_id, items.first_seen_at,
                       (items.first_seen_at + INTERVAL {SHANGHAI_HOURS} HOUR)::DATE AS day
                FROM (SELECT item_id, arg_max(topic_id, joined_at) AS topic_id
                      FROM core.topic_items GROUP BY item_id) AS members
                INNER JOIN core.items AS items USING (item_id)
            ),
            days AS (SELECT day, count(DISTINCT title_id) AS titles FROM told GROUP BY day),
            each AS (SELECT topic_id, day, count(DISTINCT title_id) AS titles FROM told GROUP BY ALL),
            busiest AS (SELECT topic_id, max(each.titles) AS most,
                               max(each.titles / days.titles) AS share
                        FROM each INNER JOIN days USING (day) GROUP BY topic_id)
            SELECT any_value(titles.clean_title), count(DISTINCT told.title_id) AS title_count,
                   any_value(most), any_value(share), min(told.day)::VARCHAR, max(told.day)::VARCHAR
            FROM told INNER JOIN busiest USING (topic_id)
            INNER JOIN core.items AS founder ON founder.item_id = told.topic_id
            INNER JOIN (SELECT DISTINCT title_id, clean_title FROM core.titles) AS titles
                ON titles.title_id = founder.first_title_id
            GROUP BY told.topic_id ORDER BY title_count DESC, told.topic_id LIMIT 10
            """
        ).fetchall()
    for title, count, most, share, begin, end in rows:
        table.add_row(title[:30], f"{count}", f"{most}", f"{share:.2%}", begin, end)
    return table


def _count(file: Path, what: str) -> int:
    with duckdb.connect() as con:
        row = con.execute(f"SELECT {what} FROM read_parquet('{file}')").fetchone()
    assert row is not None
    return int(row[0])


def measure(files: Sequence[Path], labels: Path | None, work: Path) -> Iterator[Table]:
    """Tables: quality where there are labels, the largest topics, and speed.

    Grouped is the archive with most distinct titles, which is that of the labels; it grows by titles made
    from those of the archive with most lines.
    """
    main = max(files, key=lambda file: _count(file, "count(DISTINCT title)"))
    finest = max(files, key=lambda file: _count(file, "count(*)"))
    home, to = Home(work / "topics"), work / "topics.parquet"
    (count, grouping), took = _in_a_child(_group, home.root, [main], to)
    if labels:
        rows = parquet.read_table(to).to_pylist()
        topic_of = {(row["source"], row["title"]): row["topic_id"] for row in rows}
        yield _quality(labels, topic_of, _titles(main))
    yield _largest(home)
    yield _speed(main, finest, work, (count, grouping, took))
