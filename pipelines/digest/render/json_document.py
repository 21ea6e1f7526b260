"""The keys of a digest's JSON, their types and meanings; docs/reference/digest.schema.json is made from them.

Keys never change meaning; a new key may appear. Instants are ISO 8601 in UTC, identifiers are strings (a
program that reads numbers as doubles would change them), numbers are not shortened, text is plain but whole,
and what is unknown is null.
"""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter, WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema

from pipelines.boards.standing import Verdict
from pipelines.digest.claims import ORDER
from pipelines.digest.contents import BondKind, Moment, Period, Section
from pipelines.forecast.record import CallVerdict
from pipelines.forecast.stages import Stage
from pipelines.language import Language
from pipelines.topics.categories import CATEGORIES
from pipelines.topics.short_id import SHORT_ID_PATTERN

SCHEMA: Literal["fengkou.digest/2"] = "fengkou.digest/2"

Instant: TypeAlias = Annotated[
    str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$")
]
TopicId: TypeAlias = Annotated[str, Field(pattern=r"^\d{1,19}$")]
ShortId: TypeAlias = Annotated[str, Field(pattern=f"^{SHORT_ID_PATTERN}$")]
WebLink: TypeAlias = Annotated[str, Field(pattern="^[Hh][Tt][Tt][Pp][Ss]?://")]
Chance: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Rank: TypeAlias = Annotated[int, Field(ge=1)]
Count: TypeAlias = Annotated[int, Field(ge=0)]
Category: TypeAlias = Annotated[str, WithJsonSchema({"enum": sorted(CATEGORIES)})]
ClaimCode: TypeAlias = Annotated[
    str, WithJsonSchema({"enum": sorted({code for codes in ORDER.values() for code in codes})})
]


