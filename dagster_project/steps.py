"""The steps from raw to mart whose rules are Python: each reads, calls pipelines, and writes.

Both the Dagster assets and the command line run these; the rules themselves are in ``pipelines``.
"""

import inspect
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from itertools import groupby, starmap
from operator import itemgetter
from types import ModuleType
from typing import Any

import pyarrow as pa

from crawlers import catalog
from dagster_project import forecasting, spreading
from pipelines import (
    cards,
    causes,
    clean,
    contract,
    forecast,
    heat,
    newwords,
    remembering,
    spread,
    tokens,
    topics,
    words,
)
from warehouse import build, read
from warehouse.build import Connection
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

    return build.append_missing(con, "core.titles", version, read_sql("queries/new_titles"), make)


def build_title_sights(con: Connection, version: str) -> int:
    """Note when each clean title was first seen, and where; how many were new."""

    def make(since: datetime) -> pa.Table:
        return read.table(con, "new_title_sights", since=since)

    return build.rebuild_since(con, "core.title_sights", "first_seen_at", version, make)


def _cutter(con: Connection) -> tokens.Cutter:
    return tokens.Cutter(row["word"] for row in read.rows(con, "listed_words"))


def _titles_by_hour(
    con: Connection, since: datetime
) -> Iterator[tuple[datetime, list[dict[str, Any]]]]:
    titles = read.rows(con, "titles_first_seen", since=since)
    for window_start, group in groupby(titles, key=itemgetter("window_start")):
        yield window_start, list(group)


def build_word_sights(con: Connection, version: str) -> int:
    """Count what each hour's new titles show of words that no dictionary has; how many rows."""
    cutter = _cutter(con)

    def make(since: datetime) -> pa.Table:
        columns: list[list[object]] = [[] for _ in WORD_SIGHT_COLUMNS]
        for window_start, titles in _titles_by_hour(con, since):
            folded = (clean.comparable(title["clean_title"]) for title in titles)
            shown = newwords.sights((text, cutter.pieces(text)) for text in folded)
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
    rule = "\n".join([version, *(row["word"] for row in read.rows(con, "listed_words"))])
    return build.rebuild_since(
        con, "core.word_sights", "window_start", build.version_of(con, rule, ()), make
    )


def build_new_words(con: Connection, version: str) -> int:
    """Find the words and names that titles show and no dictionary has; how many were found."""

    def make(since: datetime) -> pa.Table:
        # A word is known from the end of its hour on: the first that are lacking come of the hour before.
        since = max(since, build.BEGINNING + timedelta(hours=1)) - timedelta(hours=1)
        finder = newwords.Finder(row["token"] for row in read.rows(con, "new_words"))
        sights = read.table(
            con,
            "word_sights",
            since=since,
            fewest_titles=newwords.FEWEST_TITLES,
            fewest_marked=newwords.FEWEST_MARKED,
        )
        shown: dict[datetime, list[newwords.Sights]] = {}
        for window_start, *values in zip(*(one.to_pylist() for one in sights), strict=True):
            shown.setdefault(window_start, []).append(newwords.Sights(*values))
        found: list[newwords.NewWord] = []
        counts = {
            hour["window_start"]: hour["title_count"]
            for hour in read.rows(con, "title_hours", since=since)
        }
        for window_start in sorted(counts.keys() | shown.keys()):
            seen = (window_start, counts.get(window_start, 0), shown.get(window_start, ()))
            if window_start < since:
                finder.recall(*seen)
            else:
                found += finder.find(*seen)
        return _columns(
            [tuple(getattr(one, name) for name in NEW_WORD_COLUMNS) for one in found],
            **NEW_WORD_COLUMNS,
        )

    return build.rebuild_since(con, "core.new_words", "found_at", version, make)


