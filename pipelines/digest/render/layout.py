"""A digest with every value already put into words: what the page, the text and the feed share.

Strings here are plain (one line, no invisible marks) and cut for display, and links are http or
https; they are *not* escaped, which is each format's own affair.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from pipelines.boards.standing import ListStanding, Verdict
from pipelines.clock import SHANGHAI
from pipelines.digest.contents import Digest, Placement, TopicCard
from pipelines.digest.render.board_sentences import list_sentence
from pipelines.digest.render.phrases import explain, foresee
from pipelines.digest.render.safe_text import KEYWORD_WIDTH, cut, plain, web_link
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.rules import TOP_RANK

MOVE_SPAN = timedelta(hours=1)  # what a placement's ``_before`` looks back
REASON_WIDTH = 160  # characters: a fetch's own words may hold half a page
SHORT_NUMBER = 100  # from here on a number has enough figures without a decimal

LEGEND = ("moves", "new", "heat")
MARKS_LEGEND = ("boxes", "chart")
"""How to read the page: the first in every format, the second of the marks that a page alone has."""


@dataclass(frozen=True, slots=True)
class TroubledBoard:
    """A board that is not fine: its name, its verdict in words, and why."""

    name: str
    verdict: Verdict
    verdict_name: str
    last_ok: str
    reason: str


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


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic card in words; ``url`` is the first link among its places."""

    card: TopicCard
    title: str
    url: str | None
    why: str
    outlook: str
    first_seen: str
    keywords: tuple[str, ...]
    category: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A digest in words."""

    words: Messages
    language: Language
    heading: str
    period: str
    span: str
    boards_count: str
    boards_note: str
    troubled: tuple[TroubledBoard, ...]
    topics: tuple[Topic, ...]
    topic_count: str
    legend: tuple[str, ...]
    marks_legend: tuple[str, ...]


def lay_out(digest: Digest, language: Language) -> Sheet:
    words = messages_in(language)
    period = words.say(f"digest.period.{digest.period}")
    span = f"{clock(digest.since, None)}–{clock(digest.at, digest.since)}"
    return Sheet(
        words=words,
        language=language,
        heading=f"{words.say('digest.brand')} · {period}",
        period=period,
        span=words.say("join.aside", text=span, note=words.say("digest.time_zone")),
        boards_count=_boards_count(digest, words) + words.say("join.stop"),
        boards_note=boards_note(digest, language),
        troubled=tuple(_troubled(board, digest.at, language) for board in digest.troubled),
        topics=tuple(_topic(card, digest.at, language) for card in digest.topics),
        topic_count=words.say("digest.topic_count", topics=len(digest.topics))
        if digest.topics
        else words.say("digest.no_topics"),
        legend=tuple(words.say(f"legend.{line}") for line in LEGEND),
        marks_legend=tuple(words.say(f"legend.{line}") for line in MARKS_LEGEND),
    )


def boards_note(digest: Digest, language: Language) -> str:
    """One line: how many boards are fine, and the name and verdict of each that is not."""
    words = messages_in(language)
    names = words.say("join.names").join(
        words.say(
            "join.aside",
            text=board_name(board, language),
            note=words.say(f"verdict.{board.verdict}"),
        )
        for board in digest.troubled
    )
    count = _boards_count(digest, words)
    told = f"{count}{words.say('join.colon')}{names}" if names else count
    return told + words.say("join.stop")


def board_name(board: ListStanding | Placement, language: Language) -> str:
    return cut(plain(board.name(language))) or plain(board.board)


def topic_title(card: TopicCard, words: Messages) -> str:
    return plain(card.title) or words.say("topic.untitled")


def shanghai(at: datetime) -> datetime:
    """The instant on Shanghai's clock; a naive one would be read on this machine's clock."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone. Give an aware datetime, such as one in UTC.")
    return at.astimezone(SHANGHAI)


def clock(at: datetime, beside: datetime | None) -> str:
    """Shanghai 24-hour time, with as much of the date as differs from the time it stands beside."""
    local = shanghai(at)
    near = None if beside is None else shanghai(beside)
    if near is None or local.year != near.year:
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local:%H:%M}" if local.date() == near.date() else f"{local:%m-%d %H:%M}"


def shortened(number: float, words: Messages) -> str:
    """12.3万 in Chinese, 123k in English: three or four figures and a magnitude."""
    sign, size = ("-" if number < 0 else ""), abs(number)
    magnitudes = _magnitudes(words)
    for (scale, suffix), (next_scale, _) in pairwise(magnitudes):
        # Rounded first, so that 99 999 999 is 1亿 and never 10000万.
        if _rounded(size / scale) < next_scale / scale:
            return f"{sign}{_rounded(size / scale):g}{suffix}"
    scale, suffix = magnitudes[-1]
    return f"{sign}{_rounded(size / scale):g}{suffix}"


def _magnitudes(words: Messages) -> list[tuple[float, str]]:
    """Each step with its mark, from 1, which has none."""
    told = words.say("number.magnitudes").split()
    return [
        (1.0, ""),
        *((float(step), mark) for step, mark in zip(told[::2], told[1::2], strict=True)),
    ]


def heat_unit(unit: str | None, words: Messages) -> str:
    """The unit in the reader's language where it is a known one, else as the board says it."""
    key = f"heat_unit.{unit}"
    return words.say(key) if words.knows(key) else plain(unit or "")


def _boards_count(digest: Digest, words: Messages) -> str:
    total, troubled = len(digest.boards), len(digest.troubled)
    if not total:
        return words.say("boards.none")
    if not troubled:
        return words.say("boards.all_fine", total)
    return words.say(
        "boards.some_fine",
        fine=words.say("boards.fine", total - troubled, total=total),
        troubled=words.say("boards.troubled", troubled),
    )


def _rounded(number: float) -> float:
    return round(number, 1) if number < SHORT_NUMBER else float(round(number))


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


def _topic(card: TopicCard, at: datetime, language: Language) -> Topic:
    words = messages_in(language)
    places = tuple(_place(placement, at, language) for placement in card.placements)
    keywords = (cut(plain(keyword), KEYWORD_WIDTH) for keyword in card.keywords)
    return Topic(
        card=card,
        title=cut(topic_title(card, words)),
        url=next((place.url for place in places if place.url), None),
        why=explain(card.reason, language),
        outlook=foresee(card.outlook, language),
        first_seen=clock(card.first_seen_at, at),
        keywords=tuple(keyword for keyword in keywords if keyword),
        category=words.say(f"category.{card.category}") if card.category else "",
        places=places,
    )


def _place(placement: Placement, at: datetime, language: Language) -> Place:
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
