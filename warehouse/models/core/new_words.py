"""Words and names that titles show and no dictionary has."""

from datetime import datetime, timedelta

import pyarrow as pa

from pipelines.text.new_words import FEWEST_MARKED, FEWEST_TITLES, Finder, NewWord, Sights
from warehouse import query
from warehouse.arrow import to_arrow
from warehouse.connection import Connection
from warehouse.declaration import Table
from warehouse.incremental import BEGINNING, Lack, MadeSince
from warehouse.ingredients import CUTTING, WordList
from warehouse.readers.new_titles import found_words, struck_words


def _find(con: Connection, lack: Lack) -> pa.Table:
    # A word is known from the end of its hour on: the first that are lacking come of the hour before.
    since = max(lack.since, BEGINNING + timedelta(hours=1)) - timedelta(hours=1)
    finder = Finder((word.token for word in found_words(con)), struck_words(con))
    shown: dict[datetime, list[Sights]] = {}
    table = query.table(
        con,
        "models/core/new_words.sights",
        since=since,
        fewest_titles=FEWEST_TITLES,
        fewest_marked=FEWEST_MARKED,
    )
    for window_start, *values in zip(*(column.to_pylist() for column in table), strict=True):
        shown.setdefault(window_start, []).append(Sights(*values))
    hours = query.table(con, "models/core/new_words.title_counts", since=since)
    counts: dict[datetime, int] = dict(
        zip(hours["window_start"].to_pylist(), hours["title_count"].to_pylist(), strict=True)
    )
    found: list[NewWord] = []
    for window_start in sorted(counts.keys() | shown.keys()):
        seen = (window_start, counts.get(window_start, 0), shown.get(window_start, ()))
        if window_start < since:
            finder.recall(*seen)
        else:
            found += finder.find(*seen)
    return to_arrow(
        [tuple(getattr(word, name) for name in TABLE.columns) for word in found], TABLE.schema
    )


TABLE = Table(
    description=(
        "Words and names found in the titles themselves; titles first seen from found_at on are cut by them."
    ),
    grain=("token",),
    columns={
        "token": (pa.string(), "the word, folded"),
        "found_at": (
            pa.timestamp("us"),
            "from when on it is known, UTC: the end of the hour that showed it to be a word",
        ),
        "part_of_speech": (
            pa.string(),
            "nr for what looks like a person, nz for a work in book marks, else n",
        ),
        "title_count": (pa.int32(), "titles of the 28 days before that had it"),
        "marked_count": (pa.int32(), "those that printed it in book marks"),
        "cohesion": (
            pa.float64(),
            "pointwise mutual information of its loosest two halves, nats; 0 for a work in book marks only",
        ),
        "left_variety": (pa.float64(), "entropy of what stood left of it, nats"),
        "right_variety": (pa.float64(), "entropy of what stood right of it, nats"),
    },
    reads=("core.title_sights", "core.word_hands", "core.word_sights"),
    code_version="1",
    growth=MadeSince("found_at", _find),
    made_with=(*CUTTING, WordList("alone"), WordList("surnames")),
)
