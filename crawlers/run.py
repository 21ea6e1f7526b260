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
from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from crawlers import catalog
from crawlers.landing import Landed, iso, landed, landed_at, read, write
from pipelines.model import Outcome, Status

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


def collect(
    landing: Path,
    boards: Sequence[str],
    *,
    origin: str | None = None,
    instants: Sequence[datetime] | None = None,
    on_outcome: Callable[[Landed], None] | None = None,
) -> list[Landed]:
    """Fetch each board once, or once for each instant to replay, and return what was landed.

    One outcome is landed for each board and instant, whatever happens: what the child left undone
    is landed here as ``crawl_died``, and an instant that was landed before stands as it is.
    ``origin`` sends all requests to one address.
    """
    if unknown := sorted(set(boards) - set(catalog.names())):
        raise catalog.CatalogError(
            f"No board {', '.join(unknown)}. There are: {', '.join(catalog.names())}."
        )
    if instants is not None and origin is None:
        raise ValueError("instants need an origin: the real hosts only know now.")
    wanted: list[tuple[str, datetime | None]] = [
        (board, None if at is None else at.astimezone(UTC))
        for board in dict.fromkeys(boards)
        for at in ((None,) if instants is None else instants)
    ]
    done: list[Landed] = []

    def note(one: Landed) -> None:
        done.append(one)
        if on_outcome is not None:
            on_outcome(one)

    # A replay goes on where an earlier one was cut: what it landed is not fetched again.
    for board, at in wanted:
        if at is not None and (path := landed_at(landing, board, at)):
            note(landed(landing, path, read(path), at))
    if len(done) == len(wanted):
        return done
    how = _run_child(landing, boards, origin, instants, note)
    reached = {(one.board, one.instant) for one in done}
    for board, at in wanted:
        if (board, at) not in reached:
            detail = (
                f"The crawl ended before this board was fetched: {how} Run: fengkou collect {board}"
            )
            note(_land_failure(landing, board, at, "crawl_died", detail))
    return done


def _run_child(
    landing: Path,
    boards: Sequence[str],
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
        command += ["--boards", ",".join(dict.fromkeys(boards))]
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


def crawl(
    landing: Path, boards: Sequence[str], origin: str | None, instants: Sequence[datetime]
) -> None:
    """The child's work: crawl, land, and print a line for each outcome."""
    gc.disable()
    from scrapy import signals  # noqa: PLC0415 - Scrapy lives only in the child
    from scrapy.crawler import CrawlerProcess  # noqa: PLC0415
    from scrapy.settings import Settings, SettingsAttribute  # noqa: PLC0415

    from crawlers.circuit import Circuits  # noqa: PLC0415

    class SharedSettings(Settings):
        """Scrapy copies all settings to their depths for every board; what is set there stays flat."""

        def copy(self) -> "SharedSettings":
            twin = copy(self)
            twin.attributes = {
                name: SettingsAttribute(kept.value, kept.priority)
                for name, kept in self.attributes.items()
            }
            return twin

    settings = SharedSettings()
    settings.setmodule("crawlers.settings", priority="project")
    settings.set("LANDING_DIR", str(landing), priority="cmdline")
    # Scrapy's own loader stops at the first file that does not load.
    settings.set("SPIDER_MODULES", [], priority="cmdline")
    if origin is not None:
        from crawlers.origin import HANDLERS  # noqa: PLC0415

        replay = {**ORIGIN_SETTINGS, "ORIGIN": origin.rstrip("/"), "DOWNLOAD_HANDLERS": HANDLERS}
        settings.setdict(replay, priority="cmdline")

    def say(item: Landed, **_: Any) -> None:
        sys.stdout.write(item.to_line() + "\n")
        sys.stdout.flush()

    process = CrawlerProcess(settings)
    circuits = None if instants else Circuits(landing, settings)
    for name in boards:
        missing = [at for at in instants if not landed_at(landing, name, at)]
        if instants and not missing:
            continue  # the first crawler made installs the reactor, so make none that will not crawl
        try:
            spider = catalog.board(name)
            crawler = process.create_crawler(spider)
        except Exception as error:  # noqa: BLE001 - a board file that does not load must not stop the others
            # A catalogue's error says itself which file to correct.
            detail = (
                str(error)
                if isinstance(error, catalog.CatalogError)
                else f"{type(error).__name__}: {error}. Correct crawlers/spiders/{name}.py."
            )
            for instant in missing or (None,):
                say(_land_failure(landing, name, instant, "spider_error", detail))
            continue
        if circuits and (why := circuits.refusal(spider)):
            say(_land_failure(landing, name, None, "circuit_open", why))
            continue
        crawler.signals.connect(say, signal=signals.item_scraped)
        process.crawl(crawler, instants=tuple(missing))
    # What was built until here lives as long as the process: nobody need look through it again.
    gc.freeze()
    gc.enable()
    if process.crawlers:
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
    options = parser.parse_args(arguments)
    if options.instants and not options.origin:
        parser.error("--instants needs --origin: the real hosts only know now")
    instants = json.loads(options.instants.read_text(encoding="utf-8")) if options.instants else []
    crawl(
        options.landing,
        [name for name in options.boards.split(",") if name],
        options.origin,
        [datetime.fromisoformat(instant).astimezone(UTC) for instant in instants],
    )


if __name__ == "__main__":
    main()
