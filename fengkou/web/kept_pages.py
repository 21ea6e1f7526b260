"""Pages that were made of a copy, kept until the next copy: most readers read the same few."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock

MOST_BYTES = 32 * 1024 * 1024
"""Of pages kept: some five hundred; a copy is read for minutes."""


class KeptPages:
    """What was made, by what it was made of; the least asked for goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._bytes = 0
        self._alone = Lock()

    def get(self, key: Hashable) -> bytes | None:
        """The page; None where it is not kept."""
        with self._alone:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Hashable, page: bytes) -> None:
        """Keep a page, and let go of others where there is no room."""
        with self._alone:
            self._bytes += len(page) - len(self._kept.pop(key, b""))
            self._kept[key] = page
            while self._bytes > self._most:
                _, gone = self._kept.popitem(last=False)
                self._bytes -= len(gone)
