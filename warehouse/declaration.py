"""What a table says of itself: the header of its .sql file, or the ``TABLE`` of its .py file.

A table is one file of ``warehouse/models``: ``core/titles.py`` is ``core.titles``. Queries that only it
uses stand beside it and bear its name, ``core/titles.new.sql``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import pyarrow as pa

from warehouse.connection import Connection
from warehouse.ingredients import Ingredient

REFERENCE = re.compile(r"\b(?:raw|core|mart|ops)\.[a-z_]+\b")
HEADER = re.compile(r"(grain|since|code_version|column \w+): ")

Columns: TypeAlias = Mapping[str, tuple[pa.DataType, str]]
"""Column -> its type and what it means, in the order of the table."""


class ModelError(ValueError):
    """A model file that breaks the conventions: what was found, what was expected."""


class Growth(Protocol):
    """How a table made in Python is brought up to the newest load."""

    def bring_up(self, con: Connection, name: str, table: "Table", version: str) -> int:
        """Bring table ``name`` up; how many rows were written."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """A table made in Python; its name is that of its file.

    ``grain`` are the columns that tell its rows apart, ``reads`` the tables it is made from,
    ``made_with`` what else shapes its rows; a ledger's columns stand in its migration. Raise
    ``code_version`` when a change of its rule is meant to change rows: all of it is then made again, but
    for a ledger, which goes on with the new rule.
    """

    description: str
    grain: tuple[str, ...]
    reads: tuple[str, ...]
    code_version: str
    growth: Growth
    columns: Columns = field(default_factory=dict)
    made_with: tuple[Ingredient, ...] = ()

    @property
    def schema(self) -> pa.Schema:
        return pa.schema({name: kind for name, (kind, _) in self.columns.items()})

    @property
    def meanings(self) -> dict[str, str]:
        return {name: meaning for name, (_, meaning) in self.columns.items()}


@dataclass(frozen=True, slots=True)
class SqlModel:
    """One SQL model: a view, or a table whose rows from ``$since`` on are made again."""

    table: str
    description: str
    grain: tuple[str, ...]
    meanings: Mapping[str, str]
    code_version: str
    since: str | None
    select: str

    @property
    def reads(self) -> tuple[str, ...]:
        """The tables it reads, in name order."""
        return tuple(sorted(set(REFERENCE.findall(self.select)) - {self.table}))


def parse_sql(table: str, text: str) -> SqlModel:
    """The model that a .sql file is. Raises ModelError where its header lacks what it must say."""
    header = [line.removeprefix("--").strip() for line in text.splitlines() if line[:2] == "--"]
    fields = dict(line.split(": ", 1) for line in header if HEADER.match(line))
    prose = [line for line in header if not HEADER.match(line)]
    lacking = [name for name in ("grain", "code_version") if name not in fields]
    if lacking or not prose:
        raise ModelError(
            f"warehouse/models/{table.replace('.', '/')}.sql lacks {', '.join(lacking) or 'a description'}; "
            "a model begins with what it is, then '-- grain: …', '-- code_version: 1', and a line for "
            "each column."
        )
    return SqlModel(
        table=table,
        description=" ".join(prose),
        grain=tuple(fields["grain"].split(", ")),
        meanings={
            name.removeprefix("column "): meaning
            for name, meaning in fields.items()
            if name.startswith("column ")
        },
        code_version=fields["code_version"],
        since=fields.get("since"),
        select="\n".join(line for line in text.splitlines() if line[:2] != "--")
        .strip()
        .rstrip(";"),
    )
