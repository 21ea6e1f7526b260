"""Collecting boards: one child process crawls all that are due and lands one outcome of each.

Twisted's reactor cannot start twice in a process, and a crawl may die: the caller stays outside.
This module imports Scrapy only in the child.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, ClassVar

from crawlers import catalog
from crawlers.boards.errors import CatalogError
from crawlers.landing import Landed, landed, landed_at, read_or_damaged, write
from pipelines.captures import Outcome, Status
from pipelines.landing_format import iso

if TYPE_CHECKING:  # Scrapy lives only in the child
    from scrapy.crawler import Crawler, CrawlerProcess

    from crawlers.http.circuit_breaker import Circuits

PROJECT = Path(__file__).resolve().parent.parent
LAST_WORDS = 400  # characters of a dead child's last words

# A simulated host is on this machine and minds nothing.
ORIGIN_SETTINGS = {
    "AUTOTHROTTLE_ENABLED": False,
    "CLOSESPIDER_TIMEOUT": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
    "DOWNLOAD_DELAY": 0,
    "HTTPPROXY_ENABLED": False,
    "LANDING_DURABLE": False,
    "RETRY_BACKOFF_SECONDS": 0.02,
    "RETRY_AFTER_LIMIT_SECONDS": 1,
    "RETRY_TIMES": 1,
}


@dataclass(frozen=True, slots=True)
class Turns:
    """Who is asked: ``first`` in any case, and behind a board that gives no list, ``then[board]``.

    A list that is shorter than the board's description expects is none.
    """

    first: Sequence[str]
    then: Mapping[str, str] = field(default_factory=dict)


def in_turn(boards: Collection[str], bad_standing: Collection[str] = ()) -> Turns:
    """Of each list that is wanted its first board, with the stand-ins that are wanted behind it.

    Beside a board in bad standing the next one is asked in any case: the first would answer, but is
    not expected to keep its contract. A stand-in that is wanted without its primary is asked itself.
    """
    _check_known(boards)
    turns: dict[str, list[str]] = {}
    for fact in sorted(catalog.facts(), key=lambda fact: fact.place):
        if fact.name in boards:
            turns.setdefault(fact.list_board, []).append(fact.name)
    first: list[str] = []
    then: dict[str, str] = {}
    for turn in turns.values():
        good = (n for n, name in enumerate(turn) if name not in bad_standing)
        first += turn[: next(good, len(turn)) + 1]
        then |= pairwise(turn)
    return Turns(sorted(first), then)


def collect(
    landing: Path,
    boards: Sequence[str] | Turns,
    *,
    origin: str | None = None,
    instants: Sequence[datetime] | None = None,
    on_outcome: Callable[[Landed], None] | None = None,
) -> list[Landed]:
    """Fetch the boards once, or once for each instant to replay, and return what was landed.

    One outcome is landed for each board and instant, whatever happens: what the child left undone
    is landed here as ``crawl_died``, and an instant that was landed before stands as it is. Of Turns,
    a stand-in lands an outcome where it is asked. ``origin`` sends all requests to one address.
    """
    turns = boards if isinstance(boards, Turns) else Turns(boards)
    stand_ins = sorted(set(turns.then.values()) - set(turns.first))
    _check_known((*turns.first, *stand_ins))
    if instants is not None and origin is None:
        raise ValueError("instants need an origin: the real hosts only know now.")
    wanted: list[tuple[str, datetime | None]] = [
        (board, None if at is None else at.astimezone(UTC))
        for board in dict.fromkeys(turns.first)
        for at in ((None,) if instants is None else instants)
    ]
    done: list[Landed] = []

    def note(outcome: Landed) -> None:
        done.append(outcome)
        if on_outcome is not None:
            on_outcome(outcome)

    # A replay goes on where an earlier one was cut: what it landed is not fetched again.
    for board, at in (*wanted, *((board, at) for board in stand_ins for at in instants or ())):
        if at is not None and (path := landed_at(landing, board, at)):
            note(landed(landing, path, read_or_damaged(path), at.astimezone(UTC)))
    if len(done) >= len(wanted) and not stand_ins:
        return done
    how = _run_child(landing, turns, origin, instants, note)
    reached = {(outcome.board, outcome.instant) for outcome in done}
    for board, at in wanted:
        if (board, at) not in reached:
            detail = (
                f"The crawl ended before this board was fetched: {how} Run: fengkou collect {board}"
            )
            note(_land_failure(landing, board, at, "crawl_died", detail))
    return done


def _check_known(boards: Collection[str]) -> None:
    if unknown := sorted(set(boards) - set(catalog.names())):
        raise CatalogError(
            f"No board {', '.join(unknown)}. There are: {', '.join(catalog.names())}."
        )


def _run_child(
    landing: Path,
    turns: Turns,
    origin: str | None,
    instants: Sequence[datetime] | None,
    note: Callable[[Landed], None],
) -> str:
    """Crawl in a child process, telling each outcome as it lands; how the child ended."""
    with (
        tempfile.TemporaryDirectory() as directory,
        (Path(directory) / "stderr").open("w+b") as errors,
    ):
        command = [sys.executable, "-m", "crawlers.run", "--landing", str(landing.absolute())]
        command += ["--boards", ",".join(dict.fromkeys(turns.first))]
        command += ["--then", ",".join(f"{board}:{other}" for board, other in turns.then.items())]
        if origin is not None:
            command += ["--origin", origin]
        if instants is not None:
            file = Path(directory) / "instants.json"
            file.write_text(json.dumps([iso(instant) for instant in instants]), encoding="utf-8")
            command += ["--instants", str(file)]
        search = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, "PYTHONPATH": search, "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
            command, stdout=subprocess.PIPE, stderr=errors, env=environment, encoding="utf-8"
        ) as child:
            try:
                for line in child.stdout or ():
                    if line.startswith("{"):
                        note(Landed.from_line(line))
            except BaseException:
                child.kill()
                raise
        return f"exit code {child.returncode}. {_last_words(errors)}"


def _land_failure(
    landing: Path, board: str, instant: datetime | None, reason: str, detail: str
) -> Landed:
    """Land an outcome for a fetch that was never made."""
    outcome = Outcome(
        board=board,
        captured_at=instant or datetime.now(UTC),
        status=Status.FAILED,
        request_url="",
        reason=reason,
        detail=detail,
    )
    return landed(landing, write(landing, outcome), outcome, instant)


def _last_words(errors: IO[bytes]) -> str:
    errors.seek(0, os.SEEK_END)
    errors.seek(max(0, errors.tell() - LAST_WORDS))
    words = " ".join(errors.read().decode("utf-8", errors="replace").split())
    return f"Its last words: {words}" if words else "It said nothing."


@dataclass
class _Crawling:
    """The boards of one process, each with its stand-in behind it; ``lacking`` is instant -> reason."""

    landing: Path
    then: Mapping[str, str]
    process: "CrawlerProcess"
    circuits: "Circuits | None"
    asked: set[str] = field(default_factory=set)

    def ask(self, name: str, at: Collection[datetime | None]) -> None:
        """Begin a board's crawl for these instants; a stand-in is asked at once where there is none."""
        if name in self.asked:
            return
        self.asked.add(name)
        lacking = dict.fromkeys(at, "")
        missing = []
        for instant in at:
            if instant and (path := landed_at(self.landing, name, instant)):
                self._note(
                    name, lacking, landed(self.landing, path, read_or_damaged(path), instant)
                )
            else:
                missing.append(instant)
        # The first crawler made installs the reactor, so make none that will not crawl.
        crawler = self._crawler(name, lacking, missing) if missing else None
        if crawler is None:
            self._go_round(name, lacking)
            return
        instants = tuple(instant for instant in missing if instant)
        self.process.crawl(crawler, instants=instants).addBoth(
            lambda _: self._go_round(name, lacking)
        )

    def _crawler(
        self, name: str, lacking: dict[datetime | None, str], missing: Sequence[datetime | None]
    ) -> "Crawler | None":
        """A board's crawler; None, and the failures landed, where it is not to be asked."""
        from scrapy import signals  # noqa: PLC0415 - Scrapy lives only in the child

        from crawlers.spider import spider_of  # noqa: PLC0415

        def say(item: Landed, **_: Any) -> None:
            sys.stdout.write(item.to_line() + "\n")
            sys.stdout.flush()
            self._note(name, lacking, item)

        try:
            board = catalog.board(name)
            crawler = self.process.create_crawler(spider_of(board))
        except Exception as error:  # noqa: BLE001 - a board file that does not load must not stop the others
            reason = "spider_error"
            # A catalogue's error says itself which file to correct.
            detail = (
                str(error)
                if isinstance(error, CatalogError)
                else f"{type(error).__name__}: {error}. Correct crawlers/spiders/{name}.py."
            )
        else:
            reason, detail = "circuit_open", self.circuits.refusal(board) if self.circuits else ""
            if not detail:
                crawler.signals.connect(say, signal=signals.item_scraped, weak=False)
                return crawler
        for instant in missing:
            say(_land_failure(self.landing, name, instant, reason, detail))
        return None

    def _note(self, name: str, lacking: dict[datetime | None, str], item: Landed) -> None:
        """Cross off an instant at which the board gave its list, as long as its description expects."""
        if item.status is Status.FAILED:
            lacking[item.instant] = item.reason
        elif item.entry_count >= catalog.board(name).expected_count[0]:
            lacking.pop(item.instant, None)

    def _go_round(self, name: str, lacking: Mapping[datetime | None, str]) -> None:
        other = self.then.get(name)
        while other and self.circuits and self.circuits.is_pointless(name, other, lacking.values()):
            other = self.then.get(other)
        if other and lacking:
            self.ask(other, tuple(lacking))