def build_title_tokens(con: Connection, version: str) -> int:
    """Cut each distinct clean title once, with the words known when it was first seen; how many words."""

    def make(since: datetime) -> pa.Table:
        cutter = _cutter(con)
        found = deque(read.rows(con, "new_words"))
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
        return _columns(
            rows,
            title_id=pa.int64(),
            position=pa.int32(),
            token=pa.string(),
            part_of_speech=pa.string(),
            is_keyword=pa.bool_(),
            first_seen_at=pa.timestamp("us"),
        )

    return build.rebuild_since(con, "core.title_tokens", "first_seen_at", version, make)


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

    return build.append_missing(con, "core.heats", version, read_sql("queries/new_heats"), make)


def build_item_references(con: Connection, version: str) -> int:
    """Say which item each printed (id, address, title) means; how many were new."""

    def make(found: pa.Table) -> pa.Table:
        rows = []
        for one in found.to_pylist():
            kind, identity = clean.item_identity(
                one["native_id"] or None, one["url"] or None, one["folded_title"]
            )
            item_id = clean.stable_id(one["source"], kind, identity)
            rows.append(
                (one["reference_id"], item_id, one["title_id"], one["source"], kind, identity)
            )
        return _columns(
            rows,
            reference_id=pa.uint64(),
            item_id=pa.int64(),
            title_id=pa.int64(),
            source=pa.string(),
            identity_kind=pa.string(),
            identity=pa.string(),
        )

    return build.append_missing(
        con,
        "core.item_references",
        version,
        read_sql("queries/new_references"),
        make,
    )


def build_topic_items(con: Connection, version: str) -> int:
    """Assign the items first seen since the last build to topics; how many were assigned."""

    def make(since: datetime) -> pa.Table:
        (past,) = read.rows(con, "item_count", since=since)
        words, characters = (
            {row["term"]: row["item_count"] for row in read.rows(con, query, since=since)}
            for query in ("word_counts", "character_counts")
        )
        grouping = topics.Topics(words, characters, past["item_count"])
        for row in read.rows(con, "live_topic_items", since=since):
            grouping.recall(new_item(row), row["topic_id"], row["is_past"])
        hours = list(_hours(con, since))
        for hour in hours:
            if hour.window_start < since:
                grouping.seen(hour.present, hour.window_start)
        fresh = [hour for hour in hours if hour.window_start >= since]
        return _columns(
            [
                (one.item_id, one.topic_id, one.joined_at, one.chance, one.is_merge)
                for one in grouping.group(fresh)
            ],
            item_id=pa.int64(),
            topic_id=pa.int64(),
            joined_at=pa.timestamp("us"),
            chance=pa.float64(),
            is_merge=pa.bool_(),
        )

    return build.rebuild_since(con, "core.topic_items", "joined_at", version, make)


def new_item(row: Mapping[str, Any]) -> topics.NewItem:
    pairs = zip(row["tokens"] or (), row["tags"] or (), strict=True)
    return topics.NewItem(
        row["item_id"],
        row["first_seen_at"],
        row["source"],
        row["folded_title"],
        tuple(dict.fromkeys(topics.Word(token, tag) for token, tag in pairs)),
    )


def _hours(con: Connection, since: datetime) -> Iterator[topics.Hour]:
    new: dict[datetime, list[topics.NewItem]] = {}
    for row in read.rows(con, "items_to_group", since=since):
        item = new_item(row)
        start = item.first_seen_at.replace(minute=0, second=0, microsecond=0)
        new.setdefault(start, []).append(item)
    for row in read.rows(con, "item_presence", since=since):
        start = row["window_start"]
        yield topics.Hour(start, tuple(new.get(start, ())), tuple(row["item_ids"]))


def card_titles(con: Connection, item_ids: Iterable[int]) -> list[cards.Title]:
    """What items said when they were first seen, in that order."""
    return [
        cards.Title(
            row["item_id"],
            row["title"],
            row["board"],
            row["printed"],
            tuple(map(cards.Said, row["tokens"] or (), row["tags"] or (), row["keywords"] or ())),
        )
        for row in read.rows(con, "card_titles", item_ids=" ".join(map(str, item_ids)))
    ]


