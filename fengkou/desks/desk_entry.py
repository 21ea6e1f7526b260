"""What may stand in a desk's file: the keys, their types and what they mean.

The same models give the JSON schema with which editors check the file while it is written.
"""

from collections.abc import Collection
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    ModelWrapValidatorHandler,
    Tag,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from crawlers.boards.misfits import expected, misfit, sentence, unknown_key
from fengkou.desks.written_words import (
    Board,
    Category,
    Chance,
    ChannelKind,
    Count,
    DeskName,
    LanguageCode,
    Name,
    OptionText,
    PatternText,
    QuietText,
    StageName,
    Switch,
    Text,
    TimeText,
    Title,
    UrgencyName,
    Variable,
    WindowText,
    ZoneName,
    did_you_mean,
)

MOST_WORDS = 2_000
"""In one list: more are a dictionary and no desk."""
A_TERM = "a word, {near: [英伟达, 出口], within: 12} or {re: '国产.{0,4}显卡'}"


class Entry(BaseModel):
    """A table of a desk's file: what is not named here is refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @model_validator(mode="wrap")
    @classmethod
    def _speak(cls, value: object, inner: ModelWrapValidatorHandler[Self]) -> Self:
        """Say of a key that is unknown which is meant, and of one without a value that it has none."""
        if not isinstance(value, dict):
            raise misfit(f"a table with {', '.join(cls.known_keys())}")
        empty = [key for key, said in value.items() if said is None and key in cls.known_keys()]
        found: list[InitErrorDetails] = [
            {
                "type": sentence("found nothing. Write a value, or remove the key."),
                "loc": (key,),
                "input": None,
            }
            for key in empty
        ]
        whole = None
        try:
            whole = inner({key: said for key, said in value.items() if key not in empty})
        except ValidationError as error:
            found += [detail for each in error.errors() if (detail := cls._told(each, empty))]
        if found or whole is None:
            raise ValidationError.from_exception_data(cls.__name__, found)
        return whole

    @classmethod
    def _told(cls, error: ErrorDetails, empty: Collection[str]) -> InitErrorDetails | None:
        location, kind = error["loc"], error["type"]
        if kind == "missing" and location[0] in empty and len(location) == 1:
            return None
        if kind == "extra_forbidden" and len(location) == 1:
            hint = cls._meant(str(location[0]))
            said = unknown_key(f"there is no such key here. {hint}")
        else:
            said = PydanticCustomError(kind, "{text}", {"text": error["msg"]})
        return {"type": said, "loc": location, "input": error["input"]}

    @classmethod
    def _meant(cls, key: str) -> str:
        """What an unknown key may have been meant for."""
        others = [each.called() for each in Entry.__subclasses__() if key in each.known_keys()]
        if others:
            return f"It is a key of {' and of '.join(others)}: look at how far it is indented."
        there_are = f"There are: {', '.join(cls.known_keys())}."
        return did_you_mean(key, cls.known_keys(), there_are)

    @classmethod
    def called(cls) -> str:
        """What docs/reference/desks.md calls the table."""
        return cls.__name__.removesuffix("Entry").lower()

    @classmethod
    def known_keys(cls) -> list[str]:
        """What may stand in the table."""
        return [field.alias or name for name, field in cls.model_fields.items()]


class NearEntry(Entry):
    """Words that stand close together in one title."""

    near: Annotated[
        list[Text], Field(min_length=2, max_length=10), expected("a list of two words or more")
    ] = Field(description="The words, in any order.")
    within: Count = Field(
        description="Characters from the first sign of the first word to the last sign of the last one."
    )


class PatternEntry(Entry):
    """A regular expression."""

    re: PatternText = Field(
        description="In the syntax of RE2: no look-around, no references back, and never slow."
    )


def _kind_of_term(value: object) -> str | None:
    if isinstance(value, NearEntry) or (
        isinstance(value, dict) and ("near" in value or "within" in value)
    ):
        return "[near]"
    if isinstance(value, PatternEntry) or (isinstance(value, dict) and "re" in value):
        return "[pattern]"
    return None if isinstance(value, dict | list) else "[word]"


TermEntry = Annotated[
    Annotated[Text, Tag("[word]")]
    | Annotated[NearEntry, Tag("[near]")]
    | Annotated[PatternEntry, Tag("[pattern]")],
    Discriminator(_kind_of_term),
    expected(A_TERM),
]
Terms = Annotated[
    list[TermEntry], Field(max_length=MOST_WORDS), expected("a list of words, [芯片, 光刻机]")
]
Boards = Annotated[list[Board], expected("a list of boards, [weibo_side_hotsearch]")]
Categories = Annotated[list[Category], expected("a list of categories, [technology]")]
ChannelNames = Annotated[list[Name], expected("a list of channels of this desk, [room]")]


class WhereEntry(Entry):
    """Which lines of lists count for a rule; nothing said means all that count for the desk."""

    boards: Boards = Field([], description="Only these boards; `fengkou boards` lists them.")
    not_boards: Boards = Field([], description="All boards but these.")
    categories: Categories = Field([], description="Only stories of these categories.")


class ConditionsEntry(Entry):
    """How far a story has to have come."""

    chance: Chance | None = Field(
        None, description="That it is in the top ten of some list within three hours, 0 to 1."
    )
    boards: Count | None = Field(None, description="Lists that it stands on, at least.")
    rank: Count | None = Field(None, description="Its best rank now, or better.")
    stage: Annotated[list[StageName], expected("a list of stages, [rising]")] = Field(
        [], description="What is expected of it."
    )


class WhenEntry(ConditionsEntry):
    """How far a story has to have come before the desk hears of it; any of these is enough.

    Without it: the top ten of a list, or a second list.
    """

    any_of: ConditionsEntry | None = Field(None, description="Any of these is enough.")
    all_of: ConditionsEntry | None = Field(None, description="Each of these is needed.")


class SendEntry(Entry):
    """How the stories of a rule go out."""

    urgency: UrgencyName = Field(
        "alert",
        alias="as",
        description="`breaking` and `alert`: at once, outside quiet hours; `digest`: with the next digest.",
    )
    per_day: Count | None = Field(
        None, description="Messages of this rule in a day; more are counted in one message."
    )
    wake: Switch = Field(False, description="A breaking story passes quiet hours.")
    channels: ChannelNames = Field([], description="Where to; all channels of the desk if empty.")


class RuleEntry(Entry):
    """What a desk watches for: any of the words, all of them, none of those, in one title."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["any"]}, {"required": ["all"]}]}
    )

    id: Name = Field(description="Its name, which messages give as the reason.")
    any_: Terms = Field([], alias="any", description="One of these is enough.")
    all_: Terms = Field([], alias="all", description="Each of these is needed.")
    not_: Terms = Field([], alias="not", description="None of these may stand in the title.")
    aliases: Annotated[
        dict[Text, Annotated[list[Text], expected("a list of words, [NVIDIA]")]],
        expected("a table of lists, {英伟达: [NVIDIA]}"),
    ] = Field({}, alias="alias", description="Other words for a word of this rule.")
    where: WhereEntry | None = Field(None, description="Which lists count.")
    when: WhenEntry | None = Field(None, description="How far the story has to have come.")
    send: SendEntry | None = Field(None, description="How it goes out.")


