"""Every query of docs/sql-cookbook.md runs, and returns the columns that the page names."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse.publish import PARQUET_TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "sql-cookbook.md"
SECTIONS = re.split(r"^## (?=\d+\. )", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]

pytestmark = pytest.mark.xdist_group("simulated_home")  # one worker builds it, not each


@pytest.fixture(scope="module")
def published(simulated_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    file = simulated_home / "published" / "fengkou.duckdb"
    with duckdb.connect(str(file), read_only=True) as con:
        yield con


def question(section: str) -> str:
    return section.splitlines()[0]


@pytest.mark.parametrize("section", SECTIONS, ids=question)
def test_a_question_is_answered_as_the_page_says(
    section: str, published: duckdb.DuckDBPyConnection
) -> None:
    (query,) = re.findall(r"^```sql\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    (named,) = re.findall(r"^Columns: (.*)$", section, re.MULTILINE)
    answer = published.execute(query)
    assert [column[0] for column in answer.description] == re.findall(r"`(\w+)`", named), (
        "the columns that are named above the query are not those that it returns"
    )
    assert answer.fetchall() or "May be empty:" in section, (
        "no rows: mend the query, or say in the page 'May be empty: …' and why"
    )


@pytest.mark.parametrize("section", SECTIONS, ids=question)
def test_a_question_is_asked_in_chinese_and_explained(section: str) -> None:
    assert re.search(r"^[^a-z`]*[\u4e00-\u9fff].*？$", section, re.MULTILINE)
    assert "How to read it: " in section


@pytest.mark.parametrize("section", SECTIONS, ids=question)
def test_a_query_reads_the_marts_only(section: str) -> None:
    (query,) = re.findall(r"^```sql\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert not re.findall(r"\b(?:raw|core|ops)\.\w+", query)
    assert not re.findall(r"\b(?:now|today|current_date|current_timestamp)\s*\(", query), (
        "ask for the newest capture, not for the clock: a file then gives the same answer always"
    )


@pytest.mark.parametrize("section", SECTIONS, ids=question)
def test_an_answer_is_a_page_however_large_the_warehouse(section: str) -> None:
    (query,) = re.findall(r"^```sql\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    assert re.fullmatch(r"LIMIT \d+", query.splitlines()[-1])


def test_the_page_names_each_parquet_file() -> None:
    (named,) = re.findall(r"`published/parquet/`: (.*?)\.\n- ", PAGE.read_text("utf-8"), re.DOTALL)
    assert tuple(re.findall(r"\w+_?\w*", named.replace(" and ", " "))) == PARQUET_TABLES


def test_there_are_questions() -> None:
    assert len(SECTIONS) >= 12
