"""The desks of a home for a terminal, and what is wrong with their files."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from fengkou.desks.desk_folder import Desks
from fengkou.desks.faults import Fault

SHOWN_OF_VERSION = 12


def desk_rows(found: Desks) -> list[dict[str, Any]]:
    """A desk a row, for programs."""
    return [
        {
            "desk": desk.name,
            "title": desk.title,
            "rules": [rule.id for rule in desk.rules],
            "channels": {channel.name: channel.kind for channel in desk.channels},
            "version": desk.version,
            "runs_older_text": desk.name in found.older,
        }
        for desk in found.running
    ]


def fault_rows(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """A fault a row, for programs."""
    return [
        {
            "file": str(fault.file),
            "line": fault.place.line,
            "column": fault.place.column,
            "fault": fault.sentence,
        }
        for fault in sorted(faults)
    ]


def desk_table(found: Desks) -> Table:
    """A desk a line: its rules, where it tells, by which text."""
    table = Table("desk", "title", "rules", "channels", "text", "state")
    for desk in found.running:
        channels = ", ".join(f"{each.name} ({each.kind})" for each in desk.channels)
        is_older = desk.name in found.older
        table.add_row(
            desk.name,
            desk.title,
            str(len(desk.rules)),
            channels or Text("none: it tells nobody", style="yellow"),
            desk.version[:SHOWN_OF_VERSION],
            Text("its file is faulty: as it ran before", style="red") if is_older else "runs",
        )
    return table


def fault_lines(faults: Sequence[Fault]) -> Iterator[str]:
    """A fault a line, as editors and terminals know them."""
    for fault in sorted(faults):
        yield str(fault)


def summary_line(found: Desks) -> str:
    """The desks in one line, for the status."""
    names = ", ".join(desk.name for desk in found.running) or "none runs"
    faults = len(found.faults)
    told = f"; {faults} faults in their files, see fengkou desks" if faults else ""
    return f"desks: {names}{told}"
