"""A story as a message tells it, frozen from how a desk saw it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.desks.message import Change, Kind, Place, RuleHit, ToldStory
from pipelines.desks.stories import DeskStory, Hit
from pipelines.desks.telling import Telling


@dataclass(frozen=True, slots=True)
class BoardName:
    """What a list is called."""

    zh: str
    en: str


Names = Mapping[str, BoardName]
"""What lists are called, by board."""


def told_story(
    kind: Kind,
    story: DeskStory,
    hits: Sequence[Hit],
    changed: tuple[Change, ...],
    names: Names,
) -> ToldStory:
    """The story as it stands, with what rules took it by and what changed since it was told last."""
    first = _name(names, story.first_board)
    places: dict[str, Place] = {}
    for line in story.lines:
        if line.rank is not None and line.board not in places:
            name = _name(names, line.board)
            places[line.board] = Place(line.board, name.zh, name.en, line.rank, line.rank_before)
    return ToldStory(
        topic_id=story.topic_id,
        kind=kind,
        title=_title(story, hits),
        url=None,
        category=story.category,
        first_seen_at=story.first_seen_at,
        first_board=story.first_board,
        first_name_zh=first.zh,
        first_name_en=first.en,
        places=tuple(places.values()),
        rules=tuple(RuleHit(hit.rule_id, _words(hit)) for hit in hits),
        expected=story.expected,
        changes=changed,
    )


def newest_of_each(tellings: Sequence[Telling]) -> tuple[ToldStory, ...]:
    """Each story once, as it was told last, in the order in which they were told first.

    Stories that became one by a merger are one.
    """
    newest: dict[int, ToldStory] = {}
    known_as: dict[int, int] = {}
    for telling in tellings:
        known = [known_as[each] for each in sorted(telling.ids) if each in known_as]
        key = known[0] if known else telling.story.topic_id
        for other in {*known} - {key}:
            del newest[other]
            known_as.update({each: key for each, told in known_as.items() if told == other})
        known_as.update(dict.fromkeys(telling.ids, key))
        newest[key] = telling.story
    return tuple(newest.values())


def _title(story: DeskStory, hits: Sequence[Hit]) -> str:
    """The headline, where it says what a rule watches for; else the line that the rule took it by."""
    is_said = any(
        all(hit.line.title[span.start : span.end] in story.headline for span in hit.spans)
        for hit in hits
    )
    return story.headline if is_said or not hits else hits[0].line.title


def _name(names: Names, board: str) -> BoardName:
    return names.get(board) or BoardName(board, board)


def _words(hit: Hit) -> str:
    """The words of the title that a rule took a story by, as printed."""
    return "…".join(hit.line.title[span.start : span.end] for span in hit.spans) or hit.term
