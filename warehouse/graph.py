"""Every table of ``warehouse/models`` and the order in which they are made: each after those it reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib import import_module
from importlib.resources import files

from warehouse.connection import Connection
from warehouse.declaration import ModelError, SqlModel, Table, parse_sql
from warehouse.incremental import bring_up_model, version_of
from warehouse.sql import with_queries, with_rules


@dataclass(frozen=True, slots=True)
class Step:
    """One table and how it is brought up to date; ``declared`` is what its file says of it."""

    table: str
    declared: Table | SqlModel
    build: Callable[[Connection], int]

    @property
    def layer(self) -> str:
        return self.table.split(".")[0]

    @property
    def reads(self) -> tuple[str, ...]:
        return self.declared.reads

    @property
    def file(self) -> str:
        """The file in the repository."""
        ending = "sql" if isinstance(self.declared, SqlModel) else "py"
        return f"warehouse/models/{self.table.replace('.', '/')}.{ending}"


@cache
def declared() -> Mapping[str, Table | SqlModel]:
    """Every table and view by name, as its file declares it.

    A file ``<table>.<query>.sql`` is a query of that table and no model. Raises ModelError for a file that
    declares nothing, or two of one name.
    """
    found: dict[str, Table | SqlModel] = {}
    for layer in sorted(files("warehouse.models").iterdir(), key=lambda path: path.name):
        for path in sorted(layer.iterdir(), key=lambda p: p.name) if layer.is_dir() else ():
            name, _, ending = path.name.partition(".")
            table = f"{layer.name}.{name}"
            if ending not in {"sql", "py"} or name.startswith("_"):
                continue
            if table in found:
                raise ModelError(f"warehouse/models has two files for {table}. Keep one of them.")
            if ending == "sql":
                text = with_rules(path.read_text(encoding="utf-8"), f"models/{layer.name}/{name}")
                model = parse_sql(table, text)
                found[table] = replace(model, select=with_queries(model.select))
            else:
                found[table] = _declared_in(f"warehouse.models.{table}")
    return found


def _declared_in(module: str) -> Table:
    table = getattr(import_module(module), "TABLE", None)
    if not isinstance(table, Table):
        raise ModelError(
            f"{module.replace('.', '/')}.py has no TABLE. A table's file ends in TABLE = Table(…), as its "
            "neighbours do; what is no table stands elsewhere."
        )
    return table


@cache
def steps() -> tuple[Step, ...]:
    """Every table, each after those that it is made from. Raises ModelError for a circle."""
    ordered: dict[str, Step] = {}

    def visit(table: str, above: tuple[str, ...]) -> None:
        if table in above:
            raise ModelError(f"tables read each other in a circle: {' > '.join((*above, table))}")
        if table in declared() and table not in ordered:
            for upstream_table in declared()[table].reads:
                visit(upstream_table, (*above, table))
            ordered[table] = _step(table, declared()[table])

    for table in sorted(declared()):
        visit(table, ())
    return tuple(ordered.values())


def step(table: str) -> Step:
    """The step that makes ``table``. Raises ModelError where there is none."""
    for known in steps():
        if known.table == table:
            return known
    raise ModelError(f"{table} has no model; there are {', '.join(s.table for s in steps())}")


def upstream(*tables: str) -> tuple[Step, ...]:
    """The steps that bring ``tables`` about and no others, in the order of building."""
    needed = set(tables)
    for known in reversed(steps()):
        if known.table in needed:
            needed.update(known.reads)
    return tuple(known for known in steps() if known.table in needed)


def downstream(table: str) -> tuple[Step, ...]:
    """The steps that are made from ``table``, directly or not, in the order of building."""
    reached = {table}
    found = []
    for known in steps():
        if reached & set(known.reads):
            reached.add(known.table)
            found.append(known)
    return tuple(found)


def current_version(con: Connection, table: str) -> str:
    """The version that ``table`` would be made by now."""
    known = declared()[table]
    made_with = known.made_with if isinstance(known, Table) else ()
    return version_of(con, known.code_version, made_with, known.reads)


def _step(table: str, known: Table | SqlModel) -> Step:
    if isinstance(known, SqlModel):
        return Step(table, known, partial(_build_model, known))
    return Step(table, known, partial(_build_table, table, known))


def _build_model(model: SqlModel, con: Connection) -> int:
    return bring_up_model(con, model, current_version(con, model.table))


def _build_table(name: str, table: Table, con: Connection) -> int:
    return table.growth.bring_up(con, name, table, current_version(con, name))
