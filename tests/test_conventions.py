"""The conventions of the house, each as a test whose failure says what to do."""

import ast
import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import grimp
import pytest
import sqlglot
from sqlglot import exp

from crawlers import catalog
from warehouse import dictionary
from warehouse.connection import in_memory
from warehouse.declaration import SqlModel
from warehouse.graph import steps
from warehouse.migrate import migrate

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("crawlers", "pipelines", "warehouse", "fengkou", "dagster_project")
NOUNLESS = {"utils", "util", "helpers", "helper", "common", "base", "manager", "managers", "misc"}
WHOLE_NUMBERS = {"BIGINT", "INTEGER", "UBIGINT", "HUGEINT"}

LONGEST_FILE = 400
"""Lines: more than this is not read in one go."""

USUAL_SPIDER = 25
"""Lines of the median spider: a spider is a description, not a program."""

LONGEST_SPIDER = 60


def python_files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms or ROOMS for path in (ROOT / room).rglob("*.py"))


def named(paths: Iterable[Path]) -> str:
    return ", ".join(path.relative_to(ROOT).as_posix() for path in paths)


@pytest.fixture(scope="module")
def tables() -> dict[str, dictionary.Table]:
    return {table.name: table for table in dictionary.tables()}


# --- tables -------------------------------------------------------------------------------------


def test_a_table_says_what_it_is_and_describes_each_column(
    tables: dict[str, dictionary.Table],
) -> None:
    for step in steps():
        said, table = step.declared, tables[step.table]
        columns = [column.name for column in table.columns]
        unknown = sorted(set(said.grain) - set(columns))
        assert said.description, f"{step.file}: begin with a comment that says what it holds."
        assert not unknown, f"{step.file}: the grain names {unknown}, which are no columns."
        assert list(said.meanings) in ([], columns), (
            f"{step.file}: describe the columns in the order of the SELECT."
        )


def test_a_table_stands_in_a_layer_and_none_below_mart_reads_mart() -> None:
    for step in steps():
        assert step.layer in dictionary.LAYERS, (
            f"{step.file}: {step.layer} is no layer. Move it to one of {', '.join(dictionary.LAYERS)}."
        )
        assert step.layer == "mart" or not [
            table for table in step.reads if table[:5] == "mart."
        ], f"{step.file} reads {', '.join(step.reads)}. Below mart read raw, core and ops only."


def test_the_lineage_of_a_model_can_be_read() -> None:
    for step in steps():
        if not isinstance(step.declared, SqlModel):
            continue
        parsed = sqlglot.parse_one(step.declared.select, dialect="duckdb")
        read = {f"{table.db}.{table.name}" for table in parsed.find_all(exp.Table) if table.db}
        assert read - {step.table} == set(step.reads), (
            f"{step.file}: sqlglot finds {sorted(read)}, the build {list(step.reads)}. "
            "Name each table as layer.name, and no table in a text or a comment within the SELECT."
        )


def test_the_name_of_a_column_tells_its_type(tables: dict[str, dictionary.Table]) -> None:
    wrong = [
        f"{table.file}: {table.name}.{column.name} is {column.type}. {said}"
        for table in tables.values()
        for column in table.columns
        for said in misnamed(column.name, column.type)
    ]
    assert not wrong, "\n".join(wrong)


def misnamed(name: str, kind: str) -> Iterator[str]:
    """A sentence for each thing that the name of a column does not tell of its type, or tells wrongly."""
    if (kind == "BOOLEAN") != name.startswith(("is_", "has_")):
        yield "Call what is true or false is_… or has_…, and nothing else."
    if kind.startswith("TIMESTAMP") and not (name.endswith("_at") or name in INSTANTS):
        yield "Call an instant …_at; the start of an hour is window_start."
    if kind.startswith("TIMESTAMP") and kind != "TIMESTAMP":
        yield "Instants are UTC without a zone."
    if (kind == "DATE") != name.endswith("_date"):
        yield "Call a day in Shanghai …_date, and nothing else."
    if name.endswith(("_id", "_count")) and kind not in WHOLE_NUMBERS | IDS.get(name, set()):
        yield "What ends in _id or _count is a whole number."


