"""The published copy, kept open between requests and opened anew when it was swapped."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import RLock

from fengkou import reads
from fengkou.errors import NothingCollectedError
from fengkou.home import Home
from warehouse.connection import PUBLISHED_FILE, Connection
from warehouse.older_copy import telling_of_older_copies


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy is published: its file's identity, and when it was swapped in (aware UTC)."""

    inode: int
    nanoseconds: int

    @property
    def published_at(self) -> datetime:
        return datetime.fromtimestamp(self.nanoseconds / 1e9, UTC)


class Copies:
    """The newest published copy of a home, read by one request at a time.

    DuckDB takes a second opening of a path, while the first lasts, for the first: an older copy has to be
    closed before the one in its place is read, so nobody may be reading it. One query uses all cores anyway.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._alone = RLock()
        self._opened: tuple[Copy, Connection] | None = None
        self._closing = ExitStack()

    def newest(self) -> Copy:
        """Which copy is published now. Raises NothingCollectedError where none is."""
        try:
            found = (self._home.published / PUBLISHED_FILE).stat()
        except OSError as error:
            raise NothingCollectedError(reads.nothing_built(self._home)) from error
        return Copy(found.st_ino, found.st_mtime_ns)

    @contextmanager
    def reading(self) -> Iterator[tuple[Copy, Connection]]:
        """The newest copy, read-only. Raises as ``fengkou.reads.reading`` does."""
        with self._alone:
            newest = self.newest()
            if self._opened is None or self._opened[0] != newest:
                self.close()
                con = self._closing.enter_context(reads.reading(self._home))
                self._opened = newest, con
            with telling_of_older_copies(self._opened[1]):
                yield self._opened

    def close(self) -> None:
        """Let go of the copy; the next reader opens it again."""
        with self._alone:
            self._opened = None
            self._closing.close()
            self._closing = ExitStack()
