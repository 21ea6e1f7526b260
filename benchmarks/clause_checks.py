"""Whether a clause is true of what the lists printed: asked of raw lines alone, by SQL of its own.

Nothing here uses what made the clause. Which story a raw line belongs to is core.item_references and
core.topic_members as of the digest's instant; a list's name and its boards are ops.boards.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import duckdb

from benchmarks.bond_checks import HEAD, BondChecker
from benchmarks.clause_reading import BOND, OTHER_PART, Clause
from benchmarks.part_checks import is_part

LINES = """
CREATE OR REPLACE TEMP TABLE printed AS
SELECT
    coalesce(boards.list_board, lines.board) AS list, lines.captured_at, lines.rank, lines.title, lines.heat,
    lines.native_id, refs.item_id
FROM raw.entries AS lines
INNER JOIN raw.snapshots AS captures USING (board, captured_at)
INNER JOIN core.item_references AS refs ON refs.reference_id = md5_number_lower(concat_ws(chr(31),
    split_part(lines.board, '_', 1), coalesce(lines.native_id, ''), coalesce(lines.url, ''), lines.title))
LEFT JOIN ops.boards AS boards USING (board)
WHERE captures.status = 'ok'
"""

CAPTURES = """
CREATE OR REPLACE TEMP TABLE captured AS
SELECT list, captured_at, count(rank) AS length FROM printed GROUP BY ALL
"""

TOLD = """
CREATE OR REPLACE TEMP TABLE told AS
SELECT members.topic_id, printed.*
FROM printed
INNER JOIN core.topic_members AS members USING (item_id)
WHERE printed.captured_at <= $at AND members.from_at <= $at
    AND (members.until_at IS NULL OR members.until_at > $at)
    AND members.topic_id IN (SELECT unnest($topics::BIGINT[]))
"""

NEWEST = """
CREATE OR REPLACE TEMP TABLE newest AS
SELECT list, max(captured_at) AS captured_at, arg_max(length, captured_at) AS length
FROM captured WHERE captured_at <= $at AND captured_at > $at::TIMESTAMP - INTERVAL 3 HOUR GROUP BY list
"""

NOW = """
CREATE OR REPLACE TEMP TABLE now AS
SELECT told.topic_id, told.list, told.captured_at, any_value(newest.length) AS length, min(told.rank) AS rank
FROM told INNER JOIN newest USING (list, captured_at) GROUP BY ALL
"""

PRESENT = "SELECT captured_at FROM newest WHERE list = $board"
MINUTES_AGO = f"""
SELECT captured_at FROM captured
WHERE list = $board AND epoch(({PRESENT}) - captured_at) / 60 - $minutes BETWEEN -0.51 AND $loose
"""
AN_HOUR_AGO = f"""
SELECT captured_at FROM captured
WHERE list = $board AND epoch(({PRESENT}) - captured_at) / 60 BETWEEN 20 AND 150
ORDER BY abs(epoch(({PRESENT}) - captured_at) - 3600), captured_at LIMIT 1
"""
MINE = "topic_id = $topic"
HERE = f"{MINE} AND list = $board"
DAY = "captured_at > $at::TIMESTAMP - INTERVAL 24 HOUR"
BEST_NOW = f"(SELECT rank FROM now WHERE {HERE})"
OF_DAY = f"SELECT min(rank) FROM told WHERE {MINE} AND {DAY}"
IS_TOP = "rank <= 10 AND rank * 5 <= greatest(length, 5)"
ON_TOP = f"EXISTS (FROM now WHERE {MINE} AND {IS_TOP})"
FIRST = f"(SELECT min(captured_at) FROM told WHERE {MINE})"
LAST = f"(SELECT max(captured_at) FROM told WHERE {MINE})"
TOP_SINCE = f"""
EXISTS (FROM told INNER JOIN captured USING (list, captured_at)
    WHERE {MINE} AND {IS_TOP} AND captured_at > $at::TIMESTAMP - INTERVAL $hours HOUR)
"""
SEEN_AGAIN = f"""
SELECT captured_at, lag(captured_at) OVER (ORDER BY captured_at) AS before_at
FROM (SELECT DISTINCT captured_at FROM told WHERE {MINE})
"""
RETURN = f"""
(SELECT captured_at, before_at FROM ({SEEN_AGAIN})
 WHERE captured_at > before_at + INTERVAL 12 HOUR ORDER BY captured_at DESC LIMIT 1)
"""
# The list that had it last was read meanwhile, without it; else nobody knows that it was away.
WAS_AWAY = f"""
EXISTS (FROM {RETURN} AS gap INNER JOIN told AS last ON last.captured_at = gap.before_at AND last.{MINE}
    INNER JOIN captured ON captured.list = last.list
        AND captured.captured_at > gap.before_at AND captured.captured_at < gap.captured_at)
"""
HEAT = """
coalesce(try_cast(heat AS DOUBLE), try_cast(regexp_extract(heat, '([\\d.]+)', 1) AS DOUBLE)
    * CASE WHEN heat LIKE '%亿%' THEN 1e8 WHEN heat LIKE '%万%' THEN 1e4 ELSE 1 END)
