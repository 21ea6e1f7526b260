"""The landing store: every capture of every board, one JSON file and its body, written once.

Layout, under the landing directory::

    <board>/<YYYY-MM-DD of captured_at, UTC>/<YYYYMMDDTHHMMSS.ffffffZ>.json
    <board>/<YYYY-MM-DD of captured_at, UTC>/<YYYYMMDDTHHMMSS.ffffffZ>.body.gz

The JSON file is the commit point: a body without one is a capture that was cut short, and is to be
ignored. Names beginning with a dot are unfinished, but for ``.robots`` (``crawlers.http.robots_cache``). The
keys of the JSON object (sorted, UTF-8):

=============  ==================================================================================
format         1
board          the board's name
captured_at    "2026-11-02T03:04:05.000006Z"; equal to the file's stem
status         "ok" or "failed"
reason         "" or a short code, see ``crawlers.boards.reading`` and ``crawlers.boards.board``
detail         "" or a sentence
request_url    the address asked for
http_status    number or null
elapsed_ms     number or null
body_bytes     length of the body as received, 0 when there was none
body           name of the body's file beside this one, or null
upstream_at    the time the page itself states, or null
cached         true when the source says that it served a cache
entries        objects with position, kind, rank, title, url, heat, native_id, label, category,
               excerpt and extra
rejects        objects with position, reason and found
checksum       SHA-256 of the rest as ``json.dumps(rest, sort_keys=True)`` writes it; older files
               have none
=============  ==================================================================================

And, where there is something to say of the exchange with the host (``Exchange``):

=============  ==================================================================================
asked          requests that went out, by host, robots.txt and retries among them
etag           the host's name for this version of the page, to ask with next time
last_modified  the host's time of this version, likewise
same_as        status 304: the capture, below the landing, whose body the host confirmed; the
               entries are repeated from it and ``cached`` is true
retry_at       the host asked us to stay away until then
=============  ==================================================================================
"""

import gzip
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from crawlers.boards.reading import mended
from crawlers.integrity import STEM, checksum, loads, stem_instant, typed, utc
from pipelines.captures import Entry, Kind, Outcome, Page, Reject, Status

if TYPE_CHECKING:  # the store is read and written without Scrapy; only the pipeline below meets it
    from scrapy.crawler import Crawler

FORMAT = 1


class LandingError(Exception):
    """A landed file that cannot be read."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What passed between us and the hosts for a capture; the module says what each part is."""

    asked: Mapping[str, int] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    same_as: str = ""
    retry_at: datetime | None = None


NO_EXCHANGE = Exchange()


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


