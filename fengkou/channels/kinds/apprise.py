"""Everything else that Apprise knows: Telegram, Slack, ntfy, Bark and a hundred more."""

import logging
import re
from dataclasses import replace
from datetime import datetime
from types import ModuleType
from typing import Any, ClassVar

from fengkou.channels.channel import (
    About,
    Answer,
    Channel,
    ChannelError,
    Failure,
    Limits,
    Part,
    Setup,
)
from fengkou.channels.secrets import Secrets, hush
from fengkou.channels.written import Form, Payload, parts_of
from pipelines.desks.render.markup import PLAIN
from pipelines.desks.render.signs import size_of
from pipelines.desks.render.told import Told
from pipelines.desks.render.told_lines import Sheet
from pipelines.digest.render.safe_text import cut
from pipelines.language import Language

OWN = {
    "wecombot": "wecom",
    "dingtalk": "dingtalk",
    "feishu": "feishu",
    "lark": "feishu",
    "schan": "serverchan",
}
"""Services with a kind of their own, by Apprise's name: it takes their refusals for success."""

STATUS = re.compile(r"error\s*=\s*(\d{3})")
OF_STATUS = {
    "401": Failure.WRONG_KEY,
    "403": Failure.WRONG_KEY,
    "404": Failure.WRONG_KEY,
    "413": Failure.TOO_LONG,
    "429": Failure.TOO_FAST,
}

hush(["apprise"])


class Apprise(Channel):
    """Plain text to one address of Apprise, in parts that its service takes."""

    about: ClassVar = About("Apprise", "an address of Apprise, such as tgram://token/chat")
    limits: ClassVar = Limits(32_768, "text; fewer where the service takes fewer")

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.apprise = _library(setup.name)
        asset = self.apprise.AppriseAsset(async_mode=False, secure_logging=True)
        found = self.apprise.Apprise.instantiate(
            setup.secret, asset=asset, suppress_exceptions=True
        )
        if found is None:
            raise ChannelError(
                f"Channel {setup.name!r}: Apprise cannot read its address. Compare it with "
                "https://appriseit.com/services/."
            )
        if (kind := OWN.get(str(found.secure_protocol))) is not None:
            raise ChannelError(
                f"Channel {setup.name!r}: Apprise does not tell what that service refuses. Use kind: {kind}."
            )
        self.service: Any = found
        self.sender = self.apprise.Apprise(asset=asset)
        self.sender.add(found)
        self.secrets = Secrets.of(setup.secret)
        self.size = min(self.limits.size, int(found.body_maxlen))

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        return parts_of(told, told.sheet, language, Form(self.size, self._payload, _text_size))

    def _payload(self, sheet: Sheet) -> Payload:
        title = cut(sheet.heading, self.service.title_maxlen) if self.service.title_maxlen else ""
        lines = sheet.whole[1:] if title == sheet.heading else sheet.whole
        return {"title": title, "text": PLAIN.write(lines)}

    def send(self, part: Part, at: datetime) -> Answer:
        with self.apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as said:
            is_sent = self.sender.notify(
                part.payload["text"],
                title=part.payload["title"],
                body_format=self.apprise.NotifyFormat.TEXT,  # HTML or Markdown where it reads those
            )
            told = said.getvalue()
        return replace(_judged(told, is_sent=bool(is_sent)), said=self.secrets.told(told))


def _library(channel: str) -> ModuleType:
    try:
        import apprise  # noqa: PLC0415 - an extra: most desks need none
    except ModuleNotFoundError:
        raise ChannelError(
            f"Channel {channel!r}: Apprise is not installed. Run: pip install 'fengkou[apprise]'"
        ) from None
    return apprise


def _judged(said: str, *, is_sent: bool) -> Answer:
    if is_sent:
        return Answer(None, said=said)
    if found := STATUS.search(said):
        is_down = found[1] >= "500"
        failure = OF_STATUS.get(found[1], Failure.UNREACHABLE if is_down else Failure.UNKNOWN)
        return Answer(failure, found[1])
    return Answer(Failure.UNANSWERED, may_have_arrived=True)


def _text_size(payload: Payload) -> int:
    return size_of(payload["text"])
