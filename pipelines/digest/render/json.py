"""A digest as JSON for programs.

Keys never change meaning; a new key may appear. Instants are ISO 8601 in UTC, identifiers are
strings, numbers are not shortened, text is plain but whole, and what is unknown is null.

    schema, language, period (hour | day), at, since, read_at, boards_note
    boards[]  board, name_zh, name_en, verdict (ok | degraded | stale | failed | missing), last_ok_at,
              claims[] (what its newest capture breaks), reason
    topics[]  topic_id, short_id, section (burst | rising | top | back | day | fading), title, url,
              older_titles[], first_seen_at, why, keywords[], category
              life        first_seen_at, present_since_at, list_count, best_rank, best_at, best_board,
                          left_at, unread_since (last seen then on a list that could not be read since)
              outlook     null where nothing is expected; stage (budding | rising | bursting | peak |
                          fading), board, rank, chance_1h, chance_3h, chance_6h, chance_spread_6h,
                          peak_rank, peak_rank_low, peak_rank_high, peak_heat_share, stay_chance_30m,
                          stay_chance_1h, stay_chance_3h, stay_chance_6h, minutes_left,
                          minutes_left_low, minutes_left_high, model_id, is_honest
              claims[]    claim, board, figures{}: what why says
              placements[] board, name_zh, name_en, title, url, since_at, seen_at, rank, list_length,
                          rank_before, minutes_before, best_rank, heat, heat_before, heat_unit
              trace[]     at, board, rank
    lines[]   topic_id, section, title, url, category, life: the stories that are told in a line
    later[]   code (evening | morning), at, likely[], possible[]: topic_ids of what may still be on lists
              then
    record    null where there is none; since, until, summary, days (of bins and leads), lead_minutes[]
              calls[]     title, board, verdict (right | late | wrong | open | unknown | missed | unseen),
                          called_at, chance, rank, top_at, lead_minutes
              bins[]      forecast_count, mean_chance, reached_share
"""

import json
import math
from collections.abc import Mapping
from datetime import UTC, datetime

from pipelines.boards.standing import ListStanding, Verdict
from pipelines.captures import Json
from pipelines.digest.contents import Digest, Life, Outlook, Placement, StoryLine, TopicCard
from pipelines.digest.render.board_sentences import list_sentence
from pipelines.digest.render.layout import boards_note
from pipelines.digest.render.record_layout import summary
from pipelines.digest.render.safe_text import plain, web_link
from pipelines.digest.render.story_layout import list_names, why
from pipelines.digest.render.wall_clock import shanghai
from pipelines.forecast.record import Record
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.topics.short_id import short_id

SCHEMA = "fengkou.digest/2"


