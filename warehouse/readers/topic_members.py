"""The titles of a topic as a person sees them who is about to speak of it."""

from dataclasses import dataclass
from datetime import datetime

from pipelines.topics.hands import HandTitle
from warehouse import query
from warehouse.connection import Connection


@dataclass(frozen=True, slots=True)
class Member:
    """An item as it was first seen (naive UTC), and every title that it bore, folded."""

    item_id: int
    source: str
    folded_title: str
    first_seen_at: datetime
    title: str
    folded_titles: list[str]

    @property
    def named(self) -> HandTitle:
        """The item as a hand names it."""
        return HandTitle(self.item_id, self.source, self.folded_title, self.first_seen_at)


def members_now(con: Connection, topic_id: int) -> list[Member]:
    """The items of a topic as it is now, its founder first; none of an id that no topic bears now."""
    return query.rows(con, Member, "readers/topic_members", topic_id=topic_id)
