"""The JSON schemas with which editors check the TOML files, which ``docs/reference`` holds."""

import json
from collections.abc import Mapping
from typing import Any

from crawlers import places
from crawlers.boards import board_entry


def schemas() -> dict[str, str]:
    """File name -> text of every schema, from the models as they stand."""
    return {
        "boards.schema.json": schema_text(board_entry.schema()),
        "places.schema.json": schema_text(places.schema()),
    }


def schema_text(schema: Mapping[str, Any]) -> str:
    """A schema as a file holds it."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