def to_json(digest: Digest, language: Language = Language.ZH) -> str:
    words, names = messages_in(language), list_names(digest, language)
    document: Json = {
        "schema": SCHEMA,
        "language": language,
        "period": digest.period,
        "at": _instant(digest.at),
        "since": _instant(digest.since),
        "read_at": None if digest.read_at is None else _instant(digest.read_at),
        "boards_note": boards_note(digest, language),
        "boards": [_list(standing, language) for standing in digest.boards],
        "topics": [_topic(card, names, words) for card in digest.topics],
        "lines": [_line(line) for line in digest.lines],
        "later": [
            {
                "code": later.code,
                "at": _instant(later.at),
                "likely": [str(line.topic_id) for line in later.likely],
                "possible": [str(line.topic_id) for line in later.possible],
            }
            for later in digest.later
        ],
        "record": _record(digest.record, language) if digest.record else None,
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _list(standing: ListStanding, language: Language) -> Json:
    is_fine = standing.verdict is Verdict.OK
    return {
        "board": standing.board,
        "name_zh": plain(standing.name_zh),
        "name_en": plain(standing.name_en),
        "verdict": standing.verdict,
        "last_ok_at": None if standing.last_ok_at is None else _instant(standing.last_ok_at),
        "claims": [breach.claim for breach in standing.server.breaches],
        "reason": "" if is_fine else plain(list_sentence(standing, language)),
    }


def _topic(card: TopicCard, names: Mapping[str, str], words: Messages) -> Json:
    return {
        "topic_id": str(card.topic_id),
        "short_id": short_id(card.topic_id),
        "section": card.section,
        "title": plain(card.title),
        "url": web_link(card.url),
        "older_titles": [plain(title) for title in card.older_titles],
        "first_seen_at": _instant(card.life.first_seen_at),
        "why": why(card, names, words),
        "keywords": [plain(keyword) for keyword in card.keywords],
        "category": card.category,
        "life": _life(card.life),
        "outlook": None if card.outlook is None else _outlook(card.outlook),
        "claims": [
            {"claim": claim.code, "board": claim.board, "figures": dict(claim.figures)}
            for claim in card.claims
        ],
        "placements": [_placement(placement) for placement in card.placements],
        "trace": [
            {"at": _instant(point.at), "board": point.board, "rank": point.rank}
            for point in card.trace
        ],
    }


def _line(line: StoryLine) -> Json:
    return {
        "topic_id": str(line.topic_id),
        "short_id": short_id(line.topic_id),
        "section": line.section,
        "title": plain(line.title),
        "url": web_link(line.url),
        "category": line.category,
        "life": _life(line.life),
    }


def _life(life: Life) -> Json:
    return {
        "first_seen_at": _instant(life.first_seen_at),
        "present_since_at": _instant(life.present_since_at),
        "list_count": life.list_count,
        "best_rank": life.best_rank,
        "best_at": _instant(life.best_at),
        "best_board": life.best_board,
        "left_at": None if life.left_at is None else _instant(life.left_at),
        "unread_since": None if life.unread_since is None else _instant(life.unread_since),
    }


def _outlook(outlook: Outlook) -> Json:
    in_1h, in_3h, in_6h = outlook.chances or (None, None, None)
    peak_low, peak, peak_high = outlook.peak_rank
    left_low, left, left_high = outlook.minutes_left
    return {
        "stage": outlook.stage,
        "board": outlook.board,
        "rank": outlook.rank,
        "chance_1h": _finite(in_1h),
        "chance_3h": _finite(in_3h),
        "chance_6h": _finite(in_6h),
        "chance_spread_6h": _finite(outlook.spread_chance),
        "peak_rank": _finite(peak),
        "peak_rank_low": _finite(peak_low),
        "peak_rank_high": _finite(peak_high),
        "peak_heat_share": _finite(outlook.peak_heat_share),
        **_stays(outlook),
        "minutes_left": _finite(left),
        "minutes_left_low": _finite(left_low),
        "minutes_left_high": _finite(left_high),
        "model_id": outlook.model_id,
        "is_honest": outlook.is_honest,
    }


def _stays(outlook: Outlook) -> dict[str, Json]:
    names = ("stay_chance_30m", "stay_chance_1h", "stay_chance_3h", "stay_chance_6h")
    return dict(zip(names, map(_finite, outlook.stay_chances or (None,) * len(names)), strict=True))


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
        "list_length": placement.list_length,
        "rank_before": placement.rank_before,
        "minutes_before": _finite(placement.minutes_before),
        "best_rank": placement.best_rank,
        "heat": _finite(placement.heat),
        "heat_before": _finite(placement.heat_before),
        "heat_unit": None if placement.heat_unit is None else plain(placement.heat_unit),
    }


def _record(record: Record, language: Language) -> Json:
    return {
        "since": _instant(record.since),
        "until": _instant(record.until),
        "summary": summary(record, messages_in(language)),
        "days": record.bins_days,
        "lead_minutes": [_finite(minutes) for minutes in record.leads],
        "calls": [
            {
                "title": plain(call.title),
                "board": call.board,
                "verdict": call.verdict,
                "called_at": None if call.called_at is None else _instant(call.called_at),
                "chance": _finite(call.chance),
                "rank": call.rank,
                "top_at": None if call.top_at is None else _instant(call.top_at),
                "lead_minutes": _finite(call.lead_minutes),
            }
            for call in record.calls
        ],
        "bins": [
            {
                "forecast_count": bin_.forecast_count,
                "mean_chance": _finite(bin_.mean_chance),
                "reached_share": _finite(bin_.reached_share),
            }
            for bin_ in record.bins
        ],
    }


def _instant(at: datetime) -> str:
    return shanghai(at).astimezone(UTC).isoformat()


def _finite(number: float | None) -> float | None:
    """JSON has no NaN; a number nobody knows is null."""
    return number if number is not None and math.isfinite(number) else None
