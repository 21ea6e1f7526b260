"""What the command line shows of people's word on topics."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table

from fengkou.cli.terminal import printable
from pipelines.clock import SHANGHAI
from pipelines.topics.hands import Hand, HandKind
from pipelines.topics.short_id import short_id
from warehouse.instants import to_aware

if TYPE_CHECKING:
    from fengkou.hand_ledger import HandStanding, Said


def said_of(hand: Hand) -> str:
    """What a hand says, in a few words."""
    topics = " ".join(map(short_id, hand.topic_ids))
    counts = [len(part) for part in hand.parts]
    match hand.kind:
        case HandKind.SPLIT:
            leave = "1 item leaves" if counts[1] == 1 else f"{counts[1]} items leave"
            return f"{topics}: {leave}, {counts[0]} stay{'s' if counts[0] == 1 else ''}"
        case HandKind.JOIN:
            return f"{topics}: one topic of {sum(counts)} items"
        case HandKind.RENAME:
            return f"{topics}: {hand.name}"
        case HandKind.STRIKE:
            return f"{hand.name}: no word"
        case HandKind.KEEP:
            return f"{hand.name}: a word"
        case HandKind.UNDO:
            return f"hand {hand.undoes} does not hold any more"


def hand_line(hand: Hand) -> str:
    """A hand in a line."""
    at = to_aware(hand.said_at).astimezone(SHANGHAI)
    return (
        f"hand {hand.number}, {hand.kind}: {printable(said_of(hand))} "
        f"({printable(hand.said_by)}, {at:%Y-%m-%d %H:%M} Beijing time)"
    )


def hand_table(standings: Sequence["HandStanding"]) -> Table:
    """Every hand and what became of it."""
    table = Table("hand", "said (Beijing)", "by", "kind", "what", "how it stands")
    for standing in standings:
        hand = standing.hand
        at = to_aware(hand.said_at).astimezone(SHANGHAI)
        table.add_row(
            str(hand.number),
            f"{at:%Y-%m-%d %H:%M}",
            hand.said_by,
            str(hand.kind),
            said_of(hand),
            _state(standing),
        )
    return table


def _state(standing: "HandStanding") -> str:
    waits = "" if standing.is_built else "waits for the next build"
    if standing.undone_by is not None:
        return ", ".join(filter(None, (f"undone by hand {standing.undone_by}", waits)))
    return waits or ("heeded" if standing.hand.undoes else "holds")


def said_document(said: "Said") -> dict[str, object]:
    """A hand that was just said, for a program to read."""
    return {**_document(said.hand), "is_new": said.is_new}


def hand_document(standing: "HandStanding") -> dict[str, object]:
    """A hand and what became of it, for a program to read."""
    return {
        **_document(standing.hand),
        "is_built": standing.is_built,
        "undone_by": standing.undone_by,
    }


def _document(hand: Hand) -> dict[str, object]:
    return {
        "number": hand.number,
        "kind": str(hand.kind),
        "said_at": to_aware(hand.said_at).isoformat(),
        "said_by": hand.said_by,
        "topic_ids": list(hand.topic_ids),
        "item_ids": [[title.item_id for title in part] for part in hand.parts],
        "name": hand.name,
        "undoes": hand.undoes,
    }
