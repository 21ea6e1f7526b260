"""What else belongs to a card's storyline, in words."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.digest.contents import OtherPart
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.wall_clock import clock
from pipelines.language import Language
from pipelines.messages import Messages


@dataclass(frozen=True, slots=True)
class PartInWords:
    """Another topic of the story, and when it came; ``number`` is that of its card, 0 without one."""

    topic_id: int
    title: str
    time: str
    number: int


def parts_in_words(
    parts: Sequence[OtherPart], at: datetime, numbers: Mapping[int, int], words: Messages
) -> tuple[PartInWords, ...]:
    """The parts in their order; ``numbers`` are those of the digest's cards, by topic."""

    def title(part: OtherPart) -> str:
        latin = "" if words.language is Language.ZH else cut(plain(part.latin_title or ""))
        return latin or cut(plain(part.title)) or words.say("topic.untitled")

    return tuple(
        PartInWords(
            topic_id=part.topic_id,
            title=title(part),
            time=clock(part.first_seen_at, at),
            number=numbers.get(part.topic_id, 0),
        )
        for part in parts
    )


def parts_sentence(
    parts: Sequence[PartInWords], words: Messages, shown: Collection[int] | None = None
) -> str:
    """One line, empty where there are none; ``shown`` are the cards that one can turn to, all if None."""
    told = words.say("join.clause").join(_told(parts, words, shown))
    return f"{words.say('parts.heading')}{words.say('join.colon')}{told}" if told else ""


def _told(
    parts: Sequence[PartInWords], words: Messages, shown: Collection[int] | None
) -> Iterator[str]:
    for part in parts:
        said = words.say("parts.part", time=part.time, title=part.title)
        if part.number and (shown is None or part.number in shown):
            card = words.say("parts.card", number=part.number)
            said = words.say("join.aside", text=said, note=card)
        yield said
