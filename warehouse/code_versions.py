"""The guard of ``code_version``: a rule that changed is told, until its table says whether rows change.

``code_versions.json`` remembers, beside the version of each table, the syntax of every file that its rule is
made of: its own, the queries that it names, and what it imports from ``pipelines`` and from the readers. A
comment, a docstring or an import that moves is no change. ``python -m warehouse.code_versions`` checks;
``--write`` remembers anew, once each table that is touched has another version or is named behind
``--same-rows``.
"""

import argparse
import ast
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import md5
from importlib.resources import files
from pathlib import Path

from warehouse.connection import in_memory
from warehouse.declaration import Table
from warehouse.graph import steps
from warehouse.ingredients import Ingredient, Library, WordList
from warehouse.sql import QUERY as SHARED
from warehouse.sql import with_rules

ROOT = Path(str(files("warehouse"))).parent
LOCK = ROOT / "warehouse" / "code_versions.json"
COMMAND = "python -m warehouse.code_versions"

FOLLOWED = ("pipelines", "warehouse.models", "warehouse.readers", "warehouse.stores")
"""What is imported from here shapes rows; the engine around it (how a table grows) does not."""

QUERY = re.compile(r"(?:queries|models|readers|stores)(?:/[a-z_]+)+(?:\.[a-z_]+)?")


@dataclass(frozen=True, slots=True)
class Remembered:
    """``files``: path -> hash of its syntax. ``tables``: name -> (code_version, paths of its rule)."""

    files: Mapping[str, str]
    tables: Mapping[str, tuple[str, tuple[str, ...]]]


# --- what a rule is made of ---------------------------------------------------------------------


def present() -> Remembered:
    """The files and versions as they stand."""
    rules = {
        step.table: (step.declared.code_version, tuple(sorted(rule_of(step.file))))
        for step in steps()
    }
    paths = sorted({path for _, rule in rules.values() for path in rule})
    return Remembered({path: syntax(path) for path in paths}, rules)


def rule_of(file: str) -> set[str]:
    """The paths of all files that the table in ``file`` is made by, its own among them."""
    found: set[str] = set()
    waiting = [file]
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _named_in(path)
    return found


@cache
def syntax(path: str) -> str:
    """A hash of what a file says to the machine."""
    text = (ROOT / path).read_text(encoding="utf-8")
    told = _sql_syntax(path, text) if path.endswith(".sql") else _python_syntax(text)
    return md5(told.encode(), usedforsecurity=False).hexdigest()[:16]


@cache
def _named_in(path: str) -> tuple[str, ...]:
    """The files of the rule that a file imports, or whose query it asks by name."""
    text = (ROOT / path).read_text(encoding="utf-8")
    if path.endswith(".sql"):
        return tuple(f"warehouse/queries/{name}.sql" for name in SHARED.findall(text))
    found: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += filter(None, map(_module_file, names))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            query = f"warehouse/{node.value}.sql"
            found += [query] if QUERY.fullmatch(node.value) and (ROOT / query).is_file() else []
    return tuple(found)


def _module_file(module: str) -> str | None:
    if not any(module == root or module.startswith(f"{root}.") for root in FOLLOWED):
        return None
    path = module.replace(".", "/")
    found = [file for file in (f"{path}.py", f"{path}/__init__.py") if (ROOT / file).is_file()]
    return found[0] if found else None


class _Bare(ast.NodeTransformer):
    """Takes out what makes no row: strings that stand alone, what a table says of itself, and imports.

    What is imported is followed, so that an import that moves is no change, and one that brings another
    thing is told by that thing's own file.
    """

    def visit_Expr(self, node: ast.Expr) -> ast.Expr | None:
        is_text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return None if is_text else node

    def visit_keyword(self, node: ast.keyword) -> ast.keyword | None:
        if node.arg == "description":
            return None
        if node.arg == "columns" and isinstance(node.value, ast.Dict):
            for pair in node.value.values:
                if isinstance(pair, ast.Tuple):
                    del pair.elts[1:]
        return node

    def visit_Import(self, _: ast.Import) -> None:
        return None

    def visit_ImportFrom(self, _: ast.ImportFrom) -> None:
        return None


def _python_syntax(text: str) -> str:
    return ast.dump(_Bare().visit(ast.parse(text)))


def _sql_syntax(path: str, text: str) -> str:
    """The query as DuckDB reads it, with the rules' numbers, and the header lines that are no prose."""
    text = with_rules(text, path.removeprefix("warehouse/").removesuffix(".sql"))
    header = [line for line in text.splitlines() if re.match(r"-- (since|grain): ", line)]
    with in_memory() as con:
        parsed = con.execute("SELECT json_serialize_sql(?::VARCHAR)", [text]).fetchone()
    tree = json.loads(parsed[0]) if parsed else {"error": True}
    if tree.get("error"):
        # Not a SELECT: its words in order.
        return "\n".join([*header, " ".join(re.sub(r"--.*", "", text).split())])
    return "\n".join([*header, json.dumps(_placeless(tree), sort_keys=True)])


