"""The feed of the digests in a folder: the same whichever was written last, for nothing but them is read."""

import logging
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from crawlers.durable_file import read_plain
from fengkou.editions import EditionFolder
from pipelines.digest.contents import Period
from pipelines.digest.feed_entries import feed_entries
from pipelines.digest.render.feed import DamagedFeedError, Feed, read_feed, to_feed
from pipelines.digest.render.formats import Format
from pipelines.language import Language

log = logging.getLogger(__name__)


def feed_of(
    digests: EditionFolder, period: Period, language: Language, address: str | None = None
) -> bytes | None:
    """The feed of a period in a language; ``address`` is its own without an ending, where it has one.

    Digests of this month and the one before are read: an entry that nothing happened to for so long, and that
    was told all the time, counts as changed then. None where none of them can be read, which the log tells.
    """
    ours = [file for file in digests.files if (file.period, file.language) == (period, language)]
    editions = [
        edition
        for edition in digests.read(_month_before(max(file.day for file in ours)))
        if (edition.period, edition.language) == (period, language)
    ]
    entries = feed_entries(editions)
    read = cache(lambda stem: _read(digests.folder / period / f"{stem}.{Format.ATOM}"))
    heads = (feed for edition in reversed(editions) if (feed := read(edition.stem)) is not None)
    head = next(heads, None)
    if head is None:
        return None
    named = {entry.stem: read(entry.stem) for entry in entries}
    known = {stem: feed for stem, feed in named.items() if feed is not None}
    links = {"self": f"{address}.{Format.ATOM}", "alternate": f"{address}.{Format.HTML}"}
    return to_feed(head, entries, known, links if address else {})


def _read(file: Path) -> Feed | None:
    """The feed of one digest; None, and a word in the log, where it cannot be read."""
    try:
        return read_feed(read_plain(file))
    except (OSError, ValueError, DamagedFeedError) as error:
        log.warning(
            "the stories of a digest are missing from the feed; write it again with fengkou digest --at",
            extra={"file": file, "found": error},
        )
        return None


def _month_before(day: str) -> str:
    first = date.fromisoformat(day).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1).isoformat()
