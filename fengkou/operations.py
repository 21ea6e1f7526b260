"""The line as plain calls that write: collect, load, build, publish, digest, each safe to run again.

What only reads stands in ``fengkou.reads``.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from crawlers import catalog
from crawlers.landing import Landed
from fengkou import reads
from fengkou.bad_standing import bad_standing, keep_standing
from fengkou.board_seed import seed_boards
from fengkou.digests import Written, write_digest
from fengkou.errors import NothingCollectedError
from fengkou.home import Home
from pipelines.captures import Status
from pipelines.digest.contents import Period
from pipelines.language import Language
from pipelines.text.tokens import uncut_words
from warehouse.connection import Connection, open_for_writing
from warehouse.graph import Step, steps, upstream
from warehouse.instants import to_aware
from warehouse.load.archive import ArchiveMap, Imported, import_archive
from warehouse.load.archive_topics import gather, write_topics
from warehouse.load.catalogue import replace_listed_words
from warehouse.load.desk_events import load_desk_events
from warehouse.load.desk_texts import load_desk_texts
from warehouse.load.hands import load_hands
from warehouse.load.landing import Loaded, load_landing, next_load_id
from warehouse.load.recheck import recheck
from warehouse.publish import Published, publish
from warehouse.readers.digest import make_digest
from warehouse.readers.newest import newest_attempt

log = logging.getLogger(__name__)


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


def collect(
    home: Home,
    boards: Collection[str],
    on_outcome: Callable[[Landed], None] = lambda _: None,
    *,
    origin: str | None = None,
    instants: Sequence[datetime] | None = None,
) -> list[Landed]:
    """Fetch boards once, each landing an outcome; of those that show one list the next where one fails.

    ``origin`` sends all requests to one address, which can be asked for past ``instants``. Raises
    SettingError before a host is asked, and CatalogError for a board that does not exist.
    """
    from crawlers.run import collect as crawl  # noqa: PLC0415 - Scrapy, for who fetches
    from crawlers.run import in_turn  # noqa: PLC0415
    from fengkou.settings import settings  # noqa: PLC0415

    settings()
    level = logging.DEBUG if instants else logging.INFO  # thousands of captures are how, not what

    def note(outcome: Landed) -> None:
        said = {"board": outcome.board, "status": str(outcome.status)}
        figures = {"entries": outcome.entry_count, "reason": outcome.reason or "none"}
        log.log(level, "captured", extra=said | figures)
        on_outcome(outcome)

    began = time.perf_counter()
    turns = in_turn(boards, bad_standing(home))
    outcomes = crawl(home.landing, turns, origin=origin, instants=instants, on_outcome=note)
    failed = sum(outcome.status is Status.FAILED for outcome in outcomes)
    figures = {"captures": len(outcomes), "failed": failed}
    log.info("collected", extra=figures | {"seconds": time.perf_counter() - began})
    return outcomes


UNCUT = "words.txt lists what is not cut whole: a single character, signs alone, more than a title"


def load(home: Home, now: datetime | None = None) -> Loaded:
    """Bring what was landed and said up to ``now`` (else the clock's) into raw, beside the catalogue."""
    with opened(home) as con:
        return _load(con, home, now)


def _load(con: Connection, home: Home, now: datetime | None = None) -> Loaded:
    seed_boards(con)
    listed = home.listed_words
    if uncut := uncut_words(listed):
        log.warning(UNCUT, extra={"words": ", ".join(uncut)})
    replace_listed_words(con, listed)
    for refused in recheck(con, now):
        log.warning(
            "rows that no capture can have had are rejects now; fengkou unload takes out all of their load",
            extra=asdict(refused),
        )
    began = time.perf_counter()
    loaded = load_landing(con, home.landing, now)
    # People speak of topics: where nothing was ever captured there are none.
    if next_load_id(con) > 1:
        loaded = replace(loaded, hand_count=load_hands(con, home.hands, now))
    rows = {
        **load_desk_events(con, home.desk_events),
        "desk_texts": load_desk_texts(con, home.desk_texts),
    }
    loaded = replace(loaded, desk_rows=rows)
    log.info(
        "loaded",
        extra={
            "snapshots": loaded.snapshot_count,
            "rows_kept": loaded.rows_kept,
            "rows_rejected": loaded.rows_rejected,
            "hands": loaded.hand_count,
            **rows,
            "seconds": time.perf_counter() - began,
        },
    )
    return loaded


def build_table(con: Connection, step: Step) -> int:
    """Bring a table up to what it reads; how many rows were written."""
    log.debug("building", extra={"table": step.table})
    began = time.perf_counter()
    rows = step.build(con)
    seconds = time.perf_counter() - began
    log.info("table built", extra={"table": step.table, "rows": rows, "seconds": seconds})
    return rows


def _publish(con: Connection, home: Home) -> Published:
    began = time.perf_counter()
    published = publish(con, home.warehouse, home.published)
    log.info(
        "published",
        extra={
            "file": published.file,
            "bytes": published.size_bytes,
            "seconds": time.perf_counter() - began,
        },
    )
    return published


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
            rows[step.table] = build_table(con, step)
        keep_standing(home, con)
        _publish(con, home)
    return Built(loaded, rows)


def archive_boards() -> dict[str, str]:
    """The names under which archives keep a list, and the board each is."""
    return {name: facts.name for facts in catalog.facts() for name in facts.archive_names}


def import_files(  # noqa: PLR0913 - what is asked, and by which clock
    home: Home,
    files: Sequence[Path],
    columns: Mapping[str, str],
    boards: Mapping[str, str],
    on_file: Callable[[Path, Imported | None], None] = lambda *_: None,
    *,
    zone: tzinfo | None = None,
    now: datetime | None = None,
) -> dict[Path, Imported]:
    """Import archives, each whole or not at all; ``boards`` adds to the names the catalogue knows.

    ``on_file`` is told each file before (None) and after. ``zone`` is that of instants that print none;
    rows from after the day that follows ``now`` (else the clock's) are rejected.
    """
    archive_map = ArchiveMap(columns, {**archive_boards(), **boards}, zone)
    imported = {}
    with opened(home) as con:
        for file in files:
            on_file(file, None)
            imported[file] = import_archive(con, file, archive_map, now)
            on_file(file, imported[file])
    return imported


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
            build_table(con, step)
        return Grouped(*write_topics(con, gathered, archive_boards(), to))


def publish_home(home: Home) -> Published:
    """Swap in a new published copy. Raises NothingCollectedError when nothing is built yet."""
    with opened(home) as con:
        if newest_attempt(con) is None:
            raise NothingCollectedError(reads.nothing_built(home))
        return _publish(con, home)


def write_digest_at(
    home: Home, at: datetime | None, period: Period, language: Language = Language.ZH
) -> Written:
    """Write the digest of ``at`` (aware), or of the newest capture, from the published copy.

    Raises NothingCollectedError when the warehouse holds nothing from before, and SettingError.
    """
    from fengkou.settings import settings  # noqa: PLC0415 - its checks, for who writes

    served_at = settings().digest_url
    with reads.reading(home) as con:
        digest = make_digest(con, at or to_aware(reads.newest(con, home)), period)
    written = write_digest(digest, home.digests, language, served_at)
    log.info(
        "digest written",
        extra={"period": period, "at": digest.at.isoformat(), "topics": len(digest.topics)},
    )
    return written
