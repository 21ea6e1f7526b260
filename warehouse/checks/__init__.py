"""Claims about the warehouse: each .sql file is a query that returns the rows that break its claim."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import duckdb


@dataclass(frozen=True, slots=True)
class Claim:
    """What must hold of a table; ``query`` returns the rows of which it does not."""

    name: str
    table: str
    description: str
    query: str


@dataclass(frozen=True, slots=True)
class Violations:
    """The rows that break a claim: how many, and some of them as a Markdown table."""

    count: int
    shown: str


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim, by name."""
    found = []
    for path in files("warehouse.checks").iterdir():
        if path.name.endswith(".sql"):
            text = path.read_text(encoding="utf-8")
            table = re.search(r"^-- table: (\S+)$", text, re.MULTILINE)
            if table is None:
                raise ValueError(
                    f"warehouse/checks/{path.name} does not say which table it is about. "
                    "Add a line '-- table: layer.name'."
                )
            prose = [line[3:] for line in text.splitlines() if line[:3] == "-- "]
            description = " ".join(line for line in prose if not line.startswith("table: "))
            query = "\n".join(line for line in text.splitlines() if line[:2] != "--")
            found.append(Claim(path.name.removesuffix(".sql"), table[1], description, query))
    return tuple(sorted(found, key=lambda claim: claim.name))


def violations(con: duckdb.DuckDBPyConnection, claim: Claim, limit: int) -> Violations:
    """The rows that break ``claim``, ``limit`` of them shown."""
    query = claim.query.strip().rstrip(";")
    counted = con.execute(f"SELECT count(*) FROM ({query})").fetchone()
    count = int(counted[0]) if counted else 0
    if not count:
        return Violations(0, "none")
    shown = con.execute(f"FROM ({query}) LIMIT {limit}")
    header = [column[0] for column in shown.description or ()]
    lines = [header, ["---"] * len(header), *[[*map(str, row)] for row in shown.fetchall()]]
    return Violations(count, "\n".join(f"| {' | '.join(line)} |" for line in lines))
