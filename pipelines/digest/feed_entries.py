"""Which stories a feed tells, under which name and since when: one entry a story, over all digests.

An entry begins with the first card of its story. It keeps the id of that card's topic, also when that topic
is merged into another: a reader marks it read by that id. It ends when no card told the story for KEPT_HOURS.

**When an entry is updated.** Where a card tells of its story what none told before: a section, a headline, as
many lists as a further of LIST_STEPS, a place as good as a further of PLACE_STEPS. Places and heat move
all the time, and a reader shows what is updated as unread; what only goes back to what it was is no news.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pipelines.digest.editions import Edition, ToldStory
from pipelines.rules import TOP_RANK
from pipelines.text.titles import comparable

KEPT_HOURS = 48
"""Who looks into a feed after a weekend's night finds what was told meanwhile."""

LIST_STEPS = (2, 3, 5, 8, 13)
"""One list more is much to a story on one, little to a story on ten."""

PLACE_STEPS = (TOP_RANK, 3, 1)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry: ``topic_id`` names its story as the digest ``stem`` did, which told its newest change.

    ``entry_id`` names the entry for good: the topic of its first card, and the digest of that card too where
    another entry has the name of the topic. Instants are those of digests.
    """

    entry_id: str
    topic_id: int
    stem: str
    begun_at: datetime
    changed_at: datetime
    told_at: datetime
    facts: frozenset[str]


def feed_entries(editions: Iterable[Edition]) -> tuple[FeedEntry, ...]:
    """The entries after all the digests of one period and language, the latest changed first."""
    present = _Entries()
    for edition in sorted(editions, key=lambda edition: edition.at):
        present.forget(edition.at - timedelta(hours=KEPT_HOURS))
        others = {story.topic_id for story in edition.stories}
        for story in edition.stories:
            if story.has_card:
                present.tell(story, edition, others - {story.topic_id})
    return tuple(sorted(present, key=lambda entry: (-entry.changed_at.timestamp(), entry.entry_id)))


class _Entries:
    """The entries after some digests, by the topics of now."""

    def __init__(self) -> None:
        self._of_topic: dict[int, FeedEntry] = {}
        self._ids: set[str] = set()

    def __iter__(self) -> Iterator[FeedEntry]:
        return iter(self._of_topic.values())

    def forget(self, since: datetime) -> None:
        """Let go of what was told last before ``since``."""
        for topic_id, entry in list(self._of_topic.items()):
            if entry.told_at < since:
                self._take(topic_id)

    def tell(self, story: ToldStory, edition: Edition, others: Collection[int]) -> None:
        """Tell a story; ``others`` are topics of the same digest, which are stories of their own."""
        facts = frozenset(_facts(story))
        names = sorted({story.topic_id, *story.former_ids}.difference(others))
        merged = [self._take(name) for name in names if name in self._of_topic]
        if merged:
            entry = _continued(merged, facts, story, edition)
        else:
            at, stem = edition.at, edition.stem
            entry = FeedEntry(
                self._free_id(story, edition), story.topic_id, stem, at, at, at, facts
            )
        self._of_topic[story.topic_id] = entry
        self._ids.add(entry.entry_id)

    def _take(self, topic_id: int) -> FeedEntry:
        entry = self._of_topic.pop(topic_id)
        self._ids.remove(entry.entry_id)
        return entry

    def _free_id(self, story: ToldStory, edition: Edition) -> str:
        entry_id = str(story.topic_id)
        # People split topics: one that went on under another's entry may stand by itself again.
        return f"{entry_id}/{edition.stem}" if entry_id in self._ids else entry_id


def _continued(
    merged: Iterable[FeedEntry], facts: frozenset[str], story: ToldStory, edition: Edition
) -> FeedEntry:
    """The entry told first of those that turned out to be one, with what the story tells now."""
    merged = sorted(merged, key=lambda entry: (entry.begun_at, entry.entry_id))
    known = frozenset().union(*(entry.facts for entry in merged))
    entry = replace(merged[0], told_at=edition.at, facts=known | facts)
    if facts <= known:
        return entry
    return replace(entry, topic_id=story.topic_id, stem=edition.stem, changed_at=edition.at)


def _facts(story: ToldStory) -> Iterator[str]:
    yield f"section {story.section}"
    yield f"headline {comparable(story.title)}"
    yield from (f"lists {step}" for step in LIST_STEPS if story.list_count >= step)
    yield from (f"place {step}" for step in PLACE_STEPS if story.best_rank <= step)
