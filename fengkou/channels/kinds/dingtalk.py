"""DingTalk: the custom robot of a group, by its hook."""

import hmac
from base64 import b64encode
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import quote

from fengkou.channels.channel import About, Failure, Limits, Part, Refusal
from fengkou.channels.robot import KEYWORD, Robot
from fengkou.channels.written import Form, Payload, parts_of
from pipelines.desks.pacing import Pace, Rate
from pipelines.desks.render.markup import DINGTALK
from pipelines.desks.render.told import Told
from pipelines.desks.render.told_lines import Link, Sheet
from pipelines.language import Language

GONE = Refusal(Failure.WRONG_KEY, "the robot, its token or its group is gone")
UNCARRIED = Refusal(Failure.CONTENT, "the service does not carry such a text, picture or link")


class DingTalk(Robot):
    """A card with buttons where there is something to decide, else Markdown."""

    about: ClassVar = About(
        "钉钉 DingTalk",
        "the whole address of the robot, https://oapi.dingtalk.com/robot/send?access_token=…",
        sign="the key of its signature, SEC…",
        options={"keyword": KEYWORD},
    )
    limits: ClassVar = Limits(
        20_000,
        "the whole body",
        Pace((Rate(18, timedelta(minutes=1)),)),
        block=timedelta(minutes=10),
    )
    code_at, said_at = ("errcode",), ("errmsg",)
    refusals: ClassVar = {
        "-1": (Refusal(Failure.UNREACHABLE, "the service is busy"),),
        "130101": (Refusal(Failure.TOO_FAST, "more than 20 messages in a minute"),),
        "300001": (GONE,),
        "300005": (GONE,),
        "310000": (
            Refusal(Failure.KEYWORD, "the robot's keyword is not in the message", says="keyword"),
            Refusal(Failure.BLOCKED, "this machine's address is not allowed", says="whitelist"),
            Refusal(Failure.WRONG_SIGNATURE, "the signature, or this machine's clock, is wrong"),
        ),
        "400013": (GONE,),
        "400101": (GONE,),
        "400102": (GONE,),
        "400106": (GONE,),
        "410100": (Refusal(Failure.TOO_FAST, "more than 20 messages in a minute"),),
        "430101": (UNCARRIED,),
        "430102": (UNCARRIED,),
        "430104": (UNCARRIED,),
        "460101": (Refusal(Failure.TOO_LONG, "the message is too long"),),
    }

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        has_choice = len(told.buttons) > 1
        sheet = self.marked(told.bare if has_choice else told.sheet)

        def payload(part: Sheet) -> Payload:
            return _card(part, told.buttons) if has_choice else _markdown(part)

        return parts_of(told, sheet, language, Form(self.limits.size, payload))

    def signed(self, payload: Payload, at: datetime) -> tuple[str, Payload, str]:
        if not self.setup.sign:
            return self.address, payload, ""
        milliseconds = int(at.timestamp() * 1_000)
        said = f"{milliseconds}\n{self.setup.sign}".encode()
        sign = b64encode(hmac.digest(self.setup.sign.encode(), said, "sha256")).decode()
        address = f"{self.address}&timestamp={milliseconds}&sign={quote(sign, safe='')}"
        return address, payload, sign


def _markdown(sheet: Sheet) -> Payload:
    text = DINGTALK.write(sheet.whole)
    return {"msgtype": "markdown", "markdown": {"title": sheet.heading, "text": text}}


def _card(sheet: Sheet, buttons: tuple[Link, ...]) -> Payload:
    card = {
        "title": sheet.heading,
        "text": DINGTALK.write(sheet.whole),
        "btnOrientation": "1",
        "btns": [{"title": link.text, "actionURL": link.url} for link in buttons],
    }
    return {"msgtype": "actionCard", "actionCard": card}
