"""What a user can mend, told in one line; anything else is a fault of ours and shows its traceback."""

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class FengkouError(Exception):
    """What was found, where, what was expected, what to do next."""


class NothingCollectedError(FengkouError):
    """The warehouse holds no list yet."""


class SettingError(FengkouError):
    """A variable of the environment says what cannot be taken."""


class PageUnreadableError(FengkouError):
    """A saved page that holds no list."""


class RunFailedError(FengkouError):
    """A step of the line failed; the boards' own failures do not count."""


MENDABLE = frozenset(
    {
        "fengkou.errors.FengkouError",
        "crawlers.boards.errors.CatalogError",
        "crawlers.authoring.detect_list.GuessError",
        "crawlers.authoring.doctor.LookError",
        "pipelines.digest.render.picture_text.NoFontError",
        "pipelines.desks.words.TermError",
        "warehouse.connection.NothingPublishedError",
        "warehouse.connection.WarehouseBusyError",
        "warehouse.connection.WarehouseDamagedError",
        "warehouse.load.archive_rows.ArchiveError",
        "warehouse.load.unload.NoSuchLoadError",
        "warehouse.migrate.MigrationError",
        "warehouse.older_copy.OlderCopyError",
        "warehouse.readers.topic_evidence.NotFoundError",
    }
)
"""By name, since asking for the classes would import every room: who raised one has imported it already."""

OF_THE_MACHINE = {
    errno.ENOSPC: "The disk is full: make room, then run the command again.",
    errno.EDQUOT: "The disk quota is used up: make room, then run the command again.",
    errno.EROFS: "That file system is read-only: set FENGKOU_HOME to a folder that can be written.",
    errno.EMFILE: "Too many files are open: raise the limit (ulimit -n), then run the command again.",
    errno.EFBIG: "A file may not grow so large: raise the limit (ulimit -f), then run the command again.",
    errno.EACCES: "Give this user access to it, or set FENGKOU_HOME to a folder of its own.",
    errno.EPERM: "Give this user access to it, or set FENGKOU_HOME to a folder of its own.",
    errno.ENOENT: "Give the path of a file that is there.",
    errno.EISDIR: "Give the path of a file.",
    errno.ENAMETOOLONG: "No path may be so long: give a shorter one.",
    errno.ELOOP: "Its links lead round in a circle: give the path of the file itself.",
    errno.ENOTDIR: "Part of its path is a file: give another, or move that file away.",
}

OF_DUCKDB = {
    "FatalException": "Look at the disk (space, limits of a file), then run the command again.",
    "IOException": "Look at the disk (space, rights), then run the command again.",
    "OutOfMemoryException": "Memory or the disk for spilling is used up: make room, then run it again.",
}


def mendable(error: BaseException) -> str | None:
    """What to tell of an error that a user can mend; None of a fault of ours."""
    if any(name in MENDABLE for name in _names(error)):
        return str(error)
    if isinstance(error, OSError) and error.errno in OF_THE_MACHINE:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}. {OF_THE_MACHINE[error.errno]}"
    if isinstance(error, MemoryError):
        return "There is not enough memory. Stop something else, then run the command again."
    if type(error).__module__.partition(".")[0] in {"duckdb", "_duckdb"}:
        advice = OF_DUCKDB.get(type(error).__name__)
        return advice and f"{str(error).splitlines()[0]}. {advice}"
    return None


def _names(error: BaseException) -> "Iterator[str]":
    for kind in type(error).__mro__:
        yield f"{kind.__module__}.{kind.__qualname__}"
