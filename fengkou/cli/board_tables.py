"""Boards under examination, for a person at a terminal."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from rich.markup import escape
from rich.table import Table

from crawlers.authoring.doctor import SHOWN, Finding
from fengkou.cadences import Outlook
from pipelines.boards.cadence import SHOWN_INTERVALS
from pipelines.captures import Entry
from pipelines.landing_format import entry_document
from pipelines.language import Language
from pipelines.messages import messages_in

GUESSED = 10


def guess_table(entries: Sequence[Entry]) -> Table:
    """The first entries that a guessed description reads."""
    table = Table(title=f"{len(entries)} entries; the first {min(GUESSED, len(entries))}")
    for name in ("rank", "title", "heat", "id", "address"):
        table.add_column(name, overflow="fold")
    for entry in entries[:GUESSED]:
        row = (entry.rank, entry.title, entry.heat, entry.native_id, entry.url)
        table.add_row(*(escape(str(value or "")) for value in row))
    return table


def cadence_table(boards: Sequence[Outlook], language: Language = Language.EN) -> Table:
    """How often each board is looked at, and what any interval would miss."""
    words = messages_in(language)
    table = Table(
        words.say("cadence.board"), title=words.say("cadence.title"), title_justify="left"
    )
    intervals = (words.say("span.minutes", minutes=minutes) for minutes in SHOWN_INTERVALS)
    for heading in (words.say("cadence.every"), *intervals):
        table.add_column(heading, justify="right")
    for outlook in boards:
        missed = [f"{outlook.missed[n]:.1%}" if outlook.missed else "?" for n in SHOWN_INTERVALS]
        table.add_row(outlook.board, str(outlook.interval_minutes), *missed)
    return table


def finding_lines(finding: Finding) -> str:
    """A board's request, its answer, and what to do."""
    outcome = finding.outcome
    lines = [
        f"{outcome.board}: {'ok' if finding.is_ok else f'failed, {outcome.reason}'}",
        f"  asked   {outcome.request_url or 'nobody'}",
        f"  answer  {outcome.http_status or 'none'}, {outcome.body_bytes} bytes, "
        f"{'?' if outcome.elapsed_ms is None else outcome.elapsed_ms} ms, "
        f"{len(outcome.page.entries)} entries, {len(outcome.page.rejects)} unreadable",
        f"  before  {_before(finding)}",
        f"  do      {finding.what_to_do}",
    ]
    return "\n".join(lines)


def finding_table(finding: Finding) -> Table:
    """The first entries now beside the first of the last good capture."""
    table = Table("", "now", "last good")
    before = finding.last_good.page.entries if finding.last_good else ()
    pairs = zip_longest(finding.outcome.page.entries[:SHOWN], before[:SHOWN])
    for number, (now, then) in enumerate(pairs, start=1):
        table.add_row(str(number), _title(now), _title(then))
    return table


def finding_row(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object."""
    row = asdict(finding.outcome)
    page = row.pop("page")
    return {
        **row,
        "cached": page["cached"],
        "upstream_at": page["upstream_at"],
        "entry_count": len(finding.outcome.page.entries),
        "reject_count": len(finding.outcome.page.rejects),
        "first_entries": [entry_document(entry) for entry in finding.outcome.page.entries[:SHOWN]],
        "last_good_at": finding.last_good.captured_at if finding.last_good else None,
        "last_good_entries": [
            entry_document(entry)
            for entry in (finding.last_good.page.entries if finding.last_good else ())
        ][:SHOWN],
        "what_to_do": finding.what_to_do,
    }


def _before(finding: Finding) -> str:
    if finding.last_good is None:
        return "no good capture in this home"
    good = finding.last_good
    return f"{len(good.page.entries)} entries at {good.captured_at:%Y-%m-%d %H:%M} UTC"


def _title(entry: Entry | None) -> str:
    return escape(entry.title) if entry else ""