class Strict:
    """No key but those named, each told by the text below it."""

    __slots__ = ()
    __pydantic_config__: ClassVar = ConfigDict(extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class BoardEntry(Strict):
    """A list, and how it stands."""

    board: str
    name_zh: str
    name_en: str
    verdict: Verdict
    last_ok_at: Instant | None
    """Its newest capture that held a list."""
    claims: list[str]
    """The codes of what its newest capture breaks."""
    reason: str
    """Why it is not fine, in a sentence; empty where it is."""


@dataclass(frozen=True, slots=True)
class LifeEntry(Strict):
    """A story's way so far, on all lists."""

    first_seen_at: Instant
    present_since_at: Instant
    """Since when it was never away from all lists for twelve hours."""
    list_count: Count
    """The lists of its day that had it."""
    best_rank: Rank
    """Its best place of the day."""
    best_at: Instant
    best_board: str
    left_at: Instant | None
    """When it was last seen; null while it is listed."""
    unread_since: Instant | None
    """When it was last seen, on a list that could not be read since."""


@dataclass(frozen=True, slots=True)
class OutlookEntry(Strict):
    """What is expected of a story, on the list where it has the best chance."""

    stage: Stage
    board: str
    rank: Rank
    chance_1h: Chance | None
    """The chance of the top ten within an hour; null where it was there already."""
    chance_3h: Chance | None
    chance_6h: Chance | None
    chance_spread_6h: Chance | None
    """The chance of three lists within six hours; null on three already."""
    peak_rank: float | None
    """The best place to come: the median, between the 10th and the 90th hundredth."""
    peak_rank_low: float | None
    peak_rank_high: float | None
    peak_heat_share: Chance | None
    """The share of the list's topics that peaked at less heat; null without heat."""
    stay_chance_30m: Chance | None
    """The chance that it is on the list still in half an hour."""
    stay_chance_1h: Chance | None
    stay_chance_3h: Chance | None
    stay_chance_6h: Chance | None
    minutes_left: float | None
    """Minutes on the list to come: the median, between the 10th and the 90th hundredth."""
    minutes_left_low: float | None
    minutes_left_high: float | None
    model_id: str
    is_honest: bool
    """Whether the model knew nothing later than the digest's instant."""


@dataclass(frozen=True, slots=True)
class ClaimEntry(Strict):
    """What is said of a story: a code and its figures."""

    claim: ClaimCode
    board: str | None
    """The list that it speaks of; null where of none."""
    figures: dict[str, float]
    """Counts, ranks, minutes, and shares from 0 to 1, by name."""


@dataclass(frozen=True, slots=True)
class PlacementEntry(Strict):
    """Where a story stands on one list; what ends in before is of minutes_before ago."""

    board: str
    name_zh: str
    name_en: str
    title: str
    url: WebLink | None
    since_at: Instant
    """The start of the present stay."""
    seen_at: Instant
    """The newest capture that had it."""
    rank: Rank | None
    """Null for pinned and paid lines."""
    list_length: Count | None
    rank_before: Rank | None
    minutes_before: float | None
    best_rank: Rank | None
    """The best place of the present stay."""
    heat: float | None
    """The list's own number, which compares with nothing but heat_before."""
    heat_before: float | None
    heat_unit: str | None


@dataclass(frozen=True, slots=True)
class TraceEntry(Strict):
    """A story's rank on one list at one capture; null where the capture was without it."""

    at: Instant
    board: str
    rank: Rank | None


@dataclass(frozen=True, slots=True)
class TakenEntry(Strict):
    """A rule of a desk that takes a story, and by what."""

    rule: str
    words: list[str]
    """As the title prints them."""
    title: str
    """The title that has them all."""
    board: str
    """The list that printed it."""


@dataclass(frozen=True, slots=True)
class LineEntry(Strict):
    """A story that is told in a line."""

    topic_id: TopicId
    short_id: ShortId
    """The same topic, as people write it."""
    section: Section
    title: str
    latin_title: str | None
    """What a list calls it in Latin letters, where its title is Chinese; else null."""
    url: WebLink | None
    category: Category | None
    life: LifeEntry
    taken_by: list[TakenEntry]
    """The rules of the desk that take it, in the order of its file; empty where the digest is of no desk."""


@dataclass(frozen=True, slots=True)
class SharedWordEntry(Strict):
    """A word, and how many titles of a card print it."""

    word: str
    title_count: Count


@dataclass(frozen=True, slots=True)
class BondEntry(Strict):
    """Why the titles that a card shows are one story: true of each that a list printed."""

    kind: BondKind | None
    """What holds for all: entry, one line's entry bore them; same, they differ by signs alone; words, each
    has the same words; chain, each has one of the words, which meet in some; pairs, each shares a word with
    another. Null where none holds."""
    title_count: Count
    words: list[SharedWordEntry]
    span_minutes: float | None
    """Between the first sights of the titles; null over more than a day."""
    hand_count: Count
    """The items that people brought."""
    least_chance: Chance | None
    """How sure the rule was of the item that it was least sure of; null where it brought none."""


@dataclass(frozen=True, slots=True)
class OtherPartEntry(Strict):
    """Another topic of a storyline, on a list in the two days before."""

    topic_id: TopicId
    short_id: ShortId
    title: str
    latin_title: str | None
    """A title of it in Latin letters, where its title is Chinese; else null."""
    first_seen_at: Instant
    has_card: bool
    """Whether this digest has a card of it."""


@dataclass(frozen=True, slots=True)
class TopicEntry(Strict):
    """A story that has a card."""

    topic_id: TopicId
    short_id: ShortId
    """The same topic, as people write it."""
    former_ids: list[TopicId]
    """The topics that were merged into it: digests before may name it so."""
    section: Section
    title: str
    latin_title: str | None
    """What a list calls it in Latin letters, where its title is Chinese; else null."""
    url: WebLink | None
    older_titles: list[str]
    """Titles that it had and that stand nowhere on the card, the newest first."""
    first_seen_at: Instant
    why: str
    """What its claims say, in a sentence."""
    why_one: str
    """Why its titles are one story, in a sentence; empty of a single title."""
    bond: BondEntry | None
    """The same in figures."""
    storyline_id: TopicId | None
    """The bigger story that it is part of, by the topic that founded that; null where of none."""
    other_parts: list[OtherPartEntry]
    """Other topics of that story, three at most, the newest first; those on two lists go before others."""
    keywords: list[str]
    category: Category | None
    life: LifeEntry
    outlook: OutlookEntry | None
    """Null where nothing is expected."""
    claims: list[ClaimEntry]
    placements: list[PlacementEntry]
    trace: list[TraceEntry]
    taken_by: list[TakenEntry]
    """The rules of the desk that take it, in the order of its file; empty where the digest is of no desk."""


@dataclass(frozen=True, slots=True)
class LaterEntry(Strict):
    """What may still be on lists at an instant to come: topic_ids, the weightiest first."""

    code: Moment
    at: Instant
    likely: list[TopicId]
    possible: list[TopicId]


@dataclass(frozen=True, slots=True)
class CallEntry(Strict):
    """A stay on a list that was called, or that came to the top ten uncalled."""

    title: str
    board: str
    verdict: CallVerdict
    called_at: Instant | None
    chance: Chance | None
    rank: Rank | None
    top_at: Instant | None
    lead_minutes: float | None
    """From the call to the top ten."""


@dataclass(frozen=True, slots=True)
class BinEntry(Strict):
    """Forecasts of about the same chance, and the share of them that came true."""

    forecast_count: Count
    mean_chance: Chance | None
    reached_share: Chance | None


@dataclass(frozen=True, slots=True)
class RecordEntry(Strict):
    """What was called in the day before, and what came of it."""

    since: Instant
    until: Instant
    summary: str
    days: Count
    """The days that bins and lead_minutes are of."""
    lead_minutes: list[float | None]
    """How far ahead each right call was."""
    calls: list[CallEntry]
    bins: list[BinEntry]


@dataclass(frozen=True, slots=True)
class DeskEntry(Strict):
    """The desk that a digest is of."""

    name: str
    title: str
    version: str
    """A hash of the text of its file, as rules were written then."""
    taken_count: Count
    """The stories of the 24 hours before that its rules take."""


@dataclass(frozen=True, slots=True)
class DigestDocument(Strict):
    """A digest of an hour or a day, as digests/<period>/<instant>.json holds it; that of a desk is in
    digests/desks/<name>/<period>/<instant>.json."""

    schema: Literal["fengkou.digest/2"]
    language: Language
    period: Period
    at: Instant
    """The instant that it tells: nothing later was known."""
    since: Instant
    read_at: Instant | None
    """The newest capture of any list."""
    boards_note: str
    """How many lists are fine, and which are not, in a sentence."""
    boards: list[BoardEntry]
    topics: list[TopicEntry]
    """The stories with a card, by section, the best first."""
    lines: list[LineEntry]
    later: list[LaterEntry]
    record: RecordEntry | None
    """Null where there is none; a day of all has one."""
    desk: DeskEntry | None
    """Null of the digest of all; one of a desk tells of what its rules take alone."""


class Untitled(GenerateJsonSchema):
    """Without a title for each key, which would be the key again."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002, RUF100
        return False


def schema() -> dict[str, Any]:
    """The JSON schema of a digest's file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TypeAdapter(DigestDocument).json_schema(schema_generator=Untitled, mode="serialization"),
        "title": SCHEMA,
    }
