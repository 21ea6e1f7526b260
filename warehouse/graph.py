"""The steps from raw to mart whose rules are Python: each reads, calls pipelines, and writes.

Both the Dagster assets and the command line run these; the rules themselves are in ``pipelines``.
"""

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import starmap
from types import ModuleType

from fengkou import board_seed
from pipelines.boards import contract
from pipelines.forecast import title_memory_online, topic_forecast
from pipelines.text import heat, lexicon, new_words, tokens
from pipelines.text import titles as clean
from pipelines.topics import cards, grouping
from warehouse import incremental
from warehouse.incremental import Connection
from warehouse.models.core import titles
from warehouse.models.core import topic_items as topic_tables
from warehouse.models.mart import forecasts
from warehouse.models.ops import spread_models
from warehouse.sql import read_sql


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
        texts += ["\n".join(lexicon.read_words(name)) for name in self.word_lists]
        return self.make(con, incremental.version_of(con, "\0".join(texts), self.depends))


IMPORTS = re.compile(r"^from (pipelines[.\w]*) import ([^(\n]+|\([^)]*\))", re.MULTILINE)
NAME = re.compile(r"(\w+)(?: as \w+)?")


@cache
def _source(module: str) -> tuple[str, frozenset[str]]:
    """A module's text, and what it imports from ``pipelines``."""
    text = inspect.getsource(import_module(module))
    found: set[str] = set()
    for source, names in IMPORTS.findall(text):
        if source == "pipelines":
            found.update(f"pipelines.{one}" for one in NAME.findall(names))
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
    "core.titles": _Rule(titles.build_titles, ("raw.entries",), (clean,), ("new_titles",)),
    "core.title_sights": _Rule(
        titles.build_title_sights, ("core.entries",), (), ("new_title_sights",)
    ),
    "core.word_sights": _Rule(
        titles.build_word_sights,
        ("core.title_sights", "core.titles"),
        (new_words,),
        ("titles_first_seen",),
        ("alone", "user"),
    ),
    "core.new_words": _Rule(
        titles.build_new_words,
        ("core.title_sights", "core.word_sights"),
        (new_words,),
        ("new_words", "title_hours", "word_sights"),
        ("surnames",),
    ),
    "core.title_tokens": _Rule(
        titles.build_title_tokens,
        ("core.new_words", "core.title_sights", "core.titles"),
        (tokens,),
        ("new_words", "titles_first_seen"),
        ("stop",),
    ),
    "core.heats": _Rule(titles.build_heats, ("raw.entries",), (heat,), ("new_heats",)),
    "core.item_references": _Rule(
        topic_tables.build_item_references,
        ("raw.entries", "core.titles"),
        (clean,),
        ("new_references",),
    ),
    "core.topic_items": _Rule(
        topic_tables.build_topic_items,
        ("core.items", "core.item_hours", "core.title_tokens", "core.titles"),
        (grouping,),
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
        topic_tables.build_topic_cards,
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
        board_seed.build_stay_words,
        ("core.stay_outcomes", "core.stays", "core.titles"),
        (title_memory_online,),
        ("stays_alike", "stays_begun", "stays_known"),
    ),
    "ops.spread_models": _Rule(
        board_seed.build_spread_models,
        (
            "core.entries",
            "core.item_hours",
            "core.servings",
            "core.snapshots",
            "core.topic_items",
            "core.topic_members",
        ),
        (spread_models,),
        ("spread_instants", "spread_lines", "spread_models_kept", "spread_outcomes"),
    ),
    "mart.forecasts": _Rule(
        board_seed.build_forecasts,
        (
            "core.entries",
            "core.servings",
            "core.spread_hours",
            "core.stay_tops",
            "core.stay_words",
            "core.topic_members",
            "ops.spread_models",
        ),
        (topic_forecast, forecasts, spread_models),
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
        board_seed.build_verdicts,
        ("core.snapshot_shapes", "raw.snapshots"),
        (contract,),
        ("snapshots_to_judge",),
    ),
}


def _python_step(table: str, rule: _Rule) -> Step:
    description = (inspect.getdoc(rule.make) or "").split(";")[0] + "."
    return Step(table, description, rule.depends, rule.build)


def _sql_step(model: incremental.Model) -> Step:
    return Step(
        model.table,
        model.description,
        model.depends,
        lambda con: incremental.build_model(con, model.table),
    )


@cache
def steps() -> tuple[Step, ...]:
    """Every table of core and mart, each after those that it is made from."""
    found = {
        step.table: step
        for step in [*starmap(_python_step, RULES.items()), *map(_sql_step, incremental.models())]
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