def cards_at(con: Connection, topic_ids: Sequence[int], at: datetime) -> dict[int, cards.Card]:
    """The cards of topics at ``at`` (naive UTC), from the titles known then."""
    members = read.rows(con, "card_members", topic_ids=topic_ids, at=at)
    topic_of = {row["item_id"]: row["topic_id"] for row in members}
    told: dict[int, list[cards.Title]] = {}
    for title in card_titles(con, topic_of):
        told.setdefault(topic_of[title.item_id], []).append(title)
    return {topic_id: cards.card(titles) for topic_id, titles in told.items()}


def build_topic_cards(con: Connection, version: str) -> int:
    """Tell what each topic that changed is about, hour by hour; how many cards were made."""

    def make(since: datetime) -> pa.Table:
        assignments = [
            (row["joined_at"], row["item_id"], row["topic_id"])
            for row in read.rows(con, "card_assignments", since=since)
        ]
        titles = card_titles(con, {item_id for _, item_id, _ in assignments})
        told = cards.by_hour(assignments, titles, since)
        return _columns(
            [
                (topic_id, window_start, count, *(getattr(card, name) for name in CARD_FIELDS))
                for window_start, topic_id, count, card in told
            ],
            topic_id=pa.int64(),
            window_start=pa.timestamp("us"),
            title_count=pa.int32(),
            **CARD_FIELDS,
        )

    return build.rebuild_since(con, "core.topic_cards", "window_start", version, make)


def build_stay_words(con: Connection, version: str) -> int:
    """Read the titles of the stays that began, by what is remembered of their words; how many."""

    def make(since: datetime) -> pa.Table:
        return forecasting.read_stays(con, since, version)

    return build.rebuild_since(con, "core.stay_words", "began_at", version, make)


def build_spread_models(con: Connection, version: str) -> int:
    """Learn, for each Monday, which topics come to three lists; how many Mondays."""
    return build.rebuild_since(
        con, "ops.spread_models", "known_until", version, lambda _: spreading.learn_mondays(con)
    )


def build_forecasts(con: Connection, version: str) -> int:
    """Forecast every topic on a list now, and keep what was said; how many were made."""

    def make(at: datetime) -> pa.Table:
        return forecasting.topic_table(forecasting.forecasts(con, at))

    return build.judge_at_newest(con, "mart.forecasts", version, make)


def build_verdicts(con: Connection, version: str) -> int:
    """Judge each snapshot by the contract of its board; how many were judged."""
    boards = {one.name: one for one in catalog.facts()}
    facts = {
        name: contract.Facts(one.expected_count, one.cadence_minutes, one.heat_unit)
        for name, one in boards.items()
    }
    unknown = contract.Facts()

    def make(since: datetime) -> pa.Table:
        rows = []
        for row in read.rows(con, "snapshots_to_judge", since=since):
            other = boards.get(row["other_board"])
            snapshot = contract.Snapshot(
                **{name: row[name] for name in MEASURES},
                other_zh=other.title_zh if other else row["other_board"] or "",
                other_en=other.title_en if other else row["other_board"] or "",
            )
            usual = contract.History(**{name: row[f"usual_{name}"] for name in USUALS})
            said = contract.judge(snapshot, usual, facts.get(row["board"], unknown))
            rows.append(
                (
                    row["board"],
                    row["captured_at"],
                    said.verdict,
                    said.claims,
                    said.sentence_zh,
                    said.sentence_en,
                    usual.snapshot_count,
                )
            )
        return _columns(
            rows,
            board=pa.string(),
            captured_at=pa.timestamp("us"),
            verdict=pa.string(),
            claims=pa.list_(pa.string()),
            sentence_zh=pa.string(),
            sentence_en=pa.string(),
            usual_snapshot_count=pa.int64(),
        )

    # The catalogue's facts are a part of the rule: when one changes, the past is judged again.
    rule = "\n".join([version, *(f"{boards[name].title_zh} {facts[name]}" for name in boards)])
    return build.rebuild_since(
        con, "ops.verdicts", "captured_at", build.version_of(con, rule, ()), make
    )


