"""Where a person's word contradicts an earlier one that holds: nothing is guessed, the later is refused."""

from collections.abc import Collection, Iterable, Sequence

from pipelines.topics.hands import OF_WORDS, Hand, HandKind, HandsSaid, Part, titles_of


def holding(said: Iterable[Hand]) -> list[Hand]:
    """Those of the hands, in the order in which they were said, that nobody undid."""
    taken = HandsSaid()
    for hand in said:
        taken.take(hand)
    return list(taken.holding)


def undone_by(said: Iterable[Hand]) -> dict[int, int]:
    """Each hand that does not hold any more, and the first that undid it."""
    found: dict[int, int] = {}
    for hand in said:
        if hand.undoes is not None:
            found.setdefault(hand.undoes, hand.number)
    return found


def items_of(parts: Iterable[Part]) -> set[int]:
    """The ids of the items of some parts."""
    return {title.item_id for part in parts for title in part}


def same_word(said: Sequence[Hand], hand: Hand) -> Hand | None:
    """The hand that holds and says the very same, where there is one; of two names only the newer holds."""
    alike = [earlier for earlier in holding(said) if earlier.kind is hand.kind]
    if hand.kind is HandKind.RENAME:
        alike = [earlier for earlier in alike if earlier.topic_ids == hand.topic_ids][-1:]
    return next((earlier for earlier in alike if _word(earlier) == _word(hand)), None)


def _word(hand: Hand) -> object:
    match hand.kind:
        case HandKind.SPLIT:
            return [items_of((part,)) for part in hand.parts]
        case HandKind.JOIN:
            return {frozenset(items_of((part,))) for part in hand.parts}
        case _:
            return hand.name


def broken_by_split(
    said: Iterable[Hand], staying: Collection[int], leaving: Collection[int]
) -> Hand | None:
    """The join that holds and whose topics, for the most part, the split would set apart; by item."""
    for hand in holding(said):
        if hand.kind is HandKind.JOIN:
            gone = [_is_most(part, leaving) for part in hand.parts]
            stay = [_is_most(part, staying) for part in hand.parts]
            if any(gone) and any(stay):
                return hand
    return None


def broken_by_join(said: Iterable[Hand], topics: Sequence[Part]) -> Hand | None:
    """The split that holds and keeps two of the topics apart."""
    for hand in holding(said):
        if hand.kind is HandKind.SPLIT:
            staying, leaving = (titles_of((part,)) for part in hand.parts)
            each = [titles_of((topic,)) for topic in topics]
            if any(titles & staying for titles in each) and any(
                titles & leaving for titles in each
            ):
                return hand
    return None


def broken_by_word(said: Iterable[Hand], kind: HandKind, word: str) -> Hand | None:
    """The hand that holds and says the other of that word."""
    return next(
        (h for h in holding(said) if h.kind in OF_WORDS - {kind} and h.name == word),
        None,
    )


def _is_most(part: Part, of_items: Collection[int]) -> bool:
    return 2 * sum(title.item_id in of_items for title in part) > len(part)
