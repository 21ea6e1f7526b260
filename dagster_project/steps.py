"""The steps from raw to mart whose rules are Python: each reads, calls pipelines, and writes.

Both the Dagster assets and the command line run these; the rules themselves are in ``pipelines``.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import starmap
from types import ModuleType
from typing import Any

import pyarrow as pa

from crawlers import catalog
from pipelines import clean, contract, forecast, heat, tokens, topics, words
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


def build_title_tokens(con: Connection, version: str) -> int:
    """Cut each distinct clean title once; how many words were added."""

    def make(found: pa.Table) -> pa.Table:
        rows = [
            (title_id, position, word.token, word.part_of_speech, word.is_keyword)
            for title_id, title in zip(
                found["title_id"].to_pylist(), found["clean_title"].to_pylist(), strict=True
            )
            for position, word in enumerate(tokens.tokenise(title), 1)
        ]
        return _columns(
            rows,
            title_id=pa.int64(),
            position=pa.int32(),
            token=pa.string(),
            part_of_speech=pa.string(),
            is_keyword=pa.bool_(),
        )

    missing = read_sql("queries/new_clean_titles")
    return build.append_missing(con, "core.title_tokens", version, missing, make)


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
        counts = read.rows(con, "word_counts", since=since)
        (earlier,) = read.rows(con, "item_count", since=since)
        grouping = topics.Topics(
            {row["token"]: row["item_count"] for row in counts}, earlier["item_count"]
        )
        for row in read.rows(con, "live_topic_items", since=since):
            grouping.recall(_new_item(row), row["topic_id"])
        hours = list(_hours(con, since))
        for hour in hours:
            if hour.window_start < since:
                grouping.seen(hour.present, hour.window_start)
        fresh = [hour for hour in hours if hour.window_start >= since]
        rows = [
            (one.item_id, one.topic_id, one.joined_at, one.similarity)
            for one in grouping.group(fresh)
        ]
        return _columns(
            rows,
            item_id=pa.int64(),
            topic_id=pa.int64(),
            joined_at=pa.timestamp("us"),
            similarity=pa.float64(),
        )

    return build.rebuild_since(con, "core.topic_items", "joined_at", version, make)


def _new_item(row: Mapping[str, Any]) -> topics.NewItem:
    pairs = zip(row["tokens"] or (), row["tags"] or (), strict=True)
    return topics.NewItem(
        row["item_id"],
        row["first_seen_at"],
        row["folded_title"],
        tuple(dict.fromkeys(topics.Word(token, tag) for token, tag in pairs)),
    )


def _hours(con: Connection, since: datetime) -> Iterator[topics.Hour]:
    new: dict[datetime, list[topics.NewItem]] = {}
    for row in read.rows(con, "items_to_group", since=since):
        item = _new_item(row)
        start = item.first_seen_at.replace(minute=0, second=0, microsecond=0)
        new.setdefault(start, []).append(item)
    for row in read.rows(con, "item_presence", since=since):
        start = row["window_start"]
        yield topics.Hour(start, tuple(new.get(start, ())), tuple(row["item_ids"]))


def standings(con: Connection, at: datetime) -> list[forecast.Standing]:
    """Where each topic stood on each board at ``at`` (naive UTC), from what was known then."""
    return [as_standing(row) for row in read.rows(con, "standings", at=at)]


def as_standing(row: Mapping[str, Any]) -> forecast.Standing:
    names = forecast.Standing.__dataclass_fields__
    return forecast.Standing(**{name: row[name] for name in names})


def build_forecasts(con: Connection, version: str) -> int:
    """Judge every topic on a board now, and keep the judgement; how many were made."""

    def make(at: datetime) -> pa.Table:
        made = forecast.forecast(standings(con, at), at)
        return _columns(
            [tuple(getattr(one, name) for name in FORECAST_COLUMNS) for one in made],
            **FORECAST_COLUMNS,
        )

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

FORECAST_COLUMNS = {
    "topic_id": pa.int64(),
    "made_at": pa.timestamp("us"),
    "score": pa.float64(),
    "board": pa.string(),
    "rank": pa.int32(),
    "rank_gain": pa.int32(),
    "over_minutes": pa.int32(),
    "usual_gain": pa.float64(),
    "board_count": pa.int32(),
    "is_rising": pa.bool_(),
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
        (one.name, one.source, one.title_zh, one.title_en, one.cadence_minutes, one.heat_unit)
        for one in catalog.facts()
    ]
    return build.replace_boards(con, rows)


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

    When one of those texts changes, what was made by the old one is made again.
    """

    make: Callable[[Connection, str], int]
    depends: tuple[str, ...]
    modules: tuple[ModuleType, ...]
    queries: tuple[str, ...]
    word_lists: tuple[str, ...] = ()

    def build(self, con: Connection) -> int:
        texts = [inspect.getsource(module) for module in self.modules]
        texts += [read_sql(f"queries/{name}") for name in self.queries]
        texts += ["\n".join(words.read_words(name)) for name in self.word_lists]
        return self.make(con, build.version_of(con, "\0".join(texts), self.depends))


RULES = {
    "core.titles": _Rule(build_titles, ("raw.entries",), (clean,), ("new_titles",)),
    "core.title_tokens": _Rule(
        build_title_tokens,
        ("raw.entries", "core.titles"),
        (tokens,),
        ("new_clean_titles",),
        ("user", "stop"),
    ),
    "core.heats": _Rule(build_heats, ("raw.entries",), (heat,), ("new_heats",)),
    "core.item_references": _Rule(
        build_item_references, ("raw.entries", "core.titles"), (clean,), ("new_references",)
    ),
    "core.topic_items": _Rule(
        build_topic_items,
        ("core.items", "core.item_hours", "core.title_tokens", "core.titles"),
        (topics,),
        ("word_counts", "item_count", "live_topic_items", "items_to_group", "item_presence"),
    ),
    "mart.forecasts": _Rule(
        build_forecasts,
        (
            "core.board_hours",
            "core.entries",
            "core.item_hours",
            "core.snapshots",
            "core.topic_items",
        ),
        (forecast,),
        ("standings",),
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
