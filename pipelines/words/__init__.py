"""Word lists that people edit: one word a line, '#' begins a comment."""

from functools import cache
from importlib.resources import files


@cache
def read_words(name: str) -> tuple[str, ...]:
    """The words of ``pipelines/words/<name>.txt``, in file order."""
    text = files("pipelines.words").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
