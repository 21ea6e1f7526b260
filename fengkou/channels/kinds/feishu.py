"""Feishu: the custom robot of a group, by its hook."""

import hmac
from base64 import b64encode
from datetime import datetime, timedelta
from typing import ClassVar

from fengkou.channels.channel import About, Failure, Limits, Part, Refusal
from fengkou.channels.robot import KEYWORD, Robot
from fengkou.channels.written import Form, Payload, parts_of
from pipelines.desks.message import Kind, Message
from pipelines.desks.pacing import Pace, Rate
from pipelines.desks.render.markup import FEISHU
from pipelines.desks.render.told import Told
from pipelines.desks.render.told_lines import Sheet
from pipelines.language import Language

SIGNED_SIZE = 100
"""Bytes that the signature adds to a body: its instant, 44 characters, and their keys."""

URGENT = "red"
COLOURS = {Kind.NEW: "orange", Kind.BACK: "purple", Kind.UPDATE: "blue", Kind.CORRECTION: "carmine"}
OF_SEVERAL = "turquoise"


class Feishu(Robot):
    """A card whose head tells the kind by its colour."""

    about: ClassVar = About(
        "飞书 Feishu",
        "the whole address of the robot, https://open.feishu.cn/open-apis/bot/v2/hook/…",
        sign="the key of its signature",
        options={"keyword": KEYWORD},
    )
    limits: ClassVar = Limits(
        20_000,
        "the whole body",
        Pace((Rate(100, timedelta(minutes=1)), Rate(5, timedelta(seconds=1))), frozenset({0, 30})),
    )
    code_at, said_at = ("code", "StatusCode"), ("msg", "StatusMessage")
    refusals: ClassVar = {
        "9499": (
            Refusal(Failure.TOO_FAST, "too many requests", says="too many"),
            Refusal(Failure.UNKNOWN, "the body is not as it should be"),
        ),
        "11232": (Refusal(Failure.TOO_FAST, "the service is busy, as at full and half hours"),),
        "19001": (Refusal(Failure.WRONG_KEY, "the address of the hook is wrong"),),
        "19021": (
            Refusal(Failure.WRONG_SIGNATURE, "the signature, or this machine's clock, is wrong"),
        ),
        "19022": (Refusal(Failure.BLOCKED, "this machine's address is not allowed"),),
        "19024": (Refusal(Failure.KEYWORD, "the robot's keyword is not in the message"),),
        "19036": (Refusal(Failure.TOO_LONG, "the body is too large"),),
    }

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        def card(sheet: Sheet) -> Payload:
            return {"msg_type": "interactive", "card": _card(told, sheet)}

        return parts_of(
            told, self.marked(told.bare), language, Form(self.limits.size - SIGNED_SIZE, card)
        )

    def signed(self, payload: Payload, at: datetime) -> tuple[str, Payload, str]:
        if not self.setup.sign:
            return self.address, payload, ""
        seconds = str(int(at.timestamp()))
        key = f"{seconds}\n{self.setup.sign}".encode()
        sign = b64encode(hmac.digest(key, b"", "sha256")).decode()
        return self.address, {"timestamp": seconds, "sign": sign, **payload}, sign


def _card(told: Told, sheet: Sheet) -> Payload:
    buttons = [
        {"tag": "button", "text": _plain(link.text), "url": link.url} for link in told.buttons
    ]
    return {
        "header": {
            "template": _colour(told.message),
            "title": _plain(sheet.heading),
        },
        "elements": [
            {"tag": "markdown", "content": FEISHU.write(sheet.lines)},
            *([{"tag": "action", "actions": buttons}] if buttons else []),
            {"tag": "note", "elements": [_plain(sheet.signed)]},
        ],
    }


def _colour(message: Message) -> str:
    return URGENT if message.is_breaking else COLOURS.get(message.kind, OF_SEVERAL)


def _plain(text: str) -> Payload:
    return {"tag": "plain_text", "content": text}
