"""Looking at boards without keeping anything: one fetch each, into a folder that is thrown away.

``examine`` sets what a board answers now beside the last good capture in a home's landing;
``look`` asks for an address that no board has yet; ``page_of`` hands out what a board answered.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from crawlers import catalog
from crawlers.boards import boards_toml
from crawlers.landing import Landed, LandingError, newest, read, read_body
from crawlers.run import collect
from pipelines.captures import Entry, Kind, Outcome, Status

SHOWN = 5  # first entries, enough to recognise a list
DAYS_BACK = 14  # a board that has not answered for two weeks has no last good capture
PROBE = "probe_page"


class LookError(RuntimeError):
    """An address that did not answer with a page."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a board answers now, and what it last answered well."""

    outcome: Outcome
    last_good: Outcome | None
    what_to_do: str

    @property
    def is_ok(self) -> bool:
        return self.outcome.status is Status.OK


def examine(
    landing: Path,
    boards: Sequence[str],
    *,
    origin: str | None = None,
    on_outcome: Callable[[Landed], None] | None = None,
) -> list[Finding]:
    """Fetch each board once, beside its last good capture; nothing is added to ``landing``."""
    found = []
    with _fetched(boards, origin, on_outcome) as (folder, done):
        for fetched in sorted(done, key=lambda fetched: fetched.board):
            outcome = read(folder / fetched.path)
            before = last_good(landing, fetched.board)
            found.append(Finding(outcome, before, what_to_do(outcome, before)))
    return found


def last_good(landing: Path, board: str) -> Outcome | None:
    """The newest capture of a board that yielded a list."""
    for path in newest(landing, board, datetime.now(UTC), DAYS_BACK):
        try:
            outcome = read(path)
        except LandingError:
            continue
        if outcome.status is Status.OK:
            return outcome
    return None


def what_to_do(outcome: Outcome, before: Outcome | None) -> str:
    """The next step, from what a board answers and what it last answered well."""
    if outcome.status is Status.FAILED:
        return outcome.detail
    least, most = catalog.board(outcome.board).expected_count
    count = sum(entry.kind is Kind.RANKED for entry in outcome.page.entries)
    if not least <= count <= most:
        return (
            f"{count} ranked lines, expected {least} to {most}. Look at the page: "
            f"scrapy record {outcome.board}; then correct the board, or its expected_count."
        )
    if outcome.page.rejects:
        first = outcome.page.rejects[0]
        return (
            f"{len(outcome.page.rejects)} lines could not be read; line {first.position}: "
            f"{first.reason}. Look at the page: scrapy record {outcome.board}."
        )
    if before is not None and _same_list(outcome, before):
        hours = (outcome.captured_at - before.captured_at).total_seconds() / 3600
        if hours >= 24:  # noqa: PLR2004 - a day without a new line is no trending list
            return f"The list is the same as {hours:.0f} hours ago: the source may have frozen it."
    return "Nothing: the board is fine."


def page_of(board: str, *, origin: str | None = None) -> tuple[Outcome, bytes | None]:
    """What a board answers now, and the body as it came; nothing is kept."""
    with _fetched([board], origin, None) as (folder, (fetched,)):
        return read(folder / fetched.path), read_body(folder / fetched.path)


def look(url: str, *, origin: str | None = None) -> bytes:
    """The page at an address, asked for once and as politely as a board's."""
    from crawlers.authoring.write_board import add  # noqa: PLC0415 - tomlkit and pydantic, for this alone

    probe = {"kind": "html", "url": url, "entries_at": "title", "fields": {"title": ""}}
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "boards.toml"
        boards_toml.described(Path("the address given"), PROBE, probe)
        add(file, PROBE, probe)
        with boards_toml.using(file):
            outcome, body = page_of(PROBE, origin=origin)
    answered = outcome.http_status is not None and outcome.http_status // 100 == 2  # noqa: PLR2004
    if not answered or not body or outcome.reason == "login_wall":
        raise LookError(f"{url}: {outcome.reason}: {outcome.detail}")
    return body


@contextmanager
def _fetched(
    boards: Sequence[str], origin: str | None, on_outcome: Callable[[Landed], None] | None
) -> Iterator[tuple[Path, list[Landed]]]:
    with tempfile.TemporaryDirectory() as directory:
        landing = Path(directory)
        yield landing, collect(landing, boards, origin=origin, on_outcome=on_outcome)


def _same_list(outcome: Outcome, before: Outcome) -> bool:
    return _titles(outcome.page.entries) == _titles(before.page.entries)


def _titles(entries: Sequence[Entry]) -> list[str]:
    return [entry.title for entry in entries]