def _placeless(tree: object) -> object:
    """Without where in the text each part stands."""
    if isinstance(tree, dict):
        return {key: _placeless(value) for key, value in tree.items() if key != "query_location"}
    if isinstance(tree, list):
        return [_placeless(value) for value in tree]
    return tree


# --- ingredients --------------------------------------------------------------------------------

SHAPING = frozenset({"jieba", "lightgbm", "opencc", "rjieba"})
"""Libraries whose releases read the same text or history otherwise."""


def unnamed_ingredients() -> Iterator[str]:
    """A sentence for each library or word list of a rule that its table's ``made_with`` does not name."""
    for step in steps():
        if isinstance(step.declared, Table):
            named = set(step.declared.made_with)
            for path in sorted(rule_of(step.file)):
                for used in _ingredients_of(path):
                    if used not in named:
                        yield (
                            f"{path} uses {used}, and {step.file}, whose rows it shapes, does not name it. "
                            "Add it to made_with there."
                        )


@cache
def _ingredients_of(path: str) -> tuple[Ingredient, ...]:
    if not path.endswith(".py"):
        return ()
    found: list[Ingredient] = []
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [Library(alias.name) for alias in node.names if alias.name in SHAPING]
        elif isinstance(node, ast.ImportFrom) and node.module in SHAPING:
            found.append(Library(node.module or ""))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "read_words":
            names = [word.value for word in node.args if isinstance(word, ast.Constant)]
            found += [WordList(name) for name in names if isinstance(name, str)]
    return tuple(found)


# --- the check ----------------------------------------------------------------------------------


def remembered() -> Remembered:
    """What ``code_versions.json`` says; nothing where it is missing."""
    if not LOCK.is_file():
        return Remembered({}, {})
    kept = json.loads(LOCK.read_text(encoding="utf-8"))
    return Remembered(
        kept["files"],
        {
            table: (known["code_version"], tuple(known["rule"]))
            for table, known in kept["tables"].items()
        },
    )


def unversioned(before: Remembered, now: Remembered) -> dict[str, tuple[str, ...]]:
    """Table -> the files of its rule that changed, came or went, where its version is the one before."""
    found = {}
    for table, (version, rule) in now.tables.items():
        known = before.tables.get(table)
        if known is None or known[0] != version:
            continue
        changed = tuple(
            path
            for path in sorted({*rule, *known[1]})
            if path not in rule or before.files.get(path) != now.files[path]
        )
        if changed:
            found[table] = changed
    return found


def problems(before: Remembered, now: Remembered) -> Iterator[str]:
    """A sentence for each table whose rule changed without a word, and one where the file is behind."""
    touched = unversioned(before, now)
    for table, changed in touched.items():
        yield (
            f"{', '.join(changed)} changed, and {table} is still at code_version "
            f"{now.tables[table][0]}. If its rows change, raise code_version in "
            f"warehouse/models/{table.replace('.', '/')}.*; if they do not, say so: "
            f"{COMMAND} --write --same-rows {table}"
        )
    if not touched and (before.files != now.files or before.tables != now.tables):
        yield f"warehouse/code_versions.json is behind the code. Run: {COMMAND} --write"


def write(now: Remembered) -> None:
    """Remember what stands now."""
    kept = {
        "files": dict(sorted(now.files.items())),
        "tables": {
            table: {"code_version": version, "rule": list(rule)}
            for table, (version, rule) in sorted(now.tables.items())
        },
    }
    LOCK.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, or remember anew; the exit status is returned."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--write", action="store_true", help="remember the versions as they stand")
    parser.add_argument(
        "--same-rows",
        nargs="*",
        default=(),
        metavar="TABLE",
        help="with --write: tables whose rule reads otherwise and makes the same rows; 'all' for each",
    )
    options = parser.parse_args(arguments)
    before, now = remembered(), present()
    if options.write:
        return _write_if_told(before, now, options.same_rows)
    found = list(problems(before, now))
    sys.stderr.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


def _write_if_told(before: Remembered, now: Remembered, same_rows: Iterable[str]) -> int:
    said = set(same_rows)
    silent = [table for table in unversioned(before, now) if not {table, "all"} & said]
    if silent:
        sys.stderr.writelines(
            f"{line}\n" for line in problems(before, now) if any(t in line for t in silent)
        )
        return 1
    write(now)
    return 0


if __name__ == "__main__":
    sys.exit(main())
