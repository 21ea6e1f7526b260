"""The ledger on disk answers as the record in memory does."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from fengkou.desks.store.database import Database
from fengkou.desks.store.records import DeskRecord
from pipelines.desks.desk import Budget, DigestTime, QuietHours
from pipelines.desks.gate import Gate
from pipelines.desks.record import RecordInMemory
from pipelines.desks.stories import DeskStory
from tests.listening_desks import DAYS, DESK, MINUTES, NOON, line, matched, story

BUSY = replace(
    DESK,
    quiet=(QuietHours(time(23), time(7)),),
    budget=Budget(per_hour=1, per_day=4),
    digests=(DigestTime(time(9)), DigestTime(time(18))),
)


@st.composite
def stories(draw: st.DrawFn) -> DeskStory:
    topic_id = draw(st.integers(1, 6))
    boards = draw(st.sets(st.sampled_from("abcdefgh"), min_size=1, max_size=5))
    lines = [line(board, draw(st.integers(1, 30)), item=topic_id) for board in sorted(boards)]
    former = [draw(st.integers(1, 6))] if draw(st.booleans()) else []
    came_back_at = NOON + DAYS if draw(st.booleans()) else None
    return story(topic_id, *lines, former=former, came_back_at=came_back_at)


@settings(max_examples=25)
@given(
    steps=st.lists(st.tuples(st.integers(-30, 600), st.lists(stories(), max_size=4)), max_size=12)
)
def test_a_desk_decides_alike_from_its_ledger_and_from_memory(
    steps: list[tuple[int, list[DeskStory]]],
) -> None:
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "desk.db")
        memory, gate, at = RecordInMemory(), Gate(BUSY, {}), NOON
        for minutes, seen in steps:
            at += minutes * MINUTES
            took = [matched(each) for each in {each.topic_id: each for each in seen}.values()]
            foretold = gate.hear(at, took, memory)
            with database.writing() as con:
                record = DeskRecord(con, "tech")
                decided = gate.hear(at, took, record)
                if decided is not None:
                    record.keep(decided, "1")
            assert decided == foretold
            if foretold is not None:
                memory.keep(foretold)


def test_ticks_at_once_tell_a_story_once(tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    Database(file)
    gate = Gate(DESK, {})

    def tick(at: datetime) -> int:
        with Database(file).writing() as con:
            record = DeskRecord(con, "tech")
            decided = gate.hear(at, [matched(story(1))], record)
            if decided is not None:
                record.keep(decided, "1")
            return len(decided.tellings) if decided else 0

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(tick, [NOON, NOON, NOON + MINUTES, NOON - MINUTES] * 4))
    assert sum(told) == 1