def iso(instant: datetime) -> str:
    """UTC with microseconds and a Z, always of one length: text order is time order."""
    # strftime would not fill up the years before 1000, which pages print where they have no time.
    return f"{instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


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
        day = landing / outcome.board / outcome.captured_at.astimezone(UTC).strftime("%Y-%m-%d")
        day.mkdir(parents=True, exist_ok=True)
        stem = outcome.captured_at.astimezone(UTC).strftime(STEM)
        path, claim = day / f"{stem}.json", day / f".{stem}.json"
        try:
            # The unfinished file is the claim: whoever creates it owns the stem.
            descriptor = os.open(claim, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
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
                file.write(to_json(outcome, name, exchange))
                _flush(file, durable=durable)
            except BaseException:
                with suppress(OSError):
                    claim.unlink()
                raise
        claim.replace(path)
        if durable:
            _sync(day)
        return path


def landed_at(landing: Path, board: str, instant: datetime) -> Path | None:
    """The capture of a replayed instant, if it was landed; else what a killed crawl left is swept."""
    at = instant.astimezone(UTC)
    path = landing / board / at.strftime("%Y-%m-%d") / f"{at.strftime(STEM)}.json"
    if path.exists():
        return path
    path.with_name(f".{path.name}").unlink(missing_ok=True)
    return None


def newest(landing: Path, board: str, until: datetime, days: int) -> Iterator[Path]:
    """The captures of a board in so many days before an instant, the newest first."""
    last = f"{until.astimezone(UTC).strftime(STEM)}.json"
    for age in range(days):
        day = (until.astimezone(UTC) - timedelta(days=age)).strftime("%Y-%m-%d")
        folder = landing / board / day
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
            captured_at=datetime.strptime(path.stem, STEM).replace(tzinfo=UTC),
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
        row = loads(path.read_bytes())
        if isinstance(row, dict) and row.get("format") != FORMAT:
            raise LandingError(
                f"{path}: format {row.get('format')!r}, expected {FORMAT}. "
                "It was landed by another release."
            )
        outcome, exchange = _of_row(row)
        if row.get("checksum", said := checksum(row)) != said:
            raise ValueError("its checksum is not that of what it holds")
        stated = (path.parent.parent.name, stem_instant(path.stem))
        if (outcome.board, outcome.captured_at) != stated:
            raise ValueError("its place and name are not what it says")
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise LandingError(
            f"{path}: damaged ({type(error).__name__}: {error}). "
            "Remove it: landed files are never half-written."
        ) from error
    return outcome, exchange


def _of_row(row: Mapping[str, Any]) -> tuple[Outcome, Exchange]:
    for name, expected in (("entries", list), ("rejects", list), ("body", str | None)):
        if not isinstance(row[name], expected):
            raise TypeError(f"{row[name]!r:.60} as {name}")
    outcome = Outcome(
        board=row["board"],
        captured_at=utc(row["captured_at"]),
        status=Status(row["status"]),
        request_url=row["request_url"],
        reason=row["reason"],
        detail=row["detail"],
        http_status=row["http_status"],
        elapsed_ms=row["elapsed_ms"],
        body_bytes=row["body_bytes"],
        page=Page(
            entries=tuple(_entry(entry) for entry in row["entries"]),
            rejects=tuple(typed(Reject(**reject)) for reject in row["rejects"]),
            upstream_at=None if row["upstream_at"] is None else utc(row["upstream_at"]),
            cached=row["cached"],
        ),
    )
    retry_at = row.get("retry_at")
    exchange = Exchange(
        asked=row.get("asked", {}),
        etag=row.get("etag", ""),
        last_modified=row.get("last_modified", ""),
        same_as=row.get("same_as", ""),
        retry_at=None if retry_at is None else utc(retry_at),
    )
    typed(outcome.page)
    return typed(outcome), typed(exchange)


def read_body(path: Path) -> bytes | None:
    """The body landed beside this JSON file, as received."""
    body = path.with_name(f"{path.stem}.body.gz")
    return gzip.decompress(body.read_bytes()) if body.exists() else None


def to_json(outcome: Outcome, body_name: str | None, exchange: Exchange = NO_EXCHANGE) -> bytes:
    """The file's content; the same outcome always gives the same bytes."""
    page = outcome.page
    row = {
        "format": FORMAT,
        "board": outcome.board,
        "captured_at": iso(outcome.captured_at),
        "status": str(outcome.status),
        "reason": outcome.reason,
        "detail": outcome.detail,
        "request_url": outcome.request_url,
        "http_status": outcome.http_status,
        "elapsed_ms": outcome.elapsed_ms,
        "body_bytes": outcome.body_bytes,
        "body": body_name,
        "upstream_at": None if page.upstream_at is None else iso(page.upstream_at),
        "cached": page.cached,
        "entries": [entry_row(entry) for entry in page.entries],
        "rejects": [asdict(reject) for reject in page.rejects],
    }
    said = asdict(exchange)
    said["retry_at"] = exchange.retry_at and iso(exchange.retry_at)
    row |= {name: value for name, value in said.items() if value}
    # Mended once more, whatever of it came from where: nothing downstream could hold the rest.
    row = json.loads(mended(json.dumps(row, ensure_ascii=False, allow_nan=False)))
    row["checksum"] = checksum(row)
    return json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def entry_row(entry: Entry) -> dict[str, Any]:
    """An entry as a JSON object."""
    return {
        "position": entry.position,
        "kind": str(entry.kind),
        "rank": entry.rank,
        "title": entry.title,
        "url": entry.url,
        "heat": entry.heat,
        "native_id": entry.native_id,
        "label": entry.label,
        "category": entry.category,
        "excerpt": entry.excerpt,
        "extra": dict(entry.extra),
    }


def landed(landing: Path, path: Path, outcome: Outcome, instant: datetime | None) -> Landed:
    return Landed(
        board=outcome.board,
        captured_at=datetime.strptime(path.stem, STEM).replace(tzinfo=UTC),
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


def _entry(row: Mapping[str, Any]) -> Entry:
    return typed(Entry(**{**row, "kind": Kind(row["kind"])}))


def _write_body(path: Path, body: bytes, *, durable: bool) -> None:
    unfinished = path.with_name(f".{path.name}")
    with unfinished.open("wb") as file:
        # mtime=0: the same body always gives the same file.
        file.write(gzip.compress(body, compresslevel=6, mtime=0))
        _flush(file, durable=durable)
    unfinished.replace(path)


def _flush(file: IO[bytes], *, durable: bool) -> None:
    file.flush()
    if durable:
        os.fsync(file.fileno())


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
