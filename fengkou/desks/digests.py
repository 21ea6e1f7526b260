"""The digests of desks: what their rules take of the stories of an instant, each in a folder of its own."""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fengkou import reads
from fengkou.desks.hearing import Hearing, Listener
from fengkou.digests import Written, opened_as, write_digest
from fengkou.editions import DESKS
from fengkou.home import Home
from pipelines.desks.desk import Desk
from pipelines.desks.stories import DeskStory, Hit
from pipelines.digest.contents import DeskHead, Digest, Period, TakenBy
from pipelines.language import Language
from warehouse.instants import to_aware
from warehouse.readers.desk_digests import TakenStories, make_desk_digests
from warehouse.readers.digest import known_at

DAY = timedelta(days=1)
"""A digest tells the stories of so long."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WrittenOfDesk:
    """A desk's digest as it was written, and what that cost in seconds of processor."""

    desk: Desk
    written: Written
    seconds: float


@dataclass(frozen=True, slots=True)
class DeskDigests:
    """The digests of some desks. ``failed``: what kept that of a desk from being written, by its name;
    ``made_seconds``: what making all of them cost, in seconds of processor."""

    written: tuple[WrittenOfDesk, ...] = ()
    failed: Mapping[str, str] = field(default_factory=dict)
    made_seconds: float = 0.0


def write_desk_digest(
    home: Home,
    desk: Desk,
    at: datetime | None,
    period: Period,
    language: Language | None = None,
) -> Written:
    """Write the digest of ``at`` (aware), or of the newest capture, of a desk, in its language or another.

    Raises NothingCollectedError when the warehouse holds nothing from before, OSError, and SettingError.
    """
    (digest,) = desk_digests(home, [desk], at, period)
    return _write(home, desk, digest, language)


def write_desk_digests(
    home: Home, desks: Sequence[Desk], at: datetime | None, period: Period
) -> DeskDigests:
    """Write the digest of ``at`` (aware), or of the newest capture, of each desk, in its language.

    The stories are read once for all of them. What cannot be written of one is told and stops no other.
    Raises NothingCollectedError when the warehouse holds nothing from before, and SettingError.
    """
    began = time.process_time()
    made = desk_digests(home, desks, at, period)
    made_seconds = time.process_time() - began
    written, failed = [], {}
    for desk, digest in zip(desks, made, strict=True):
        began = time.process_time()
        try:
            files = _write(home, desk, digest)
        except OSError as error:
            failed[desk.name] = str(error)
            log.warning(
                "the digest of a desk is not written", extra={"desk": desk.name, "found": error}
            )
        else:
            written.append(WrittenOfDesk(desk, files, time.process_time() - began))
    return DeskDigests(tuple(written), failed, made_seconds)


def _write(home: Home, desk: Desk, digest: Digest, language: Language | None = None) -> Written:
    from fengkou.settings import settings  # noqa: PLC0415 - its checks, for who writes

    served_at = settings().digest_url
    address = f"{served_at}/{DESKS}/{desk.name}" if served_at else None
    home.digests.mkdir(parents=True, exist_ok=True)
    folder = opened_as(opened_as(home.digests, DESKS), desk.name)
    written = write_digest(digest, folder, language or desk.language, address)
    log.info(
        "digest written",
        extra={
            "desk": desk.name,
            "period": digest.period,
            "at": digest.at.isoformat(),
            "topics": len(digest.topics),
        },
    )
    return written


def desk_digests(
    home: Home, desks: Sequence[Desk], at: datetime | None, period: Period
) -> list[Digest]:
    """The digest of each desk at ``at`` (aware), or at the newest capture, from what was known then.

    Raises NothingCollectedError when the warehouse holds nothing from before.
    """
    with reads.reading(home) as con:
        instant = at or to_aware(reads.newest(con, home))
        hearing = Hearing(con, desks, instant, instant)
        stories = hearing.seen_since(instant - DAY, instant)
        taken = [_taken(each, stories) for each in hearing.listeners]
        return make_desk_digests(con, known_at(con, instant), period, taken)


def _taken(listener: Listener, stories: Sequence[DeskStory]) -> TakenStories:
    desk = listener.desk
    return TakenStories(
        DeskHead(desk.name, desk.title, desk.version),
        {
            each.story.topic_id: tuple(map(_by, each.hits.values()))
            for each in listener.matcher.match(stories)
        },
    )


def _by(hit: Hit) -> TakenBy:
    title = hit.line.title
    printed = dict.fromkeys(title[span.start : span.end] for span in hit.spans)
    return TakenBy(hit.rule_id, tuple(printed) or (hit.term,), title, hit.line.board)
