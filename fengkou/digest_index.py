"""The pages that lead to the digests of a folder: ``index.html``, and one for each month before its days."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from crawlers.durable_file import replace_file
from fengkou.editions import EditionFile, read_editions
from pipelines.digest.render.index import to_index
from pipelines.language import Language

DAYS = 31
"""Days of the index: a phone opens its page within a second. Older ones are a month a page."""


def write_index(folder: Path, files: Sequence[EditionFile], language: Language) -> None:
    """Write the index of the digests in a language, and each older month's page that may be without one."""
    ours = [file for file in files if file.language is language]
    newest = date.fromisoformat(max(file.day for file in ours))
    since = (newest - timedelta(days=DAYS - 1)).isoformat()
    months = sorted({file.month for file in ours if file.day < since}, reverse=True)
    suffix = "html" if language is Language.ZH else f"{language}.html"

    def write(name: str, of_days: Sequence[EditionFile], month: str = "") -> None:
        editions = [e for e in read_editions(folder, of_days) if e.language is language]
        page = to_index(editions, language, months=() if month else months, month=month)
        replace_file(folder / f"{name}.{suffix}", page.encode(), open_as_folder=True)

    for month in months:
        of_month = [file for file in files if file.month == month]
        if _is_older(folder / f"{month}.{suffix}", of_month):
            write(month, of_month, month)
    write("index", [file for file in files if file.day >= since])


def _is_older(page: Path, files: Sequence[EditionFile]) -> bool:
    """Whether a page is missing, or may be without one of these digests."""
    try:
        return page.stat().st_mtime_ns <= max(file.written for file in files)
    except FileNotFoundError:
        return True
