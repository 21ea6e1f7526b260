"""What titles show of words that no dictionary has."""

import pyarrow as pa

from pipelines.text.new_words import sights
from pipelines.text.titles import comparable
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, MadeSince
from warehouse.ingredients import CUTTING, WordList
from warehouse.readers.new_titles import listed_cutter, titles_by_hour


def _count(con: Connection, lack: Lack) -> pa.Table:
    cutter = listed_cutter(con)
    rows: list[tuple[object, ...]] = []
    for window_start, titles in titles_by_hour(con, lack.since):
        folded = (comparable(title.clean_title) for title in titles)
        shown = sights((text, cutter.pieces(text)) for text in folded)
        rows += ((window_start, *seen) for seen in shown)
    return to_arrow(rows, TABLE.schema)


TABLE = Table(
    description=(
        "What each hour's new titles show of a piece, or of a run of pieces that may be a word."
    ),
    grain=("window_start", "token"),
    columns={
        "window_start": (pa.timestamp("us"), "start of the hour, UTC"),
        "token": (pa.string(), "the piece or run, folded"),
        "title_count": (pa.int32(), "titles first seen in the hour that have it"),
        "marked_count": (pa.int32(), "those that print it in book marks"),
        "parts": (pa.list_(pa.string()), "the dictionary's pieces of it; empty for a piece"),
        "lefts": (
            pa.list_(pa.string()),
            "what stood left of it in each title; empty text for the edge of the title or a sign",
        ),
        "rights": (pa.list_(pa.string()), "what stood right of it in each title"),
    },
    # The listed words are a part of the rule: when they change, all titles are cut again.
    reads=("core.title_sights", "core.titles", "ops.listed_words"),
    code_version="1",
    growth=MadeSince("window_start", _count),
    made_with=(*CUTTING, WordList("alone"), WordList("surnames")),
)
