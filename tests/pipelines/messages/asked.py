"""Which messages the code asks for, read from its syntax: whole keys, and beginnings that a code follows."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
ROOMS = ("pipelines", "fengkou", "dagster_project")
CODE = re.compile("[a-z][a-z_0-9]*")
IN_TEMPLATE = re.compile(r'say\("([^"]+)"\)')


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking: the key, or its beginning where a code follows; what is filled in, None where not known."""

    file: str
    key: str
    is_beginning: bool
    has_count: bool = False
    blanks: frozenset[str] | None = None


@cache
def asked() -> tuple[Asked, ...]:
    """Every call of ``say`` and ``knows``."""
    return tuple(
        found
        for room in ROOMS
        for file in sorted((ROOT / room).rglob("*"))
        for found in _asked_in(file)
    )


@cache
def literals() -> frozenset[str]:
    """Every text that stands in the code: a table's headings are asked for by name."""
    return frozenset(
        node.value
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _asked_in(file: Path) -> Iterator[Asked]:
    name = str(file.relative_to(ROOT))
    if file.suffix == ".jinja":
        for key in IN_TEMPLATE.findall(file.read_text(encoding="utf-8")):
            yield Asked(name, key, is_beginning=False, blanks=frozenset())
    elif file.suffix == ".py":
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {"say", "knows"}:
                yield from _asked_by(name, node)
            # A key that is asked for twice stands in a variable.
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "key":
                yield from _keys(name, node.value)


def _asked_by(file: str, call: ast.Call) -> Iterator[Asked]:
    if not call.args:
        return
    known = {keyword.arg for keyword in call.keywords}
    blanks = None if None in known else frozenset(filter(None, known))
    for found in _keys(file, call.args[0]):
        is_said = getattr(call.func, "attr", "") == "say"
        has_count = len(call.args) > 1
        yield Asked(file, found.key, found.is_beginning, has_count, blanks if is_said else None)


def _keys(file: str, node: ast.expr) -> Iterator[Asked]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield Asked(file, node.value, is_beginning=False)
    elif isinstance(node, ast.IfExp):
        yield from _keys(file, node.body)
        yield from _keys(file, node.orelse)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        yield Asked(file, str(node.values[0].value), is_beginning=True)


def codes_given_to(function: str, place: str) -> set[str]:
    """The codes that calls of ``function`` in a file or folder are given, plain or by a variable."""
    path = ROOT / place
    found: set[str] = set()
    for file in path.rglob("*.py") if path.is_dir() else [path]:
        for scope in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(scope, ast.FunctionDef):
                for call in ast.walk(scope):
                    if isinstance(call, ast.Call) and getattr(call.func, "id", "") == function:
                        # A code comes first, or after whether a model was accepted.
                        found |= {text for given in call.args[:2] for text in _texts(given, scope)}
    return {text for text in found if CODE.fullmatch(text)}


def _texts(node: ast.expr, scope: ast.FunctionDef) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, scope)
        yield from _texts(node.orelse, scope)
    elif isinstance(node, ast.Tuple):
        for element in node.elts:
            yield from _texts(element, scope)
    elif isinstance(node, ast.Name):
        for assign in ast.walk(scope):
            if isinstance(assign, ast.Assign) and node.id in _targets(assign):
                yield from _texts(assign.value, scope)


def _targets(assign: ast.Assign) -> set[str]:
    return {
        name.id
        for target in assign.targets
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    }
