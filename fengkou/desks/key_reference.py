"""The page of ``docs/reference`` on the keys of a desk's file, from what reads them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fengkou.desks.desk_entry import schema

TYPES: Mapping[str, str] = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "`true` or `false`",
}
TABLE = re.compile(r"#/\$defs/(\w+)")

Node = Mapping[str, Any]


def render_desk_keys() -> str:
    """Each table that a desk's file may hold: its keys, what fits, and what it means."""
    made = schema()
    lines = [
        "# The keys of a desk's file",
        "",
        "How to write one: [desks.md](../desks.md); for editors: [desk.schema.json](desk.schema.json). "
        "A key that is not named here is refused, and so is one without a value.",
    ]
    for name, table in {"desk": made, **_tables(made, made["$defs"])}.items():
        lines += ["", f"## {name}", "", " ".join(table["description"].split()), ""]
        lines += ["| key | fits | meaning |", "| --- | --- | --- |", *_rows(table)]
    return "\n".join(lines) + "\n"


def _tables(table: Node, known: Mapping[str, Node]) -> dict[str, Node]:
    """The tables within a table, in the order in which its keys name them."""
    found: dict[str, Node] = {}
    for name in TABLE.findall(json.dumps(table["properties"])):
        found |= {_called(name): known[name], **_tables(known[name], known)}
    return found


def _called(name: str) -> str:
    return name.removesuffix("Entry").lower()


def _rows(table: Node) -> Iterator[str]:
    for key, said in table["properties"].items():
        needed = "; needed" if key in table.get("required", ()) else ""
        usual = said.get("default")
        otherwise = "" if usual in (None, [], {}) else f" Else `{_printed(usual)}`."
        yield f"| `{key}` | {_fits(said)}{needed} | {said['description']}{otherwise} |"


def _fits(said: Node) -> str:
    if "$ref" in said:
        (name,) = TABLE.findall(said["$ref"])
        return f"[{_called(name)}](#{_called(name)})"
    if "enum" in said or "oneOf" in said:
        options = [f"`{value}`" for value in said.get("enum", ())]
        return ", ".join(options or map(_fits, said["oneOf"]))
    if "anyOf" in said:  # the boards there are, or the form of their names
        return "board"
    kinds: list[str] = said["type"] if isinstance(said["type"], list) else [said["type"]]
    match kinds[0]:
        case "array":
            return f"list of: {_fits(said['items'])}"
        case "object":
            inner = [*said.get("patternProperties", {}).values(), said.get("additionalProperties")]
            return f"table by name of: {_fits(next(filter(None, inner)))}"
        case _:
            return " or ".join(TYPES[kind] for kind in kinds)


def _printed(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
