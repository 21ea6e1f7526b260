"""Which pairs are read: of every kind, list and week, most where the present rule is unsure.

A draw is by the hashes of the pairs, so that the same archive gives the same pairs whatever else is asked.
"""

import csv
import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest
from pathlib import Path

from benchmarks.topic_labels.kept import key, split_of, week_of
from benchmarks.topic_labels.kinds import KINDS, kind_of
from benchmarks.topic_labels.past import LIVE_FOR, Past

RARE = 25
"""A word that more live titles have makes no pair by itself."""

HELD = 120
"""Pairs of a kind, a band and a week that are held for the draw."""

SURE = 0.8
UNSURE = 0.2
"""Chances between which the present rule is unsure."""

SHARES = {"unsure": 0.5, "likely": 0.2, "unlikely": 0.3}
"""Of the pairs of a kind, by what the present rule says."""

OF_A_TITLE = 3
OF_TWO_TOPICS = 2
"""Pairs of one title, of the same two topics: a story of a thousand titles teaches no more than ten."""

SHEET = ("number", "kind", "band", "chance", "split", "earlier_at", "earlier_source", "earlier_title",
         "later_at", "later_source", "later_title", "earlier", "later", "week", "hours")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Drawn:
    """Two items of an archive, the earlier first, their kind and the chance that the present rule gives."""

    earlier: int
    later: int
    kind: str
    chance: float
    order: str = field(repr=False)

    @property
    def band(self) -> str:
        if self.chance < UNSURE:
            return "unlikely"
        return "likely" if self.chance > SURE else "unsure"


def order(seed: str, first: str, second: str) -> str:
    return hashlib.sha256(f"{seed}\n{first}\n{second}".encode()).hexdigest()


def is_kept_apart(first_seen_at: Sequence[datetime]) -> bool:
    """No story is to be both learnt from and checked with: hours around a change of split are left out."""
    splits = {
        split_of(week_of(at + way)) for at in first_seen_at for way in (-LIVE_FOR / 2, LIVE_FOR / 2)
    }
    return len(splits) == 1


def held(past: Past, seed: str, barred: Collection[tuple[str, str]]) -> Iterator[Drawn]:
    """Pairs of each week, kind and band, a few of many; those with a barred source and title are left out."""
    keys = {item_id: key(t.item.source, t.item.folded_title) for item_id, t in past.told.items()}
    closed = {past.keys[title] for title in barred if title in past.keys}
    pools: defaultdict[tuple[str, str, bool], list[Drawn]] = defaultdict(list)
    week = ""
    for moment in past.moments():
        if week != (week := week_of(moment.window_start)):
            yield from _emptied(pools)
        titles = moment.titles
        begin = len(moment.live)
        chances = {
            (pair.later, pair.earlier): pair.chance
            for pairs in moment.comparison.candidates(begin)
            for pair in pairs
        }
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for place, title in enumerate(titles):
            for token in title.tokens:
                if len(token) > 1:
                    holders[token].append(place)
        asked = dict.fromkeys(chances)
        for place in range(begin, len(titles)):
            for token in titles[place].tokens:
                if len(holders[token]) <= RARE:
                    asked |= dict.fromkeys(
                        (place, other) for other in holders[token] if other < place
                    )
        found: defaultdict[tuple[str, str, bool], list[Drawn]] = defaultdict(list)
        for later, earlier in asked:
            one, other = titles[earlier], titles[later]
            if (
                one.folded_title == other.folded_title
                or {one.item_id, other.item_id} & closed
                or not is_kept_apart((one.first_seen_at, other.first_seen_at))
            ):
                continue
            kind = kind_of(past.told[one.item_id], past.told[other.item_id])
            chance = chances.get((later, earlier), 0.0)
            by = order(seed, keys[one.item_id], keys[other.item_id])
            drawn = Drawn(one.item_id, other.item_id, kind, chance, by)
            found[week, kind, chance > 0].append(drawn)
        for pool, pairs in found.items():
            pools[pool] = nsmallest(HELD, [*pools[pool], *pairs], key=lambda drawn: drawn.order)
    yield from _emptied(pools)


