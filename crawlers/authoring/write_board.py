"""Putting one more board into a boards.toml, without touching what an operator wrote there."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Item

from crawlers.boards.board_entry import schema
from crawlers.boards.boards_toml import check, entries_in, text_of_file
from crawlers.boards.errors import CatalogError
from crawlers.boards.names import NAME, SPIDERS
from crawlers.durable_file import replace_file
from crawlers.schemas import schema_text
from pipelines.landing_format import mended

log = logging.getLogger(__name__)

SCHEMA_FILE = "boards.schema.json"
SCHEMA_LINE = f"#:schema ./{SCHEMA_FILE}"
"""Where editors look for the schema of a TOML file."""


def entry_text(name: str, entry: Mapping[str, object]) -> str:
    """An entry as it stands in boards.toml."""
    document = tomlkit.document()
    document["boards"] = tomlkit.table(is_super_table=True)
    _put(document, name, entry)
    return tomlkit.dumps(document)


def add(path: Path, name: str, entry: Mapping[str, object]) -> None:
    """Put one more entry into the file, whole or not at all; what stands there stays, comments too.

    A new file names its schema, which is written beside it for the editors that check against one.
    """
    text = text_of_file(path) if path.exists() else f"{SCHEMA_LINE}\n\n"
    if name in entries_in(path, text):
        raise CatalogError(
            f"{path}: [boards.{name}] is there already. Give another name, or edit the entry."
        )
    if (SPIDERS / f"{name}.py").exists():
        raise CatalogError(f"{name} is crawlers/spiders/{name}.py. Give another name: --name.")
    if not NAME.fullmatch(name):
        raise CatalogError(f"{name!r} is not <source>_<list> in lower case, such as example_hot.")
    document = tomlkit.parse(text)
    if "boards" not in document:
        document["boards"] = tomlkit.table(is_super_table=True)
    _put(document, name, entry)
    more = tomlkit.dumps(document)
    check(path, more)
    if SCHEMA_LINE in text:
        replace_file(path.with_name(SCHEMA_FILE), schema_text(schema()).encode())
    replace_file(path, more.encode())
    log.info("board added", extra={"board": name, "file": str(path)})


def _put(document: tomlkit.TOMLDocument, name: str, entry: Mapping[str, object]) -> None:
    table = tomlkit.table()
    for key, value in entry.items():
        table[key] = _written(value)
    boards: Any = document["boards"]
    boards[name] = table


def _written(value: object) -> Item:
    if isinstance(value, Mapping):
        inline = tomlkit.inline_table()
        for key, inner in value.items():
            inline[key] = _written(inner)
        return inline
    if isinstance(value, list | tuple):
        array = tomlkit.array()
        for inner in value:
            array.append(_written(inner))
        return array
    return tomlkit.item(mended(value) if isinstance(value, str) else value)
