"""WeCom: the robot of a group, by its hook."""

from datetime import timedelta
from typing import ClassVar

from fengkou.channels.channel import About, Failure, Limits, Part, Refusal
from fengkou.channels.robot import Robot
from fengkou.channels.written import Form, Payload, parts_of, whole_body
from pipelines.desks.pacing import Pace, Rate
from pipelines.desks.render.markup import WECOM
from pipelines.desks.render.signs import size_of
from pipelines.desks.render.told import Told
from pipelines.desks.render.told_lines import Sheet
from pipelines.language import Language
from pipelines.messages import messages_in

TITLE, FIGURE_OF, NOTES, SOURCE = 26, 15, 112, 13
"""Characters that a card shows of its title, of what its figure is of, of its text and of its source."""

JUMPS = 3


class WeCom(Robot):
    """A card for one story that fits on it, else Markdown."""

    about: ClassVar = About(
        "企业微信 WeCom", "the whole address of the robot, https://qyapi.weixin.qq.com/…?key=…"
    )
    limits: ClassVar = Limits(4_096, "Markdown", Pace((Rate(20, timedelta(minutes=1)),)))
    code_at, said_at = ("errcode",), ("errmsg",)
    refusals: ClassVar = {
        "-1": (Refusal(Failure.UNREACHABLE, "the service is busy"),),
        "40058": (Refusal(Failure.TOO_LONG, "a parameter is invalid: most often too long"),),
        "45002": (Refusal(Failure.TOO_LONG, "the content is too long"),),
        "45009": (Refusal(Failure.TOO_FAST, "more than 20 messages in a minute"),),
        "45033": (Refusal(Failure.TOO_FAST, "too many requests at once"),),
        "60020": (Refusal(Failure.BLOCKED, "this machine's address is not allowed"),),
        "93000": (
            Refusal(Failure.WRONG_KEY, "the key of the hook is wrong, or the robot is gone"),
        ),
    }

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        card = _card(told, messages_in(language).say("told.again_note"))
        if card and (size := whole_body(card)) <= self.limits.size:
            return (Part(1, 1, card, size),)
        return parts_of(
            told, told.sheet, language, Form(self.limits.size, _markdown, _content_size)
        )


def _markdown(sheet: Sheet) -> Payload:
    return {"msgtype": "markdown_v2", "markdown_v2": {"content": WECOM.write(sheet.whole)}}


def _content_size(payload: Payload) -> int:
    return size_of(payload["markdown_v2"]["content"])


def _card(told: Told, again_note: str) -> Payload | None:
    """A card, where all of the message fits on one and it leads somewhere, as a card must."""
    notes = "\n".join(told.notes)
    if not told.story or not told.buttons or len(told.sheet.heading) > TITLE or len(notes) > NOTES:
        return None
    if len(told.story.within) > FIGURE_OF or len(told.sheet.signed) > SOURCE:
        return None
    first, *others = told.buttons
    title = {"title": told.sheet.heading} | ({"desc": again_note} if told.is_again else {})
    card = {
        "card_type": "text_notice",
        "source": {"desc": told.sheet.signed},
        "main_title": title,
        "sub_title_text": notes,
        "jump_list": [{"type": 1, "title": link.text, "url": link.url} for link in others[:JUMPS]],
        "card_action": {"type": 1, "url": first.url},
    }
    if told.story.chance:
        card["emphasis_content"] = {"title": told.story.chance, "desc": told.story.within}
    return {"msgtype": "template_card", "template_card": card}