def crawl(landing: Path, turns: Turns, origin: str | None, instants: Sequence[datetime]) -> None:
    """The child's work: crawl, land, and print a line for each outcome."""
    gc.disable()
    # It looks through the sources of all who are importing it: first here, where those are few.
    import scrapy.core.downloader.contextfactory  # noqa: F401, PLC0415 - Scrapy lives only in the child
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415
    from scrapy.settings import BaseSettings, Settings  # noqa: PLC0415
    from twisted.internet.defer import Deferred  # noqa: PLC0415
    from twisted.internet.task import Cooperator  # noqa: PLC0415

    from crawlers.http.circuit_breaker import Circuits  # noqa: PLC0415

    class SharedSettings(Settings):
        """Scrapy copies and joins all settings anew for every board; these are one until a board sets one."""

        joined: ClassVar[dict[tuple[str, int, int], BaseSettings]] = {}

        def copy(self) -> "SharedSettings":
            twin = copy(self)
            twin.attributes = dict(self.attributes)
            return twin

        def set(self, name: Any, value: Any, priority: int | str = "project") -> None:
            if name in self.attributes:
                self.attributes[name] = copy(self.attributes[name])
            super().set(name, value, priority)

        def getwithbase(self, name: Any) -> BaseSettings:
            key = (name, id(self[name]), id(self[f"{name}_BASE"]))
            return self.joined.get(key) or self.joined.setdefault(key, super().getwithbase(name))

    class Process(CrawlerProcess):
        """Ends when the boards that are still to be asked have been, too."""

        begun: "Deferred[Any]"

        def join(self) -> "Deferred[Any]":
            return self.begun.addBoth(lambda _: CrawlerProcess.join(self))

    settings = SharedSettings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.set("LANDING_DIR", str(landing), priority="cmdline")
    # Scrapy's own loader stops at the first file that does not load.
    settings.set("SPIDER_MODULES", [], priority="cmdline")
    if instants:  # a replay is of another day
        settings.set("ROBOTS_KEPT_HOURS", 0, priority="cmdline")
    if origin is not None:
        from crawlers.simulation.origin_handler import HANDLERS  # noqa: PLC0415

        replay = {**ORIGIN_SETTINGS, "ORIGIN": origin.rstrip("/"), "DOWNLOAD_HANDLERS": HANDLERS}
        settings.setdict(replay, priority="cmdline")

    process = Process(settings)
    circuits = None if instants else Circuits(landing, settings)
    crawling = _Crawling(landing, turns.then, process, circuits)
    waiting = iter(turns.first)
    for name in waiting:
        crawling.ask(name, instants or (None,))
        if process.crawlers:  # the first one has installed the reactor
            break
    else:
        return

    def ask_the_others() -> Iterator[None]:
        for name in waiting:
            crawling.ask(name, instants or (None,))
            yield
        # What was built until here lives as long as the process: nobody need look through it again.
        gc.freeze()
        gc.enable()

    # Hosts that were asked take their time, in which the next boards are set up, one in each turn.
    one_by_one = Cooperator(terminationPredicateFactory=lambda: lambda: True)
    process.begun = one_by_one.cooperate(ask_the_others()).whenDone()
    process.begun.addErrback(lambda failure: sys.stderr.write(failure.getTraceback()))
    process.start()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m crawlers.run", description="Crawl boards and land every outcome."
    )
    parser.add_argument("--landing", type=Path, required=True, help="directory to land in")
    parser.add_argument("--boards", required=True, help="names, separated by commas")
    parser.add_argument("--origin", help="send every request to this address instead of its host")
    parser.add_argument(
        "--instants", type=Path, help="a JSON list of ISO instants to replay; needs --origin"
    )
    parser.add_argument(
        "--then", default="", help="BOARD:STAND_IN, separated by commas: asked where BOARD fails"
    )
    options = parser.parse_args(arguments)
    if options.instants and not options.origin:
        parser.error("--instants needs --origin: the real hosts only know now")
    instants = json.loads(options.instants.read_text(encoding="utf-8")) if options.instants else []
    crawl(
        options.landing,
        Turns(
            [name for name in options.boards.split(",") if name],
            dict(pair.split(":") for pair in options.then.split(",") if pair),
        ),
        options.origin,
        [datetime.fromisoformat(instant).astimezone(UTC) for instant in instants],
    )


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # all is landed; taking so large a heap apart would only take time
