"""The words of titles."""

import pyarrow as pa

from pipelines.text.known_words import KnownWords
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import Lack, MadeSince
from warehouse.ingredients import CUTTING
from warehouse.readers.new_titles import found_words, listed_cutter, struck_words, titles_by_hour


def _cut(con: Connection, lack: Lack) -> pa.Table:
    known = KnownWords(listed_cutter(con), found_words(con), struck_words(con))
    rows: list[tuple[object, ...]] = []
    for _, titles in titles_by_hour(con, lack.since):
        for title in titles:
            cutter = known.at(title.first_seen_at)
            rows += (
                (
                    title.title_id,
                    position,
                    token.token,
                    token.part_of_speech,
                    token.is_keyword,
                    title.first_seen_at,
                )
                for position, token in enumerate(cutter.tokenise(title.clean_title), 1)
            )
    return to_arrow(rows, TABLE.schema)


TABLE = Table(
    description=(
        "The words of each distinct clean title, cut once, with the words that were known then."
    ),
    grain=("title_id", "position"),
    columns={
        "title_id": (pa.int64(), "the title"),
        "position": (pa.int32(), "place of the word in the title, from 1"),
        "token": (pa.string(), "the word, folded"),
        "part_of_speech": (
            pa.string(),
            "tag of the ICTCLAS set: n noun, nr person, ns place, v verb …",
        ),
        "is_keyword": (pa.bool_(), "says what the title is about: no stop word, no particle"),
        "first_seen_at": (
            pa.timestamp("us"),
            "when the title was first seen, UTC: later words do not cut it",
        ),
    },
    reads=(
        "core.new_words",
        "core.title_sights",
        "core.titles",
        "core.word_hands",
        "ops.listed_words",
    ),
    code_version="2",
    growth=MadeSince("first_seen_at", _cut),
    made_with=CUTTING,
)
