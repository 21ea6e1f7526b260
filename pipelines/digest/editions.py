"""What a digest that was written told: read back from its JSON, for what spans many digests."""

from dataclasses import dataclass
from datetime import UTC
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, TypeAdapter

from pipelines.digest.contents import Period, Section
from pipelines.language import Language

TopicId = Annotated[int, BeforeValidator(int)]

Instant = Annotated[AwareDatetime, AfterValidator(lambda at: at.astimezone(UTC))]
"""In Python's own UTC: instants of another library's are compared ten times as slowly."""


@dataclass(frozen=True, slots=True)
class ToldStory:
    """A story as a digest told it: on a card, or in a line; the rest as in ``contents.TopicCard``."""

    topic_id: int
    section: Section
    title: str
    list_count: int
    best_rank: int
    has_card: bool
    former_ids: tuple[int, ...] = ()
    latin_title: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A written digest: ``stem`` is the name that its files share, without their endings."""

    stem: str
    period: Period
    language: Language
    at: Instant
    stories: tuple[ToldStory, ...]


@dataclass(frozen=True, slots=True)
class _Life:
    list_count: int
    best_rank: int


@dataclass(frozen=True, slots=True)
class _Story:
    topic_id: TopicId
    section: Section
    title: str
    life: _Life
    former_ids: tuple[TopicId, ...] = ()
    latin_title: str | None = None


@dataclass(frozen=True, slots=True)
class _Document:
    period: Period
    language: Language
    at: Instant
    topics: tuple[_Story, ...]
    lines: tuple[_Story, ...]


_DOCUMENTS = TypeAdapter(_Document)


def edition(document: bytes, stem: str) -> Edition:
    """What the JSON of a digest told, of whichever version. Raises ValueError for what is none."""
    read = _DOCUMENTS.validate_json(document)
    told = [(story, True) for story in read.topics] + [(story, False) for story in read.lines]
    return Edition(
        stem=stem,
        period=read.period,
        language=read.language,
        at=read.at,
        stories=tuple(
            ToldStory(
                topic_id=story.topic_id,
                section=story.section,
                title=story.title,
                list_count=story.life.list_count,
                best_rank=story.life.best_rank,
                has_card=has_card,
                former_ids=story.former_ids,
                latin_title=story.latin_title,
            )
            for story, has_card in told
        ),
    )
