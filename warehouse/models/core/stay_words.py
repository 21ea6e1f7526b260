"""What the words of a title told when its stay began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from pipelines.forecast.rank_history import HOUR
from pipelines.forecast.title_memory import Grams, Memory, from_bytes, to_bytes
from pipelines.forecast.title_reader import (
    MOST_SHARED,
    RECALL_DAYS,
    Stay,
    StayOutcome,
    TitleReader,
    TitleReading,
    first_hour_known,
    new_stay,
    read_by_hour,
)
from warehouse import query
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import BEGINNING, Lack, MadeSince
from warehouse.ingredients import CUTTING
from warehouse.instants import EPOCH, microseconds
from warehouse.readers.newest import newest_list
from warehouse.stores import title_memories

MEMORY_EVERY_HOURS = 6
"""A build learns again what came since the last kept memory: a tenth of a second's work."""


@dataclass(frozen=True, slots=True)
class _Begun:
    began_at: int
    board: str
    item_id: int
    title: str


@dataclass(frozen=True, slots=True)
class _Alike:
    board: str
    item_id: int
    began_at: int
    sign_count: int
    signs: list[int]
    top: float
    depth: float


@dataclass(frozen=True, slots=True)
class _Known:
    board: str
    item_id: int
    began_at: int
    known_at: int
    is_top: int
    depth: float
    words: list[int] | None
    signs: list[int] | None


def _read(con: Connection, lack: Lack) -> pa.Table:
    """The memory is taken from where it was last kept before, and taught what became known since."""
    since, version = lack.since, lack.version
    kept = title_memories.newest_memory(con, version, since)
    known_until = kept[0] if kept else BEGINNING
    memory = from_bytes(kept[1]) if kept else Memory()
    kept_hour = microseconds(known_until) // HOUR if kept else 0
    reader = TitleReader(memory, kept_hour)
    begun = [
        new_stay((row.board, row.item_id, row.began_at), row.title)
        for row in query.rows(con, _Begun, "models/core/stay_words.begun", since=since)
    ]
    signs = sorted({str(sign) for stay in begun for sign in stay.grams[1].tolist()})
    if since > BEGINNING and signs:
        for row in query.rows(
            con,
            _Alike,
            "models/core/stay_words.alike",
            since=since,
            days=RECALL_DAYS,
            most=MOST_SHARED,
            signs=",".join(signs),
        ):
            stay = (row.board, row.item_id, row.began_at)
            reader.recall(stay, row.sign_count, row.signs, row.top, row.depth)
    outcomes = _outcomes_by_hour(con, known_until, {stay.stay: stay.grams for stay in begun})
    this_hour = microseconds(newest_list(con) or BEGINNING) // HOUR

    def keep(hour: int) -> None:
        nonlocal kept_hour
        if hour // MEMORY_EVERY_HOURS > kept_hour // MEMORY_EVERY_HOURS:
            kept_hour = hour
            if hour > this_hour - title_memories.KEPT * MEMORY_EVERY_HOURS:
                until = EPOCH + timedelta(hours=hour)
                title_memories.keep_memory(con, version, until, to_bytes(memory))

    known = {hour: found for hour, found in outcomes.items() if hour <= this_hour}
    return _table(read_by_hour(reader, begun, known, keep))


def _outcomes_by_hour(
    con: Connection, known_until: datetime, grams: Mapping[Stay, tuple[Grams, Grams]]
) -> dict[int, list[StayOutcome]]:
    """Outcomes known after ``known_until``, by the first hour that began with them known."""
    found: dict[int, list[StayOutcome]] = {}
    for row in query.rows(con, _Known, "models/core/stay_words.known", since=known_until):
        stay = (row.board, row.item_id, row.began_at)
        mine = (
            grams[stay]
            if row.words is None
            else (np.array(row.words, np.int64), np.array(row.signs, np.int64))
        )
        hour = first_hour_known(row.known_at)
        found.setdefault(hour, []).append(StayOutcome(stay, mine, float(row.is_top), row.depth))
    return found


def _table(readings: Sequence[TitleReading]) -> pa.Table:
    stays = [reading.begun.stay for reading in readings]
    kin = [
        [
            {"board": board, "item_id": item_id, "began_at": began_at, "likeness": likeness}
            for (board, item_id, began_at), likeness in reading.kin
        ]
        for reading in readings
    ]
    columns = {
        "board": [board for board, _, _ in stays],
        "item_id": [item_id for _, item_id, _ in stays],
        "began_at": [began_at for _, _, began_at in stays],
        "figures": [reading.figures for reading in readings],
        "words": [reading.begun.grams[0] for reading in readings],
        "signs": [reading.begun.grams[1] for reading in readings],
        "kin": kin,
    }
    return pa.table(
        [pa.array(columns[field.name], field.type) for field in TABLE.schema], schema=TABLE.schema
    )


KIN = pa.struct(
    {
        "board": pa.string(),
        "item_id": pa.int64(),
        "began_at": pa.timestamp("us"),
        "likeness": pa.float32(),
    }
)

TABLE = Table(
    description=(
        "What the words of a stay's title told when it began, from outcomes known by then."
    ),
    grain=("board", "item_id", "began_at"),
    columns={
        "board": (pa.string(), "the list, by the name of its first board"),
        "item_id": (pa.int64(), "the item"),
        "began_at": (pa.timestamp("us"), "when the stay began, UTC"),
        "figures": (
            pa.list_(pa.float32()),
            "what became of titles with the same words and signs, in the order of "
            "pipelines.forecast.title_memory.NAMES",
        ),
        "words": (pa.list_(pa.int32()), "numbers of its words"),
        "signs": (pa.list_(pa.int32()), "numbers of its runs of two and three signs"),
        "kin": (
            pa.list_(KIN),
            "stays of the 36 hours before whose titles are like its own, with their likeness, 0 to 1",
        ),
    },
    reads=("core.stay_outcomes", "core.stays", "core.titles"),
    code_version="1",
    growth=MadeSince("began_at", _read),
    made_with=CUTTING,
)
