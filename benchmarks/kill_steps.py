"""What is killed by ``benchmarks.kills``: each process of the line, and the home that it starts from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pyarrow as pa
from pyarrow import parquet

from crawlers import landing
from crawlers.simulation.world import World
from fengkou import learning, operations
from fengkou.home import Home
from fengkou.replaying import replay_between
from pipelines.captures import Kind, Outcome, Page, Status
from pipelines.digest.contents import Period

START = datetime(2026, 3, 1, 10, tzinfo=UTC)
"""18:00 in Shanghai: the hours from here cross midnight."""

BOARDS = ("weibo_side_hotsearch", "zhihu_hot_list_web", "baidu_board_api")

LANDED_HOURS, LANDED_EVERY = 8, timedelta(minutes=20)
ARCHIVED_HOURS, ARCHIVED_EVERY = 6, timedelta(minutes=30)
"""The archive's hours are before those that were landed."""

ASKED_INSTANTS = 24
"""So many rounds of a replayed crawl last some seconds; live, a board is asked once and no kill is aimed."""

LEARNT_BOARDS = ("thepaper_hot", "zhihu_hot_list_web")
LEARNT_DAYS, LEARNT_EVERY = 12, timedelta(minutes=30)
"""As few as learning takes: a week, the days it is judged by, and those that lie between."""

LEARNT_STORIES = 500

WORLD = World(START - timedelta(hours=ARCHIVED_HOURS), hours=24, story_count=120)

ARCHIVE = "archive.parquet"
ORIGIN = "origin"
"""File beside a prepared home that names the address of the simulated boards."""


class Victim(StrEnum):
    """Who of a process and the children it has is killed."""

    ALL = "all of it"
    PARENT = "the parent alone"
    CHILD = "the child alone"


@dataclass(frozen=True, slots=True)
class Killed:
    """A process that is killed ``kills`` times; ``before`` has run undisturbed in its home, once."""

    name: str
    kills: int
    step: Callable[[Home], object]
    before: tuple[Callable[[Home], object], ...] = ()
    after: tuple[Callable[[Home], object], ...] = ()
    """What makes tables of what the process left, so that they can be compared."""
    victim: Victim = Victim.ALL

    @property
    def title(self) -> str:
        return self.name if self.victim is Victim.ALL else f"{self.name}, {self.victim}"


def asked_instants() -> list[datetime]:
    return [START + timedelta(minutes=10 * n) for n in range(ASKED_INSTANTS)]


def _write_archive(
    home: Home, world: World, boards: Sequence[str], instants: Sequence[datetime]
) -> None:
    rows = [
        {
            "source": board,
            "captured_at": at.isoformat(),
            "rank": entry.rank,
            "title": entry.title,
            "url": entry.url,
            "heat": entry.heat,
            "extra": '{"ad": true}' if entry.kind is Kind.PAID else None,
        }
        for at in instants
        for board in boards
        for entry in world.ranked(board, at)
    ]
    home.root.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pa.Table.from_pylist(rows), home.root / ARCHIVE)


def write_archive(home: Home) -> None:
    begin = START - timedelta(hours=ARCHIVED_HOURS)
    count = timedelta(hours=ARCHIVED_HOURS) // ARCHIVED_EVERY
    _write_archive(home, WORLD, BOARDS, [begin + n * ARCHIVED_EVERY for n in range(count)])


def write_long_archive(home: Home) -> None:
    world = World(START, hours=LEARNT_DAYS * 24, story_count=LEARNT_STORIES)
    count = timedelta(days=LEARNT_DAYS) // LEARNT_EVERY
    _write_archive(home, world, LEARNT_BOARDS, [START + n * LEARNT_EVERY for n in range(count)])


def land(home: Home) -> None:
    for board in BOARDS:
        for n in range(timedelta(hours=LANDED_HOURS) // LANDED_EVERY):
            at = START + n * LANDED_EVERY
            page = Page(tuple(WORLD.ranked(board, at)))
            outcome = Outcome(board, at, Status.OK, f"https://{board}.example/list", page=page)
            landing.write(home.landing, outcome, b"body", durable=False)


def collect(home: Home) -> None:
    origin = (home.root / ORIGIN).read_text(encoding="utf-8")
    outcomes = operations.collect(home, BOARDS, origin=origin, instants=asked_instants())
    if failed := sum(outcome.status is Status.FAILED for outcome in outcomes):
        # A child that is killed leaves instants undone, for the next run.
        raise RuntimeError(f"{failed} of {len(outcomes)} captures came to nothing.")


def import_archive(home: Home) -> None:
    operations.import_files(home, [home.root / ARCHIVE], {}, {})


def load(home: Home) -> None:
    operations.load(home)


def build(home: Home) -> None:
    operations.build(home)


def publish(home: Home) -> None:
    operations.publish_home(home)


def digest(home: Home) -> None:
    for period in Period:
        operations.write_digest_at(home, None, period)


def learn(home: Home) -> None:
    learnt = learning.learn(home)
    # What was learnt before a kill is too young to be tried again.
    if learnt.model_id is None and learnt.decision != "too_young":
        raise RuntimeError(f"Nothing was learnt that a kill could harm: {learnt.decision}.")


def replay(home: Home) -> None:
    replay_between(home, START, START + timedelta(hours=LANDED_HOURS), every_minutes=60)


PAST = (write_archive, land, import_archive)

CRAWL = Killed("collect", 12, collect, after=(build,))

PROCESSES = (
    CRAWL,
    replace(CRAWL, victim=Victim.PARENT),
    replace(CRAWL, victim=Victim.CHILD),
    Killed("import", 9, import_archive, (write_archive,), (build,)),
    Killed("build", 15, build, PAST),
    Killed("publish", 23, publish, (*PAST, build)),
    Killed("digest", 12, digest, (*PAST, build)),
    Killed("learn", 11, learn, (write_long_archive, import_archive, build)),
    Killed("replay", 8, replay, (*PAST, build)),
)
"""In the order of the line. The counts are as many as tell where each is weak and end in ten minutes."""

NAMES = tuple(dict.fromkeys(process.name for process in PROCESSES))
