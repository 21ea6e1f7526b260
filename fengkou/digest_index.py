"""The pages that lead to the digests of a folder: ``index.html``, and one for each month before its days."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from crawlers.durable_file import read_json, replace_file
from fengkou.editions import DESKS, EditionFile, EditionFolder
from pipelines.digest.editions import Edition
from pipelines.digest.render.formats import Format
from pipelines.digest.render.index import DeskLink, to_index
from pipelines.language import Language

DAYS = 31
"""Days of the index: a phone opens its page within a second. Older ones are a month a page."""

ENDINGS = tuple("html" if language is Language.ZH else f"{language}.html" for language in Language)
"""Of the pages of each language."""


def write_index(digests: EditionFolder, language: Language, desk_title: str | None = None) -> None:
    """Write the index of the digests in a language, and each older month's page that may be without one.

    ``desk_title`` is that of the desk whose digests they are, None where they are of all.
    """
    ours = [file for file in digests.files if file.language is language]
    newest = date.fromisoformat(max(file.day for file in ours))
    since = (newest - timedelta(days=DAYS - 1)).isoformat()
    months = sorted({file.month for file in ours if file.day < since}, reverse=True)
    suffix = "html" if language is Language.ZH else f"{language}.html"

    def write(name: str, told: Iterable[Edition], month: str = "") -> None:
        editions = [edition for edition in told if edition.language is language]
        page = to_index(
            editions,
            language,
            months=() if month else months,
            month=month,
            desk_title=desk_title,
            desks=desks,
        )
        replace_file(digests.folder / f"{name}.{suffix}", page.encode(), open_as_folder=True)

    desks = _desks(digests.folder, suffix)
    for month in months:
        of_month = [file for file in ours if file.month == month]
        if _is_older(digests.folder / f"{month}.{suffix}", of_month):
            write(month, digests.read(month, f"{month}-99"), month)
    write("index", digests.read(since))


def _desks(folder: Path, suffix: str) -> list[DeskLink]:
    """The desks whose digests lie beside these, by name: what each is called, and where its index is."""
    found = []
    for desk in sorted((folder / DESKS).glob("*")):
        names = [
            f"index.{ending}"
            for ending in (suffix, *ENDINGS)
            if (desk / f"index.{ending}").exists()
        ]
        if names:
            found.append(DeskLink(_title(desk), f"{DESKS}/{desk.name}/{names[0]}"))
    return found


def _title(desk: Path) -> str:
    """What a desk's newest digest calls it, else the name of its folder."""
    for file in sorted((desk / "latest").glob(f"*.{Format.JSON}"), key=_written, reverse=True):
        try:
            return str(read_json(file)["desk"]["title"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # the writer of the next replaces it, and says so
    return desk.name


def _written(file: Path) -> int:
    return file.stat().st_mtime_ns


def _is_older(page: Path, files: Sequence[EditionFile]) -> bool:
    """Whether a page is missing, or may be without one of these digests."""
    try:
        return page.stat().st_mtime_ns <= max(file.written for file in files)
    except FileNotFoundError:
        return True
