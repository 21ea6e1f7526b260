"""Where a topic stands on a list, in words."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.boards.standing import ListStanding
from pipelines.digest.contents import (
    Placement,
)
from pipelines.digest.render.numbers import heat_unit, shortened
from pipelines.digest.render.safe_text import cut, plain, web_link
from pipelines.digest.render.wall_clock import clock
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.rules import TOP_RANK

MOVE_SPAN = timedelta(hours=1)  # what a placement's ``_before`` looks back


@dataclass(frozen=True, slots=True)
class Place:
    """A topic on one board; ``tone`` is up, down, flat, new or unknown and goes with ``move``."""

    board: str
    board_name: str
    title: str
    url: str | None
    rank: str
    rank_name: str
    move: str
    tone: str
    heat: str
    heat_move: str
    best: str
    stay: str
    is_top_ten: bool

    def told(self) -> str:
        """Rank, moves, heat and stay in one line."""
        heat = f"{self.heat} {self.heat_move}".strip()
        return " · ".join(
            filter(None, [f"{self.rank_name} {self.move}".strip(), heat, self.best, self.stay])
        )


def board_name(board: ListStanding | Placement, language: Language) -> str:
    return cut(plain(board.name(language))) or plain(board.board)


def place_in_words(placement: Placement, at: datetime, language: Language) -> Place:
    words = messages_in(language)
    move, tone = _move(placement, at, words)
    best = placement.best_rank
    return Place(
        board=placement.board,
        board_name=board_name(placement, language),
        title=cut(plain(placement.title)) or words.say("topic.untitled"),
        url=web_link(placement.url),
        rank="" if placement.rank is None else str(placement.rank),
        rank_name=words.say("place.unranked")
        if placement.rank is None
        else words.say("place.rank", rank=placement.rank),
        move=move,
        tone=tone,
        heat=_heat(placement, words),
        heat_move=_heat_move(placement.heat, placement.heat_before),
        best=""
        if best is None or best == placement.rank
        else words.say("place.best_rank", rank=best),
        stay=words.say(
            "place.stay", since=clock(placement.since_at, at), seen=clock(placement.seen_at, at)
        ),
        is_top_ten=placement.rank is not None and placement.rank <= TOP_RANK,
    )


def _move(placement: Placement, at: datetime, words: Messages) -> tuple[str, str]:
    if placement.rank is None:
        return "", "unknown"
    if placement.rank_before is None:
        # An unknown earlier rank is not news: the board may not have been read an hour ago.
        is_new = at - placement.since_at <= MOVE_SPAN
        return (words.say("place.new"), "new") if is_new else ("", "unknown")
    gain = placement.rank_before - placement.rank
    if gain == 0:
        return "→", "flat"
    return (f"↑{gain}", "up") if gain > 0 else (f"↓{-gain}", "down")


def _heat(placement: Placement, words: Messages) -> str:
    if placement.heat is None or not math.isfinite(placement.heat):
        return ""
    return f"{shortened(placement.heat, words)} {heat_unit(placement.heat_unit, words)}".strip()


def _heat_move(heat: float | None, before: float | None) -> str:
    """The change against the same board an hour before, as a percentage."""
    if heat is None or before is None or not (math.isfinite(heat) and 0 < before < math.inf):
        return ""
    percent = round((heat / before - 1) * 100)
    return f"{percent:+d}%" if percent else "0%"
