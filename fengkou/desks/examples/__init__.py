"""Desks that are ready to be changed into one's own: one YAML file each."""

from pathlib import Path

EXAMPLES = Path(__file__).parent


def examples() -> tuple[str, ...]:
    """Their names, in order."""
    return tuple(sorted(file.stem for file in EXAMPLES.glob("*.yaml")))
