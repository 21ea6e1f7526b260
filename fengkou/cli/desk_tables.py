"""What desks heard, would hear, and why, in a terminal."""

from collections.abc import Iterable, Iterator, Mapping

from rich.console import RenderableType
from rich.table import Table

from fengkou.channels.channel import ADVICE, Failure
from fengkou.cli.terminal import printable
from fengkou.desks.listening import counts
from fengkou.desks.round import Round
from fengkou.desks.sending import Sent
from fengkou.desks.store.queue import Troubled
from fengkou.desks.store.told import ToldMessage
from fengkou.desks.trial import Trial
from fengkou.desks.trial_summary import Summary, summary
from fengkou.desks.why_story import RuleWhy, Why
from pipelines.desks.levels import Condition
from pipelines.desks.reasons import LineReading
from pipelines.desks.telling import Outgoing

NEWEST_SHOWN = 10
HOURS_OF_DAY = 24
BARS = " ▁▂▃▄▅▆▇█"

GATES: Mapping[str, str] = {
    "not_yet": "its words fit, but not yet what the rule asks for: lists, rank or chance",
    "silenced": "silenced",
    "quiet": "told after quiet hours",
    "hour": "over the budget of an hour: told with the next",
    "day": "over the budget of a day: told with the next",
    "updates_apart": "it rose, but was told less than an hour before",
    "updates_of_day": "it rose, but three updates were told that day",
}


