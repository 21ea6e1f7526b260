"""The record put into words: what was called, what came of it, what was missed, and how good chances were."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup

from pipelines.digest.render.layout import shanghai
from pipelines.digest.render.phrases import duration
from pipelines.digest.render.record_charts import leads, reliability
from pipelines.digest.render.safe_text import cut, plain
from pipelines.digest.render.topic_chart import labelled
from pipelines.digest.render.wording import WORDING, Wording
from pipelines.forecast.record import Call, CallVerdict, Record
from pipelines.language import Language

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
    """The record in words; ``rows`` are (chance given, share that came, forecasts), ``curves`` drawings."""

    heading: str
    summary: str
    groups: tuple[Group, ...]
    appendix: str
    columns: tuple[str, str, str]
    rows: tuple[tuple[str, str, str], ...]
    nothing_known: str
    curves: tuple[tuple[Markup, str], ...]


def lay_out_record(record: Record, language: Language) -> RecordSheet:
    words = WORDING[language]
    said = words.record
    curves = []
    if record.bins:
        curves.append((labelled(reliability(record.bins), said.reliability), said.reliability))
    if record.leads:
        curves.append((labelled(leads(record.leads), said.leads), said.leads))
    return RecordSheet(
        heading=said.heading,
        summary=summary(record, words),
        groups=tuple(
            _group(verdict, record.of(verdict), words, language)
            for verdict in LISTED
            if record.of(verdict)
        ),
        appendix=said.appendix.format(days=record.bins_days),
        columns=said.columns,
        rows=tuple(
            (f"{one.mean_chance:.0%}", f"{one.reached_share:.0%}", str(one.forecast_count))
            for one in record.bins
        ),
        nothing_known=said.nothing_known,
        curves=tuple(curves),
    )


def summary(record: Record, words: Wording) -> str:
    """One line: how many were called, what came of them, how far ahead, and what was missed."""
    said = words.record
    counts = {verdict: len(record.of(verdict)) for verdict in CallVerdict}
    called = sum(call.called_at is not None for call in record.calls)
    date = f"{shanghai(record.since):%m-%d}"
    clauses = [
        said.calls.format(
            date=f"{date} " if words.html_lang[:2] == "zh" else date,
            count=called,
            right=counts[CallVerdict.RIGHT],
            late=counts[CallVerdict.LATE],
            wrong=counts[CallVerdict.WRONG],
        )
        if called
        else said.no_calls.format(date=f"{date} " if words.html_lang[:2] == "zh" else date)
    ]
    for verdict, text in (
        (CallVerdict.OPEN, said.is_open),
        (CallVerdict.UNKNOWN, said.is_unknown),
    ):
        if counts[verdict]:
            clauses[0] += text.format(count=counts[verdict])
    ahead = [one.lead_minutes for one in record.of(CallVerdict.RIGHT) if one.lead_minutes]
    if ahead:
        clauses.append(said.lead.format(span=duration(round(median(ahead)), words)))
    missed, unseen = counts[CallVerdict.MISSED], counts[CallVerdict.UNSEEN]
    clauses.append(said.missed.format(count=missed) if missed else said.nothing_missed)
    if unseen:
        clauses.append(said.unseen.format(count=unseen))
    return words.clause.join(clauses) + words.full_stop


def _group(
    verdict: CallVerdict, calls: Sequence[Call], words: Wording, language: Language
) -> Group:
    shown = sorted(calls, key=_weight)[:CALLS_SHOWN]
    rest = len(calls) - len(shown)
    return Group(
        verdict=verdict,
        name=words.record.verdicts[verdict],
        count=len(calls),
        lines=tuple(_line(call, words, language) for call in shown),
        more=words.record.more.format(count=rest) if rest else "",
    )


def _weight(call: Call) -> tuple[float, float]:
    """The furthest ahead first, then the surest."""
    return -(call.lead_minutes or 0), -(call.chance or 0)


def _line(call: Call, words: Wording, language: Language) -> Line:
    said = words.record
    title = cut(plain(call.title)) or words.untitled
    board = plain(call.name(language)) or plain(call.board)
    if call.called_at is None:
        told = said.came_uncalled.format(
            time=f"{shanghai(call.top_at):%H:%M}" if call.top_at else ""
        )
    else:
        told = said.called.format(
            time=f"{shanghai(call.called_at):%H:%M}",
            percent=round(100 * (call.chance or 0)),
            rank=call.rank,
        )
    if call.called_at is not None and call.lead_minutes is not None:
        came = said.came.format(span=duration(round(call.lead_minutes), words))
        told = words.clause.join([told, came])
    return Line(words.aside.format(text=title, note=board), told)