INSTANTS = {"window_start", "known_until", "known_since", "judged_since"}
"""Names of instants that say more than …_at would."""

IDS = {"model_id": {"VARCHAR"}, "champion_id": {"VARCHAR"}, "native_id": {"VARCHAR"}}
"""Identities that others gave, or that are hashes of a file."""


def test_migrations_make_no_table_of_core_or_mart() -> None:
    with in_memory() as con:
        migrate(con)
        made = con.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables "
            "WHERE table_schema IN ('core', 'mart')"
        ).fetchall()
    assert not made, (
        f"{made}: write a file in warehouse/models, which is made anew when it changes."
    )


def test_every_sql_file_begins_with_what_it_is() -> None:
    silent = [
        path
        for path in sorted((ROOT / "warehouse").rglob("*.sql"))
        if not path.read_text(encoding="utf-8").startswith("-- ")
    ]
    assert not silent, f"{named(silent)}: begin with a line '-- What it is.'"


# --- boards -------------------------------------------------------------------------------------


def test_every_recorded_page_has_a_board() -> None:
    recorded = {path.name for path in (ROOT / "tests" / "boards").iterdir() if path.is_dir()}
    boardless = sorted(recorded - set(catalog.names()))
    assert not boardless, (
        f"No board for tests/boards/{', '.join(boardless)}. Remove the folder, or name it like its "
        "file in crawlers/spiders."
    )


def test_a_spider_is_a_description() -> None:
    lengths = {
        path: len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files("crawlers/spiders")
        if path.name != "__init__.py"
    }
    long = [path for path, length in lengths.items() if length > LONGEST_SPIDER]
    usual = median(lengths.values())
    assert not long, (
        f"{named(long)}: over {LONGEST_SPIDER} lines. Move what it does to crawlers/boards."
    )
    assert usual <= USUAL_SPIDER, (
        f"the median spider has {usual} lines, {USUAL_SPIDER} at most. Move what several spiders do to "
        "crawlers/boards."
    )


# --- modules ------------------------------------------------------------------------------------


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph(*ROOMS, exclude_type_checking_imports=True, cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        pytest.fail(
            f"a circle of imports: {' < '.join(error.args[1])}. Move what both need to a module of its own."
        )


def test_a_module_of_dagster_project_imports_dagster() -> None:
    foreign = [
        path
        for path in python_files("dagster_project")
        if path.name != "__init__.py"
        and not re.search(
            r"^\s*(?:import|from) dagster\b", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert not foreign, f"{named(foreign)}: what knows nothing of Dagster stands in fengkou."


def test_dagster_can_read_the_annotations_of_its_functions() -> None:
    lazy = [
        path
        for path in python_files("dagster_project")
        if re.search(
            r"^from __future__ import .*annotations", path.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert not lazy, (
        f"{named(lazy)}: take out 'from __future__ import annotations'. Dagster looks at the "
        "annotation of context, and would find text."
    )


def test_a_module_is_named_for_a_noun_or_a_step() -> None:
    nounless = [path for path in python_files() if {path.stem, path.parent.name} & NOUNLESS]
    assert not nounless, (
        f"{named(nounless)}: name it for what it defines or does. What is used once stays private "
        "beside its use."
    )


def test_no_python_file_is_too_long_to_read() -> None:
    long = [
        path
        for path in python_files(*ROOMS, "benchmarks", "fuzzing", "tests")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE
    ]
    assert not long, (
        f"{named(long)}: over {LONGEST_FILE} lines. Split it by what its parts are about."
    )


def test_nothing_is_called_one() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{line}"
        for path in python_files()
        for line in called_one(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, f"{', '.join(found)}: say one of what."


def called_one(tree: ast.AST) -> Iterator[int]:
    """The lines where a variable or parameter of that name is bound."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="one", ctx=ast.Store()) | ast.arg(arg="one"):
                yield node.lineno