class BudgetEntry(Entry):
    """How many messages may go; more are told together in one, with their count."""

    per_hour: Count | None = Field(None, description="In an hour.")
    per_day: Count | None = Field(None, description="In a day of the desk's zone.")


class DigestEntry(Entry):
    """A digest at a time of the day."""

    at: TimeText = Field(description="By the desk's clock, as 09:00.")
    window: WindowText | None = Field(
        None,
        description="What it covers: `yesterday 0-24`, or a span as `9-9`, the newest that is over; if "
        "nothing is said, since the digest before it.",
    )
    channels: ChannelNames = Field([], description="Where to; all channels of the desk if empty.")


class ChannelEntry(Entry):
    """A way to a chat or a mailbox. Other keys are options of its kind."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, OptionText]

    kind: ChannelKind = Field(description="Of which service it is.")
    secret: Variable | None = Field(
        None, description="The environment variable that holds the address with its key."
    )
    sign: Variable | None = Field(
        None, description="The environment variable that holds the key of the signature."
    )


class DeskEntry(Entry):
    """One team's words, quiet hours, budgets and channels."""

    desk: DeskName = Field(description="Its name, which is the file's too.")
    title: Title | None = Field(None, description="What messages call it; else its name.")
    tz: ZoneName = Field(
        "Asia/Shanghai", description="The time zone of its clock, as Asia/Shanghai."
    )
    language: LanguageCode = Field("zh", description="What its messages are written in.")
    boards: Boards = Field([], description="Only these boards; `fengkou boards` lists them.")
    not_boards: Boards = Field([], description="All boards but these.")
    categories: Categories = Field([], description="Only stories of these categories.")
    not_: Terms = Field([], alias="not", description="Titles with one of these count for no rule.")
    watch: Annotated[
        list[RuleEntry],
        Field(min_length=1, max_length=MOST_WORDS),
        expected("a list of rules, each with an id and words"),
    ] = Field(description="What it watches for.")
    quiet: Annotated[list[QuietText], expected('a list of spans, ["23:00-07:30"]')] = Field(
        [],
        description="Hours in which only breaking stories of rules that wake are told, as 23:00-07:30.",
    )
    budget: BudgetEntry | None = Field(None, description="How many messages may go.")
    digests: Annotated[list[DigestEntry], expected('a list of digests, [{at: "09:00"}]')] = Field(
        [], description="When what was told is summed up."
    )
    channels: Annotated[
        dict[Name, ChannelEntry], expected("a table of channels, {room: {kind: …, secret: …}}")
    ] = Field({}, description="Where its messages go, by names that are the desk's own.")


def schema() -> dict[str, Any]:
    """The JSON schema of a desk's file."""
    made = DeskEntry.model_json_schema()
    _strip(made)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "desk.yaml",
    }


def _strip(node: Any) -> None:
    """A key is left out and not null, and its name needs no title."""
    if isinstance(node, list):
        for inner in node:
            _strip(inner)
    if not isinstance(node, dict):
        return
    for inner in node.values():
        _strip(inner)
    types = [inner for inner in node.get("anyOf", []) if inner != {"type": "null"}]
    if len(types) == 1:
        del node["anyOf"]
        node.update({**types[0], **node})
    if isinstance(node.get("title"), str):
        del node["title"]
    if node.get("default", ...) is None:
        del node["default"]
