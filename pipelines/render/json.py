"""A digest as JSON for programs.

Keys never change meaning; a new key may appear. Instants are ISO 8601 in UTC, identifiers are
strings, numbers are not shortened, text is plain but whole, and what is unknown is null.

    schema, language, period (hour | day), at, since, boards_note
    boards[]  board, name_zh, name_en, verdict (ok | degraded | stale | failed | missing), last_ok_at, reason
    topics[]  topic_id, title, score, first_seen_at, why, keywords[]
              reason      board_count, is_new, board, rank_gain, over_minutes, usual_gain,
                          top_ten_chance, expected_peak, minutes_left
              placements[] board, name_zh, name_en, title, url, since_at, seen_at, rank,
                          rank_before, best_rank, heat, heat_before, heat_unit
              trace[]     at, board, rank
"""

import json
import math
from datetime import UTC, datetime

from pipelines.digest import BoardStanding, Digest, Language, Placement, Reason, TopicCard
from pipelines.model import Json
from pipelines.render.explain import explain
from pipelines.render.plain import plain, web_link
from pipelines.render.sheet import boards_note, shanghai

SCHEMA = "fengkou.digest/1"


def to_json(digest: Digest, language: Language = Language.ZH) -> str:
    document: Json = {
        "schema": SCHEMA,
        "language": language,
        "period": digest.period,
        "at": _instant(digest.at),
        "since": _instant(digest.since),
        "boards_note": boards_note(digest, language),
        "boards": [_board(board) for board in digest.boards],
        "topics": [_topic(card, language) for card in digest.topics],
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _board(board: BoardStanding) -> Json:
    return {
        "board": board.board,
        "name_zh": plain(board.name_zh),
        "name_en": plain(board.name_en),
        "verdict": board.verdict,
        "last_ok_at": None if board.last_ok_at is None else _instant(board.last_ok_at),
        "reason": plain(board.reason),
    }


def _topic(card: TopicCard, language: Language) -> Json:
    return {
        "topic_id": str(card.topic_id),
        "title": plain(card.title),
        "score": _finite(card.score),
        "first_seen_at": _instant(card.first_seen_at),
        "why": explain(card.reason, language),
        "keywords": [plain(keyword) for keyword in card.keywords],
        "reason": _reason(card.reason),
        "placements": [_placement(placement) for placement in card.placements],
        "trace": [
            {"at": _instant(point.at), "board": point.board, "rank": point.rank}
            for point in card.trace
        ],
    }


def _reason(reason: Reason) -> Json:
    return {
        "board_count": reason.board_count,
        "is_new": reason.is_new,
        "board": reason.board,
        "rank_gain": reason.rank_gain,
        "over_minutes": reason.over_minutes,
        "usual_gain": _finite(reason.usual_gain),
        "top_ten_chance": _finite(reason.top_ten_chance),
        "expected_peak": reason.expected_peak,
        "minutes_left": reason.minutes_left,
    }


def _placement(placement: Placement) -> Json:
    return {
        "board": placement.board,
        "name_zh": plain(placement.name_zh),
        "name_en": plain(placement.name_en),
        "title": plain(placement.title),
        "url": web_link(placement.url),
        "since_at": _instant(placement.since_at),
        "seen_at": _instant(placement.seen_at),
        "rank": placement.rank,
        "rank_before": placement.rank_before,
        "best_rank": placement.best_rank,
        "heat": _finite(placement.heat),
        "heat_before": _finite(placement.heat_before),
        "heat_unit": None if placement.heat_unit is None else plain(placement.heat_unit),
    }


def _instant(at: datetime) -> str:
    return shanghai(at).astimezone(UTC).isoformat()


def _finite(number: float | None) -> float | None:
    """JSON has no NaN; a number nobody knows is null."""
    return number if number is not None and math.isfinite(number) else None
