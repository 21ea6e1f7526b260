"""The channels that desks name: a kind is a file of ``fengkou/channels/kinds``, found by its name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path

from fengkou.channels.channel import Channel, ChannelError, Setup
from pipelines.desks.desk import ChannelSettings

KINDS = Path(__file__).with_name("kinds")


@cache
def kinds() -> tuple[str, ...]:
    """Every kind, in order, without importing one."""
    return tuple(sorted(file.stem for file in KINDS.glob("*.py") if file.stem != "__init__"))


def kind_of(name: str) -> type[Channel]:
    """The kind of that name. Raises ChannelError."""
    if name not in kinds():
        raise ChannelError(f"No kind of channel {name!r}. There are: {', '.join(kinds())}.")
    module = import_module(f"fengkou.channels.kinds.{name}")
    (found,) = (
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Channel)
        and value.__module__ == module.__name__
    )
    return found


def channel_for(settings: ChannelSettings, environment: Mapping[str, str]) -> Channel:
    """The channel that a desk describes, with its address and keys from the environment.

    Raises ChannelError where the kind or an option is unknown, or a variable is missing or cannot be taken.
    """
    kind = kind_of(settings.kind)
    where = f"Channel {settings.name!r} ({settings.kind})"
    if strange := sorted(set(settings.options) - set(kind.about.options)):
        known = ", ".join(kind.about.options) or "none"
        raise ChannelError(f"{where}: no option {strange[0]!r}. There are: {known}.")
    secret = environment.get(settings.secret, "").strip()
    if kind.about.secret and not secret:
        raise ChannelError(
            f"{where}: the variable {settings.secret} is not set. Set it to {kind.about.secret}."
        )
    sign = environment.get(settings.sign, "").strip() if settings.sign else ""
    if settings.sign and not sign:
        raise ChannelError(
            f"{where}: the variable {settings.sign} is not set. Set it to "
            f"{kind.about.sign or 'nothing: this kind signs nothing, so leave sign out'}."
        )
    return kind(Setup(settings.name, secret, sign, settings.options))
