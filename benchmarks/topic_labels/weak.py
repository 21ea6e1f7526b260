"""Labels that cost nothing: what an archive's own ids, addresses, captures and dates say of two titles.

They are told from the archive, never kept in the project. How often they are right is measured on those
of the read pairs that they speak of too.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks.topic_labels.kept import LabelledPair, key
from fengkou import operations
from fengkou.home import Home
from warehouse.connection import Connection

FAR_APART_DAYS = 7
"""Two titles alike but for their numbers tell two events when a week lies between them."""

FRAME_LETTERS = 6
"""Letters beside its numbers from which on a title has a frame at all."""

RETITLED = """
WITH told AS (
    SELECT entries.item_id, titles.folded_title, min(entries.captured_at) AS seen_at
    FROM core.entries AS entries
    INNER JOIN core.clean_titles AS titles USING (title_id)
    GROUP BY ALL
),
first AS (SELECT item_id, arg_min(folded_title, seen_at) AS folded_title FROM told GROUP BY item_id)
SELECT items.source, first.folded_title, items.source, told.folded_title
FROM told
INNER JOIN first ON first.item_id = told.item_id AND first.folded_title <> told.folded_title
INNER JOIN core.items AS items ON items.item_id = told.item_id AND items.identity_kind = $identity_kind
"""

ONE_CAPTURE = """
WITH brought AS (
    SELECT items.item_id, items.source, items.first_board, items.first_seen_at,
           any_value(titles.folded_title) AS folded_title,
           coalesce(list(tokens.token) FILTER (tokens.is_keyword), []) AS words
    FROM core.items AS items
    INNER JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id
    LEFT JOIN core.title_tokens AS tokens ON tokens.title_id = items.first_title_id
    GROUP BY ALL
)
SELECT one.source, one.folded_title, other.source, other.folded_title
FROM brought AS one
INNER JOIN brought AS other
    ON other.first_board = one.first_board AND other.first_seen_at = one.first_seen_at
    AND other.item_id > one.item_id AND other.folded_title <> one.folded_title
    AND list_has_any(one.words, other.words) = $share_a_word
"""

FAR_APART = f"""
WITH told AS (
    SELECT items.source, items.first_seen_at, titles.folded_title,
           regexp_replace(titles.folded_title, '[0-9]+([.][0-9]+)*', '#', 'g') AS frame
    FROM core.items AS items
    INNER JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id
),
beside AS (
    SELECT *, lag(source) OVER w AS before_source, lag(folded_title) OVER w AS before_title,
           lag(first_seen_at) OVER w AS before_at
    FROM told
    WHERE frame LIKE '%#%' AND length(replace(frame, '#', '')) >= {FRAME_LETTERS}
    WINDOW w AS (PARTITION BY frame ORDER BY first_seen_at, source, folded_title)
)
SELECT before_source, before_title, source, folded_title
FROM beside
WHERE first_seen_at >= before_at + INTERVAL {FAR_APART_DAYS} DAY AND folded_title <> before_title
"""


@dataclass(frozen=True, slots=True)
class WeakPair:
    """Two titles as hashes, and what the archive says of them: ``same`` or ``other``."""

    earlier: str
    later: str
    why: str
    label: str


def weak_pairs(con: Connection) -> list[WeakPair]:
    """All that a warehouse of one archive says, each pair once for each reason."""
    asked: Sequence[tuple[str, str, str, dict[str, object]]] = (
        ("one id, retitled", "same", RETITLED, {"identity_kind": "native"}),
        ("one address, retitled", "same", RETITLED, {"identity_kind": "url"}),
        ("new lines of one capture, no common word", "other", ONE_CAPTURE, {"share_a_word": False}),
        ("new lines of one capture, a common word", "other", ONE_CAPTURE, {"share_a_word": True}),
        (
            f"alike but for numbers, {FAR_APART_DAYS} days apart or more",
            "other",
            FAR_APART,
            {},
        ),
    )
    return [
        WeakPair(key(*row[:2]), key(*row[2:]), why, label)
        for why, label, sql, parameters in asked
        for row in con.execute(sql, parameters or None).fetchall()
    ]


def of_archive(archive: Path, work: Path) -> list[WeakPair]:
    """Those of an archive that was grouped under ``work``."""
    with operations.opened(Home(work / archive.stem)) as con:
        return weak_pairs(con)


def counts(name: str, pairs: Sequence[WeakPair], read: Iterable[LabelledPair]) -> Table:
    """How many of each kind, and how often those that were read too were read the same way."""
    labels = {
        frozenset((p.earlier, p.later)): p.label == "same" for p in read if p.label != "unsure"
    }
    table = Table("the archive says", "of", "pairs", "read too", "read the same way", title=name)
    for why, label in dict.fromkeys((pair.why, pair.label) for pair in pairs):
        these = {frozenset((p.earlier, p.later)) for p in pairs if p.why == why}
        told = [labels[two] for two in these if two in labels]
        agreed = sum(same == (label == "same") for same in told)
        table.add_row(
            label,
            why,
            f"{len(these):,}",
            f"{len(told)}",
            f"{agreed / len(told):.0%}" if told else "",
        )
    return table


def write(pairs: Iterable[WeakPair], file: Path) -> None:
    """As CSV of hashes."""
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(("earlier", "later", "why", "label"))
        writer.writerows((p.earlier, p.later, p.why, p.label) for p in pairs)
