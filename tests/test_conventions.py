"""The conventions of the house, each as a test whose failure says what to do."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from crawlers import catalog
from warehouse import dictionary
from warehouse.incremental import Model, models

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("crawlers", "pipelines", "warehouse", "fengkou", "dagster_project")
LAYERS = ("raw", "core", "mart", "ops")
NOUNLESS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
WHOLE_NUMBERS = {"BIGINT", "INTEGER", "UBIGINT", "HUGEINT"}

TABLES = {table.name: table for table in dictionary.tables()}
COLUMNS = [
    pytest.param(column.name, column.type, table.file, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    if table.layer in ("core", "mart")
    for column in table.columns
]


def python_files() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def each_model(one: Model) -> str:
    return one.table


@pytest.mark.parametrize("one", models(), ids=each_model)
def test_a_model_says_what_it_is_and_describes_each_column(one: Model):
    file = dictionary.model_file(one)
    unknown = sorted(set(one.grain) - set(one.columns))
    assert one.description, f"{file}: begin with a comment that says what it holds."
    assert not unknown, f"{file}: the grain names {unknown}. Describe them: '-- column …: …'."
    assert list(one.columns) == [column.name for column in TABLES[one.table].columns], (
        f"{file}: put the '-- column name: meaning' lines in the order of the SELECT."
    )


@pytest.mark.parametrize("one", models(), ids=each_model)
def test_a_model_stands_in_a_layer_and_reads_no_layer_above(one: Model):
    assert one.layer in LAYERS, (
        f"{dictionary.model_file(one)}: {one.layer} is no layer. Move it to one of {', '.join(LAYERS)}."
    )
    assert one.layer == "mart" or not [table for table in one.depends if table[:5] == "mart."], (
        f"{dictionary.model_file(one)} reads {', '.join(one.depends)}. Below mart read raw and core only."
    )


@pytest.mark.parametrize("one", models(), ids=each_model)
def test_the_lineage_of_a_model_can_be_read(one: Model):
    parsed = sqlglot.parse_one(one.select, dialect="duckdb")
    read = {f"{table.db}.{table.name}" for table in parsed.find_all(exp.Table) if table.db}
    assert read == set(one.depends), (
        f"{dictionary.model_file(one)}: sqlglot finds {sorted(read)}, the build {list(one.depends)}. "
        "Name each table as layer.name, and no table in a text or a comment within the SELECT."
    )


@pytest.mark.parametrize(("name", "kind", "file"), COLUMNS)
def test_the_name_of_a_column_tells_its_type(name: str, kind: str, file: str):
    if kind == "BOOLEAN":
        assert name.startswith(("is_", "has_")), (
            f"{file}: rename {name} to is_{name} or has_{name}."
        )
    if kind.startswith("TIMESTAMP"):
        assert name.endswith("_at") or name == "window_start", (
            f"{file}: {name} is an instant. Name it …_at; the start of an hour is window_start."
        )
        assert kind == "TIMESTAMP", f"{file}: {name} is {kind}. Instants are UTC without a zone."
    if kind == "DATE":
        assert name.endswith("_date"), f"{file}: {name} is a day in Shanghai. Call it …_date."
    if name.startswith(("is_", "has_")):
        assert kind == "BOOLEAN", f"{file}: {name} is {kind}, expected BOOLEAN. Cast or rename it."
    if name.endswith("_date"):
        assert kind == "DATE", f"{file}: {name} is {kind}, expected DATE. Cast or rename it."
    if name.endswith(("_id", "_count")):
        assert kind in WHOLE_NUMBERS, f"{file}: {name} is {kind}, expected a whole number. Cast it."


def test_every_sql_file_begins_with_what_it_is():
    silent = [
        path
        for path in sorted((ROOT / "warehouse").rglob("*.sql"))
        if not path.read_text(encoding="utf-8").startswith("-- ")
    ]
    assert not silent, f"{', '.join(named(silent))}: begin with a line '-- What it is.'"


def test_every_board_has_a_recorded_page_and_what_it_says():
    missing = [
        f"tests/boards/{name}/{wanted}"
        for name in catalog.names()
        for wanted in ("page.*", "entries.jsonl", "about.toml")
        if not list((ROOT / "tests" / "boards" / name).glob(wanted))
    ]
    assert not missing, f"Missing: {', '.join(missing)}. Follow docs/add-a-board.md, steps 4 and 5."


def test_every_recorded_page_has_a_board():
    recorded = {path.name for path in (ROOT / "tests" / "boards").iterdir() if path.is_dir()}
    boardless = sorted(recorded - set(catalog.names()))
    assert not boardless, (
        f"No board for tests/boards/{', '.join(boardless)}. Remove the folder, or name it like its "
        "file in crawlers/spiders."
    )


def test_dagster_can_read_the_annotations_of_its_functions():
    lazy = [
        path
        for path in python_files()
        if "dagster_project" in path.parts
        and re.search(
            r"^from __future__ import .*annotations", path.read_text(encoding="utf-8"), re.M
        )
    ]
    assert not lazy, (
        f"{', '.join(named(lazy))}: take out 'from __future__ import annotations'. Dagster looks "
        "at the annotation of context, and would find text."
    )


def test_a_module_is_named_for_a_noun_or_a_step():
    nounless = [path for path in python_files() if path.stem in NOUNLESS]
    nounless += [path.parent for path in python_files() if path.parent.name in NOUNLESS]
    assert not nounless, (
        f"{', '.join(named(nounless))}: name it for what it defines or does. What is used once "
        "stays private beside its use."
    )
