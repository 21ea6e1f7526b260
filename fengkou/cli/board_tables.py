"""Boards under examination, for a person at a terminal."""

from collections.abc import Sequence
from dataclasses import asdict
from itertools import zip_longest
from typing import Any

from rich.markup import escape
from rich.table import Table

from crawlers.authoring.doctor import SHOWN, Finding
from crawlers.landing import entry_row
from fengkou.cadences import Outlook
from pipelines.boards.cadence import SHOWN_INTERVALS
from pipelines.captures import Entry

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


def cadence_table(boards: Sequence[Outlook]) -> Table:
    """How often each board is looked at, and what any interval would miss."""
    table = Table("board", title="share of new titles missed at an interval", title_justify="left")
    for heading in ("every, min", *(f"{n} min" for n in SHOWN_INTERVALS)):
        table.add_column(heading, justify="right")
    for one in boards:
        missed = [f"{one.missed[n]:.1%}" if one.missed else "?" for n in SHOWN_INTERVALS]
        table.add_row(one.board, str(one.interval_minutes), *missed)
    return table


def finding_lines(one: Finding) -> str:
    """A board's request, its answer, and what to do."""
    outcome = one.outcome
    lines = [
        f"{outcome.board}: {'ok' if one.is_ok else f'failed, {outcome.reason}'}",
        f"  asked   {outcome.request_url or 'nobody'}",
        f"  answer  {outcome.http_status or 'none'}, {outcome.body_bytes} bytes, "
        f"{'?' if outcome.elapsed_ms is None else outcome.elapsed_ms} ms, "
        f"{len(outcome.page.entries)} entries, {len(outcome.page.rejects)} unreadable",
        f"  before  {_before(one)}",
        f"  do      {one.what_to_do}",
    ]
    return "\n".join(lines)


def finding_table(one: Finding) -> Table:
    """The first entries now beside the first of the last good capture."""
    table = Table("", "now", "last good")
    before = one.last_good.page.entries if one.last_good else ()
    pairs = zip_longest(one.outcome.page.entries[:SHOWN], before[:SHOWN])
    for number, (now, then) in enumerate(pairs, start=1):
        table.add_row(str(number), _title(now), _title(then))
    return table


def finding_row(one: Finding) -> dict[str, Any]:
    """A finding as a JSON object."""
    row = asdict(one.outcome)
    page = row.pop("page")
    return {
        **row,
        "cached": page["cached"],
        "upstream_at": page["upstream_at"],
        "entry_count": len(one.outcome.page.entries),
        "reject_count": len(one.outcome.page.rejects),
        "first_entries": [entry_row(entry) for entry in one.outcome.page.entries[:SHOWN]],
        "last_good_at": one.last_good.captured_at if one.last_good else None,
        "last_good_entries": [
            entry_row(entry) for entry in (one.last_good.page.entries if one.last_good else ())
        ][:SHOWN],
        "what_to_do": one.what_to_do,
    }


def _before(one: Finding) -> str:
    if one.last_good is None:
        return "no good capture in this home"
    return f"{len(one.last_good.page.entries)} entries at {one.last_good.captured_at:%Y-%m-%d %H:%M} UTC"


def _title(entry: Entry | None) -> str:
    return escape(entry.title) if entry else ""
