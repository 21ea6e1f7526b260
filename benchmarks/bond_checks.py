"""Whether what a card says of its titles is true of them as they are read there, and of raw lines.

As ``clause_checks``, this uses nothing that made the sentence: words are looked for letter by letter in the
titles that the card shows.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any, get_args

import duckdb
from opencc import OpenCC

from benchmarks.clause_reading import Clause
from pipelines.digest.contents import BondKind
from warehouse.instants import to_naive

HEAD = r"lower(regexp_replace({}, '[\s#\p{{Cf}}\x{{fe0f}}]', '', 'g'))"
"""What shows nothing tells no titles apart."""

FIRST_PRINTED = f"""
CREATE OR REPLACE TEMP TABLE first_printed AS
SELECT {HEAD.format("title")} AS head, min(captured_at) AS captured_at FROM printed GROUP BY ALL
"""

SHOWN = f"""
(SELECT title AS shown, ends_with(title, '…') AS is_cut, rtrim({HEAD.format("title")}, '…') AS shown_head
 FROM (SELECT DISTINCT unnest($titles::VARCHAR[]) AS title))
"""
IS_SHOWN = "(head = shown_head OR (is_cut AND starts_with(head, shown_head)))"
LINES = f"(SELECT *, {HEAD.format('title')} AS head FROM told WHERE topic_id = $topic)"
LISTED = f"SELECT DISTINCT shown FROM {SHOWN} INNER JOIN {LINES} ON {IS_SHOWN} ORDER BY ALL"
SPAN = f"""
SELECT epoch(max(came_at) - min(came_at)) / 60 FROM (
    SELECT shown, min(captured_at) AS came_at
    FROM {SHOWN} INNER JOIN first_printed ON {IS_SHOWN} WHERE shown IN ({LISTED}) GROUP BY ALL)
"""
BEARERS = f"""
SELECT item_id FROM (SELECT item_id, arg_min(head, captured_at) AS head FROM {LINES} GROUP BY ALL)
INNER JOIN {SHOWN} ON {IS_SHOWN}
UNION
SELECT item_id FROM {LINES} INNER JOIN newest USING (list, captured_at) INNER JOIN {SHOWN} ON {IS_SHOWN}
"""
CAME = f"""
SELECT min(chance) FILTER (hand IS NULL), count(hand) FROM (
    FROM core.topic_items SEMI JOIN ({BEARERS}) USING (item_id) WHERE joined_at <= $at
    QUALIFY row_number() OVER (PARTITION BY item_id ORDER BY joined_at DESC) = 1)
WHERE item_id <> topic_id
"""
OF_ALL = frozenset(f"bond.{kind}" for kind in get_args(BondKind))
"""What is said of all titles, with their number."""

ROUNDED_SHARE = 0.0151
"""What whole hundredths leave out, and that nothing but certainty is told as such."""


class BondChecker:
    """Checks what is said of titles; a ``Checker`` has made its tables of the lines and of the instant."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._script = OpenCC("t2s")
        con.execute(FIRST_PRINTED)

    def is_true(self, clause: Clause, at: datetime) -> bool:
        """Whether the clause is true of the titles that lists printed of those that the card shows."""
        told: dict[str, Any] = dict(clause.figures)
        titles = [str(title) for (title,) in self._rows(LISTED, clause, at)]
        if clause.code in OF_ALL and told["count"] != len(titles):
            return False
        match clause.code:
            case "bond.words" | "bond.chain" | "bond.pairs":
                is_true = _are_words(clause.code, dict(told["words"]), titles)
            case "bond.same":
                is_true = len({self._bare(title) for title in titles}) == 1
            case "bond.entry":
                is_true = len(self._rows(BEARERS, clause, at)) == 1
            case "bond.span":
                ((minutes,),) = self._rows(SPAN, clause, at)
                is_true = told["minutes"] - 1 < max(minutes, 0.5) <= told["minutes"]
            case "bond.hand":
                ((_, by_hand),) = self._rows(CAME, clause, at)
                is_true = by_hand == told["count"]
            case "bond.chance":
                ((least, _),) = self._rows(CAME, clause, at)
                is_true = least is not None and abs(least - told["chance"]) <= ROUNDED_SHARE
            case _:
                is_true = False
        return is_true

    def _rows(self, sql: str, clause: Clause, at: datetime) -> list[tuple[Any, ...]]:
        values = {**clause.figures, "topic": clause.topic_id, "at": to_naive(at)}
        asked = {name: value for name, value in values.items() if f"${name}" in sql}
        return self._con.execute(sql, asked).fetchall()

    def _bare(self, title: str) -> str:
        bare: str = self._script.convert(re.sub(r"[\W_]", "", title))
        return bare.casefold()


def _are_words(code: str, words: Mapping[str, int], titles: Sequence[str]) -> bool:
    """Whether as many titles as is said print each word, and all of them what the sentence says of all."""
    has = {
        word: {n for n, title in enumerate(titles) if word.casefold() in title.casefold()}
        for word in words
    }
    if not words or any(len(has[word]) != (count or len(titles)) for word, count in words.items()):
        return False
    everyone = set(range(len(titles)))
    if code == "bond.words":
        return all(places == everyone for places in has.values())
    if code == "bond.chain":
        return set().union(*has.values()) == everyone and _are_linked([*has.values()])
    return all(
        any(_share(title, other) for n, other in enumerate(titles) if n != place)
        for place, title in enumerate(titles)
    )


def _are_linked(places: Iterable[set[int]]) -> bool:
    """Whether each word stands in a title with another, so that all hang together."""
    first, *rest = places
    reached = set(first)
    while linked := [each for each in rest if each & reached]:
        reached |= set().union(*linked)
        rest = [each for each in rest if not each & reached]
    return not rest


def _share(title: str, other: str) -> bool:
    """Whether two signs stand together in both."""
    return any(left + right in other.casefold() for left, right in pairwise(title.casefold()))
