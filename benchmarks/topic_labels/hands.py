"""What people said of topics in a home, as labelled pairs: those who split and join label as they go."""

from collections.abc import Iterator
from heapq import nsmallest
from itertools import combinations, product

from benchmarks.topic_labels.draw import OF_TWO_TOPICS, is_kept_apart, order
from benchmarks.topic_labels.kept import LabelledPair, key, split_of, week_of
from fengkou.hand_ledger import hands
from fengkou.home import Home
from pipelines.topics.hands import Hand, HandKind, HandTitle, Part

KIND = "hand"
"""The kind of these pairs: a person found them, no figure did."""

LABEL_OF = {HandKind.SPLIT: "other", HandKind.JOIN: "same"}

SEED = "hands"


def of_home(home: Home) -> list[LabelledPair]:
    """Pairs of what people told apart and joined, and did not undo; of two parts as many as of two topics."""
    found: dict[tuple[str, str], LabelledPair] = {}
    for standing in hands(home)[0]:
        if standing.undone_by is None and standing.hand.kind in LABEL_OF:
            # What was said later of the same two holds.
            found |= {(pair.earlier, pair.later): pair for pair in _of_hand(standing.hand)}
    return sorted(found.values(), key=lambda pair: (pair.earlier, pair.later))


def _of_hand(hand: Hand) -> Iterator[LabelledPair]:
    for first, other in combinations(hand.parts, 2):
        yield from nsmallest(
            OF_TWO_TOPICS,
            _between(first, other, LABEL_OF[hand.kind]),
            key=lambda pair: order(SEED, pair.earlier, pair.later),
        )


def _between(first: Part, other: Part, label: str) -> Iterator[LabelledPair]:
    for one, two in product(first, other):
        if one.folded_title != two.folded_title:
            earlier, later = sorted((one, two), key=lambda title: title.first_seen_at)
            yield _pair(earlier, later, label)


def _pair(earlier: HandTitle, later: HandTitle, label: str) -> LabelledPair:
    week = week_of(later.first_seen_at)
    apart = later.first_seen_at - earlier.first_seen_at
    is_apart = is_kept_apart((earlier.first_seen_at, later.first_seen_at))
    return LabelledPair(
        key(earlier.source, earlier.folded_title),
        key(later.source, later.folded_title),
        week,
        round(apart.total_seconds() / 3600),
        KIND,
        label,
        "",
        split_of(week) if is_apart else "neither",
    )
