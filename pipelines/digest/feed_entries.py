"""Which stories a feed tells, under which name and since when: one entry a story, over all digests.

An entry begins with the first card of its story. It keeps the id of that card's topic, also when that topic
is merged into another: a reader marks it read by that id. It ends when no card told the story for KEPT_HOURS.

**When an entry is updated.** Where a card tells of its story what none told before: a section, a headline, as
many lists as a further of LIST_STEPS, a place as good as a further of PLACE_STEPS. Places and heat move
all the time, and a reader shows what is updated as unread; what only goes back to what it was is no news.
"""

from collections.abc import Iterable, Iterator
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
    entries: dict[int, FeedEntry] = {}
    for edition in sorted(editions, key=lambda edition: edition.at):
        _forget(entries, edition.at)
        for story in edition.stories:
            if story.has_card:
                _tell(entries, story, edition)
    return tuple(
        sorted(entries.values(), key=lambda entry: (-entry.changed_at.timestamp(), entry.entry_id))
    )


def _forget(entries: dict[int, FeedEntry], at: datetime) -> None:
    for topic_id, entry in list(entries.items()):
        if at - entry.told_at > timedelta(hours=KEPT_HOURS):
            del entries[topic_id]


def _tell(entries: dict[int, FeedEntry], story: ToldStory, edition: Edition) -> None:
    """Put the story into ``entries``, which go by the topic of now."""
    facts = frozenset(_facts(story))
    others = {other.topic_id for other in edition.stories} - {story.topic_id}
    names = {story.topic_id, *story.former_ids} - others
    merged = [entries.pop(name) for name in sorted(names) if name in entries]
    if not merged:
        entry_id = str(story.topic_id)
        if any(entry.entry_id == entry_id for entry in entries.values()):
            # People split topics: one that went on under another's entry may stand by itself again.
            entry_id += f"/{edition.stem}"
        entries[story.topic_id] = FeedEntry(
            entry_id, story.topic_id, edition.stem, edition.at, edition.at, edition.at, facts
        )
        return
    first = min(merged, key=lambda entry: (entry.begun_at, entry.entry_id))
    known = frozenset().union(*(entry.facts for entry in merged))
    entry = replace(first, told_at=edition.at, facts=known | facts)
    if not facts <= known:
        entry = replace(entry, topic_id=story.topic_id, stem=edition.stem, changed_at=edition.at)
    entries[story.topic_id] = entry


def _facts(story: ToldStory) -> Iterator[str]:
    yield f"section {story.section}"
    yield f"headline {comparable(story.title)}"
    yield from (f"lists {step}" for step in LIST_STEPS if story.list_count >= step)
    yield from (f"place {step}" for step in PLACE_STEPS if story.best_rank <= step)
