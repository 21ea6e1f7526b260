"""The data dictionary: every table and view of the warehouse, described by its own file.

Models are described in the header of their file, migrated tables by ``COMMENT ON``. Types are those
that an empty warehouse has. What is not described is an error that names the file to edit.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from warehouse.connection import Connection, in_memory
from warehouse.declaration import SqlModel
from warehouse.graph import Step, steps
from warehouse.incremental import BEGINNING, shape
from warehouse.migrate import migrate

LAYERS = {
    "raw": "What was captured, as printed. Append-only: a load adds, nothing changes or goes.",
    "core": "What it means: items, titles, words, topics. Made from raw, and anew with each rule.",
    "mart": "What people ask for. In the published file, read these tables and no others.",
    "ops": "Bookkeeping: what was loaded, how far each table is built, how each board keeps its contract.",
}

MIGRATED = "warehouse/migrations"


class UndescribedError(ValueError):
    """Tables or columns without a description, or descriptions without a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the warehouse has it."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view; ``file`` is where its description and its shape stand."""

    name: str
    kind: str
    description: str
    grain: tuple[str, ...]
    columns: tuple[Column, ...]
    file: str

    @property
    def layer(self) -> str:
        return self.name.split(".")[0]


@contextmanager
def empty_warehouse() -> Iterator[Connection]:
    """A warehouse in memory with every table and view, and no row."""
    with in_memory() as con:
        migrate(con)
        for step in steps():
            step.build(con)
            declared = step.declared
            if isinstance(declared, SqlModel) and declared.since:
                parameters = {"since": BEGINNING} if "$since" in declared.select else {}
                con.execute(f"CREATE TABLE {step.table} AS {declared.select}", parameters)
            elif declared.meanings and not isinstance(declared, SqlModel):
                shape(con, step.table, declared)
        yield con


def tables() -> tuple[Table, ...]:
    """Every table and view of ``LAYERS``. Raises UndescribedError naming all that is missing."""
    made = {step.table: step for step in steps()}
    with empty_warehouse() as con:
        found = [
            _from_step(made[name], columns)
            if name in made
            else _from_comments(name, comment, columns)
            for name, comment, columns in _catalogue(con)
            if name.split(".")[0] in LAYERS
        ]
    order = list(LAYERS)
    found.sort(key=lambda table: (order.index(table.layer), table.name))
    missing = [problem for table in found for problem in problems(table)]
    missing += [problem for step in steps() for problem in _described_but_absent(step, found)]
    if missing:
        raise UndescribedError("\n".join(missing))
    return tuple(found)


def _catalogue(
    con: Connection,
) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """(name, comment, columns) of each table and view, in name order."""
    columns: dict[str, list[tuple[str, str, str]]] = {}
    for name, *column in con.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type, coalesce(comment, '') "
        "FROM duckdb_columns() WHERE NOT internal ORDER BY 1, column_index"
    ).fetchall():
        columns.setdefault(name, []).append(tuple(column))
    comments = con.execute(
        "SELECT schema_name || '.' || table_name, comment FROM duckdb_tables() WHERE NOT internal "
        "UNION ALL "
        "SELECT schema_name || '.' || view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).fetchall()
    for name, comment in sorted(comments):
        yield name, comment or "", columns[name]


def _from_step(step: Step, columns: Sequence[tuple[str, str, str]]) -> Table:
    """A ledger's columns are described where it is shaped, those of other tables where they are made."""
    declared = step.declared
    is_view = isinstance(declared, SqlModel) and declared.since is None
    return Table(
        step.table,
        "view" if is_view else "table" if declared.meanings else "ledger",
        declared.description,
        declared.grain,
        tuple(
            Column(name, kind, declared.meanings.get(name, "") if declared.meanings else comment)
            for name, kind, comment in columns
        ),
        step.file,
    )


def _from_comments(name: str, comment: str, columns: Sequence[tuple[str, str, str]]) -> Table:
    prose, _, grain = comment.partition(" Grain: ")
    return Table(
        name,
        "table",
        prose,
        tuple(filter(None, grain.rstrip(".").split(", "))),
        tuple(Column(*column) for column in columns),
        MIGRATED,
    )


def problems(table: Table) -> Iterator[str]:
    """A sentence for each thing that is not described, saying what to write and where."""
    is_migrated = table.file == MIGRATED
    where = f"a new file in {MIGRATED}" if is_migrated else table.file
    if not table.description:
        write = f"COMMENT ON TABLE {table.name} IS '…'" if is_migrated else "-- What it holds."
        yield f'{table.name} has no description. Write "{write}" in {where}.'
    names = {column.name for column in table.columns}
    for name in table.grain:
        if name not in names:
            yield f"{table.name} has no column {name}, which its grain names. Correct {where}."
    for column in table.columns:
        if not column.meaning:
            line = (
                f"COMMENT ON COLUMN {table.name}.{column.name} IS '…'"
                if is_migrated
                else f"-- column {column.name}: …"
            )
            yield f'{table.name}.{column.name} has no description. Write "{line}" in {where}.'


def _described_but_absent(step: Step, found: Sequence[Table]) -> Iterator[str]:
    columns = {
        column.name for table in found if table.name == step.table for column in table.columns
    }
    for name in step.declared.meanings:
        if name not in columns:
            yield (
                f"{step.table} has no column {name}, which its header describes. "
                f'Select it, or remove the line "-- column {name}: …" from {step.file}.'
            )


def render_tables(made_from: Mapping[str, Sequence[str]]) -> str:
    """The dictionary as Markdown; ``made_from`` says which tables each table is made from."""
    described = tables()
    lines = [
        "# Tables",
        "",
        "`_at` is an instant in UTC, `_date` a day in Shanghai, `_id` an identity, `_count` a "
        "number of things; `is_` and `has_` are true or false. The grain is what one line is: no "
        "two lines have the same.",
        "",
    ]
    for layer in LAYERS:
        mine = [table for table in described if table.layer == layer]
        links = ", ".join(_link(table.name) for table in mine)
        lines += [f"- **{layer}**: {links}"]
    known = {table.name for table in described}
    for layer, about in LAYERS.items():
        lines += ["", f"## {layer}", "", about]
        for table in described:
            if table.layer == layer:
                lines += ["", *_section(table, made_from.get(table.name, ()), known)]
    return "\n".join(lines) + "\n"


def _section(table: Table, made_from: Sequence[str], known: set[str]) -> Iterator[str]:
    yield f"### {table.name}"
    yield ""
    yield table.description
    yield ""
    grain = ", ".join(f"`{name}`" for name in table.grain) or "none: the same line may stand twice"
    yield f"- {table.kind}; grain: {grain}"
    if made_from:
        upstream = [_link(name) if name in known else f"`{name}`" for name in made_from]
        yield f"- made from: {', '.join(upstream)}"
    elif table.layer == "raw":
        yield "- made from: landed captures and imported archives"
    yield f"- described in: `{table.file}`"
    yield ""
    yield "| column | type | meaning |"
    yield "| --- | --- | --- |"
    for column in table.columns:
        yield f"| `{column.name}` | {column.type} | {_cell(column.meaning)} |"


def _link(name: str) -> str:
    return f"[{name}](#{re.sub('[^a-z0-9_-]', '', name)})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
