"""No page can hang us: every pattern reads a long text in a time that grows as the text does."""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

import crawlers
import pipelines
from pipelines.text.titles import TITLE_LENGTH_LIMIT

SIZES = (800, 4_000, 32_000)  # in steps, so that a cubic pattern is found out before it hangs
SECONDS = 0.25  # a hundred times what most need; the square of 32,000 takes twice as much and more
# What a pattern might try to share out in many ways, or begin with at every place anew.
BEFORE = ("", "1", "a='")
AGAIN = (
    *(" ", "#", "a", "1", "_", "十", "<", "\\", "'", ".", "a.", "1,", "__", "eyJ-", "<!--"),
    *("<meta ", "<script ", "class='user' ", "user", "var ", "a=", "bearer "),
)
ONLY_TITLES = {"pipelines.topics.contradictions"}
"""Modules whose patterns see nothing longer than a clean title."""
ONLY_OPERATORS = {"crawlers.boards.boards_toml"}
"""Modules whose patterns see nothing of a page, only what the operator writes."""


def patterns() -> Iterator[tuple[str, re.Pattern[str], int]]:
    """Every pattern that a module names, and the longest text that it is given."""
    for root in (crawlers, pipelines):
        for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
            if module.name in ONLY_OPERATORS:
                continue
            longest = TITLE_LENGTH_LIMIT if module.name in ONLY_TITLES else SIZES[-1]
            for name, value in vars(importlib.import_module(module.name)).items():
                for number, found in enumerate(value if isinstance(value, tuple) else (value,)):
                    if isinstance(found, re.Pattern):
                        yield f"{module.name}.{name}.{number}", found, longest


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """The time to look whether the whole text is of the pattern, and where in it the pattern is."""
    # Some look at bytes, as they were landed.
    looked_at: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    begun = time.thread_time()
    pattern.fullmatch(looked_at)
    for _ in pattern.finditer(looked_at):
        pass
    return time.thread_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize(
    ("pattern", "longest"), [pytest.param(*rest, id=name) for name, *rest in patterns()]
)
def test_a_pattern_takes_no_longer_than_its_text_is_long(
    pattern: re.Pattern[str], longest: int
) -> None:
    for before, again, size in product(BEFORE, AGAIN, SIZES):
        text = f"{before}{again * (min(size, longest) // len(again))}\0"
        spent = seconds(pattern, text)
        if spent > SECONDS:  # a busy machine may be slow once
            spent = seconds(pattern, text)
        assert spent <= SECONDS, f"{before!r}, then {again!r} up to {size} characters"
