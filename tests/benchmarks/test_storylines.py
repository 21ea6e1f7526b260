"""Storylines as they are judged: stories by their words, sizes, links with what a reader needs."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from benchmarks import storylines
from warehouse.connection import PUBLISHED_FILE

pytestmark = pytest.mark.xdist_group("simulated_home")  # one worker builds it, not each

LARGEST = """
SELECT storyline_id, list(topic_id) FROM core.storylines WHERE until_at IS NULL
GROUP BY storyline_id ORDER BY count(*) DESC LIMIT 1
"""


@pytest.fixture
def home(simulated_home: Path, tmp_path: Path) -> Path:
    """A copy of what was published in which the topics with most titles are one storyline."""
    (tmp_path / "published").mkdir()
    copy = shutil.copy(simulated_home / "published" / PUBLISHED_FILE, tmp_path / "published")
    with duckdb.connect(copy) as con:
        con.execute(
            """
            INSERT INTO core.storyline_links BY NAME
            SELECT topic_id, first(topic_id) OVER () AS storyline_id, from_at, 40.0 AS strength,
                   ['青禾杯'] AS names
            FROM (SELECT topic_id, min(joined_at) AS from_at FROM core.topic_items
                  GROUP BY topic_id ORDER BY count(*) DESC, topic_id LIMIT 3)
            """
        )
    return tmp_path


@pytest.fixture
def con(home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(home / "published" / PUBLISHED_FILE, read_only=True) as con:
        con.execute(storylines.TABLES)
        yield con


def test_a_story_is_found_by_its_words_in_storylines_and_outside(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ((storyline_id, parts),) = con.execute(LARGEST).fetchall()
    titles = [
        title
        for (title,) in con.execute(
            "SELECT DISTINCT title FROM told WHERE list_contains(?, topic_id)", [parts]
        ).fetchall()
    ]
    inside, outside = storylines.story(con, titles)
    assert inside[0] == len(parts) > 1
    assert outside >= 0
    assert storylines.story(con, ["此词无处可寻"]) == ((), 0)
    assert storyline_id in parts


def test_as_many_links_are_printed_as_were_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["storylines", str(home), "甲,乙", "--links", "1"])
    storylines.main()
    printed = capsys.readouterr().out
    assert "甲,乙" in printed
    _, links = printed.split("links in hash order")
    assert sum("│" in line for line in links.splitlines()) >= 1
