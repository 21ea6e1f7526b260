"""The lists that a reader must do without, by reason: sixty that one missing network took are one line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pipelines.boards.standing import ListStanding, Verdict
from pipelines.digest.contents import Digest
from pipelines.digest.render.board_sentences import NO_LIST, list_sentence, reason_in_words
from pipelines.digest.render.place_layout import board_name
from pipelines.digest.render.safe_text import ELLIPSIS, cut, plain
from pipelines.digest.render.wall_clock import clock
from pipelines.language import Language
from pipelines.messages import Messages, messages_in

REASON_WIDTH = 160
"""Characters: a fetch's own words may hold half a page."""

NAMES_SHOWN = 5

TROUBLES = ("no_list", "stood_in", "overdue", "nothing_landed", "unusual")
"""What a list may suffer from."""


@dataclass(frozen=True, slots=True)
class TroubledBoard:
    """A board that is not fine: its name, its verdict in words, and why."""

    name: str
    verdict: Verdict
    verdict_name: str
    last_ok: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What several lists suffer from, in a clause with their number, and each of them; ``named`` names the
    first of them too."""

    told: str
    boards: tuple[TroubledBoard, ...]
    named: str


def troubles(digest: Digest, language: Language) -> tuple[Trouble, ...]:
    """The troubled lists by reason, the reason of most lists first."""
    words = messages_in(language)
    groups: defaultdict[tuple[str, str], list[ListStanding]] = defaultdict(list)
    for standing in digest.troubled:
        groups[_kind(standing, words)].append(standing)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return tuple(
        _trouble(code, reason, standings, digest.at, language)
        for (code, reason), standings in ordered
    )


def _trouble(
    code: str, reason: str, standings: Sequence[ListStanding], at: datetime, language: Language
) -> Trouble:
    words = messages_in(language)
    boards = tuple(_troubled(standing, at, language) for standing in standings)
    told = _told(code, reason, len(standings), words)
    names = words.say("join.names").join(board.name for board in boards[:NAMES_SHOWN])
    more = ELLIPSIS if len(boards) > NAMES_SHOWN else ""
    return Trouble(told, boards, words.say("join.aside", text=told, note=names + more))


def _kind(standing: ListStanding, words: Messages) -> tuple[str, str]:
    """The code of what a list suffers from, and the fetch's reason where it yielded none."""
    server = standing.server
    if standing.is_stood_in and standing.verdict is Verdict.DEGRADED:
        return "stood_in", ""
    if server.breaches and server.breaches[0].claim in NO_LIST:
        return "no_list", cut(plain(reason_in_words(server.reason, words)), REASON_WIDTH)
    if server.is_overdue and server.last_ok_at is not None:
        return "overdue", ""
    if standing.verdict is Verdict.MISSING:
        return "nothing_landed", ""
    return "unusual", ""


def _told(code: str, reason: str, count: int, words: Messages) -> str:
    if code == "no_list":
        return words.say("trouble.no_list", count, reason=reason)
    return words.say(f"trouble.{code}", count)


def _troubled(board: ListStanding, at: datetime, language: Language) -> TroubledBoard:
    words = messages_in(language)
    return TroubledBoard(
        name=board_name(board, language),
        verdict=board.verdict,
        verdict_name=words.say(f"verdict.{board.verdict}"),
        last_ok=words.say("board.never_ok")
        if board.last_ok_at is None
        else words.say("board.last_ok", time=clock(board.last_ok_at, at)),
        reason=cut(plain(list_sentence(board, language)), REASON_WIDTH),
    )
