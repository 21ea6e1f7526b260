"""Collecting every board once from slow hosts, beside fetching the same pages with nothing around it."""

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from rich.table import Table

from crawlers import catalog
from crawlers.child import PROJECT
from crawlers.run import collect
from crawlers.simulation.server import Fault, serving
from crawlers.simulation.world import World
from pipelines.captures import Status

AT = datetime(2026, 11, 1, tzinfo=UTC)
WAIT_SECONDS = 0.2
ROUNDS = 5
TIMES_BARE = 2.0
MAX_MEGABYTES = 400
EMPTY_CRAWL = """
from scrapy import Spider
from scrapy.crawler import CrawlerProcess
process = CrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False})
process.crawl(type("Empty", (Spider,), {"name": "empty"}))
process.start()
"""
# The memory of children is only known as a maximum over all of them: each is measured in its own parent.
MEMORY = """
import resource, sys
from pathlib import Path
from crawlers.run import collect
collect(Path(sys.argv[1]), sys.argv[3].split(","), origin=sys.argv[2])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


async def _get(origin: str, path: str) -> int:
    """The length of an answer: one connection, one request, nothing else."""
    place = urlsplit(origin)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    head = f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    answer = await reader.read(-1)
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 200"), answer[:80]
    return len(answer)


async def _bare(origin: str, boards: Sequence[str]) -> int:
    """Every page at once, after every host's robots.txt, as Fengkou asks for them."""
    urls = [urlsplit(catalog.board(name).start_urls[0]) for name in boards]
    hosts = {url.netloc for url in urls}
    await asyncio.gather(*(_get(origin, f"/{host}/robots.txt") for host in hosts))
    pages = [f"/{u.netloc}{u.path}" + (f"?{u.query}" if u.query else "") for u in urls]
    return sum(await asyncio.gather(*(_get(origin, page) for page in pages)))


def _started() -> float:
    """Wall seconds until Scrapy has come up and gone down in a process of its own, asking nobody."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", EMPTY_CRAWL], cwd=PROJECT, check=True)
    return time.monotonic() - began


def _megabytes(origin: str, landing: Path, boards: Sequence[str]) -> int:
    child = [sys.executable, "-c", MEMORY, str(landing), origin, ",".join(boards)]
    done = subprocess.run(child, cwd=PROJECT, check=True, capture_output=True, text=True)
    return int(done.stdout)


def measure(boards: Sequence[str] = ()) -> Table:
    """Wall seconds of a collection whose hosts take 200 ms each, and the child's peak memory."""
    names = tuple(boards) or catalog.names()
    world = World(AT)
    # Made beforehand: nobody should wait for the simulation instead of the host.
    slow = {
        name: Fault(
            wait_seconds=WAIT_SECONDS,
            body=catalog.board(name).render(world.ranked(name, AT + timedelta(hours=6))),
        )
        for name in names
    }
    with tempfile.TemporaryDirectory() as directory, serving(world, slow) as origin:
        landing = Path(directory)
        bares, starts, ours = [], [], []
        # In turn, so that a busy neighbour on the machine delays all three alike.
        for n in range(ROUNDS):
            began = time.monotonic()
            size = asyncio.run(_bare(origin, names))
            bares.append(time.monotonic() - began)
            starts.append(_started())
            began = time.monotonic()
            done = collect(landing / str(n), names, origin=origin)
            ours.append(time.monotonic() - began)
        bare, start, usual = median(bares), median(starts), median(ours)
        failed = [outcome for outcome in done if outcome.status is not Status.OK]
        megabytes = _megabytes(origin, landing / "memory", names)
    allowed = TIMES_BARE * bare + start
    table = Table(
        "collecting", "seconds", "MB", "what",
        title=f"collect: {len(names)} boards, hosts that take {WAIT_SECONDS * 1000:.0f} ms, no polite "
        f"pauses; the middle of {ROUNDS} rounds",
        title_justify="left",
    )  # fmt: skip
    table.add_row("bare asyncio fetch", f"{bare:.2f}", "", f"{size / 1024:,.0f} kB, nothing kept")
    table.add_row("Scrapy's start", f"{start:.2f}", "", "an empty crawl, plain Scrapy, in a child")
    what = (
        f"{min(ours):.2f} to {max(ours):.2f}; {len(done)} landed, {len(failed)} failed; "
        "robots, parsing and landing included"
    )
    table.add_row("fengkou collect", f"{usual:.2f}", f"{megabytes}", what)
    table.add_row(
        "without the start", f"{usual - start:.2f}", "", f"{(usual - start) / bare:.1f} times bare"
    )
    held = usual <= allowed and megabytes <= MAX_MEGABYTES
    table.add_row(
        "bar", f"{allowed:.2f}", f"{MAX_MEGABYTES}",
        f"{TIMES_BARE:.0f} x bare + start: {'held' if held else 'NOT HELD'}",
    )  # fmt: skip
    return table


if __name__ == "__main__":
    from rich import print as show

    show(measure())
