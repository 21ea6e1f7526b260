"""The child process of a collection: crawls the boards, lands every outcome and prints a line for each."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from twisted.internet.defer import Deferred
from twisted.internet.task import Cooperator

from crawlers import catalog
from crawlers.boards.errors import CatalogError
from crawlers.child import end_with_parent
from crawlers.http.circuit_breaker import Circuits
from crawlers.landing import Landed, landed_at
from crawlers.run import Turns, land_failure
from crawlers.simulation.origin_handler import HANDLERS
from crawlers.spider import spider_of
from pipelines.captures import Status

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


@dataclass
class Crawling:
    """The boards of one process, each with its stand-in behind it; ``lacking`` is instant -> reason."""

    landing: Path
    then: Mapping[str, str]
    process: CrawlerProcess
    circuits: Circuits | None
    asked: set[str] = field(default_factory=set)

    def ask(self, name: str, at: Collection[datetime | None]) -> None:
        """Begin a board's crawl for these instants; a stand-in is asked at once where there is none."""
        if name in self.asked:
            return
        self.asked.add(name)
        lacking = dict.fromkeys(at, "")
        missing = []
        for instant in at:
            if instant and (found := landed_at(self.landing, name, instant)):
                self._note(name, lacking, found)
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
    ) -> Crawler | None:
        """A board's crawler; None, and the failures landed, where it is not to be asked."""

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
            say(land_failure(self.landing, name, instant, reason, detail))
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


class Process(CrawlerProcess):
    """Ends when the boards that are still to be asked have been, too."""

    begun: "Deferred[Any]"

    def join(self) -> "Deferred[Any]":
        return self.begun.addBoth(lambda _: CrawlerProcess.join(self))


def crawl(landing: Path, turns: Turns, origin: str | None, instants: Sequence[datetime]) -> None:
    """The child's work: crawl, land, and print a line for each outcome."""
    settings = Settings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.set("LANDING_DIR", str(landing), priority="cmdline")
    # Scrapy's own loader stops at the first file that does not load.
    settings.set("SPIDER_MODULES", [], priority="cmdline")
    if instants:  # a replay is of another day
        settings.set("ROBOTS_KEPT_HOURS", 0, priority="cmdline")
    if origin is not None:
        replay = {**ORIGIN_SETTINGS, "ORIGIN": origin.rstrip("/"), "DOWNLOAD_HANDLERS": HANDLERS}
        settings.setdict(replay, priority="cmdline")

    process = Process(settings)
    circuits = None if instants else Circuits(landing, settings)
    crawling = Crawling(landing, turns.then, process, circuits)
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
        prog="python -m crawlers.crawl_process", description="Crawl boards and land every outcome."
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
    parser.add_argument(
        "--parent", type=int, help="the process that holds stdin open: this one ends when it does"
    )
    options = parser.parse_args(arguments)
    if options.parent:
        end_with_parent(options.parent)
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
    # What is set up lives as long as the process: looking through it takes a tenth of a run.
    gc.disable()
    main()
    sys.stdout.flush()
    os._exit(0)  # all is landed; taking so large a heap apart would only take time
