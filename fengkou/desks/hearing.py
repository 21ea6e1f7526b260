"""What desks hear of at an instant: the same code for one that listens now and for a trial on the past."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipelines.boards.standing import Verdict, list_standings
from pipelines.desks.desk import Desk
from pipelines.desks.gate import Gate
from pipelines.desks.matching import Matcher
from pipelines.desks.record import Record
from pipelines.desks.stories import DeskStory, Line, Matched
from pipelines.desks.telling import Decided
from pipelines.desks.timeline import PastOfStories, Timeline
from pipelines.desks.told_story import Names
from warehouse.connection import Connection
from warehouse.instants import to_naive
from warehouse.readers.boards import boards_at
from warehouse.readers.desk_stories import SeenTitle, addresses, list_names, past_of_stories


@dataclass(frozen=True, slots=True)
class Listener:
    """A desk with its words compiled and its gate."""

    desk: Desk
    matcher: Matcher
    gate: Gate


class Hearing:
    """What some desks hear of from ``since`` to ``until`` (aware), at instants that never go back.

    The stories are read once, those that bear a word of some desk.
    """

    def __init__(
        self, con: Connection, desks: Sequence[Desk], since: datetime, until: datetime
    ) -> None:
        self._con = con
        names: Names = list_names(con)
        self.listeners = [Listener(desk, Matcher(desk), Gate(desk, names)) for desk in desks]
        self.past: PastOfStories = past_of_stories(con, since, until, self._wanted)
        self._timeline = Timeline(self.past)

    def _wanted(self, seen: Sequence[SeenTitle]) -> set[int]:
        titles = [(title.title_id, title.title) for title in seen]
        return {
            title_id for listener in self.listeners for title_id in listener.matcher.titles(titles)
        }

    def at(self, at: datetime) -> Iterator[tuple[Listener, list[Matched]]]:
        """What each desk's rules take at an instant."""
        stories = self._timeline.at(at)
        for listener in self.listeners:
            yield listener, listener.matcher.match(stories)

    def seen_since(self, since: datetime, at: datetime) -> list[DeskStory]:
        """The stories with a word of some desk that lists had after ``since`` and up to ``at``."""
        return self._timeline.seen_since(since, at)

    def decide(
        self, listener: Listener, matched: Sequence[Matched], at: datetime, record: Record
    ) -> Decided | None:
        """What a desk's gate makes of it; None where it listened then or later already."""
        return listener.gate.hear(at, matched, record, lambda: self._unread(listener.desk, at))

    def _unread(self, desk: Desk, at: datetime) -> list[str]:
        """The lists that a desk reads and that could not be read, as a digest says."""
        return [
            each.name(desk.language)
            for each in list_standings(boards_at(self._con, to_naive(at)))
            if each.verdict is Verdict.FAILED and desk.where.takes(each.board)
        ]

    def addressed(self, decided: Decided, matched: Sequence[Matched]) -> Decided:
        """With the addresses that the stories of this instant lead to."""
        stories = {each.story.topic_id: each.story for each in matched}
        lines = {
            telling.story.topic_id: _line(stories[telling.story.topic_id], telling.story.title)
            for telling in decided.tellings
        }
        urls = addresses(self._con, lines)
        return _with_addresses(decided, urls)


def _line(story: DeskStory, title: str) -> Line:
    """The line that a story is opened by: the one that it is told by, else the first of it."""
    return next((line for line in story.lines if line.title == title), story.lines[0])


def _with_addresses(decided: Decided, urls: Mapping[int, str]) -> Decided:
    tellings = tuple(
        replace(telling, story=replace(telling.story, url=urls.get(telling.story.topic_id)))
        for telling in decided.tellings
    )
    outgoing = tuple(
        replace(
            each,
            message=replace(
                each.message,
                stories=tuple(
                    replace(story, url=story.url or urls.get(story.topic_id))
                    for story in each.message.stories
                ),
            ),
        )
        for each in decided.outgoing
    )
    return replace(decided, tellings=tellings, outgoing=outgoing)