MEASURES = [
    name for name in contract.Snapshot.__dataclass_fields__ if name not in ("other_zh", "other_en")
]
USUALS = list(contract.History.__dataclass_fields__)

WORD_SIGHT_COLUMNS = {
    "window_start": pa.timestamp("us"),
    "token": pa.string(),
    "title_count": pa.int32(),
    "marked_count": pa.int32(),
    "parts": pa.list_(pa.string()),
    "lefts": pa.list_(pa.string()),
    "rights": pa.list_(pa.string()),
}

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

CARD_FIELDS = {
    "label": pa.string(),
    "keywords": pa.list_(pa.string()),
    "people": pa.list_(pa.string()),
    "places": pa.list_(pa.string()),
    "bodies": pa.list_(pa.string()),
    "other_names": pa.list_(pa.string()),
    "category": pa.string(),
}


def _columns(rows: Sequence[tuple[object, ...]], **types: pa.DataType) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in types)
    return pa.table(
        {
            name: pa.array(list(values), kind)
            for (name, kind), values in zip(types.items(), columns, strict=True)
        }
    )


def build_boards(con: Connection) -> int:
    """Write what the catalogue says of each board; how many there are."""
    rows = [
        (
            one.name,
            one.source,
            one.title_zh,
            one.title_en,
            one.cadence_minutes,
            one.heat_unit,
            one.list_board,
            one.place,
        )
        for one in catalog.facts()
    ]
    return build.replace_boards(con, rows)


def build_listed_words(con: Connection, listed: Sequence[str]) -> int:
    """Write the words that people want cut whole; how many there are."""
    return build.replace_listed_words(con, listed)


@dataclass(frozen=True, slots=True)
class Step:
    """One table and how it is brought up to date."""

    table: str
    description: str
    depends: tuple[str, ...]
    build: Callable[[Connection], int]

    @property
    def layer(self) -> str:
        return self.table.split(".")[0]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A table made in Python: the function, what it reads, and the texts that its rows depend on.

    A module stands for all that it imports from ``pipelines`` too. When one of those texts changes, what
    was made by the old one is made again.
    """

    make: Callable[[Connection, str], int]
    depends: tuple[str, ...]
    modules: tuple[ModuleType, ...]
    queries: tuple[str, ...]
    word_lists: tuple[str, ...] = ()

    def build(self, con: Connection) -> int:
        texts = [_source(name)[0] for name in sorted(_imported(self.modules))]
        texts += [read_sql(f"queries/{name}") for name in self.queries]
        texts += ["\n".join(words.read_words(name)) for name in self.word_lists]
        return self.make(con, build.version_of(con, "\0".join(texts), self.depends))


IMPORTS = re.compile(r"^from (pipelines[.\w]*) import (\w+|\([^)]*\))(.*)", re.MULTILINE)


@cache
def _source(module: str) -> tuple[str, frozenset[str]]:
    """A module's text, and what it imports from ``pipelines``."""
    text = inspect.getsource(import_module(module))
    found: set[str] = set()
    for source, *names in IMPORTS.findall(text):
        if source == "pipelines":
            found.update(
                f"pipelines.{one}"
                for one in re.findall(r"(?<!as )\b\w+", "".join(names))
                if one != "as"
            )
        else:
            found.add(source)
    return text, frozenset(found)


def _imported(modules: Iterable[ModuleType]) -> set[str]:
    """The names of those modules and of all that they import from ``pipelines``."""
    found: set[str] = set()
    waiting = [module.__name__ for module in modules]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _source(name)[1]
    return found


