"""The places that operators name, as ``places.toml`` tells of them."""

import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

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
    """Every place, in the order of the file."""
    rows = tomllib.loads(file.read_text(encoding="utf-8"))
    return tuple(_place(file, name, row) for name, row in rows.items())


def _place(file: Path, name: str, row: dict[str, Any]) -> Place:
    known = {field.name for field in fields(Place)} - {"name"}
    where = f"{file}: [{name}]"
    if unknown := sorted(set(row) - known):
        raise PlaceError(
            f"{where}: {unknown[0]} is no word of a place. There are: {sorted(known)}."
        )
    for key in ("name_zh", "name_en", "state", "evidence", "date"):
        if not row.get(key):
            raise PlaceError(f'{where}: {key} is missing. Write {key} = "…".')
    if row["state"] not in list(State):
        raise PlaceError(f"{where}: found state {row['state']!r}, expected {', '.join(State)}.")
    state = State(row["state"])
    if state is State.LIVE and not row.get("boards"):
        raise PlaceError(f"{where} is live and names no board. Write boards, or another state.")
    if state is not State.LIVE and not row.get("successors"):
        raise PlaceError(f"{where} is {state} and names no successors. Write successors.")
    if state is State.KEY and not row.get("needs"):
        raise PlaceError(f"{where} wants a key and does not say how to give it. Write needs.")
    lists = {key: tuple(row.get(key, ())) for key in ("boards", "successors")}
    return Place(**{**row, **lists, "name": name, "state": state})
