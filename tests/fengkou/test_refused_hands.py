"""What people say of topics and cannot be heeded is refused, with what was found and what to do."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from fengkou import hand_ledger, topic_hands
from fengkou.hand_ledger import HandRefusedError
from fengkou.home import Home
from tests.made_hands import (
    BY,
    COME,
    COMING,
    MINUTE,
    MUSEUM,
    SAID,
    TRAINS,
    see,
    split_trains,
    storm_home,
    topic_of,
)
from tests.warehouse.models.test_topics import MIDNIGHT, rows


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return storm_home(tmp_path / "home")


def test_what_cannot_be_meant_is_refused_and_nothing_is_written(home: Home) -> None:
    storm, museum = str(topic_of(home, COMING)), str(topic_of(home, MUSEUM))
    refused: list[tuple[str, Callable[[], object]]] = [
        ("no topic of the published copy", lambda: topic_hands.split(home, "7", [COME], BY)),
        ("is no topic's id", lambda: topic_hands.rename(home, COME, "台风", BY)),
        ("in no title of topic", lambda: topic_hands.split(home, storm, [MUSEUM], BY)),
        ("in no title of topic", lambda: topic_hands.split(home, storm, ["！"], BY)),
        ("is in 2 titles", lambda: topic_hands.split(home, storm, ["登陆松涧市"], BY)),
        ("nothing would stay", lambda: topic_hands.split(home, museum, [MUSEUM], BY)),
        ("wants two or more", lambda: topic_hands.join(home, [storm], BY)),
        ("wants two or more", lambda: topic_hands.join(home, [storm, storm], BY)),
        ("characters that can be seen", lambda: topic_hands.rename(home, storm, " \u200b", BY)),
        ("characters that can be seen", lambda: topic_hands.rename(home, storm, "长" * 61, BY)),
        ("no hand 3", lambda: hand_ledger.undo(home, 3, BY)),
        ("names nobody", lambda: topic_hands.rename(home, storm, "台风", " ")),
    ]
    for message, say in refused:
        with pytest.raises(HandRefusedError, match=message):
            say()
    assert hand_ledger.hands(home) == ([], [])


@pytest.mark.slow
def test_a_hand_that_contradicts_an_earlier_one_is_refused_until_that_is_undone(home: Home) -> None:
    storm = split_trains(home)
    trains, museum = str(topic_of(home, TRAINS)), str(topic_of(home, MUSEUM))
    with pytest.raises(HandRefusedError, match=r"Hand 1 .* two stories.* topic undo 1"):
        topic_hands.join(home, [str(storm), trains], BY)
    topic_hands.join(home, [str(storm), museum], BY, SAID + MINUTE)
    with pytest.raises(HandRefusedError, match=r"Hand 2 .* is not built yet"):
        topic_hands.split(home, str(storm), [COME], BY)
    see(home)
    with pytest.raises(HandRefusedError, match=r"Hand 2 .* one story.* topic undo 2"):
        topic_hands.split(home, str(storm), [MUSEUM], BY)
    with pytest.raises(HandRefusedError, match="Hand 3 undid hand 1"):
        hand_ledger.undo(home, hand_ledger.undo(home, 1, BY, SAID + 2 * MINUTE).hand.number, BY)
    see(home)
    assert topic_hands.split(home, str(storm), [COME], BY, SAID + 3 * MINUTE).is_new


@pytest.mark.slow
def test_the_same_said_twice_is_one_hand(home: Home) -> None:
    storm, museum = str(topic_of(home, COMING)), str(topic_of(home, MUSEUM))
    for _ in range(2):
        topic_hands.split(home, storm, [TRAINS], BY, SAID)
        topic_hands.rename(home, storm, "台风", BY, SAID)
    see(home)
    for _ in range(2):
        topic_hands.join(home, [storm, museum], BY, SAID + MINUTE)
        see(home)
        hand_ledger.undo(home, 2, BY, SAID + MINUTE)
    standings, _ = hand_ledger.hands(home)
    kinds = [str(standing.hand.kind) for standing in standings]
    assert kinds == ["split", "rename", "join", "undo"]


def test_who_takes_up_an_old_name_again_says_something_new(home: Home) -> None:
    storm = str(topic_of(home, COMING))
    for name in ("台风", "青鸟", "台风"):
        assert topic_hands.rename(home, storm, name, BY, SAID).is_new
    instants = [standing.hand.said_at for standing in hand_ledger.hands(home)[0]]
    assert instants == sorted({*instants})


def test_a_damaged_file_holds_nothing_and_is_told_once_and_all_else_goes_on(home: Home) -> None:
    storm = str(topic_of(home, COMING))
    for name in ("台风", "青鸟"):
        topic_hands.rename(home, storm, name, BY, SAID)
    (home.hands / "000002.json").write_text("{}", encoding="utf-8")
    (home.hands / "000003 (1).json").write_text("{}", encoding="utf-8")
    for _ in range(2):
        see(home)
    assert rows(home, "SELECT label FROM mart.topics WHERE named_by IS NOT NULL") == [("台风",)]
    ((board, place, reason, found, origin, _),) = rows(
        home, "SELECT * EXCLUDE (captured_at) FROM raw.rejects"
    )
    assert (board, place, reason, origin) == ("", 2, "hand_file_damaged", "hands")
    assert str(found).startswith("000002.json: expected an object with")
    with pytest.raises(HandRefusedError, match=r"no hand 2 that can be read \(000002"):
        hand_ledger.undo(home, 2, BY, SAID)
    assert topic_hands.rename(home, storm, "鸟", BY, SAID).hand.number == 3


def test_a_hand_of_an_instant_that_no_clock_can_have_shown_waits(home: Home) -> None:
    storm = str(topic_of(home, COMING))
    topic_hands.rename(home, storm, "台风", BY, MIDNIGHT + timedelta(days=365 * 60))
    see(home)
    assert rows(home, "FROM raw.topic_hands") == []
    with pytest.raises(HandRefusedError, match="one of them is wrong"):
        topic_hands.rename(home, storm, "青鸟", BY, SAID)
