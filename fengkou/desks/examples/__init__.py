"""Desks that are ready to be changed into one's own: one YAML file each."""

from difflib import get_close_matches
from pathlib import Path

from crawlers.durable_file import replace_file
from crawlers.schemas import schema_text
from fengkou.desks.desk_entry import schema
from fengkou.desks.desk_text import SCHEMA_FILE
from fengkou.errors import FengkouError
from fengkou.home import Home

EXAMPLES = Path(__file__).parent


class DeskThereError(FengkouError):
    """A desk of that name is there already, and nothing is written over it."""


class NoExampleError(FengkouError):
    """No desk that is ready is called so."""


def examples() -> tuple[str, ...]:
    """Their names, in order."""
    return tuple(sorted(file.stem for file in EXAMPLES.glob("*.yaml")))


def write_example(home: Home, name: str) -> Path:
    """Write one of them into ``desks/`` of a home. Raises NoExampleError, DeskThereError."""
    if name not in examples():
        near = get_close_matches(name, examples(), 1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(examples())}."
        raise NoExampleError(f"No desk {name!r} is ready. {hint}")
    return write_desk(home, name, (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"))


def write_desk(home: Home, name: str, text: str) -> Path:
    """Write a new desk's file, and beside it the schema for editors. Raises DeskThereError."""
    file = home.desks / f"{name}.yaml"
    home.desks.mkdir(parents=True, exist_ok=True)
    try:
        # Exclusively: two that write at once make one file, and the other is told so.
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        raise DeskThereError(
            f"{file} is there, and is not written over. Give another name, or move that file away."
        ) from None
    replace_file(home.desks / SCHEMA_FILE, schema_text(schema()).encode())
    return file
