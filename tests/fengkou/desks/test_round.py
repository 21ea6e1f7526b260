"""Desks over a real warehouse: what they hear of, are sent, and what analysts read of it."""

import shutil
from pathlib import Path

import pytest

from fengkou import operations, reads, topic_hands
from fengkou.desks.desk_folder import desks
from fengkou.desks.round import Round, hear_and_send
from fengkou.desks.trial import try_desks
from fengkou.desks.trial_summary import message_as_json
from fengkou.home import Home
from tests.made_hands import BY, COME, COMING, MINUTE, MUSEUM, TRAINS
from tests.warehouse.captures import build_up_to
from tests.warehouse.models.test_topics import BAIDU, MIDNIGHT, WEIBO, ZHIHU, land, rows
from warehouse.connection import PUBLISHED_FILE, WAREHOUSE_FILE

pytestmark = pytest.mark.slow

DESK = """
desk: weather
tz: Asia/Shanghai
watch:
  - id: storms
    any: [台风]
channels:
  room: {kind: console}
"""
OPENED = MIDNIGHT - 60 * MINUTE


def write_desk(home: Home, text: str = DESK, name: str = "weather") -> None:
    home.desks.mkdir(parents=True, exist_ok=True)
    (home.desks / f"{name}.yaml").write_text(text, encoding="utf-8")


HEARD = (
    *(
        "core.topic_cards",
        "core.topic_names",
        "core.stay_ends",
        "core.servings",
        "core.title_tokens",
    ),
    *("mart.deliveries", "mart.topics", "mart.topic_titles"),
)
"""What desks read, and what tests ask."""


def publish(home: Home) -> None:
    build_up_to(home, *HEARD)
    home.published.mkdir(parents=True, exist_ok=True)
    with operations.opened(home) as con:
        con.execute("CHECKPOINT")
    shutil.copyfile(home.warehouse / WAREHOUSE_FILE, home.published / PUBLISHED_FILE)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A desk that opened before midnight, and what boards show of a storm since."""
    home = Home(tmp_path / "home")
    write_desk(home)
    land(home, WEIBO, OPENED, MUSEUM)
    publish(home)
    hear_and_send(home)
    land(home, WEIBO, MIDNIGHT, COMING, MUSEUM)
    publish(home)
    return home


def shown(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def told(listened: Round) -> list[str]:
    return [
        str(each.message.kind)
        for heard in listened.heard
        if heard.decided
        for each in heard.decided.outgoing
    ]


def test_a_desk_hears_of_a_story_once_and_the_chat_shows_it(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(hear_and_send(home)) == ["new"]
    assert COMING in shown(capsys)
    assert told(hear_and_send(home)) == []
    assert shown(capsys) == ""


def test_a_story_that_grows_and_merges_and_is_renamed_and_split_is_new_once(home: Home) -> None:
    kinds = told(hear_and_send(home))
    land(home, BAIDU, MIDNIGHT + 10 * MINUTE, COME)
    land(home, ZHIHU, MIDNIGHT + 20 * MINUTE, TRAINS)
    publish(home)
    kinds += told(hear_and_send(home))
    storm = next(
        iter(rows(home, f"SELECT topic_id FROM mart.topic_titles WHERE title = '{COMING}'"))
    )
    topic_hands.rename(home, str(storm[0]), "大风", BY)
    topic_hands.split(home, str(storm[0]), [TRAINS], BY)
    land(home, WEIBO, MIDNIGHT + 50 * MINUTE, COMING, TRAINS, MUSEUM)
    publish(home)
    kinds += told(hear_and_send(home))
    assert kinds.count("new") == 1


def test_what_was_told_is_a_mart_and_says_how_far_ahead(home: Home) -> None:
    hear_and_send(home)
    publish(home)
    ((title, kind, rule, channel, top_ten_at),) = rows(
        home, "SELECT title, kind, rules[1], channel, top_ten_at FROM mart.deliveries"
    )
    assert (title, kind, rule, channel) == (COMING, "new", "storms", "room")
    assert top_ten_at == MIDNIGHT.replace(tzinfo=None)
    # It was sent by the clock of now, long after the night that the test made.
    assert rows(home, "SELECT minutes_ahead < 0 FROM mart.deliveries") == [(True,)]


def test_files_that_are_landed_twice_or_damaged_bring_each_row_once(home: Home) -> None:
    hear_and_send(home)
    (file,) = home.desk_events.glob("tellings-*")
    file.with_name("tellings-000000001-000000009.jsonl").write_bytes(file.read_bytes())
    (home.desk_events / "messages-000000090-000000099.jsonl").write_text("{", encoding="utf-8")
    publish(home)
    publish(home)
    assert rows(home, "SELECT count(*) FROM raw.desk_tellings") == [(1,)]
    assert rows(home, "SELECT count(*) FROM raw.desk_messages") == [(1,)]


def test_a_trial_foretells_what_is_sent(home: Home) -> None:
    sent = [
        each
        for heard in hear_and_send(home).heard
        if heard.decided
        for each in heard.decided.outgoing
    ]
    with reads.reading(home) as con:
        (trial,) = try_desks(con, desks(home).running, OPENED, MIDNIGHT)
    assert list(map(message_as_json, trial.outgoing)) == list(map(message_as_json, sent))


def test_a_faulty_file_stops_no_other_desk(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    write_desk(home, DESK.replace("weather", "other").replace("台风", "博物馆"), "other")
    write_desk(home, "desk: broken\nwatch: [", "broken")
    listened = hear_and_send(home)
    assert {heard.desk for heard in listened.heard} == {"weather", "other"}
    assert any("broken.yaml" in fault for fault in listened.faults)
    assert MUSEUM in shown(capsys)
