"""What an editor verifies before writing, told from what a story prints and where it stands."""

from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from pipelines.desks.stories import DeskStory
from pipelines.text.lexicon import read_words

YOUNG = timedelta(hours=2)
"""What one list alone has told for longer was seen by its editors and its readers."""


class Flag(StrEnum):
    """What to verify first."""

    REFUTED = "refuted"
    UNVERIFIED = "unverified"
    SINGLE_SOURCE = "single_source"


def flags(story: DeskStory, at: datetime) -> tuple[Flag, ...]:
    """What to verify of a story at ``at``: a title of it on a list now says that it was not so, or that
    nobody knows; or a single list has had it for less than two hours."""
    titles = [line.title for line in story.lines if line.rank is not None]
    found = []
    if any(word in title for title in titles for word in _words("refuted")):
        found.append(Flag.REFUTED)
    elif any(word in title for title in titles for word in _words("unverified")):
        found.append(Flag.UNVERIFIED)
    if len({line.board for line in story.lines}) == 1 and at - story.first_seen_at < YOUNG:
        found.append(Flag.SINGLE_SOURCE)
    return tuple(found)


@cache
def _words(name: str) -> tuple[str, ...]:
    return read_words(name)
