"""What a fuzzing target is, and how it is named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import pyarrow as pa

Change: TypeAlias = Callable[[bytes, Random], bytes]
"""Another input made of one, by the shape that its readers expect; the same draws give the same.

It may raise what libraries raise of an input that has no such shape, or that no longer has one.
"""

READ = "inputs read:"
"""So the process that fuzzes tells how many inputs it read, in its last line, when nothing was found."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader, inputs to begin from, and how to change them.

    ``read`` returns for whatever its readers take or refuse in their own words; anything that it raises
    is a find.
    """

    read: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    change: Change

    def changed(self, data: bytes, random: Random) -> bytes | None:
        """A changed input, or None where this one has not the shape for it."""
        try:
            return self.change(data, random)
        except (ValueError, OSError, RecursionError, OverflowError, pa.ArrowException):
            return None
