"""The places that operators name, as ``places.toml`` tells of them."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

FILE = Path(__file__).with_name("places.toml")


class PlaceError(ValueError):
    """A row of places.toml that does not keep to the rules."""


class State(StrEnum):
    """What can be read of a place."""

    LIVE = "live"
    KEY = "key"
    DEAD = "dead"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True)
class Place:
    """A site or service; ``date`` is the evidence's. ``boards`` are its own lists."""

    name: str
    name_zh: str
    name_en: str
    state: State
    evidence: str
    date: str
    needs: str = ""
    """What the operator has to give, how, and whether it is built."""
    boards: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    """The boards that carry its audience."""


@cache
def places(file: Path = FILE) -> tuple[Place, ...]:
    """Every place, in the order of the file. Raises PlaceError for a row that is not whole."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(_place(f"{file}: [{name}]", name, row) for name, row in rows.items())


def schema() -> dict[str, Any]:
    """The JSON schema of places.toml."""
    row = Row.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FILE.name,
        "description": "The places that operators name, and what can be read of each.",
        "type": "object",
        "$defs": row.pop("$defs"),
        "additionalProperties": row,
    }


class Row(BaseModel):
    """A place as its row tells of it."""

    model_config = ConfigDict(extra="forbid")

    name_zh: Annotated[str, Field(min_length=1)]
    name_en: Annotated[str, Field(min_length=1)]
    state: Annotated[State, Field(description="What can be read of the place.")]
    evidence: Annotated[str, Field(min_length=1, description="What is known, from where and when.")]
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}){0,2}$", description="The evidence's.")]
    needs: Annotated[
        str, Field(description="What the operator has to give, how, and whether it is built.")
    ] = ""
    boards: Annotated[tuple[str, ...], Field(description="The place's own lists.")] = ()
    successors: Annotated[
        tuple[str, ...], Field(description="The boards that carry its audience.")
    ] = ()


def _place(where: str, name: str, row: object) -> Place:
    try:
        found = Row.model_validate(row)
    except ValidationError as error:
        raise PlaceError(f"{where}: {_told(error.errors()[0])}") from None
    if found.state is State.LIVE and not found.boards:
        raise PlaceError(f"{where} is live and names no board. Write boards, or another state.")
    if found.state is not State.LIVE and not found.successors:
        raise PlaceError(f"{where} is {found.state} and names no successors. Write successors.")
    if found.state is State.KEY and not found.needs:
        raise PlaceError(f"{where} wants a key and does not say how to give it. Write needs.")
    return Place(name=name, **dict(found))


def _told(error: ErrorDetails) -> str:
    key = ".".join(map(str, error["loc"]))
    match error["type"]:
        case "extra_forbidden":
            return f"{key} is no word of a place. There are: {sorted(Row.model_fields)}."
        case "missing" | "string_too_short":
            return f'{key} is missing. Write {key} = "…".'
        case "enum":
            return f"found {key} {error['input']!r}, expected {', '.join(State)}."
    return f"{key}: found {error['input']!r}: {error['msg']}. Correct it."
