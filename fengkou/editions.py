"""The digests in a folder, read back: which there are, and what each told.

Reading the JSON of a month takes seconds, so what the digests of a day told is kept in ``told/<day>.json``.
That is no state: each line names the file that it was read from with its size and time, and is read again
where these differ. Whatever is deleted or damaged there is made anew from the digests.
"""

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from crawlers.durable_file import read_plain, replace_file
from pipelines.digest.contents import Period
from pipelines.digest.editions import Edition, edition
from pipelines.digest.render.formats import Format
from pipelines.language import Language

TOLD = "told"
DESKS = "desks"
"""The folder of those of desks, a folder each, beside the digests of all."""

_LANGUAGES = "|".join(Language)
_NAME = re.compile(rf"((\d{{4}}-\d\d-\d\d)T\d{{4}}(?:\.(?:{_LANGUAGES}))?)\.{Format.JSON}")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EditionFile:
    """The JSON of a digest: ``day`` is Shanghai's, ``written`` its time in nanoseconds."""

    period: Period
    stem: str
    day: str
    written: int
    size: int

    @property
    def month(self) -> str:
        return self.day[:7]

    @property
    def language(self) -> Language:
        return Language(self.stem.partition(".")[2] or Language.ZH)


@dataclass(frozen=True, slots=True)
class _Known:
    """What a file told when it was read; ``edition`` is None where it was no digest."""

    file: EditionFile
    edition: Edition | None


@dataclass(frozen=True, slots=True)
class _Day:
    """The digests of a day; ``version`` is that of what is kept of each: another is read again."""

    lines: tuple[_Known, ...]
    version: Literal[1] = 1


_DAYS = TypeAdapter(_Day)


class EditionFolder:
    """The digests that were written whole into a folder, as they were when it was opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = _files(folder)
        """By day and name."""
        self._told: dict[str, list[Edition]] = {}

    def read(self, since: str = "", until: str = "9999") -> list[Edition]:
        """What the digests of days told, from ``since`` (``2025-05-20``, or its beginning) and before
        ``until``, in the order of their instants; one that cannot be read is named in the log, once."""
        days = dict.fromkeys(file.day for file in self.files if since <= file.day < until)
        told = [edition for day in days for edition in self._read_day(day)]
        return sorted(told, key=lambda edition: (edition.at, edition.stem))

    def _read_day(self, day: str) -> list[Edition]:
        if day not in self._told:
            kept = self.folder / TOLD / f"{day}.{Format.JSON}"
            known = _known(kept)
            now = {
                file: known[file] if file in known else _read(self.folder, file)
                for file in self.files
                if file.day == day
            }
            if known.keys() != now.keys():
                lines = _Day(tuple(_Known(file, edition) for file, edition in now.items()))
                replace_file(kept, _DAYS.dump_json(lines, indent=1) + b"\n", open_as_folder=True)
            self._told[day] = [edition for edition in now.values() if edition]
        return self._told[day]


def _files(folder: Path) -> list[EditionFile]:
    found = []
    for period in Period:
        for file in (folder / period).glob(f"*.{Format.JSON}"):
            if (match := _NAME.fullmatch(file.name)) and file.exists():
                stat = file.stat()
                found.append(
                    EditionFile(period, match[1], match[2], stat.st_mtime_ns, stat.st_size)
                )
    return sorted(found, key=lambda file: (file.stem, file.period))


def _known(kept: Path) -> dict[EditionFile, Edition | None]:
    try:
        return {line.file: line.edition for line in _DAYS.validate_json(read_plain(kept)).lines}
    except (OSError, ValueError):
        return {}  # it is made anew from the digests


def _read(folder: Path, file: EditionFile) -> Edition | None:
    path = folder / file.period / f"{file.stem}.{Format.JSON}"
    try:
        return edition(read_plain(path), file.stem)
    except (OSError, ValueError) as error:
        log.warning(
            "a digest that was written cannot be read, so the index and the feed are without it; write it "
            "again with fengkou digest --at, or remove it",
            extra={"file": path, "found": str(error).partition("\n")[0]},
        )
        return None
