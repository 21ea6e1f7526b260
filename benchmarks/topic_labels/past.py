"""Archives grouped as live, and walked through again hour by hour: what was live, what came, how alike."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from benchmarks.topic_labels.kinds import Told
from fengkou import operations
from fengkou.home import Home
from pipelines.clock import start_of_hour
from pipelines.rules import TOPIC_LIVE_HOURS
from pipelines.text.titles import comparable
from pipelines.topics.contradictions import Word
from pipelines.topics.similarity import Comparison, Likeness, NewItem
from pipelines.topics.term_weights import Rarity

LIVE_FOR = timedelta(hours=TOPIC_LIVE_HOURS)

ITEMS = """
SELECT items.item_id, items.source, items.first_seen_at, titles.folded_title, titles.clean_title,
       arg_max(members.topic_id, members.joined_at) AS topic_id,
       any_value(words.tokens), any_value(words.tags)
FROM core.items AS items
INNER JOIN core.clean_titles AS titles ON titles.title_id = items.first_title_id
INNER JOIN core.topic_items AS members USING (item_id)
LEFT JOIN (
    SELECT title_id, list(token ORDER BY position) AS tokens, list(part_of_speech ORDER BY position) AS tags
    FROM core.title_tokens WHERE is_keyword GROUP BY title_id
) AS words ON words.title_id = items.first_title_id
GROUP BY items.item_id, items.source, items.first_seen_at, items.first_board,
         titles.folded_title, titles.clean_title
ORDER BY items.first_seen_at, items.first_board, items.item_id
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """The titles that were live when an hour began, those that came in it, and all of them compared."""

    window_start: datetime
    live: Sequence[NewItem]
    new: Sequence[NewItem]
    comparison: Comparison

    @property
    def titles(self) -> list[NewItem]:
        """By their places in the comparison."""
        return [*self.live, *self.new]


@dataclass(frozen=True)
class Past:
    """The items of an archive in the order of first sight, and their topics."""

    archive: str
    told: Mapping[int, Told]
    topic_of: Mapping[int, int]

    @cached_property
    def keys(self) -> Mapping[tuple[str, str], int]:
        """Source and folded title -> the item; of several the first."""
        known: dict[tuple[str, str], int] = {}
        for item_id, told in self.told.items():
            known.setdefault((told.item.source, told.item.folded_title), item_id)
        return known

    def moments(self, also: Mapping[int, Sequence[int]] | None = None) -> Iterator[Moment]:
        """Each hour that brought something new, as grouping met it: nothing later is known.

        ``also``: of items that come, older ones to be compared with that are not live any more;
        words weigh as if they were not there.
        """
        likeness = Likeness(Rarity({}, 0), Rarity({}, 0))
        new: dict[datetime, list[NewItem]] = {}
        for told in self.told.values():
            new.setdefault(start_of_hour(told.item.first_seen_at), []).append(told.item)
        live: deque[NewItem] = deque()
        for start in sorted(new):
            while live and live[0].first_seen_at < start - LIVE_FOR:
                likeness.learn(live.popleft())
            ids = {
                item_id: None
                for item in new[start]
                for item_id in (also or {}).get(item.item_id, ())
            }
            gone = [self.told[item_id].item for item_id in ids]
            gone = [item for item in gone if item.first_seen_at < start - LIVE_FOR]
            comparison = likeness.compare([*live], [*gone, *new[start]])
            yield Moment(start, [*live, *gone], new[start], comparison)
            live.extend(new[start])


def read(archive: Path, work: Path) -> Past:
    """The archive, grouped under ``work`` unless it is there already."""
    root = work / archive.stem
    grouped = root / "topics.parquet"
    if not grouped.exists():
        operations.group_archives(Home(root), [archive], grouped)
    with operations.opened(Home(root)) as con:
        rows = con.execute(ITEMS).fetchall()
    told, topic_of = {}, {}
    for item_id, source, seen_at, folded, clean, topic_id, tokens, tags in rows:
        pairs = zip(tokens or (), tags or (), strict=True)
        words = tuple(dict.fromkeys(Word(token, tag) for token, tag in pairs))
        item = NewItem(item_id, seen_at, source, folded, words)
        told[item_id] = Told(item, comparable(clean))
        topic_of[item_id] = topic_id
    return Past(archive.stem, told, topic_of)