"""
LINE_NOW = f"SELECT item_id, {HEAT} AS heat FROM told WHERE {HERE} AND captured_at = ({PRESENT})"
STEPS = f"""
(SELECT captured_at, min(rank) AS rank, coalesce(
    captured_at > lag(captured_at) OVER (ORDER BY captured_at) + INTERVAL 12 HOUR, TRUE) AS starts
 FROM told WHERE {HERE} GROUP BY captured_at)
"""
STAY = f"(FROM {STEPS} WHERE captured_at >= (SELECT max(captured_at) FROM {STEPS} WHERE starts))"


def same_title(title: str) -> str:
    """Whether a raw title is what was printed; a long one is cut with an ellipsis."""
    shown, raw = HEAD.format("$title"), HEAD.format(title)
    return f"(contains({raw}, {shown}) OR starts_with({raw}, rtrim({shown}, '…')))"


def minute(expression: str, told: str) -> str:
    return f"date_trunc('minute', {expression}) = date_trunc('minute', ${told}::TIMESTAMP)"


def hours(sql: str, count: int) -> str:
    return sql.replace("$hours", str(count))


BEST_OF_DAY = f"""
$rank = ({OF_DAY}) AND EXISTS (FROM told WHERE {HERE} AND rank = $rank AND {DAY})
"""
LISTS_OF_DAY = f"(SELECT count(DISTINCT list) FROM told WHERE {MINE} AND {DAY})"
LEFT = f"""
NOT EXISTS (FROM now WHERE {MINE}) AND {minute(LAST, "instant")}
AND NOT EXISTS (
    FROM (SELECT list, max(captured_at) AS seen_at FROM told WHERE {MINE} AND {DAY} GROUP BY list) AS last
    WHERE NOT EXISTS (FROM captured WHERE captured.list = last.list
        AND captured.captured_at > last.seen_at AND captured.captured_at <= $at))
"""
UNREAD = f"""
NOT EXISTS (FROM now WHERE {MINE}) AND EXISTS (
    FROM (SELECT list, max(captured_at) AS seen_at FROM told WHERE {MINE} AND {DAY} GROUP BY list) AS last
    WHERE {minute("last.seen_at", "instant")} AND NOT EXISTS (FROM captured WHERE captured.list = last.list
        AND captured.captured_at > last.seen_at AND captured.captured_at <= $at))
