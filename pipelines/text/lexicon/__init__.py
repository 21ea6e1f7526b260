"""Word lists that people edit: one word a line, '#' after nothing or a space begins a comment."""

import re
from functools import cache
from importlib.resources import files

COMMENT = re.compile(r"(?:^|\s)#.*")
"""C# and F# are words."""


def parse_words(text: str) -> tuple[str, ...]:
    """The words of a list, in its order."""
    lines = (COMMENT.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


@cache
def read_words(name: str) -> tuple[str, ...]:
    """The words of ``pipelines/words/<name>.txt``, in file order."""
    return parse_words(
        files("pipelines.text.lexicon").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    )
