"""ServerChan: to a phone, by a key; Turbo (SCT…) and ServerChan3 (sctp…)."""

import re
from typing import ClassVar

from fengkou.channels.channel import About, ChannelError, Failure, Limits, Part, Refusal, Setup
from fengkou.channels.robot import Robot
from fengkou.channels.written import Form, Payload, parts_of
from pipelines.desks.render.markup import DINGTALK
from pipelines.desks.render.signs import size_of
from pipelines.desks.render.told import Told
from pipelines.desks.render.told_lines import Sheet
from pipelines.digest.render.safe_text import cut
from pipelines.language import Language

TITLE = 32
"""Characters that it takes of a title."""

TURBO, THREE = re.compile(r"SCT\w+"), re.compile(r"sctp(\d+)t\w+")


class ServerChan(Robot):
    """A title that is the decision, and Markdown that begins with it."""

    about: ClassVar = About("Server 酱 ServerChan", "its SendKey, SCT… or sctp…")
    limits: ClassVar = Limits(32_000, "Markdown")
    code_at, said_at = ("code", "errno"), ("message", "info", "errmsg")
    refusals: ClassVar = {
        "40001": (
            Refusal(Failure.TOO_FAST, "the messages of the day are used up", says="次数"),
            Refusal(Failure.WRONG_KEY, "the SendKey is wrong"),
        )
    }

    def address_of(self, setup: Setup) -> str:
        if setup.secret.startswith(("http://", "https://")):
            return setup.secret
        if three := THREE.fullmatch(setup.secret):
            return f"https://{three[1]}.push.ft07.com/send/{setup.secret}.send"
        if TURBO.fullmatch(setup.secret):
            return f"https://sctapi.ftqq.com/{setup.secret}.send"
        raise ChannelError(
            f"Channel {setup.name!r}: its variable holds no SendKey. Expected SCT… or sctp…, as "
            "the service shows it, or a whole address."
        )

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        return parts_of(told, told.sheet, language, Form(self.limits.size, _payload, _text_size))


def _payload(sheet: Sheet) -> Payload:
    return {"title": cut(sheet.heading, TITLE), "desp": DINGTALK.write(sheet.whole)}


def _text_size(payload: Payload) -> int:
    return size_of(payload["desp"])
