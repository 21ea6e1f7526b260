"""Real processes send through the terminal channel into a file, and are killed."""

import fcntl
import os
import random
import re
import signal
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fengkou.desks.sending import Clock, Sender, Sent
from fengkou.desks.store.database import Database
from fengkou.desks.store.queue import Queue
from fengkou.desks.store.records import DeskRecord
from pipelines.desks.desk import ChannelSettings, Desk
from pipelines.desks.gate import Gate
from tests.listening_desks import DESK, MINUTES, NOON, ROOM, TOWER, matched, story

AGAIN = "补发"


def fill(database: Database, count: int, desk: Desk = DESK) -> list[str]:
    """Queue a message for each of so many stories; the headline of each."""
    gate = Gate(desk, {})
    for number in range(count + 1):
        seen = [matched(story(number))] if number else []
        with database.writing() as con:
            record = DeskRecord(con, desk.name)
            decided = gate.hear(NOON + number * MINUTES, seen, record)
            assert decided is not None
            record.keep(decided, desk.version)
    return [f"芯片的事 {number}" for number in range(1, count + 1)]


def send_in_child(database: Path, written: Path, desk: Desk) -> int:
    """A process that sends into a file; its id."""
    child = os.fork()
    if child:
        return child
    with suppress(BaseException):
        os.dup2(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 1)
        sys.stdout = os.fdopen(1, "w")
        Sender(Database(database), [desk], {}).send(timedelta())
        sys.stdout.flush()
        os._exit(0)
    os._exit(1)


def arrived(written: Path) -> list[str]:
    """The messages in a file, in order."""
    text = written.read_text(encoding="utf-8", errors="replace") if written.exists() else ""
    return [message for message in text.split("\n\n") if message.strip()]


@pytest.mark.slow
def test_killed_at_a_hundred_instants_nothing_is_lost_and_each_kill_sends_at_most_one_again(
    tmp_path: Path,
) -> None:
    file, written = tmp_path / "desk.db", tmp_path / "chat.txt"
    titles = fill(Database(file), 120)
    draw = random.Random(7)
    kills = 0
    while kills < 100:
        child = send_in_child(file, written, DESK)
        time.sleep(draw.uniform(0, 0.2))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            titles += fill_more(file, len(titles))
            continue
        kills += 1
    os.waitpid(send_in_child(file, written, DESK), 0)
    messages = arrived(written)
    told = [titles[number - 1] for number in map(_number, messages)]
    again = [message for message in messages if AGAIN in message]
    assert set(told) == set(titles)
    assert len(messages) - len(again) <= len(titles)
    assert 0 < len(again) <= kills


def _number(message: str) -> int:
    found = re.search(r"芯片的事 (\d+)", message)
    assert found
    return int(found[1])


def fill_more(file: Path, already: int) -> list[str]:
    """Queue as many again, later, of other stories."""
    database, gate = Database(file), Gate(DESK, {})
    titles = []
    for number in range(already + 1, already + 41):
        with database.writing() as con:
            record = DeskRecord(con, DESK.name)
            decided = gate.hear(NOON + number * MINUTES, [matched(story(number))], record)
            assert decided is not None
            record.keep(decided, "1")
        titles.append(f"芯片的事 {number}")
    return titles


def test_what_is_queued_is_sent_once_and_in_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = Database(tmp_path / "desk.db")
    titles = fill(database, 5)
    sent = Sender(database, [DESK], {}).send()
    again = Sender(database, [DESK], {}).send()
    assert sent == Sent({"tech/room": 5})
    assert again == Sent()
    shown = capsys.readouterr().out
    assert [shown.index(title) for title in titles] == sorted(map(shown.index, titles))
    assert AGAIN not in shown


def test_each_channel_gets_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = replace(DESK, channels=(ROOM, TOWER))
    database = Database(tmp_path / "desk.db")
    fill(database, 1, desk)
    assert Sender(database, [desk], {}).send().taken == {"tech/room": 1, "tech/tower": 1}


def test_one_process_sends_at_a_time(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db")
    fill(database, 1)
    with (tmp_path / "desk.sending").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert Sender(database, [DESK], {}).send().is_busy
    assert Sender(database, [DESK], {}).send().taken == {"tech/room": 1}


def test_a_message_for_a_channel_that_is_gone_is_kept_and_told(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db")
    fill(database, 1)
    nowhere = replace(DESK, channels=())
    assert Sender(database, [nowhere], {}).send().failed == {"tech/room": 1}
    (troubled,) = Queue(database).troubled()
    assert (troubled.channel, troubled.failed_count) == ("room", 1)
    assert "has no channel room" in troubled.said
    Queue(database).try_again(datetime.now(UTC))
    assert Sender(database, [DESK], {}).send().taken == {"tech/room": 1}
    assert Queue(database).troubled() == []


def test_a_variable_that_is_not_set_is_told_by_its_name(tmp_path: Path) -> None:
    desk = replace(DESK, channels=(ChannelSettings("room", "wecom", "TECH_WECOM"),))
    database = Database(tmp_path / "desk.db")
    fill(database, 1, desk)
    Sender(database, [desk], {}).send()
    (troubled,) = Queue(database).troubled()
    assert "TECH_WECOM is not set" in troubled.said


def test_a_clock_that_stands_still_sends_all_the_same(tmp_path: Path) -> None:
    database = Database(tmp_path / "desk.db")
    fill(database, 3)
    naps: list[float] = []
    clock = Clock(lambda: NOON + 60 * MINUTES, naps.append)
    assert Sender(database, [DESK], {}, clock).send().taken == {"tech/room": 3}
    assert naps == []
