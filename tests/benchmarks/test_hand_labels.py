"""What people say of topics is kept as labelled pairs, without a title."""

import csv
import io
import sys
from pathlib import Path

import pytest

from benchmarks.topic_labels import __main__ as command
from benchmarks.topic_labels.hands import of_home
from benchmarks.topic_labels.kept import key
from fengkou import hand_ledger, topic_hands
from fengkou.home import Home
from pipelines.text.titles import fold_title
from tests.made_hands import (
    BY,
    COME,
    COMING,
    MINUTE,
    MUSEUM,
    SAID,
    TRAINS,
    land_storm,
    see,
    topic_of,
)


def test_a_split_tells_two_stories_and_a_join_one_until_they_are_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path / "home")
    land_storm(home)
    see(home)
    storm, museum = str(topic_of(home, COMING)), str(topic_of(home, MUSEUM))
    topic_hands.split(home, storm, [TRAINS], BY, SAID)
    see(home)
    topic_hands.join(home, [str(topic_of(home, TRAINS)), museum], BY, SAID + MINUTE)
    topic_hands.rename(home, storm, "台风", BY, SAID + MINUTE)

    def hashed(source: str, title: str) -> str:
        return key(source, fold_title(title))

    trains = hashed("zhihu", TRAINS)
    pairs = {(pair.earlier, pair.later, pair.label) for pair in of_home(home)}
    assert pairs == {
        (hashed("weibo", COMING), trains, "other"),
        (hashed("baidu", COME), trains, "other"),
        (hashed("weibo", MUSEUM), trains, "same"),
    }
    hand_ledger.undo(home, 1, BY, SAID + 2 * MINUTE)
    monkeypatch.setattr(sys, "argv", ["topic_labels", "hands", "--home", str(home.root)])
    command.main()
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["label"], row["kind"], row["hours"]) == ("same", "hand", "0")
