"""How boards are named, and which names the files of this package have taken."""

import re
from functools import cache
from pathlib import Path

NAME_PATTERN = "[a-z0-9]+(?:_[a-z0-9]+)+"
NAME = re.compile(f"(?<![a-z0-9_]){NAME_PATTERN}")
"""<source>_<list> in lower case; a name begins where nothing of one is before it."""
SPIDERS = Path(__file__).parent.with_name("spiders")


@cache
def built_in_names() -> tuple[str, ...]:
    """The names of the boards that are files of this package."""
    return tuple(sorted(path.stem for path in SPIDERS.glob("*.py") if path.stem != "__init__"))
