"""What digests of simulated boards say is true of the raw lines, and what is not true is found."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pytest

from benchmarks.clause_checks import Checker
from benchmarks.clause_reading import OTHER_PART, Clause, reader
from benchmarks.digest_clauses import Checked, check
from pipelines.digest.contents import Claim, Digest, Period
from tests.conftest import SIMULATED_HOURS, SIMULATED_START
from tests.pipelines.digest.made_digests import DIGEST, TOPIC
from warehouse.connection import PUBLISHED_FILE
from warehouse.instants import to_naive
from warehouse.readers.digest import make_digest

END = SIMULATED_START + timedelta(hours=SIMULATED_HOURS)
INSTANTS = (END - timedelta(hours=9), END - timedelta(minutes=40), END)
AFTER_FOUR_HOURS_UNREAD = END + timedelta(hours=4)


@pytest.fixture(scope="module")
def con(simulated_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(simulated_home / "published" / PUBLISHED_FILE, read_only=True) as con:
        yield con


def digests(con: duckdb.DuckDBPyConnection, *instants: datetime) -> list[Digest]:
    return [make_digest(con, at, period) for at in instants for period in Period]


@pytest.fixture(scope="module")
def checked(con: duckdb.DuckDBPyConnection) -> Callable[[datetime], Sequence[Checked]]:
    """Every clause of an instant's digests, held against what was published; once for all tests."""
    return cache(lambda at: tuple(check(con, digests(con, at))))


@pytest.mark.parametrize("at", [*INSTANTS, AFTER_FOUR_HOURS_UNREAD])
def test_every_clause_is_read_and_true(
    checked: Callable[[datetime], Sequence[Checked]], at: datetime
) -> None:
    assert len({each.clause.code for each in checked(at)}) > 8
    assert [each for each in checked(at) if each.clause.code == "unread"] == []
    assert [each for each in checked(at) if not each.is_true] == []


def test_heats_are_among_what_is_checked(
    checked: Callable[[datetime], Sequence[Checked]],
) -> None:
    codes = {each.clause.code for at in INSTANTS for each in checked(at)}
    assert {"claim.heat", "place.heat"} <= codes


def test_what_binds_titles_is_among_what_is_checked(
    checked: Callable[[datetime], Sequence[Checked]],
) -> None:
    codes = {each.clause.code for at in INSTANTS for each in checked(at)}
    assert {"bond.words", "bond.span", "bond.chance"} <= codes


def test_a_false_word_on_titles_is_found(con: duckdb.DuckDBPyConnection) -> None:
    checker = Checker(con)
    clauses = reader(checker.lists()).read(make_digest(con, END, Period.DAY))
    checker.look(END, sorted({clause.topic_id for clause in clauses}))
    said = {clause.code: clause for clause in clauses if clause.code.startswith("bond.")}
    for code, false in (
        ("bond.words", {"words": (("无此词", 0),)}),
        ("bond.words", {"count": 99}),
        ("bond.span", {"minutes": 1}),
        ("bond.chance", {"chance": 0.01}),
    ):
        assert checker.is_true(said[code], END)
        figures = {**said[code].figures, **false}
        assert not checker.is_true(replace(said[code], figures=figures), END)


@pytest.fixture
def linked(simulated_home: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of what was published in which the day's first topics are parts of one story."""
    copy = shutil.copy(simulated_home / "published" / PUBLISHED_FILE, tmp_path)
    with duckdb.connect(copy) as con:
        topics = [card.topic_id for card in make_digest(con, END, Period.DAY).topics][:4]
        since = to_naive(END - timedelta(hours=1))
        con.executemany(
            "INSERT INTO core.storyline_links VALUES (?, ?, ?, 40.0, ['青禾杯'])",
            [[topic_id, since, topics[0]] for topic_id in topics],
        )
        yield con


def test_a_false_word_on_other_parts_is_found(linked: duckdb.DuckDBPyConnection) -> None:
    checker, at = Checker(linked), END
    clause = next(
        clause
        for clause in reader(checker.lists()).read(make_digest(linked, at, Period.DAY))
        if clause.code == OTHER_PART
    )
    assert checker.is_true(clause, at)
    for name, false in (
        ("part", clause.topic_id + 1),
        ("title", "无此题"),
        ("time", END + timedelta(minutes=1)),
    ):
        assert not checker.is_true(replace(clause, figures={**clause.figures, name: false}), at)


def test_days_are_read_whole() -> None:
    back = Claim("back", {"minutes": timedelta(days=4, hours=20) / timedelta(minutes=1)})
    digest = replace(DIGEST, topics=(replace(TOPIC, claims=(back,)),))
    (clause,) = (each for each in reader({}).read(digest) if each.code == "claim.back")
    assert clause.figures == {"minutes": 4 * 24 * 60, "loose": 24 * 60}


def test_a_story_has_not_left_lists_that_nobody_could_read(con: duckdb.DuckDBPyConnection) -> None:
    (digest,) = digests(con, AFTER_FOUR_HOURS_UNREAD)[1:]
    lives = [card.life for card in digest.topics] + [line.life for line in digest.lines]
    assert any(life.unread_since for life in lives)
    assert not any(life.unread_since and life.left_at for life in lives)


def test_a_false_clause_is_found(con: duckdb.DuckDBPyConnection) -> None:
    checker = Checker(con)
    digest = make_digest(con, END, Period.DAY)
    clauses = reader(checker.lists()).read(digest)
    checker.look(END, sorted({clause.topic_id for clause in clauses}))
    for code, figure in (
        ("topic.life.2", "count"),
        ("topic.life.3", "rank"),
        ("place.flat", "rank"),
    ):
        clause = next(clause for clause in clauses if clause.code == code)
        assert checker.is_true(clause, END)
        number = clause.figures[figure]
        assert isinstance(number, int)
        off = replace(clause, figures={**clause.figures, figure: number + 1})
        assert not checker.is_true(off, END)


def test_words_that_no_message_makes_are_not_true(con: duckdb.DuckDBPyConnection) -> None:
    checker = Checker(con)
    checker.look(END, [1])
    assert not checker.is_true(Clause(1, "unread", "到处都是它"), END)
