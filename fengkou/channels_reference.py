"""The page of ``docs/reference`` on channels: what each kind takes, and what its service's refusals mean."""

from collections.abc import Iterator
from datetime import timedelta

from fengkou.channels.channel import ADVICE, TRIED_AGAIN, Channel, Failure
from fengkou.channels.from_desk import kind_of, kinds


def render_channels() -> str:
    """Each kind with its settings and limits; each failure with what to do; each code of a service."""
    found = {name: kind_of(name) for name in kinds()}
    lines = [
        "# Channels",
        "",
        "Each kind is one file in `fengkou/channels/kinds`. How to get a hook for each: "
        "[channels.md](../channels.md).",
        "",
        "| kind | service | `secret` names a variable with | `sign` | options |",
        "| --- | --- | --- | --- | --- |",
        *(_settings(name, kind) for name, kind in found.items()),
        "",
        "## Limits",
        "",
        "What is longer is sent in numbered parts; what is faster waits.",
        "",
        "| kind | bytes of a part | of | at most | never in minute | asked too often, it takes nothing for |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_limits(name, kind) for name, kind in found.items()),
        "",
        "## Failures",
        "",
        "| failure | tried again after | what to do |",
        "| --- | --- | --- |",
        *(_failure(failure) for failure in Failure),
        "",
        "A service that says how long it wants to be left alone is left alone so long.",
        "",
        "## Codes of the services",
        "",
        "| kind | code | meaning | failure |",
        "| --- | --- | --- | --- |",
        *(line for name, kind in found.items() for line in _refusals(name, kind)),
    ]
    return "\n".join(lines) + "\n"


def _settings(name: str, kind: type[Channel]) -> str:
    about = kind.about
    options = "; ".join(f"`{option}`: {meaning}" for option, meaning in about.options.items())
    return f"| `{name}` | {about.title} | {about.secret or 'nothing'} | {about.sign} | {options} |"


def _limits(name: str, kind: type[Channel]) -> str:
    limits = kind.limits
    rates = ", ".join(f"{rate.most} in {_span(rate.span)}" for rate in limits.pace.rates)
    minutes = ", ".join(map(str, sorted(limits.pace.forbidden_minutes)))
    block = _span(limits.block) if limits.block else ""
    return f"| `{name}` | {limits.size:,} | {limits.counts} | {rates} | {minutes} | {block} |"


def _failure(failure: Failure) -> str:
    waits = ", ".join(map(_span, TRIED_AGAIN[failure])) or "never"
    return f"| `{failure}` | {waits} | {ADVICE[failure]} |"


def _refusals(name: str, kind: type[Channel]) -> Iterator[str]:
    for code, refusals in kind.refusals.items():
        for refusal in refusals:
            where = f" (its text says “{refusal.says}”)" if refusal.says else ""
            yield f"| `{name}` | {code} | {refusal.meaning}{where} | `{refusal.failure}` |"


def _span(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    minutes, rest = divmod(seconds, 60)
    return f"{seconds} s" if rest else f"{minutes} min"
