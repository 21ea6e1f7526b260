"""A digest as JSON for programs; ``json_document`` says what each key means."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from pipelines.boards.standing import ListStanding, Verdict
from pipelines.digest.contents import (
    Bond,
    DeskHead,
    Digest,
    Life,
    OtherPart,
    Outlook,
    Placement,
    StoryLine,
    TakenBy,
    TopicCard,
)
from pipelines.digest.render.board_sentences import list_sentence
from pipelines.digest.render.bond_sentences import bond_sentence
from pipelines.digest.render.json_document import (
    SCHEMA,
    BinEntry,
    BoardEntry,
    BondEntry,
    CallEntry,
    ClaimEntry,
    DeskEntry,
    DigestDocument,
    LaterEntry,
    LifeEntry,
    LineEntry,
    OtherPartEntry,
    OutlookEntry,
    PlacementEntry,
    RecordEntry,
    SharedWordEntry,
    TakenEntry,
    TopicEntry,
    TraceEntry,
)
from pipelines.digest.render.layout import boards_note
from pipelines.digest.render.record_layout import summary
from pipelines.digest.render.safe_text import plain, web_link
from pipelines.digest.render.story_layout import list_names, why
from pipelines.digest.render.wall_clock import shanghai
from pipelines.forecast.record import Record
from pipelines.language import Language
from pipelines.messages import Messages, messages_in
from pipelines.topics.short_id import short_id


def to_json(digest: Digest, language: Language = Language.ZH) -> str:
    words, names = messages_in(language), list_names(digest, language)
    document = DigestDocument(
        schema=SCHEMA,
        language=language,
        period=digest.period,
        at=_instant(digest.at),
        since=_instant(digest.since),
        read_at=None if digest.read_at is None else _instant(digest.read_at),
        boards_note=boards_note(digest, language),
        boards=[_list(standing, language) for standing in digest.boards],
        topics=[_topic(card, digest, names, words) for card in digest.topics],
        lines=[_line(line) for line in digest.lines],
        later=[
            LaterEntry(
                code=later.code,
                at=_instant(later.at),
                likely=[str(line.topic_id) for line in later.likely],
                possible=[str(line.topic_id) for line in later.possible],
            )
            for later in digest.later
        ],
        record=_record(digest.record, language) if digest.record else None,
        desk=_desk(digest.desk) if digest.desk else None,
    )
    return json.dumps(asdict(document), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _desk(desk: DeskHead) -> DeskEntry:
    return DeskEntry(desk.name, plain(desk.title), desk.version, desk.taken_count)


def _taken(taken_by: Sequence[TakenBy]) -> list[TakenEntry]:
    return [
        TakenEntry(
            rule=plain(taken.rule_id),
            words=[plain(word) for word in taken.words],
            title=plain(taken.title),
            board=taken.board,
        )
        for taken in taken_by
    ]


def _list(standing: ListStanding, language: Language) -> BoardEntry:
    is_fine = standing.verdict is Verdict.OK
    return BoardEntry(
        board=standing.board,
        name_zh=plain(standing.name_zh),
        name_en=plain(standing.name_en),
        verdict=standing.verdict,
        last_ok_at=None if standing.last_ok_at is None else _instant(standing.last_ok_at),
        claims=[breach.claim for breach in standing.server.breaches],
        reason="" if is_fine else plain(list_sentence(standing, language)),
    )


def _topic(
    card: TopicCard, digest: Digest, names: Mapping[str, str], words: Messages
) -> TopicEntry:
    carded = {each.topic_id for each in digest.topics}
    return TopicEntry(
        topic_id=str(card.topic_id),
        short_id=short_id(card.topic_id),
        former_ids=[str(former) for former in card.former_ids],
        section=card.section,
        title=plain(card.title),
        latin_title=plain(card.latin_title) if card.latin_title else None,
        url=web_link(card.url),
        older_titles=[plain(title) for title in card.older_titles],
        first_seen_at=_instant(card.life.first_seen_at),
        why=why(card, names, words),
        why_one=bond_sentence(card.bond, words),
        bond=_bond(card.bond) if card.bond else None,
        storyline_id=None if card.storyline_id is None else str(card.storyline_id),
        other_parts=[_other_part(part, part.topic_id in carded) for part in card.other_parts],
        keywords=[plain(keyword) for keyword in card.keywords],
        category=card.category,
        life=_life(card.life),
        outlook=None if card.outlook is None else _outlook(card.outlook),
        claims=[ClaimEntry(claim.code, claim.board, dict(claim.figures)) for claim in card.claims],
        placements=[_placement(placement) for placement in card.placements],
        trace=[TraceEntry(_instant(point.at), point.board, point.rank) for point in card.trace],
        taken_by=_taken(card.taken_by),
    )


def _other_part(part: OtherPart, has_card: bool) -> OtherPartEntry:
    return OtherPartEntry(
        topic_id=str(part.topic_id),
        short_id=short_id(part.topic_id),
        title=plain(part.title),
        latin_title=plain(part.latin_title) if part.latin_title else None,
        first_seen_at=_instant(part.first_seen_at),
        has_card=has_card,
    )


def _bond(bond: Bond) -> BondEntry:
    return BondEntry(
        kind=bond.kind,
        title_count=bond.title_count,
        words=[SharedWordEntry(plain(word.word), word.title_count) for word in bond.words],
        span_minutes=_finite(bond.span_minutes),
        hand_count=bond.hand_count,
        least_chance=_finite(bond.least_chance),
    )


def _line(line: StoryLine) -> LineEntry:
    return LineEntry(
        topic_id=str(line.topic_id),
        short_id=short_id(line.topic_id),
        section=line.section,
        title=plain(line.title),
        latin_title=plain(line.latin_title) if line.latin_title else None,
        url=web_link(line.url),
        category=line.category,
        life=_life(line.life),
        taken_by=_taken(line.taken_by),
    )


def _life(life: Life) -> LifeEntry:
    return LifeEntry(
        first_seen_at=_instant(life.first_seen_at),
        present_since_at=_instant(life.present_since_at),
        list_count=life.list_count,
        best_rank=life.best_rank,
        best_at=_instant(life.best_at),
        best_board=life.best_board,
        left_at=None if life.left_at is None else _instant(life.left_at),
        unread_since=None if life.unread_since is None else _instant(life.unread_since),
    )


def _outlook(outlook: Outlook) -> OutlookEntry:
    in_1h, in_3h, in_6h = outlook.chances or (None, None, None)
    peak_low, peak, peak_high = outlook.peak_rank
    left_low, left, left_high = outlook.minutes_left
    return OutlookEntry(
        stage=outlook.stage,
        board=outlook.board,
        rank=outlook.rank,
        chance_1h=_finite(in_1h),
        chance_3h=_finite(in_3h),
        chance_6h=_finite(in_6h),
        chance_spread_6h=_finite(outlook.spread_chance),
        peak_rank=_finite(peak),
        peak_rank_low=_finite(peak_low),
        peak_rank_high=_finite(peak_high),
        peak_heat_share=_finite(outlook.peak_heat_share),
        **_stays(outlook),
        minutes_left=_finite(left),
        minutes_left_low=_finite(left_low),
        minutes_left_high=_finite(left_high),
        model_id=outlook.model_id,
        is_honest=outlook.is_honest,
    )


def _stays(outlook: Outlook) -> dict[str, float | None]:
    names = ("stay_chance_30m", "stay_chance_1h", "stay_chance_3h", "stay_chance_6h")
    return dict(zip(names, map(_finite, outlook.stay_chances or (None,) * len(names)), strict=True))


def _placement(placement: Placement) -> PlacementEntry:
    return PlacementEntry(
        board=placement.board,
        name_zh=plain(placement.name_zh),
        name_en=plain(placement.name_en),
        title=plain(placement.title),
        url=web_link(placement.url),
        since_at=_instant(placement.since_at),
        seen_at=_instant(placement.seen_at),
        rank=placement.rank,
        list_length=placement.list_length,
        rank_before=placement.rank_before,
        minutes_before=_finite(placement.minutes_before),
        best_rank=placement.best_rank,
        heat=_finite(placement.heat),
        heat_before=_finite(placement.heat_before),
        heat_unit=None if placement.heat_unit is None else plain(placement.heat_unit),
    )


def _record(record: Record, language: Language) -> RecordEntry:
    return RecordEntry(
        since=_instant(record.since),
        until=_instant(record.until),
        summary=summary(record, messages_in(language)),
        days=record.bins_days,
        lead_minutes=[_finite(minutes) for minutes in record.leads],
        calls=[
            CallEntry(
                title=plain(call.title),
                board=call.board,
                verdict=call.verdict,
                called_at=None if call.called_at is None else _instant(call.called_at),
                chance=_finite(call.chance),
                rank=call.rank,
                top_at=None if call.top_at is None else _instant(call.top_at),
                lead_minutes=_finite(call.lead_minutes),
            )
            for call in record.calls
        ],
        bins=[
            BinEntry(
                forecast_count=bin_.forecast_count,
                mean_chance=_finite(bin_.mean_chance),
                reached_share=_finite(bin_.reached_share),
            )
            for bin_ in record.bins
        ],
    )


def _instant(at: datetime) -> str:
    return shanghai(at).astimezone(UTC).isoformat()


def _finite(number: float | None) -> float | None:
    """JSON has no NaN; a number nobody knows is null."""
    return number if number is not None and math.isfinite(number) else None
