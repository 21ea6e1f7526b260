"""Leaving a host alone that does not want us or cannot answer, as its last captures tell.

Nothing is kept but what was landed. After ``CIRCUIT_FAILURES`` failures in a row, on whichever of the
host's boards, it is not asked for half an hour; then one board asks, and each further failure doubles
the pause. A Retry-After that is too long to wait for opens the circuit until then.
"""

import heapq
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scrapy.settings import BaseSettings

from crawlers import catalog
from crawlers.boards.description import Description
from crawlers.http.public_address import host_of
from crawlers.landing import LandingError, newest, read_whole
from pipelines.captures import Status

TROUBLE = re.compile(r"http_(403|429|5\d\d)|timeout|robots_unreachable")
# These say nothing of the host: our own house, or the network between.
SILENT = {"circuit_open", "crawl_died", "dns", "connection_refused", "connection_lost",
          "proxy_refused", "certificate_invalid", "landed_file_damaged"}  # fmt: skip
REMEMBERED_DAYS = 8  # a week's Retry-After, and the pauses after


@dataclass(frozen=True, slots=True)
class Circuit:
    """How a host has answered of late."""

    failures: int = 0
    reason: str = ""
    """Of the last failure."""
    until: datetime | None = None
    """When it may be asked again; None while it answers."""


@dataclass(frozen=True, slots=True)
class Patience:
    """When a circuit opens, and for how long."""

    failures: int
    first: timedelta
    limit: timedelta

    @classmethod
    def of(cls, settings: BaseSettings) -> "Patience":
        return cls(
            int(settings.getfloat("CIRCUIT_FAILURES")),  # the environment may say 3.0
            timedelta(minutes=settings.getfloat("CIRCUIT_MINUTES")),
            timedelta(minutes=settings.getfloat("CIRCUIT_LIMIT_MINUTES")),
        )

    def pause(self, failures: int) -> timedelta:
        """How long a host is left alone after so many failures in a row."""
        if not self.failures or failures < self.failures:
            return timedelta()
        longer: int = 1 << min(failures - self.failures, 30)
        return min(self.first * longer, self.limit)


def circuit(landing: Path, boards: Sequence[str], now: datetime, patience: Patience) -> Circuit:
    """The circuit of the host of these boards, from what they landed."""
    failures, reason, until = 0, "", None
    last_at = None
    for path in _newest_of_all(landing, boards, now):
        try:
            outcome, exchange = read_whole(path)
        except LandingError:
            continue
        if outcome.reason in SILENT:
            continue
        if outcome.status is Status.OK or not TROUBLE.fullmatch(outcome.reason):
            break
        if last_at is None:
            last_at, reason = outcome.captured_at, outcome.reason
        if exchange.retry_at is not None:
            until = max(until or exchange.retry_at, exchange.retry_at)
        failures += 1
        if patience.pause(failures) >= patience.limit:
            break
    pause = patience.pause(failures)
    if last_at is not None and pause:
        until = max(until or last_at, last_at + pause)
    return Circuit(failures, reason, until)


class Circuits:
    """The circuits of a run: says of each board in turn why it is not asked, if so."""

    def __init__(self, landing: Path, settings: BaseSettings) -> None:
        self.landing = landing
        self.patience = Patience.of(settings)
        self.circuits: dict[str, Circuit] = {}
        self.asking: dict[str, str] = {}
        self.boards: dict[str, list[str]] = {}
        for name in catalog.names():
            with suppress(Exception):  # a board that does not load is somebody else's to report
                self.boards.setdefault(host_of(catalog.board(name).start_urls[0]), []).append(name)

    def refusal(self, board: type[Description]) -> str:
        """Why a board is left out of this run; "" when it may ask."""
        host, now = host_of(board.start_urls[0]), datetime.now(UTC)
        if host not in self.circuits:
            names = self.boards.get(host, [board.name])
            self.circuits[host] = circuit(self.landing, names, now, self.patience)
        found = self.circuits[host]
        if found.until is None:
            return ""
        failed = f"{host} failed {found.failures} times in a row, last with {found.reason}."
        if now < found.until:
            return (
                f"{failed} It is not asked until {found.until.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC. "
                "To ask now: FENGKOU_CIRCUIT_FAILURES=0, unless the host itself set that time."
            )
        first = self.asking.setdefault(host, board.name)
        if first != board.name:
            return f"{failed} In this run {first} alone asks, whether it answers again."
        return ""

    def is_pointless(self, board: str, other: str, reasons: Iterable[str]) -> bool:
        """Whether a board's failure is that of a host which the other board would ask too."""
        if not any(map(TROUBLE.fullmatch, reasons)):
            return False
        return any(board in names and other in names for names in self.boards.values())


def _newest_of_all(landing: Path, boards: Sequence[str], now: datetime) -> Iterator[Path]:
    each = [newest(landing, board, now, REMEMBERED_DAYS) for board in boards]
    return heapq.merge(*each, key=lambda path: path.name, reverse=True)