"""
BEST_AT = f"""
EXISTS (FROM told WHERE {MINE} AND rank = ({OF_DAY}) AND {minute("captured_at", "instant")})
"""
CHECKS: Mapping[str, str] = {
    # What a site pins or is paid to show names no story.
    "headline": f"""
        EXISTS (FROM told WHERE {MINE} AND {same_title("title")}
            AND (NOT EXISTS (FROM now WHERE {MINE} AND rank IS NOT NULL)
                OR (list, captured_at) IN (SELECT (list, captured_at) FROM newest)))
    """,
    "headline.place": f"""
        EXISTS (FROM told WHERE {HERE} AND {same_title("title")} AND captured_at = ({PRESENT}))
    """,
    "claim.first_seen": f"""
        epoch($at::TIMESTAMP - {FIRST}) / 60 - $minutes BETWEEN -0.51 AND $loose
        AND EXISTS (FROM told WHERE {HERE} AND captured_at = {FIRST})
    """,
    "claim.back": f"""
        (SELECT epoch(captured_at - before_at) / 60 - $minutes BETWEEN -0.51 AND $loose FROM {RETURN})
        AND {WAS_AWAY}
    """,
    "claim.on_lists": f"(SELECT count(*) FROM now WHERE {MINE}) = $lists",
    "claim.wide": f"{LISTS_OF_DAY} = $lists",
    "claim.tops": f"(SELECT count(*) FROM now WHERE {MINE} AND rank <= 10) = $lists",
    "claim.place": f"{BEST_NOW} = $rank",
    "claim.top_elsewhere": f"{BEST_NOW} = $rank AND $rank <= 10",
    "claim.near": f"{BEST_NOW} = $rank AND $rank - 10 = $places",
    "claim.climb": f"""
        {BEST_NOW} = $rank AND EXISTS (SELECT captured_at FROM told
            WHERE {HERE} AND captured_at IN ({MINUTES_AGO})
            GROUP BY captured_at HAVING min(rank) = $rank + $gain)
    """,
    "claim.entered": f"""
        {BEST_NOW} = $rank
        AND NOT EXISTS (FROM told WHERE {HERE} AND captured_at < ({PRESENT})
            AND captured_at > ({PRESENT}) - INTERVAL 12 HOUR)
        AND EXISTS (FROM captured WHERE list = $board AND captured_at < ({PRESENT})
            AND captured_at >= ({PRESENT}) - INTERVAL 3 HOUR)
    """,
    "claim.heat": f"""
        EXISTS (FROM ({LINE_NOW}) AS present INNER JOIN told AS past USING (item_id)
            WHERE past.topic_id = $topic AND past.list = $board AND past.captured_at IN ({MINUTES_AGO})
                AND abs(present.heat / {HEAT.replace("heat", "past.heat")} - 1 - $growth) <= 0.0051)
    """,
    "claim.past_top": BEST_OF_DAY,
    "topic.life.1": minute(FIRST, "instant"),
    "topic.life.2": f"{LISTS_OF_DAY} = $count",
    "topic.life.3": f"{BEST_OF_DAY} AND {BEST_AT}",
    "topic.left": LEFT,
    "topic.unread": UNREAD,
    "line.lists": f"{LISTS_OF_DAY} = $count",
    "line.best": BEST_OF_DAY,
    "line.came": minute(FIRST, "instant"),
    "line.peaked": BEST_AT,
    "line.left": LEFT,
    "line.unread": UNREAD,
    "line.listed": f"EXISTS (FROM now WHERE {MINE})",
    "place.rank": f"{BEST_NOW} = $rank",
    "place.up": f"""
        {BEST_NOW} = $rank
        AND (SELECT min(rank) FROM told WHERE {HERE} AND captured_at = ({AN_HOUR_AGO})) = $rank + $gain
    """,
    "place.down": f"""
        {BEST_NOW} = $rank
        AND (SELECT min(rank) FROM told WHERE {HERE} AND captured_at = ({AN_HOUR_AGO})) = $rank - $loss
    """,
    "place.flat": f"""
        {BEST_NOW} = $rank
        AND (SELECT min(rank) FROM told WHERE {HERE} AND captured_at = ({AN_HOUR_AGO})) = $rank
    """,
    "place.new": f"""
        {BEST_NOW} = $rank
            AND (SELECT min(captured_at) FROM {STAY}) >= $at::TIMESTAMP - INTERVAL 1 HOUR
    """,
    "place.best_rank": f"(SELECT min(rank) FROM {STAY}) = $rank",
    "place.stay": f"""
        (SELECT {minute("min(captured_at)", "since")} AND {minute("max(captured_at)", "seen")} FROM {STAY})
    """,
    "place.heat": f"""
        EXISTS (FROM ({LINE_NOW}) WHERE abs(heat - $heat) <= greatest($step * 0.051, abs(heat) * 0.0051))
        AND ($growth IS NULL OR EXISTS (FROM ({LINE_NOW}) AS present INNER JOIN told AS past USING (item_id)
            WHERE past.topic_id = $topic AND past.list = $board AND past.captured_at = ({AN_HOUR_AGO})
                AND abs(present.heat / {HEAT.replace("heat", "past.heat")} - 1 - $growth) <= 0.0051))
    """,
    "section.burst": f"{ON_TOP} AND {FIRST} > $at::TIMESTAMP - INTERVAL 12 HOUR",
    "section.rising": f"NOT {ON_TOP} AND EXISTS (FROM now WHERE {MINE} AND rank > 10)",
    "section.top": ON_TOP,
    "section.back": f"{ON_TOP} AND {WAS_AWAY}",
    "section.fading": f"NOT {ON_TOP} AND {hours(TOP_SINCE, 6)}",
    "section.day": f"EXISTS (FROM told WHERE {MINE} AND {DAY})",
}
"""What makes a clause of each code true. Parameters are $topic, $at and the clause's figures."""


class Checker:
    """A warehouse of which clauses are checked; nothing is written to it."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        for statement in (LINES, CAPTURES):
            con.execute(statement)
        self._bonds = BondChecker(con)

    def lists(self) -> dict[str, str]:
        """Every list that was captured, by the name that is printed of it."""
        found = self._con.execute(
            "SELECT DISTINCT coalesce(boards.name_zh, list), list FROM captured "
            "LEFT JOIN ops.boards AS boards ON board = list"
        ).fetchall()
        return dict(found)

    def look(self, at: datetime, topics: list[int]) -> None:
        """Take the stories as they were known at ``at`` (aware)."""
        instant = at.astimezone(UTC).replace(tzinfo=None)
        self._con.execute(TOLD, {"at": instant, "topics": topics})
        self._con.execute(NEWEST, {"at": instant})
        self._con.execute(NOW)

    def is_true(self, clause: Clause, at: datetime) -> bool:
        """Whether the clause is true; what no check is for is not, nor what nobody could read."""
        if clause.code.startswith(BOND):
            return self._bonds.is_true(clause, at)
        if clause.code == OTHER_PART:
            return is_part(self._con, clause, at)
        sql = CHECKS.get(clause.code)
        if sql is None:
            return False
        figures: dict[str, object] = {"growth": None, **clause.figures}
        figures |= {"topic": clause.topic_id, "at": at}
        values = {name: _naive(value) for name, value in figures.items() if f"${name}" in sql}
        found = self._con.execute(f"SELECT coalesce(({sql}), FALSE)", values).fetchone()
        return bool(found and found[0])


def _naive(value: object) -> object:
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
