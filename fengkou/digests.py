"""Writing a digest to files, each whole or not at all, and the newest to addresses that stay."""

import fcntl
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawlers.durable_file import read_json, replace_file
from fengkou.digest_feed import feed_of
from fengkou.digest_index import write_index
from fengkou.editions import EditionFolder
from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest
from pipelines.digest.render.formats import Format, render
from pipelines.language import Language

LATEST = "latest"

BEGINNING = datetime.min.replace(tzinfo=UTC)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """A digest and the files it was written to, by ending."""

    digest: Digest
    files: dict[str, Path]


def write_digest(
    digest: Digest, folder: Path, language: Language, served_at: str | None = None
) -> Written:
    """Write all formats to ``folder/<period>/<day>T<hour><minute>.<ending>``, each whole or not at all.

    A digest of the same instant is replaced. The newest of its period is written to
    ``folder/latest/<period>.<ending>`` too: one of a past instant leaves those as they are. The feed there
    and ``folder/index.html`` are those of all digests, whichever is written last. Names are in Shanghai time;
    English ones end in ``.en``. ``served_at`` is the address of the folder, for the feed to name.
    """
    with _alone(folder):
        contents = render(digest, language)
        stem = named_for(digest.at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H%M"), language)
        files = _write(contents, opened_as(folder, digest.period), stem)
        latest, name = opened_as(folder, LATEST), named_for(digest.period, language)
        if _told_at(latest / f"{name}.{Format.JSON}") <= digest.at:
            lasting: dict[Format, bytes] = {
                ending: content for ending, content in contents.items() if ending is not Format.ATOM
            }
            _write(lasting, latest, name)
        digests = EditionFolder(folder)
        address = f"{served_at}/{LATEST}/{name}" if served_at else None
        if feed := feed_of(digests, digest.period, language, address):
            replace_file(latest / f"{name}.{Format.ATOM}", feed, open_as_folder=True)
        write_index(digests, language, digest.desk.title if digest.desk else None)
    return Written(digest, {str(ending): file for ending, file in files.items()})


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other writers of the folder waiting: what is made of all its digests must miss none."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def named_for(name: str, language: Language) -> str:
    return name if language is Language.ZH else f"{name}.{language}"


def _write(contents: Mapping[Format, bytes], folder: Path, name: str) -> dict[Format, Path]:
    """Write each format; the JSON last, for where it is new all the others are."""
    files = {ending: folder / f"{name}.{ending}" for ending in contents}
    for ending in sorted(contents, key=lambda ending: ending is Format.JSON):
        replace_file(files[ending], contents[ending], open_as_folder=True)
    return files


def opened_as(folder: Path, name: str) -> Path:
    """The folder of the name, made where it is missing."""
    target = folder / name
    if not target.exists():
        target.mkdir(parents=True)
        # Where the folder is served to others, so is what is in it.
        target.chmod(folder.stat().st_mode)
    return target


def _told_at(file: Path) -> datetime:
    """The instant that a written digest tells; the beginning of time where none can be read."""
    try:
        at = datetime.fromisoformat(read_json(file)["at"])
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except FileNotFoundError:
        return BEGINNING
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning(
            "the latest digest cannot be read and is replaced", extra={"file": file, "found": error}
        )
        return BEGINNING
