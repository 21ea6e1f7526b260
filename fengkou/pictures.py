"""Writing a card of a digest as a picture, to be sent to a chat."""

import logging
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawlers.durable_file import replace_file
from fengkou import reads
from fengkou.digests import named_for, opened_as
from fengkou.errors import FengkouError
from fengkou.home import Home
from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest, Period, TopicCard
from pipelines.digest.render.card_picture import card_picture
from pipelines.digest.render.safe_text import cut, plain
from pipelines.language import Language
from pipelines.topics.short_id import is_topic_id, short_id, topic_id
from warehouse.instants import to_aware
from warehouse.readers.digest import make_digest

FOLDER = "pictures"
"""Beside those of the periods."""

NAMED = 3
"""Cards that an error names, for who looks for one."""

log = logging.getLogger(__name__)


class NoCardError(FengkouError):
    """The digest has no card of what was asked for."""


@dataclass(frozen=True, slots=True)
class WrittenPicture:
    """The file, what it shows, and the characters in it that no font of this machine draws."""

    file: Path
    card: TopicCard
    undrawn: str


def write_picture(  # noqa: PLR0913 - what is asked, as a digest is asked for
    home: Home,
    asked: str,
    at: datetime | None,
    period: Period,
    *,
    language: Language = Language.ZH,
    to: Path | None = None,
) -> WrittenPicture:
    """Write the card of a topic, as the digest of ``at`` (aware; else the newest) tells it, to a PNG.

    ``asked`` is a topic's id or name, or a part of a title. Where ``to`` names no file it is
    ``digests/pictures/<day>T<hour><minute>.<topic>.png``. Raises NoCardError; NoFontError where no font draws
    Chinese; NothingCollectedError.
    """
    with reads.reading(home) as con:
        digest = make_digest(con, at or to_aware(reads.newest(con, home)), period)
    card = card_asked_for(digest, asked)
    picture = card_picture(digest, card, language)
    stem = digest.at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H%M")
    name = named_for(f"{stem}.{short_id(card.topic_id)}", language)
    file = to or opened_as(home.digests, FOLDER) / f"{name}.png"
    replace_file(file, picture.png, open_as_folder=to is None)
    log.info("picture written", extra={"file": file, "bytes": len(picture.png)})
    return WrittenPicture(file, card, picture.undrawn)


def card_asked_for(digest: Digest, asked: str) -> TopicCard:
    """The card of a topic by its id or name, of now or from before a merger, else by a part of a title."""
    if is_topic_id(asked):
        wanted = topic_id(asked)
        for card in digest.topics:
            if wanted in {card.topic_id, *card.former_ids}:
                return card
    part = plain(asked).casefold()
    for card in digest.topics:
        titles = (card.title, card.latin_title or "", *(place.title for place in card.placements))
        if part and any(part in plain(title).casefold() for title in titles):
            return card
    raise NoCardError(_none_of(digest, asked))


def _none_of(digest: Digest, asked: str) -> str:
    at = digest.at.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M%z")
    told = f"No card of the {digest.period}'s digest of {at} is named {asked!r}."
    first = ", ".join(
        f"{short_id(card.topic_id)} {cut(plain(card.title))}" for card in digest.topics[:NAMED]
    )
    if not first:
        return f"{told} It has none. Give another instant with --at."
    return (
        f"{told} It has {len(digest.topics)}: {first}… Name one of them by its id or a part of its title, or "
        "another digest with --at and --period."
    )
