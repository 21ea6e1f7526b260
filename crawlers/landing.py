"""The landing store: every capture of every board, one JSON file and its body, written once.

``pipelines/landing_format.py`` says what stands in a file, and where it stands.
"""

import gzip
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from crawlers.durable_file import sync_folder
from pipelines.captures import Outcome, Status
from pipelines.landing_format import (
    CRAWL_DIED,
    NO_EXCHANGE,
    DamagedError,
    Exchange,
    day_of,
    decode,
    encode,
    expect_file,
    iso,
    mended,
    stem_instant,
    stem_of,
)

if TYPE_CHECKING:  # the store is read and written without Scrapy; only the pipeline below meets it
    from scrapy.crawler import Crawler


OWN_FILE = 0o600  # pages hold what a host shows to the operator's own cookies


class LandingError(Exception):
    """A landed file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Capture:
    """An outcome with its body, on the way to the store; ``instant`` is set when replayed."""

    outcome: Outcome
    body: bytes | None
    instant: datetime | None = None
    exchange: Exchange = NO_EXCHANGE


@dataclass(frozen=True, slots=True)
class Landed:
    """What was written, as told to whoever collects; ``path`` starts below the landing."""

    board: str
    captured_at: datetime
    status: Status
    reason: str
    detail: str
    entry_count: int
    reject_count: int
    path: str
    """Empty where nothing was landed: an instant of a replay that is still to be asked."""
    instant: datetime | None = None

    def to_line(self) -> str:
        fields = {
            **asdict(self),
            "captured_at": iso(self.captured_at),
            "instant": None if self.instant is None else iso(self.instant),
        }
        return json.dumps(fields, ensure_ascii=True, sort_keys=True)

    @classmethod
    def from_line(cls, line: str) -> "Landed":
        fields = json.loads(line)
        instant = fields["instant"]
        return cls(
            **{
                **fields,
                "captured_at": datetime.fromisoformat(fields["captured_at"]),
                "status": Status(fields["status"]),
                "instant": None if instant is None else datetime.fromisoformat(instant),
            }
        )


def write(
    landing: Path,
    outcome: Outcome,
    body: bytes | None = None,
    *,
    exchange: Exchange = NO_EXCHANGE,
    durable: bool = True,
) -> Path:
    """Land one capture and return the path of its JSON file.

    (board, captured_at) names one snapshot, so a capture whose instant is taken moves on by one
    microsecond instead of overwriting; read the time back from the file. ``durable`` waits until
    the disk has it; a replay, which can be had again, need not.
    """
    while True:
        day = landing / outcome.board / day_of(outcome.captured_at)
        day.mkdir(parents=True, exist_ok=True)
        stem = stem_of(outcome.captured_at)
        path, claim = day / f"{stem}.json", day / f".{stem}.json"
        try:
            # The unfinished file is the claim: whoever creates it owns the stem.
            descriptor = os.open(claim, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN_FILE)
        except FileExistsError:
            outcome = _a_moment_later(outcome)
            continue
        with os.fdopen(descriptor, "wb") as file:
            if path.exists():
                claim.unlink()
                outcome = _a_moment_later(outcome)
                continue
            try:
                if body is not None:
                    _write_body(day / f"{stem}.body.gz", body, durable=durable)
                name = f"{stem}.body.gz" if body is not None else None
                file.write(encode(outcome, name, exchange))
                _flush(file, durable=durable)
            except BaseException:
                with suppress(OSError):
                    claim.unlink()
                raise
        claim.replace(path)
        if durable:
            sync_folder(day)
        return path


def landed_at(landing: Path, board: str, instant: datetime) -> Landed | None:
    """The capture of a replayed instant, if it was landed; else what a killed crawl left is swept."""
    path = landing / board / day_of(instant) / f"{stem_of(instant)}.json"
    if path.exists():
        outcome = read_or_damaged(path)
        if outcome.reason != CRAWL_DIED:
            return landed(landing, path, outcome, instant)
        # Of another day than today everything can still be asked.
        path.unlink()
    path.with_name(f".{path.name}").unlink(missing_ok=True)
    return None


def landed_since(landing: Path, board: str, instant: datetime) -> Landed | None:
    """The newest capture of a board that was made at an instant or later, if there is one."""
    now = datetime.now(UTC)
    path = next(newest(landing, board, now, days=(now.date() - instant.date()).days + 1), None)
    made = stem_instant(path.stem) if path else None
    if path is None or made is None or made < instant:
        return None
    return landed(landing, path, read_or_damaged(path), None)


def newest(landing: Path, board: str, until: datetime, days: int) -> Iterator[Path]:
    """The captures of a board in so many days before an instant, the newest first."""
    last = f"{stem_of(until)}.json"
    for age in range(days):
        folder = landing / board / day_of(until - timedelta(days=age))
        files = folder.glob("[0-9]*.json")
        names = sorted((p.name for p in files if stem_instant(p.stem)), reverse=True)
        yield from (folder / name for name in names if name <= last)


def read(path: Path) -> Outcome:
    """The outcome that ``write`` landed at this path."""
    return read_whole(path)[0]


def read_or_damaged(path: Path) -> Outcome:
    """The outcome that was landed at this path; a failed one if the file cannot be read."""
    try:
        return read(path)
    except LandingError as error:
        return Outcome(
            board=path.parent.parent.name,
            captured_at=_instant_of(path),
            status=Status.FAILED,
            request_url="",
            reason="landed_file_damaged",
            detail=str(error),
        )


def read_whole(path: Path) -> tuple[Outcome, Exchange]:
    """The outcome and the exchange that ``write`` landed at this path.

    Raises LandingError for whatever is not, whole and unchanged, what was written.
    """
    try:
        expect_file(path.stat())
        return decode(path.read_bytes(), path.parent.parent.name, _instant_of(path))
    except (OSError, DamagedError) as error:
        raise LandingError(
            f"{path}: damaged: {error}. Remove it: landed files are never half-written."
        ) from error


def _instant_of(path: Path) -> datetime:
    instant = stem_instant(path.stem)
    if instant is None:
        raise LandingError(f"{path}: its name is that of no capture. Move it out of the landing.")
    return instant


def read_body(path: Path) -> bytes | None:
    """The body landed beside this JSON file, as received."""
    body = path.with_name(f"{path.stem}.body.gz")
    return gzip.decompress(body.read_bytes()) if body.exists() else None


def landed(landing: Path, path: Path, outcome: Outcome, instant: datetime | None) -> Landed:
    """What is told of an outcome that was written at a path."""
    return Landed(
        board=outcome.board,
        captured_at=_instant_of(path),
        status=outcome.status,
        reason=outcome.reason,
        detail=mended(outcome.detail),
        entry_count=len(outcome.page.entries),
        reject_count=len(outcome.page.rejects),
        path=path.relative_to(landing).as_posix(),
        instant=instant,
    )


class LandingPipeline:
    """Scrapy's item pipeline: a Capture goes in, what was landed comes out."""

    def __init__(self, landing: Path, *, durable: bool) -> None:
        self.landing = landing
        self.durable = durable

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> "LandingPipeline":
        settings = crawler.settings
        return cls(Path(settings["LANDING_DIR"]), durable=settings.getbool("LANDING_DURABLE"))

    def process_item(self, item: Capture) -> Landed:
        path = write(
            self.landing, item.outcome, item.body, exchange=item.exchange, durable=self.durable
        )
        return landed(self.landing, path, item.outcome, item.instant)


def _a_moment_later(outcome: Outcome) -> Outcome:
    return replace(outcome, captured_at=outcome.captured_at + timedelta(microseconds=1))


def _write_body(path: Path, body: bytes, *, durable: bool) -> None:
    unfinished = path.with_name(f".{path.name}")
    with open(unfinished, "wb", opener=_own) as file:
        # mtime=0: the same body always gives the same file.
        file.write(gzip.compress(body, compresslevel=6, mtime=0))
        _flush(file, durable=durable)
    unfinished.replace(path)


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, OWN_FILE)


def _flush(file: IO[bytes], *, durable: bool) -> None:
    file.flush()
    if durable:
        os.fsync(file.fileno())
