"""The page of ``docs/reference`` on the variables of the environment."""

from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args

from fengkou.settings import Settings, variable

BOUNDS = {"gt": "more than {}", "ge": "{} or more", "lt": "less than {}", "le": "at most {}"}


def render_settings() -> str:
    """Each variable with its meaning, its default and what it may be."""
    lines = [
        "# Settings",
        "",
        "What the environment may say. An empty variable is as none; a value that cannot be taken ends the "
        "command that wants it with one line that says what was found.",
        "",
        "| variable | meaning | default | may be |",
        "| --- | --- | --- | --- |",
    ]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in (None, ()) else f"`{field.default}`"
        allowed = ", ".join(_allowed(field)) or "any text"
        lines.append(f"| `{variable(name)}` | {field.description} | {default} | {allowed} |")
    lines += [
        "",
        "`HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` are kept by whatever fetches. Keys and cookies of sites "
        "stand in variables that [boards.md](boards.md) names.",
    ]
    return "\n".join(lines) + "\n"


def _allowed(field: Any) -> Iterator[str]:
    kinds = get_args(field.annotation) or (field.annotation,)
    for kind in kinds:
        if isinstance(kind, type) and issubclass(kind, Enum):
            yield " or ".join(f"`{member.value}`" for member in kind)
        elif kind in (int, float):
            yield "a whole number" if kind is int else "a number"
    for bound in field.metadata:
        for name, text in BOUNDS.items():
            if (limit := getattr(bound, name, None)) is not None:
                yield text.format(limit)
