"""What was seen of desks before they run, for a terminal and for programs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from fengkou.cli.desk_list import fault_lines, fault_rows
from fengkou.desks.checking import Checked
from fengkou.desks.past_look import PastLook
from pipelines.desks.lint import Lint, LintKind
from pipelines.desks.render.lint_text import lint_line
from pipelines.messages import messages_in

SAID_TOGETHER = frozenset((LintKind.NEVER_SEEN, LintKind.EXCLUDES_NOTHING))


def check_lines(checked: Checked, look: PastLook | None) -> Iterator[str]:
    """A file's faults; else what its channels lack, what seems amiss with its words, and its volume."""
    yield from fault_lines(checked.faults)
    if checked.desk is None:
        return
    rules, channels = len(checked.desk.rules), len(checked.desk.channels)
    yield f"{checked.file}: no faults; {rules} rules, {channels} channels"
    for sentence in checked.lacking:
        yield f"  {sentence}"
    if look is None:
        return
    for lint in _gathered(look.lints):
        shown = f" ({'; '.join(lint.titles)})" if lint.titles else ""
        yield f"  {lint_line(lint, messages_in(checked.desk.language))}{shown}"
    told = look.told
    by_rule = ", ".join(f"{rule} {count}" for rule, count in told.by_rule.items()) or "none"
    yield (
        f"  The last {told.days} days: median {told.median:g} messages a day, most {told.most}; "
        f"stories by rule: {by_rule}"
    )
    if look.is_over_budget:
        yield (
            f"  One day in ten has over {told.p90:g} messages, and the budget is "
            f"{checked.desk.budget.per_day}: the others are told together. Ask for more in when."
        )


def _gathered(lints: Sequence[Lint]) -> list[Lint]:
    """Of each kind that says the same of many words of a rule one, with all of the words."""
    found: dict[object, Lint] = {}
    for number, lint in enumerate(lints):
        key = (lint.kind, lint.rule_id, lint.of_count) if lint.kind in SAID_TOGETHER else number
        before = found.get(key)
        found[key] = replace(before, term=f"{before.term}, {lint.term}") if before else lint
    return [*found.values()]


def check_rows(found: Sequence[Checked], looks: Mapping[Path, PastLook]) -> list[dict[str, Any]]:
    """A file a row."""
    return [_row(each, looks.get(each.file)) for each in found]


def _row(checked: Checked, look: PastLook | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "file": str(checked.file),
        "desk": checked.desk.name if checked.desk else None,
        "faults": fault_rows(checked.faults),
        "lacking": list(checked.lacking),
    }
    if look:
        told = look.told
        row |= {
            "lints": [
                asdict(lint) | {"sentence": lint_line(lint, messages_in(look.desk.language))}
                for lint in look.lints
            ],
            "messages_a_day": {"median": told.median, "p90": told.p90, "most": told.most},
            "stories_by_rule": dict(told.by_rule),
            "is_over_budget": look.is_over_budget,
        }
    return row
