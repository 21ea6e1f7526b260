"""The largest topics of a home: how long they were told, with titles of each."""

import sys
from pathlib import Path

import duckdb
import pytest

from benchmarks import largest_topics
from fengkou.home import Home
from tests.made_hands import COME, COMING, land_storm, see
from warehouse.connection import PUBLISHED_FILE


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    land_storm(home)
    see(home)
    return home


def test_a_topic_is_told_with_its_lists_its_days_and_its_titles_in_order(home: Home) -> None:
    with duckdb.connect(home.published / PUBLISHED_FILE, read_only=True) as con:
        storm, museum = largest_topics.largest(con, 10)
    assert len(museum.titles) == 1 < len(storm.titles)
    assert [*storm.titles] == sorted(storm.titles)
    assert {COMING, COME} <= {title for _, _, title in storm.titles}
    assert storm.last_seen_at == storm.titles[-1][0]
    assert 0 <= storm.quiet_hours <= storm.days * 24


def test_as_many_topics_are_printed_as_were_asked_for(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["largest_topics", str(home.root), "-n", "1"])
    largest_topics.main()
    printed = capsys.readouterr().out
    assert COMING in printed
    assert "博物馆" not in printed


def test_samples_begin_with_the_first_title_and_end_with_the_last(home: Home) -> None:
    with duckdb.connect(home.published / PUBLISHED_FILE, read_only=True) as con:
        storm, _ = largest_topics.largest(con, 10)
    assert [*largest_topics.samples(storm, 2)] == [storm.titles[0], storm.titles[-1]]
    assert [*largest_topics.samples(storm, 99)] == [*storm.titles]
