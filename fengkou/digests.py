"""Writing a digest to files, each whole or not at all."""

from dataclasses import dataclass
from pathlib import Path

from crawlers.durable_file import replace_file
from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest
from pipelines.digest.render.formats import render
from pipelines.language import Language


@dataclass(frozen=True, slots=True)
class Written:
    """A digest and the files it was written to, by ending."""

    digest: Digest
    files: dict[str, Path]


def write_digest(digest: Digest, folder: Path, language: Language) -> Written:
    """Write all formats to ``folder/<period>/<day>T<hour><minute>.<ending>``, each whole or not at all.

    A digest of the same instant is replaced. Names are in Shanghai time; English ones end in ``.en``.
    """
    local = digest.at.astimezone(SHANGHAI)
    stem = local.strftime("%Y-%m-%dT%H%M")
    if language is not Language.ZH:
        stem += f".{language}"
    target = folder / digest.period
    if not target.exists():
        target.mkdir(parents=True)
        target.chmod(
            folder.stat().st_mode
        )  # where the folder is served to others, so is what is in it
    files = {}
    for ending, content in render(digest, language).items():
        file = target / f"{stem}.{ending}"
        replace_file(file, content, open_as_folder=True)
        files[str(ending)] = file
    return Written(digest, files)
