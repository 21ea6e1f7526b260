"""The line as plain calls that write: load, build, publish, digest, each safe to run again.

What only reads stands in ``fengkou.reads``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawlers import catalog
from fengkou import reads
from fengkou.bad_standing import keep_standing
from fengkou.board_seed import seed_boards
from fengkou.digests import Written, write_digest
from fengkou.errors import NothingCollectedError
from fengkou.home import Home
from pipelines.digest.contents import Period
from pipelines.language import Language
from warehouse.connection import Connection, open_for_writing
from warehouse.graph import steps, upstream
from warehouse.instants import to_aware
from warehouse.load.archive import ArchiveMap, import_archive
from warehouse.load.archive_topics import gather, write_topics
from warehouse.load.catalogue import replace_listed_words
from warehouse.load.landing import Loaded, load_landing, next_load_id
from warehouse.publish import Published, publish
from warehouse.readers.digest import make_digest
from warehouse.readers.newest import newest_attempt


@dataclass(frozen=True, slots=True)
class Built:
    """How many rows were written to each table, in the order of building."""

    loaded: Loaded
    rows: Mapping[str, int]


@contextmanager
def opened(home: Home) -> Iterator[Connection]:
    """The warehouse, open for writing."""
    with open_for_writing(home.warehouse) as con:
        yield con


def load(home: Home, now: datetime | None = None) -> Loaded:
    """Bring what was landed up to ``now`` (else the clock's) into raw, beside what the catalogue says."""
    with opened(home) as con:
        return _load(con, home, now)


def _load(con: Connection, home: Home, now: datetime | None = None) -> Loaded:
    seed_boards(con)
    replace_listed_words(con, home.listed_words)
    return load_landing(con, home.landing, now)


def build(
    home: Home, on_step: Callable[[str], None] = lambda _: None, *, now: datetime | None = None
) -> Built:
    """Load what was landed up to ``now`` (else the clock's), bring every table up to it, and publish.

    Raises NothingCollectedError when nothing was ever loaded.
    """
    with opened(home) as con:
        on_step("raw.entries")
        loaded = _load(con, home, now)
        if next_load_id(con) == 1:
            raise NothingCollectedError(
                f"Nothing was landed under {home.landing} and nothing imported. Collect first: "
                "fengkou collect; or import an archive: fengkou import; or try: fengkou run."
            )
        rows = {}
        for step in steps():
            on_step(step.table)
            rows[step.table] = step.build(con)
        keep_standing(home, con)
        publish(con, home.warehouse, home.published)
    return Built(loaded, rows)


def archive_boards() -> dict[str, str]:
    """The names under which archives keep a list, and the board each is."""
    return {name: facts.name for facts in catalog.facts() for name in facts.archive_names}


def import_files(  # noqa: PLR0913 - what is asked, and by which clock
    home: Home,
    files: Sequence[Path],
    columns: Mapping[str, str],
    boards: Mapping[str, str],
    on_file: Callable[[Path, Loaded | None], None] = lambda *_: None,
    *,
    now: datetime | None = None,
) -> dict[Path, Loaded]:
    """Import archives, each whole or not at all; ``boards`` adds to the names the catalogue knows.

    ``on_file`` is told each file before (None) and after; rows from after the day that follows ``now``
    (else the clock's) are rejected.
    """
    archive_map = ArchiveMap(columns, {**archive_boards(), **boards})
    loaded = {}
    with opened(home) as con:
        for file in files:
            on_file(file, None)
            loaded[file] = import_archive(con, file, archive_map, now)
            on_file(file, loaded[file])
    return loaded


TOPICS_TABLE = "core.topic_items"


@dataclass(frozen=True, slots=True)
class Grouped:
    """How many titles of how many topics were written."""

    title_count: int
    topic_count: int


def group_archives(
    home: Home, files: Sequence[Path], to: Path, on_step: Callable[[str], None] = lambda _: None
) -> Grouped:
    """Group the titles of archives in an empty ``home``, as the line would have, into the file ``to``.

    Raises ArchiveError for a file that cannot be read.
    """
    on_step("raw.entries")
    home.root.mkdir(parents=True, exist_ok=True)
    gathered = home.root / "gathered.parquet"
    gather(files, gathered)
    with opened(home) as con:
        seed_boards(con)
        replace_listed_words(con, ())
        import_archive(con, gathered, ArchiveMap(boards=archive_boards()))
        for step in upstream(TOPICS_TABLE):
            on_step(step.table)
            step.build(con)
        return Grouped(*write_topics(con, gathered, archive_boards(), to))


def publish_home(home: Home) -> Published:
    """Swap in a new published copy. Raises NothingCollectedError when nothing is built yet."""
    with opened(home) as con:
        if newest_attempt(con) is None:
            raise NothingCollectedError(reads.nothing_built(home))
        return publish(con, home.warehouse, home.published)


def write_digest_at(
    home: Home, at: datetime | None, period: Period, language: Language = Language.ZH
) -> Written:
    """Write the digest of ``at`` (aware), or of the newest capture, from the published copy.

    Raises NothingCollectedError when the warehouse holds nothing from before.
    """
    with reads.reading(home) as con:
        digest = make_digest(con, at or to_aware(reads.newest(con, home)), period)
    return write_digest(digest, home.digests, language)