RULES = {
    "core.titles": _Rule(build_titles, ("raw.entries",), (clean,), ("new_titles",)),
    "core.title_sights": _Rule(build_title_sights, ("core.entries",), (), ("new_title_sights",)),
    "core.word_sights": _Rule(
        build_word_sights,
        ("core.title_sights", "core.titles"),
        (clean, newwords, tokens),
        ("titles_first_seen",),
        ("alone", "user"),
    ),
    "core.new_words": _Rule(
        build_new_words,
        ("core.title_sights", "core.word_sights"),
        (newwords,),
        ("new_words", "title_hours", "word_sights"),
        ("surnames",),
    ),
    "core.title_tokens": _Rule(
        build_title_tokens,
        ("core.new_words", "core.title_sights", "core.titles"),
        (tokens,),
        ("new_words", "titles_first_seen"),
        ("stop",),
    ),
    "core.heats": _Rule(build_heats, ("raw.entries",), (heat,), ("new_heats",)),
    "core.item_references": _Rule(
        build_item_references, ("raw.entries", "core.titles"), (clean,), ("new_references",)
    ),
    "core.topic_items": _Rule(
        build_topic_items,
        ("core.items", "core.item_hours", "core.title_tokens", "core.titles"),
        (topics,),
        (
            "word_counts",
            "character_counts",
            "item_count",
            "live_topic_items",
            "items_to_group",
            "item_presence",
        ),
        ("opposites", "outcomes"),
    ),
    "core.topic_cards": _Rule(
        build_topic_cards,
        (
            "core.item_categories",
            "core.items",
            "core.title_tokens",
            "core.titles",
            "core.topic_items",
        ),
        (cards,),
        ("card_assignments", "card_titles"),
        ("frames", *(f"categories/{name}" for name in (*cards.CATEGORIES, "boards", "printed"))),
    ),
    "core.stay_words": _Rule(
        build_stay_words,
        ("core.stay_outcomes", "core.stays", "core.titles"),
        (remembering,),
        ("stays_alike", "stays_begun", "stays_known"),
    ),
    "ops.spread_models": _Rule(
        build_spread_models,
        (
            "core.entries",
            "core.item_hours",
            "core.servings",
            "core.snapshots",
            "core.topic_items",
            "core.topic_members",
        ),
        (spread, spreading),
        ("spread_instants", "spread_lines", "spread_models_kept", "spread_outcomes"),
    ),
    "mart.forecasts": _Rule(
        build_forecasts,
        (
            "core.entries",
            "core.servings",
            "core.spread_hours",
            "core.stay_tops",
            "core.stay_words",
            "core.topic_members",
            "ops.spread_models",
        ),
        (causes, forecast, forecasting, spread, spreading),
        (
            "listed",
            "models_at",
            "present_topics",
            "present_words",
            "spread_lines",
            "spread_model_at",
            "spread_rates",
        ),
    ),
    "ops.verdicts": _Rule(
        build_verdicts,
        ("core.snapshot_shapes", "raw.snapshots"),
        (contract,),
        ("snapshots_to_judge",),
    ),
}


def _python_step(table: str, rule: _Rule) -> Step:
    description = (inspect.getdoc(rule.make) or "").split(";")[0] + "."
    return Step(table, description, rule.depends, rule.build)


def _sql_step(model: build.Model) -> Step:
    return Step(
        model.table,
        model.description,
        model.depends,
        lambda con: build.build_model(con, model.table),
    )


@cache
def steps() -> tuple[Step, ...]:
    """Every table of core and mart, each after those that it is made from."""
    found = {
        step.table: step
        for step in [*starmap(_python_step, RULES.items()), *map(_sql_step, build.models())]
    }
    ordered: dict[str, Step] = {}

    def visit(table: str) -> None:
        if table in found and table not in ordered:
            for upstream in found[table].depends:
                visit(upstream)
            ordered[table] = found[table]

    for table in sorted(found):
        visit(table)
    return tuple(ordered.values())


def upstream(table: str) -> tuple[Step, ...]:
    """The steps that bring ``table`` about and no others, in the order of building."""
    needed = {table}
    for step in reversed(steps()):
        if step.table in needed:
            needed.update(step.depends)
    return tuple(step for step in steps() if step.table in needed)
