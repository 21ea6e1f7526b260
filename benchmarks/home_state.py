"""What a home holds, told so that two homes can be compared: rows, files and what was published."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

import duckdb

from fengkou.editions import TOLD
from fengkou.home import Home
from warehouse.connection import PUBLISHED_FILE, WAREHOUSE_FILE
from warehouse.sql import quoted

CLOCKED = frozenset(
    {"applied_at", "built_load_id", "elapsed_ms", "load_id", "loaded_at", "modified_ns"}
    | {"origin", "said_at", "trained_at"}
)
"""Columns and keys that tell when or by which load a row came, or in which folder it was found."""

TABLES = """
SELECT table_schema || '.' || table_name FROM information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema IN ('raw', 'core', 'mart', 'ops') ORDER BY 1
"""

State = dict[str, str]
"""What there is -> a hash of what it says."""


def state(home: Home) -> State:
    """Tables, ledgers, captures, the published copy and the digests of a home, and what else lies there."""
    found: State = {}
    for folder, database in ((home.warehouse, WAREHOUSE_FILE), (home.published, PUBLISHED_FILE)):
        if (folder / database).exists():
            with duckdb.connect(str(folder / database), read_only=True) as con:
                found |= {f"{folder.name}: {name}": told for name, told in _tables(con)}
    for file in sorted(home.published.rglob("*.parquet")):
        with duckdb.connect(":memory:") as con:
            found[_named(home, file)] = _rows(con, f"read_parquet({quoted(file)})")
    for file in sorted(home.landing.rglob("[0-9]*.json")):
        document = json.loads(file.read_bytes())
        kept = {k: v for k, v in document.items() if k not in CLOCKED | {"checksum"}}
        found[_named(home, file)] = json.dumps(kept, sort_keys=True)
    for file in sorted(home.digests.rglob("*")):
        if file.is_file() and file.parent.name != TOLD:  # it tells when each digest was written
            found[_named(home, file)] = sha256(file.read_bytes()).hexdigest()
    for file in sorted(home.root.rglob("*")):
        if file.is_file():
            found.setdefault(_named(home, file), "is there")
    return found


def _named(home: Home, file: Path) -> str:
    return str(file.relative_to(home.root))


def _tables(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, str]]:
    for (table,) in con.execute(TABLES).fetchall():
        yield table, _rows(con, table)


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> str:
    """How many rows, and an order-free hash of them."""
    columns = {name for name, *_ in con.execute(f"DESCRIBE FROM {table}").fetchall()}
    without = ", ".join(sorted(columns & CLOCKED))
    kept = f"* EXCLUDE ({without})" if without else "*"
    (told,) = con.execute(
        f"SELECT count(*) || ' rows, hash ' || coalesce(sum(hash(r)), 0) FROM (SELECT {kept} FROM {table}) r"
    ).fetchall()
    return str(told[0])


def differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """What is otherwise in ``found``, each with what was wanted."""
    return [
        f"{name}: {found.get(name, 'missing')[:DIFFERENCE]}, "
        f"wanted {wanted.get(name, 'nothing')[:DIFFERENCE]}"
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name)
    ]


DIFFERENCE = 120
"""Characters of a difference: a landed file has a hundred thousand."""
