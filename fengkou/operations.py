"""The line as plain calls: collect, load, build, publish, digest, each safe to run again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers import catalog
from fengkou.bad_standing import keep_standing
from fengkou.board_seed import build_boards, build_listed_words
from fengkou.home import Home
from pipelines.digest.contents import Language, Period
from warehouse import query
from warehouse.connection import connect
from warehouse.graph import steps, upstream
from warehouse.incremental import Connection, newest_attempt
from warehouse.load.archive import ArchiveMap, import_archive
from warehouse.load.archive_topics import gather, write_topics
from warehouse.load.landing import Loaded, load_landing, next_load_id
from warehouse.publish import Published, publish
from warehouse.readers.digest import Written, board_rows, list_rows, make_digest, write_digest


class NothingCollectedError(RuntimeError):
    """The warehouse holds no list yet."""


@dataclass(frozen=True, slots=True)
class Built:
    """How many rows were written to each table, in the order of building."""

    loaded: Loaded
    rows: Mapping[str, int]


def _newest(con: Connection, home: Home) -> datetime:
    newest = newest_attempt(con)
    if newest is None:
        raise NothingCollectedError(
            f"The warehouse under {home.root} holds nothing that is built. Collect first: "
            "fengkou collect, then fengkou build; or try the simulated boards: fengkou run."
        )
    return newest


@contextmanager
def opened(home: Home) -> Iterator[Connection]:
    """The warehouse, open for writing."""
    with connect(home.warehouse) as con:
        yield con


def load(home: Home, now: datetime | None = None) -> Loaded:
    """Bring what was landed up to ``now`` (else the clock's) into raw, beside what the catalogue says."""
    with opened(home) as con:
        return _load(con, home, now)


def _load(con: Connection, home: Home, now: datetime | None = None) -> Loaded:
    build_boards(con)
    build_listed_words(con, home.listed_words)
    return load_landing(con, home.landing, now)


def build(
    home: Home, on_step: Callable[[str], None] = lambda _: None, *, now: datetime | None = None
) -> Built:
    """Load what was landed up to ``now`` (else the clock's) and bring every table of core and mart up to it.

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
    return Built(loaded, rows)


def archive_boards() -> dict[str, str]:
    """The names under which archives keep a list, and the board each is."""
    return {name: one.name for one in catalog.facts() for name in one.archive_names}


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
        build_boards(con)
        import_archive(con, gathered, ArchiveMap(boards=archive_boards()))
        for step in upstream(TOPICS_TABLE):
            on_step(step.table)
            step.build(con)
        return Grouped(*write_topics(con, gathered, archive_boards(), to))


def publish_home(home: Home) -> Published:
    """Swap in a new published copy. Raises NothingCollectedError when nothing is built yet."""
    with opened(home) as con:
        _newest(con, home)
        return publish(con, home.warehouse, home.published)


def write_digest_at(
    home: Home, at: datetime | None, period: Period, language: Language = Language.ZH
) -> Written:
    """Write the digest of ``at`` (aware), or of the newest capture.

    Raises NothingCollectedError when the warehouse holds nothing from before.
    """
    with opened(home) as con:
        newest = _newest(con, home)
        at = at or newest.replace(tzinfo=UTC)
        digest = make_digest(con, at, period)
    return write_digest(digest, home.digests, language)


def board_standings(home: Home, at: datetime) -> list[dict[str, object]]:
    """How each board stood at ``at`` (aware): name, last list, verdict, sentence; none before a build."""
    instant = at.astimezone(UTC).replace(tzinfo=None)
    with opened(home) as con:
        if newest_attempt(con) is None:
            return []
        return board_rows(con, instant)


def list_standings(home: Home, at: datetime) -> list[dict[str, object]]:
    """How each list stood at ``at`` (aware), and which board served it; none before a build."""
    return list_rows(board_standings(home, at))


def trending_tokens(home: Home, at: datetime | None, limit: int) -> list[dict[str, object]]:
    """The keywords that burst at ``at`` (aware), or at the newest capture, the strongest first.

    Raises NothingCollectedError when the warehouse holds nothing from before.
    """
    with opened(home) as con:
        newest = _newest(con, home).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        instant = at.astimezone(UTC).replace(tzinfo=None) if at else newest
        return query.rows(con, "trending_tokens", at=instant, shown=limit)


def warehouse_summary(home: Home) -> dict[str, object]:
    """How much the warehouse holds and how far it is built; instants are UTC."""
    with opened(home) as con:
        (row,) = query.rows(con, "summary")
    return row
