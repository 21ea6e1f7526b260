"""Titles, their words and printed heats: each distinct one is read once."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyarrow as pa

from pipelines.text import heat, new_words, tokens
from pipelines.text import titles as clean
from warehouse import incremental, query
from warehouse.arrow import columns
from warehouse.incremental import Connection
from warehouse.sql import read_sql


def build_titles(con: Connection, version: str) -> int:
    """Clean and fold each distinct title once; how many were new."""

    def make(found: pa.Table) -> pa.Table:
        printed: list[str] = found["title"].to_pylist()
        cleaned = [clean.clean_title(title) for title in printed]
        return pa.table(
            {
                "title": printed,
                "title_id": pa.array([clean.stable_id(one) for one in cleaned], pa.int64()),
                "clean_title": cleaned,
                "folded_title": [clean.fold_title(one) for one in cleaned],
            }
        )

    return incremental.append_missing(
        con, "core.titles", version, read_sql("queries/new_titles"), make
    )


def build_title_sights(con: Connection, version: str) -> int:
    """Note when each clean title was first seen, and where; how many were new."""

    def make(since: datetime) -> pa.Table:
        return query.table(con, "new_title_sights", since=since)

    return incremental.rebuild_since(con, "core.title_sights", "first_seen_at", version, make)


def _cutter(con: Connection) -> tokens.Cutter:
    return tokens.Cutter(row["word"] for row in query.rows(con, "listed_words"))


def _titles_by_hour(
    con: Connection, since: datetime
) -> Iterator[tuple[datetime, list[dict[str, Any]]]]:
    titles = query.rows(con, "titles_first_seen", since=since)
    for window_start, group in groupby(titles, key=itemgetter("window_start")):
        yield window_start, list(group)


WORD_SIGHT_COLUMNS = {
    "window_start": pa.timestamp("us"),
    "token": pa.string(),
    "title_count": pa.int32(),
    "marked_count": pa.int32(),
    "parts": pa.list_(pa.string()),
    "lefts": pa.list_(pa.string()),
    "rights": pa.list_(pa.string()),
}


def build_word_sights(con: Connection, version: str) -> int:
    """Count what each hour's new titles show of words that no dictionary has; how many rows."""
    cutter = _cutter(con)

    def make(since: datetime) -> pa.Table:
        columns: list[list[object]] = [[] for _ in WORD_SIGHT_COLUMNS]
        for window_start, titles in _titles_by_hour(con, since):
            folded = (clean.comparable(title["clean_title"]) for title in titles)
            shown = new_words.sights((text, cutter.pieces(text)) for text in folded)
            values = zip(*shown, strict=True) if shown else ([],) * (len(columns) - 1)
            for column, added in zip(columns, ([window_start] * len(shown), *values), strict=True):
                column.extend(added)
        names = WORD_SIGHT_COLUMNS.items()
        return pa.table(
            {
                name: pa.array(values, kind)
                for (name, kind), values in zip(names, columns, strict=True)
            }
        )

    # The listed words are a part of the rule: when they change, all titles are cut again.
    rule = "\n".join([version, *(row["word"] for row in query.rows(con, "listed_words"))])
    return incremental.rebuild_since(
        con, "core.word_sights", "window_start", incremental.version_of(con, rule, ()), make
    )


NEW_WORD_COLUMNS = {
    "token": pa.string(),
    "found_at": pa.timestamp("us"),
    "part_of_speech": pa.string(),
    "title_count": pa.int32(),
    "marked_count": pa.int32(),
    "cohesion": pa.float64(),
    "left_variety": pa.float64(),
    "right_variety": pa.float64(),
}


def build_new_words(con: Connection, version: str) -> int:
    """Find the words and names that titles show and no dictionary has; how many were found."""

    def make(since: datetime) -> pa.Table:
        # A word is known from the end of its hour on: the first that are lacking come of the hour before.
        since = max(since, incremental.BEGINNING + timedelta(hours=1)) - timedelta(hours=1)
        finder = new_words.Finder(row["token"] for row in query.rows(con, "new_words"))
        sights = query.table(
            con,
            "word_sights",
            since=since,
            fewest_titles=new_words.FEWEST_TITLES,
            fewest_marked=new_words.FEWEST_MARKED,
        )
        shown: dict[datetime, list[new_words.Sights]] = {}
        for window_start, *values in zip(*(one.to_pylist() for one in sights), strict=True):
            shown.setdefault(window_start, []).append(new_words.Sights(*values))
        found: list[new_words.NewWord] = []
        counts = {
            hour["window_start"]: hour["title_count"]
            for hour in query.rows(con, "title_hours", since=since)
        }
        for window_start in sorted(counts.keys() | shown.keys()):
            seen = (window_start, counts.get(window_start, 0), shown.get(window_start, ()))
            if window_start < since:
                finder.recall(*seen)
            else:
                found += finder.find(*seen)
        return columns(
            [tuple(getattr(one, name) for name in NEW_WORD_COLUMNS) for one in found],
            **NEW_WORD_COLUMNS,
        )

    return incremental.rebuild_since(con, "core.new_words", "found_at", version, make)


def build_title_tokens(con: Connection, version: str) -> int:
    """Cut each distinct clean title once, with the words known when it was first seen; how many words."""

    def make(since: datetime) -> pa.Table:
        cutter = _cutter(con)
        found = deque(query.rows(con, "new_words"))
        rows: list[tuple[object, ...]] = []
        for window_start, titles in _titles_by_hour(con, since):
            while found and found[0]["found_at"] <= window_start:
                word = found.popleft()
                cutter.learn(word["token"], word["part_of_speech"])
            for title in titles:
                rows += (
                    (
                        title["title_id"],
                        position,
                        one.token,
                        one.part_of_speech,
                        one.is_keyword,
                        title["first_seen_at"],
                    )
                    for position, one in enumerate(cutter.tokenise(title["clean_title"]), 1)
                )
        return columns(
            rows,
            title_id=pa.int64(),
            position=pa.int32(),
            token=pa.string(),
            part_of_speech=pa.string(),
            is_keyword=pa.bool_(),
            first_seen_at=pa.timestamp("us"),
        )

    return incremental.rebuild_since(con, "core.title_tokens", "first_seen_at", version, make)


def build_heats(con: Connection, version: str) -> int:
    """Read each distinct printed heat that is no plain number; how many were new."""

    def make(found: pa.Table) -> pa.Table:
        printed: list[str] = found["heat"].to_pylist()
        readings = [heat.read_heat(text) for text in printed]
        return pa.table(
            {
                "heat": pa.array(printed, pa.string()),
                "heat_value": pa.array(
                    [one.value if one else None for one in readings], pa.float64()
                ),
                "heat_unit": pa.array([one.unit if one else None for one in readings], pa.string()),
            }
        )

    return incremental.append_missing(
        con, "core.heats", version, read_sql("queries/new_heats"), make
    )
