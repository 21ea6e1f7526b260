"""Whether the other parts that a card names belong to its story, and came and were seen when it says so.

Which topics belong to one story is taken from the links, as which lines are one topic is taken from the
topics; titles and times are held against raw lines.
"""

from datetime import datetime
from typing import Any

import duckdb

from benchmarks.bond_checks import HEAD
from benchmarks.clause_reading import Clause
from warehouse.instants import to_naive

SEEN_WITHIN_HOURS = 48

IS_TRUE = f"""
WITH members AS (
    SELECT item_id FROM (
        FROM core.topic_items WHERE joined_at <= $at
        QUALIFY row_number() OVER (PARTITION BY item_id ORDER BY joined_at DESC) = 1)
    WHERE topic_id = $part),
storylines AS (
    SELECT storyline_id FROM core.storyline_links
    WHERE from_at <= $at AND topic_id IN ($topic, $part)
    QUALIFY row_number() OVER (PARTITION BY topic_id ORDER BY from_at DESC) = 1),
lines AS (
    SELECT captured_at, {HEAD.format("title")} AS head
    FROM printed SEMI JOIN members USING (item_id) WHERE captured_at <= $at),
shown AS (SELECT rtrim({HEAD.format("$title")}, '…') AS head, ends_with($title, '…') AS is_cut)
SELECT
    (SELECT count(storyline_id) = 2 AND min(storyline_id) = max(storyline_id) FROM storylines)
    AND date_trunc('minute', min(captured_at)) = $time
    AND max(captured_at) > $at - to_hours({SEEN_WITHIN_HOURS})
    AND bool_or(lines.head = shown.head OR (shown.is_cut AND starts_with(lines.head, shown.head)))
FROM lines, shown
"""


def is_part(con: duckdb.DuckDBPyConnection, clause: Clause, at: datetime) -> bool:
    """Whether what is said of another part was true at ``at`` (aware); a ``Checker`` made the lines."""
    told: dict[str, Any] = dict(clause.figures)
    values = {
        "topic": clause.topic_id,
        "at": to_naive(at),
        "part": told["part"],
        "title": told["title"],
        "time": to_naive(told["time"]),
    }
    found = con.execute(IS_TRUE, values).fetchone()
    return bool(found and found[0])
