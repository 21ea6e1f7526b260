"""How boards and lists stand, in words: what breaks a contract, with its figures, and who stands in."""

import math
from functools import reduce

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, ListStanding, Verdict
from pipelines.digest.render.phrases import duration
from pipelines.language import Language
from pipelines.messages import Messages, messages_in

NO_LIST = frozenset({"no_list", "login_wall"})
"""Claims that a fetch breaks which yielded no list: its own words tell more."""

SHARES = frozenset({"share", "usual"})
"""Figures that are told in hundredths."""

STATUS = "http_"
"""What a reason begins with that is a host's status."""


def list_sentence(standing: ListStanding, language: Language) -> str:
    """How a list stands, who serves it where that is another board, and why; one sentence or several."""
    words = messages_in(language)
    server = standing.server
    if not standing.is_stood_in:
        sentences = [
            board_sentence(server, language),
            *(_of_stand_in(board, words) for board in standing.failing),
        ]
    elif standing.verdict is Verdict.DEGRADED:
        why = _passed_over(standing, words)
        sentences = [words.say("board.serves", board=server.name(language), why=why)]
        if server.verdict is Verdict.DEGRADED:
            sentences.append(_of_stand_in(server, words))
    else:
        sentences = [_passed_over(standing, words), _of_stand_in(server, words)]
    return reduce(lambda told, more: words.say("join.sentences", first=told, next=more), sentences)


def board_sentence(standing: BoardStanding | None, language: Language) -> str:
    """How one board stands; None is a board of which nothing was landed lately."""
    words = messages_in(language)
    if standing is None:
        return words.say("board.nothing_landed")
    if standing.is_overdue and standing.last_ok_at and standing.contract_verdict is not Kept.FAILED:
        return words.say("board.overdue", span=duration(round(standing.age_minutes or 0), words))
    if standing.said_zh is not None and standing.said_en is not None:
        return language.choose(standing.said_zh, standing.said_en)
    if not standing.breaches:
        return words.say("board.fine", standing.ranked_count)
    if standing.breaches[0].claim in NO_LIST:
        return _no_list(standing, words)
    other = language.choose(standing.other_zh, standing.other_en)
    clauses = [_clause(breach, other, words) for breach in standing.breaches]
    return words.say("join.clause").join(clauses) + words.say("join.stop")


def _passed_over(standing: ListStanding, words: Messages) -> str:
    if standing.passed_over is None:
        return words.say("board.not_asked")
    return board_sentence(standing.passed_over, words.language)


def _of_stand_in(board: BoardStanding, words: Messages) -> str:
    why = board_sentence(board, words.language)
    return words.say("board.stand_in", board=board.name(words.language), why=why)


def _no_list(standing: BoardStanding, words: Messages) -> str:
    # What a fetch tells of itself is English.
    if standing.detail and words.language is Language.EN:
        return standing.detail
    return words.say("board.no_list", reason=reason_in_words(standing.reason, words))


def reason_in_words(reason: str, words: Messages) -> str:
    """A fetch's reason in words; one that nobody put into words by its code."""
    if reason.startswith(STATUS):
        return words.say("reason.http", status=reason.removeprefix(STATUS))
    key = f"reason.{reason}"
    return words.say(key) if words.knows(key) else reason


def _clause(breach: Breach, other: str, words: Messages) -> str:
    """A broken claim in words; one that a later version judged by its code."""
    key = f"breach.{breach.claim}"
    if not words.knows(key):
        return breach.claim
    told = {
        name: f"{figure:.0%}" if name in SHARES else f"{figure:.0f}"
        for name, figure in breach.figures.items()
    }
    if "minutes" in told:
        spans = {name: duration(round(figure), words) for name, figure in breach.figures.items()}
        return words.say(key, **spans)
    if "count" not in told:
        return words.say(key, other=other, **told)
    least, most = told["least"], told["most"]
    is_span = math.isfinite(breach.figures["most"]) and least != most
    return words.say(key, int(told["count"]), usual=f"{least}–{most}" if is_span else least)
