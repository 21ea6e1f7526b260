"""What people say of topics: that one is two stories, that some are one, what one is called."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from fengkou.hand_ledger import HandRefusedError, Ledger, Said, say, unsaid
from fengkou.home import Home
from pipelines.text.titles import clean_title, fold_title
from pipelines.topics.hand_conflicts import (
    broken_by_join,
    broken_by_split,
    holding,
    items_of,
    same_word,
)
from pipelines.topics.hands import Hand, HandKind, Part
from pipelines.topics.short_id import is_topic_id, short_id, topic_id
from warehouse.connection import Connection
from warehouse.readers.topic_evidence import NotFoundError, find
from warehouse.readers.topic_members import Member, members_now

NAME_LENGTH_LIMIT = 60
"""Characters: a longer headline cannot be read at a glance."""


def split(
    home: Home, asked: str, titles: Sequence[str], by: str | None, now: datetime | None = None
) -> Said:
    """Take ``titles`` out of the topic ``asked``: they are one of their own. Raises HandRefusedError."""

    def hand(con: Connection, said: Ledger) -> Hand:
        members = _members(con, asked)
        leaving = _named(members, titles, asked)
        staying = [member for member in members if member.item_id not in leaving]
        parts = _part(staying), _part([m for m in members if m.item_id in leaving])
        if not staying:
            raise HandRefusedError(
                f"Those are all the titles of topic {asked}: nothing would stay. Name fewer; "
                f"fengkou topic show {asked} lists them."
            )
        meant = unsaid(HandKind.SPLIT, (members[0].item_id,), parts)
        _expect_built(said, items_of(parts), meant)
        _expect_no_conflict(broken_by_split(said.hands, *map(_ids, parts)), "one story")
        return meant

    return say(home, hand, by, now)


def join(home: Home, asked: Sequence[str], by: str | None, now: datetime | None = None) -> Said:
    """Make the topics ``asked`` one. Raises HandRefusedError."""

    def hand(con: Connection, said: Ledger) -> Hand:
        each = {word: _members(con, word) for word in asked}
        topics = {members[0].item_id: members for members in each.values()}
        if len(topics) == 1 and (known := _joined(said.hands, asked)):
            return known
        if len(topics) < 2:  # noqa: PLR2004 - a join is of two
            raise HandRefusedError(
                f"{', '.join(asked)}: that is one topic, {short_id(*topics)}. A join wants two or more; "
                "an id that was merged already leads to the topic that it is now."
            )
        eldest = sorted(topics.values(), key=lambda members: members[0].first_seen_at)
        parts = tuple(_part(members) for members in eldest)
        meant = unsaid(HandKind.JOIN, tuple(members[0].item_id for members in eldest), parts)
        _expect_built(said, items_of(parts), meant)
        _expect_no_conflict(broken_by_join(said.hands, parts), "two stories")
        return meant

    return say(home, hand, by, now)


def rename(home: Home, asked: str, name: str, by: str | None, now: datetime | None = None) -> Said:
    """Call the topic ``asked`` by a name. Raises HandRefusedError."""
    cleaned = clean_title(name)
    if not cleaned or len(cleaned) > NAME_LENGTH_LIMIT:
        raise HandRefusedError(
            f"{name!r} has {len(cleaned)} characters that can be seen; a name has 1 to {NAME_LENGTH_LIMIT}."
        )

    def hand(con: Connection, said: Ledger) -> Hand:
        members = _members(con, asked)
        meant = unsaid(HandKind.RENAME, (members[0].item_id,), (_part(members),))
        return replace(meant, name=cleaned)

    return say(home, hand, by, now)


# --- which topic, which titles ------------------------------------------------------------------


def _members(con: Connection, asked: str) -> list[Member]:
    """The titles of the topic with that id, its founder first. Raises HandRefusedError."""
    if not is_topic_id(asked):
        raise HandRefusedError(
            f"{asked!r} is no topic's id. Give its number, or its name such as {short_id(12345)}: "
            "fengkou topic show with a part of a title tells it."
        )
    wanted = topic_id(asked)
    try:
        found = find(con, asked)[0]
    except NotFoundError:
        found = None
    if found is None or found.item_id != wanted:
        raise HandRefusedError(
            f"{asked}: no topic of the published copy has or had that id. fengkou topic show with a part of "
            "a title tells the id; what was captured since is there after fengkou build."
        )
    return members_now(con, found.topic_id)


def _named(members: Sequence[Member], titles: Sequence[str], asked: str) -> set[int]:
    """The items that bear those titles; who reads the same goes with them. Raises HandRefusedError."""
    named = [_one(members, title, asked).folded_title for title in titles]
    return {member.item_id for member in members if member.folded_title in named}


def _one(members: Sequence[Member], title: str, asked: str) -> Member:
    """The member that is meant: by id, by a whole title, or by a part that only one title has."""
    if is_topic_id(title):
        by_id = [member for member in members if member.item_id == topic_id(title)]
        if by_id:
            return by_id[0]
    folded = fold_title(clean_title(title))
    exact = [member for member in members if folded in member.folded_titles]
    holds = [m for m in members if folded and any(folded in each for each in m.folded_titles)]
    found = exact or holds
    if not found:
        raise HandRefusedError(
            f"{title!r} is in no title of topic {asked}, and is the id of none. "
            f"fengkou topic show {asked} lists its titles."
        )
    if len({member.folded_title for member in found}) > 1:
        some = "; ".join(f"{short_id(member.item_id)} {member.title}" for member in found[:5])
        raise HandRefusedError(
            f"{title!r} is in {len(found)} titles of topic {asked}: {some}. Give more of it, or an id."
        )
    return found[0]


def _part(members: Sequence[Member]) -> Part:
    return tuple(member.named for member in members)


def _ids(part: Part) -> set[int]:
    return items_of((part,))


# --- what is refused ----------------------------------------------------------------------------


def _expect_built(said: Ledger, items: Collection[int], meant: Hand) -> None:
    """A hand that moves those items and is not built yet would make of them other topics than were read."""
    known = {hand.number: hand for hand in said.hands}
    if same_word(said.hands, meant):
        return
    for hand in said.hands:
        told = known.get(hand.undoes or 0, hand)
        moves = told.kind in {HandKind.SPLIT, HandKind.JOIN}
        if hand.number not in said.built and moves and items_of(told.parts) & {*items}:
            raise HandRefusedError(
                f"Hand {hand.number} ({hand.kind}, {hand.said_by}) speaks of these titles and is not built "
                "yet. Run fengkou build, then say this of the topics as they are then."
            )


def _expect_no_conflict(hand: Hand | None, other: str) -> None:
    if hand:
        raise HandRefusedError(
            f"Hand {hand.number} ({hand.said_by}, {hand.said_at:%Y-%m-%d %H:%M} UTC) said that they are "
            f"{other}. If that does not hold any more: fengkou topic undo {hand.number}, fengkou build, then "
            "say this."
        )


def _joined(said: Sequence[Hand], asked: Sequence[str]) -> Hand | None:
    """The join that holds and named all those ids: it was heeded since it was said."""
    wanted = {topic_id(word) for word in asked}
    for hand in reversed(holding(said)):
        if hand.kind is HandKind.JOIN and len(wanted) > 1 and wanted <= {*hand.topic_ids}:
            return hand
    return None
