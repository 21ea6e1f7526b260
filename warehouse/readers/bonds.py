"""What binds the titles of digest cards, from what was known at an instant."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from pipelines.digest.bonds import BoundTitle, Joining, bond
from pipelines.digest.contents import Bond
from pipelines.digest.render.safe_text import cut, plain
from pipelines.text.identity import stable_id
from pipelines.text.titles import comparable, fold_title
from warehouse import query
from warehouse.connection import Connection
from warehouse.instants import to_aware


@dataclass(frozen=True, slots=True)
class ShownTitles:
    """What lists printed of what a card shows: its clean titles, the items that bear them, its keywords."""

    titles: tuple[str, ...]
    item_ids: frozenset[int]
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Title:
    title_id: int
    first_seen_at: datetime
    tokens: list[str]


@dataclass(frozen=True, slots=True)
class _Word:
    token: str
    title_count: int


@dataclass(frozen=True, slots=True)
class _Joined:
    item_id: int
    chance: float
    by_hand: bool
    is_founder: bool


def bonds_at(con: Connection, cards: Mapping[int, ShownTitles], at: datetime) -> dict[int, Bond]:
    """The bond of each card with more than one title, by topic, as of ``at`` (naive UTC)."""
    told = {topic_id: card for topic_id, card in cards.items() if len(_read(card)) > 1}
    ids = {stable_id(title) for card in told.values() for title in card.titles}
    rows = query.rows(con, _Title, "readers/bonds.titles", title_ids=sorted(ids))
    known = {row.title_id: row for row in rows}
    titles = {topic_id: _bound(card, known) for topic_id, card in told.items()}
    words = {word for card in titles.values() for title in card for word in title.words}
    past = {
        row.token: row.title_count
        for row in query.rows(con, _Word, "readers/bonds.words", words=sorted(words), at=at)
    }
    items = sorted(chain.from_iterable(card.item_ids for card in told.values()))
    came = query.rows(con, _Joined, "readers/bonds.joined", item_ids=items, at=at)
    ways = {row.item_id: Joining(row.chance, row.by_hand, row.is_founder) for row in came}
    found = {
        topic_id: bond(titles[topic_id], past, (ways[item] for item in sorted(card.item_ids)))
        for topic_id, card in told.items()
    }
    return {topic_id: each for topic_id, each in found.items() if each}


def _read(card: ShownTitles) -> dict[str, list[str]]:
    """Its titles as they are read on the card, each with the clean ones that read so."""
    found: dict[str, list[str]] = {}
    for title in card.titles:
        if shown := cut(plain(title)):
            found.setdefault(shown, []).append(title)
    return found


def _bound(card: ShownTitles, known: Mapping[int, _Title]) -> Sequence[BoundTitle]:
    bound = []
    for shown, titles in _read(card).items():
        rows = [known[title_id] for title in titles if (title_id := stable_id(title)) in known]
        folded = comparable(shown)
        names = (word for word in card.keywords if word in folded)
        bound.append(
            BoundTitle(
                shown=shown,
                folded=fold_title(shown),
                words=frozenset(chain(names, *(row.tokens for row in rows))),
                first_seen_at=min((to_aware(row.first_seen_at) for row in rows), default=None),
            )
        )
    return bound