def trial_lines(trial: Trial) -> Iterator[RenderableType]:
    """A trial: messages a day, by hour and kind, what gates held back, and the newest messages."""
    told = summary(trial)
    zone = trial.desk.zone
    yield (
        f"{printable(trial.desk.title)}: {trial.since.astimezone(zone):%Y-%m-%d} to "
        f"{trial.until.astimezone(zone):%Y-%m-%d} ({zone.key}), listening {len(trial.ticks)} times"
    )
    yield (
        f"messages a day: median {told.median:g}, nine days of ten at most {told.p90:g}, most {told.most}, "
        f"mean {told.mean:.1f}; {told.stories} stories"
    )
    yield f"by kind: {_counts(told.by_kind)}"
    yield f"by rule: {_counts(told.by_rule)}"
    yield f"by hour, 0 to 23: {_bars(told)}"
    if not trial.is_foretold:
        yield (
            "No forecasts were made in that time, so no rule fired by a chance: fengkou replay makes them."
        )
    for gate, count in sorted(told.held.items(), key=lambda each: -each[1]):
        yield f"held back: {count} x {GATES[gate]}"
    if trial.outgoing:
        yield _newest(trial)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def _bars(told: Summary) -> str:
    most = max(told.by_hour.values(), default=1)
    steps = len(BARS) - 1
    return "".join(
        BARS[-(-told.by_hour.get(hour, 0) * steps // most)] for hour in range(HOURS_OF_DAY)
    )


def _newest(trial: Trial) -> Table:
    table = Table("at", "kind", "story", "rules", "lists", title="newest", title_justify="left")
    for outgoing in trial.outgoing[: -NEWEST_SHOWN - 1 : -1]:
        table.add_row(*_row(outgoing, trial))
    return table


def _row(outgoing: Outgoing, trial: Trial) -> list[str]:
    message = outgoing.message
    first = message.stories[0]
    others = len(message.stories) + message.more - 1
    return [
        f"{message.at.astimezone(trial.desk.zone):%m-%d %H:%M}",
        str(message.kind),
        printable(first.title) + (f" (+{others})" if others else ""),
        " ".join(dict.fromkeys(hit.rule_id for hit in first.rules)),
        " ".join(f"{place.board}:{place.rank}" for place in first.places),
    ]


def why_lines(why: Why) -> Iterator[RenderableType]:
    """Why a desk hears of a story, or what keeps it from it."""
    yield f"{printable(why.title)}, before the desk {why.desk} at {why.at:%Y-%m-%d %H:%M} UTC"
    if why.story is None:
        yield "It stood on no present list then."
    for rule in why.rules:
        yield from _rule_lines(rule)
    for telling in why.tellings:
        gate = f", waits for: {telling.wait}" if telling.wait else ""
        yield (
            f"decided {telling.at:%Y-%m-%d %H:%M} UTC: {telling.kind} by {', '.join(telling.rules)}{gate}"
        )
    for held in why.held:
        yield f"held back from {held.at:%Y-%m-%d %H:%M} UTC: {GATES[held.gate]}"
    if not why.tellings:
        yield "The desk was never told of it."


def _rule_lines(rule: RuleWhy) -> Iterator[str]:
    reading = rule.reading
    name = reading.rule_id
    if reading.hit:
        hit = reading.hit
        words = "…".join(hit.line.title[span.start : span.end] for span in hit.spans)
        rank = f"rank {hit.line.rank}" if hit.line.rank else "gone"
        yield printable(
            f"rule {name}: takes it by {hit.term} ({words}) in: {hit.line.title} ({hit.line.board}, {rank})"
        )
        yield f"  asks for: {'; '.join(map(_condition, rule.conditions)) or 'nothing more'}"
        yield f"  {'met' if rule.is_material else 'NOT met: held back'}"
        return
    yield f"rule {name}: does not take it"
    if reading.category_kept_out_by:
        yield f"  its category is not among those of the {reading.category_kept_out_by}"
    for line in reading.lines:
        yield printable(f"  {line.line.title} ({line.line.board}): {'; '.join(_kept_out(line))}")
    if not reading.lines:
        yield "  none of its words stand in any title"


def _kept_out(line: LineReading) -> Iterator[str]:
    if line.missing:
        yield f"lacks {', '.join(line.missing)}"
    for excluded in line.excluded:
        yield f"has {excluded.found.said}, which the {excluded.by} leaves out"
    if line.board_kept_out_by:
        yield f"its list is not among those of the {line.board_kept_out_by}"
    if line.is_taken:
        yield "would do"


def _condition(condition: Condition) -> str:
    found = "unknown" if condition.found is None else condition.found
    if isinstance(found, float):
        found = f"{found:.2f}"
    return f"{condition.code} {condition.asked} (is {found})"


def round_lines(listened: Round) -> Iterator[str]:
    """What desks heard, and what became of the messages."""
    for heard in listened.heard:
        at = f"{heard.at:%Y-%m-%d %H:%M} UTC"
        if heard.decided is None:
            yield f"{heard.desk}: listened at {at} or later already; nothing is told twice"
        else:
            numbers = ", ".join(f"{name} {count}" for name, count in counts(heard).items())
            yield f"{heard.desk}: {at}: {numbers}"
    yield from listened.faults
    yield from sent_lines(listened.sent, listened.troubled)


def sent_lines(sent: Sent, troubled: Iterable[Troubled]) -> Iterator[str]:
    """What a sender did, and what did not arrive."""
    if sent.is_busy:
        yield "Another process sends now: it sends this too."
    for name, count in sent.taken.items():
        yield f"{name}: {count} sent"
    if sent.left:
        yield f"{sent.left} wait in the queue: fengkou desks send, or the next round, sends them"
    for each in troubled:
        yield printable(trouble(each))


def trouble(each: Troubled) -> str:
    """What did not arrive at a channel, why, and what to do."""
    what = []
    if each.failed_count:
        what.append(f"{each.failed_count} not sent")
    if each.waiting_count:
        what.append(f"{each.waiting_count} to be tried again")
    advice = ADVICE.get(Failure(each.failure)) if each.failure in set(Failure) else None
    said = " ".join(part for part in (each.failure, each.code, each.said) if part)
    return f"{each.desk}/{each.channel}: {', '.join(what)} ({said}). {advice or ''}".rstrip()


def told_table(found: Iterable[ToldMessage]) -> Table:
    """Messages and whether each channel took them."""
    table = Table("at (UTC)", "desk", "kind", "story", "channel", "state", "sent (UTC)")
    for each in found:
        more = f" (+{each.story_count - 1})" if each.story_count > 1 else ""
        table.add_row(
            f"{each.at:%m-%d %H:%M}",
            each.desk,
            each.kind,
            printable(each.title) + more,
            each.channel,
            each.state + (f" ({each.failure})" if each.failure else ""),
            f"{each.sent_at:%m-%d %H:%M:%S}" if each.sent_at else "",
        )
    return table