def _emptied(pools: defaultdict[tuple[str, str, bool], list[Drawn]]) -> Iterator[Drawn]:
    for pairs in pools.values():
        yield from pairs
    pools.clear()


def choose(past: Past, pairs: Sequence[Drawn], count: int) -> list[Drawn]:
    """``count`` of the pairs: as many of each kind, bands by SHARES, lists by the root of what they have."""
    of_title: Counter[int] = Counter()
    of_topics: Counter[tuple[int, int]] = Counter()
    chosen: list[Drawn] = []
    for kind in KINDS:
        for band, share in SHARES.items():
            wanted = max(1, round(count / len(KINDS) * share))
            for drawn in _by_lists(past, [p for p in pairs if (p.kind, p.band) == (kind, band)]):
                first, second = sorted(past.topic_of[each] for each in (drawn.earlier, drawn.later))
                if (
                    of_topics[first, second] >= OF_TWO_TOPICS
                    or max(of_title[drawn.earlier], of_title[drawn.later]) >= OF_A_TITLE
                ):
                    continue
                of_topics[first, second] += 1
                of_title.update((drawn.earlier, drawn.later))
                chosen.append(drawn)
                wanted -= 1
                if not wanted:
                    break
    return chosen


def _by_lists(past: Past, pairs: Sequence[Drawn]) -> list[Drawn]:
    of_lists: defaultdict[frozenset[str], list[Drawn]] = defaultdict(list)
    for drawn in sorted(pairs, key=lambda drawn: drawn.order):
        lists = frozenset(past.told[each].item.source for each in (drawn.earlier, drawn.later))
        of_lists[lists].append(drawn)
    ranked = [
        (rank / math.sqrt(len(each)), drawn.order, drawn)
        for each in of_lists.values()
        for rank, drawn in enumerate(each, start=1)
    ]
    return [drawn for *_, drawn in sorted(ranked)]


def splits(past: Past, pairs: Sequence[Drawn]) -> dict[Drawn, str]:
    """What each pair is for. Nothing checks that shares a topic or a 《work》 with what is learnt."""

    def subjects(drawn: Drawn) -> set[object]:
        both = drawn.earlier, drawn.later
        return {past.topic_of[each] for each in both}.union(*(past.told[e].works for e in both))

    by_week = {
        drawn: split_of(week_of(past.told[drawn.later].item.first_seen_at)) for drawn in pairs
    }
    learnt = set().union(*(subjects(drawn) for drawn in pairs if by_week[drawn] == "learn"))
    return {
        drawn: "neither" if split == "check" and subjects(drawn) & learnt else split
        for drawn, split in by_week.items()
    }


def write_sheet(past: Past, drawn: Sequence[Drawn], file: Path) -> None:
    """A sheet to be read, with titles: it is for the reader alone, and is not committed."""
    split = splits(past, drawn)
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(SHEET)
        for number, pair in enumerate(sorted(drawn, key=lambda pair: pair.order), start=1):
            one, other = past.told[pair.earlier], past.told[pair.later]
            week = week_of(other.item.first_seen_at)
            apart = other.item.first_seen_at - one.item.first_seen_at
            row = [number, pair.kind, pair.band, round(pair.chance, 3), split[pair]]
            for told in (one, other):
                row += [f"{told.item.first_seen_at:%m-%d %H:%M}", told.item.source, told.title]
            hashes = [key(told.item.source, told.item.folded_title) for told in (one, other)]
            writer.writerow([*row, *hashes, week, round(apart.total_seconds() / 3600)])


def barred_titles(folder: Path) -> set[tuple[str, str]]:
    """Printed source and title of all that other labels hold: what confirms is not learnt from."""
    found = set()
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                for side in ("_a", "_b", ""):
                    if row.get(f"title{side}"):
                        found.add((row[f"source{side}"], row[f"title{side}"]))
    return found
