"""Whether the keys of a desk's channels are those that their kinds have; no value of them is told."""

from collections.abc import Iterator, Mapping
from typing import Any

from fengkou.channels.channel import About
from fengkou.desks.faults import KEY
from fengkou.desks.written_words import did_you_mean
from fengkou.desks.yaml_text import Steps

OF_EVERY_KIND = frozenset(("kind", "secret", "sign"))


def channel_faults(
    channels: Mapping[str, Any], kinds: Mapping[str, About]
) -> Iterator[tuple[Steps, str]]:
    """Where, and what; a channel of no known kind is not looked at."""
    for name, written in channels.items():
        kind = written.get("kind") if isinstance(written, dict) else None
        if not isinstance(kind, str) or kind not in kinds:
            continue
        about, steps = kinds[kind], ("channels", name)
        for key in written.keys() - OF_EVERY_KIND - about.options.keys():
            there_are = (
                f"There are: {', '.join(about.options)}." if about.options else "It has none."
            )
            hint = did_you_mean(key, about.options, there_are)
            named = f" {key!r}" if KEY.fullmatch(key) else " of that name"
            yield (*steps, key), f"{kind} has no option{named}. {hint}"
        if about.secret and "secret" not in written:
            yield (
                steps,
                f"secret is missing. Write the name of the environment variable that holds {about.secret}.",
            )
        for key, what in (("secret", about.secret), ("sign", about.sign)):
            if key in written and not what:
                yield (*steps, key), f"{kind} has no {key}. Remove it."
