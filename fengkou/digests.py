"""Writing a digest to files, each whole or not at all, and the newest to addresses that stay."""

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawlers.durable_file import replace_file
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


def write_digest(digest: Digest, folder: Path, language: Language) -> Written:
    """Write all formats to ``folder/<period>/<day>T<hour><minute>.<ending>``, each whole or not at all.

    A digest of the same instant is replaced. The newest of its period is written to
    ``folder/latest/<period>.<ending>`` too: one of a past instant leaves those as
    they are. Names are in Shanghai time; English ones end in ``.en``.
    """
    local = digest.at.astimezone(SHANGHAI)
    stem = local.strftime("%Y-%m-%dT%H%M")
    if language is not Language.ZH:
        stem += f".{language}"
    target = _opened_as(folder, digest.period)
    files = {}
    contents = render(digest, language)
    for ending, content in contents.items():
        file = target / f"{stem}.{ending}"
        replace_file(file, content, open_as_folder=True)
        files[str(ending)] = file
    latest = _opened_as(folder, LATEST)
    name = digest.period if language is Language.ZH else f"{digest.period}.{language}"
    known = latest / f"{name}.{Format.JSON}"
    if _told_at(known) <= digest.at:
        # The JSON says how new the others are: after a kill between two files it is still the old one.
        for ending in sorted(contents, key=lambda ending: ending is Format.JSON):
            replace_file(latest / f"{name}.{ending}", contents[ending], open_as_folder=True)
    return Written(digest, files)


def _opened_as(folder: Path, name: str) -> Path:
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
        at = datetime.fromisoformat(json.loads(file.read_bytes())["at"])
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    except FileNotFoundError:
        return BEGINNING
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning(
            "the latest digest cannot be read and is replaced", extra={"file": file, "found": error}
        )
        return BEGINNING
