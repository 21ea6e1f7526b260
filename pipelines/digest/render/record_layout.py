"""The record put into words: what was called, what came of it, what was missed, and how good chances were."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipelines.digest.render.phrases import duration
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.wall_clock import shanghai
from pipelines.forecast.record import Call, CallVerdict, Record
from pipelines.language import Language
from pipelines.messages import Messages, messages_in

CALLS_SHOWN = 8
"""Of each verdict: the page is about today."""

LISTED = (CallVerdict.RIGHT, CallVerdict.LATE, CallVerdict.WRONG, CallVerdict.MISSED)


@dataclass(frozen=True, slots=True)
class Line:
    """One call: its title and board, and what is told of it."""

    title: str
    told: str


@dataclass(frozen=True, slots=True)
class Group:
    """The calls of one verdict; ``more`` says how many are not listed, or nothing."""

    verdict: CallVerdict
    name: str
    count: int
    lines: tuple[Line, ...]
    more: str


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """The record in words; ``rows`` are (chance given, share that came, forecasts)."""

    heading: str
    summary: str
    groups: tuple[Group, ...]
    appendix: str
    columns: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    nothing_known: str


def lay_out_record(record: Record, language: Language) -> RecordSheet:
    words = messages_in(language)
    return RecordSheet(
        heading=words.say("record.heading"),
        summary=summary(record, words),
        groups=tuple(
            _group(verdict, calls, words, language)
            for verdict in LISTED
            if (calls := record.of(verdict))
        ),
        appendix=words.say("record.appendix", record.bins_days),
        columns=(
            words.say("record.chance_given"),
            words.say("record.share_came"),
            words.say("record.forecast_count"),
        ),
        rows=tuple(
            (f"{bin_.mean_chance:.0%}", f"{bin_.reached_share:.0%}", str(bin_.forecast_count))
            for bin_ in record.bins
        ),
        nothing_known=words.say("record.nothing_known"),
    )


def summary(record: Record, words: Messages) -> str:
    """One line: how many were called, what came of them, how far ahead, and what was missed."""
    counts = {verdict: len(record.of(verdict)) for verdict in CallVerdict}
    called = sum(call.called_at is not None for call in record.calls)
    date = f"{shanghai(record.since):%m-%d}"
    clauses = [
        words.say(
            "record.calls",
            called,
            date=date,
            right=counts[CallVerdict.RIGHT],
            late=counts[CallVerdict.LATE],
            wrong=counts[CallVerdict.WRONG],
        )
        if called
        else words.say("record.no_calls", date=date)
    ]
    for verdict in (CallVerdict.OPEN, CallVerdict.UNKNOWN):
        if counts[verdict]:
            clauses[0] += words.say(f"record.{verdict}", calls=counts[verdict])
    ahead = [call.lead_minutes for call in record.of(CallVerdict.RIGHT) if call.lead_minutes]
    if ahead:
        clauses.append(words.say("record.lead", span=duration(round(median(ahead)), words)))
    missed, unseen = counts[CallVerdict.MISSED], counts[CallVerdict.UNSEEN]
    clauses.append(
        words.say("record.missed", missed) if missed else words.say("record.nothing_missed")
    )
    if unseen:
        clauses.append(words.say("record.unseen", calls=unseen))
    return words.say("join.clause").join(clauses) + words.say("join.stop")


def _group(
    verdict: CallVerdict, calls: Sequence[Call], words: Messages, language: Language
) -> Group:
    shown = sorted(calls, key=_weight)[:CALLS_SHOWN]
    rest = len(calls) - len(shown)
    return Group(
        verdict=verdict,
        name=words.say(f"call.{verdict}"),
        count=len(calls),
        lines=tuple(_line(call, words, language) for call in shown),
        more=words.say("record.more", calls=rest) if rest else "",
    )


def _weight(call: Call) -> tuple[float, float]:
    """The furthest ahead first, then the surest."""
    return -(call.lead_minutes or 0), -(call.chance or 0)


def _line(call: Call, words: Messages, language: Language) -> Line:
    title = cut(plain(call.title)) or words.say("topic.untitled")
    board = plain(call.name(language)) or plain(call.board)
    if call.called_at is None:
        told = words.say(
            "record.came_uncalled", time=f"{shanghai(call.top_at):%H:%M}" if call.top_at else ""
        )
    else:
        told = words.say(
            "record.called",
            time=f"{shanghai(call.called_at):%H:%M}",
            chance=f"{round(100 * (call.chance or 0))}%",
            rank="?" if call.rank is None else call.rank,
        )
    if call.called_at is not None and call.lead_minutes is not None:
        came = words.say("record.came", span=duration(round(call.lead_minutes), words))
        told = words.say("join.clause").join([told, came])
    return Line(words.say("join.aside", text=title, note=board), told)
