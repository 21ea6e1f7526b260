"""A robot of a group chat: takes JSON, and tells by a code in its JSON, under HTTP 200, whether it did."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Any, ClassVar

from fengkou.channels.channel import Answer, Channel, Failure, Part, Setup
from fengkou.channels.hook import Reply, checked, post
from fengkou.channels.secrets import Secrets
from fengkou.channels.written import Payload, as_json
from pipelines.desks.render.told_lines import Sheet

KEYWORD = "a word that the robot asks each message to hold; 风口 stands in each without it"

GATEWAYS = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT})
"""What stands before a service lost its answer: the message may be there."""


class Robot(Channel):
    """``code_at``, ``said_at``: the keys of its answer that hold the code, 0 where it took the message, and
    its own words; of several keys the first that is there."""

    code_at: ClassVar[tuple[str, ...]]
    said_at: ClassVar[tuple[str, ...]]

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.address = checked(self.address_of(setup), setup.name)
        self.secrets = Secrets.of(self.address, setup.secret, setup.sign)

    def address_of(self, setup: Setup) -> str:
        """Where to post to: what the secret says, unless that is a key alone."""
        return setup.secret

    def signed(self, payload: Payload, at: datetime) -> tuple[str, Payload, str]:
        """Address and payload as they go out at ``at``, and the signature in them; empty where none is."""
        return self.address, payload, ""

    def marked(self, sheet: Sheet) -> Sheet:
        """The sheet with the word that the robot asks for, where the brand's name is not that."""
        keyword = self.setup.options.get("keyword", "")
        if not keyword or keyword in sheet.signed:
            return sheet
        return replace(sheet, signed=f"{sheet.signed} · {keyword}")

    def send(self, part: Part, at: datetime) -> Answer:
        address, payload, signature = self.signed(part.payload, at)
        reply = post(address, as_json(payload), {"Content-Type": "application/json; charset=utf-8"})
        answer = reply if isinstance(reply, Answer) else self.judged(reply)
        return replace(answer, said=self.secrets.told(answer.said, signature, address))

    def judged(self, reply: Reply) -> Answer:
        """What a reply comes to. Nothing but the code of success is taken for it."""
        if (failure := of_status(reply)) is not None:
            return failure
        answer = _object(reply.text)
        code = next((answer[key] for key in self.code_at if key in answer), None)
        if not isinstance(code, int | str) or isinstance(code, bool):
            is_page = reply.text.lstrip()[:1] == "<"
            said = reply.text if reply.text.strip() else "The answer is empty."
            return Answer(Failure.BAD_ANSWER, str(reply.status), said, may_have_arrived=not is_page)
        said = str(next((answer[key] for key in self.said_at if answer.get(key)), ""))
        if code in {0, "0"} and reply.status == HTTPStatus.OK:
            return Answer(None, "0", said)
        for refusal in self.refusals.get(str(code), ()):
            if refusal.says.lower() in said.lower():
                after = reply.after
                if refusal.failure is Failure.TOO_FAST:
                    after = after or self.limits.block
                return Answer(refusal.failure, str(code), said, after=after)
        return Answer(Failure.UNKNOWN, str(code)[:40], said)


def of_status(reply: Reply) -> Answer | None:
    """What a status alone says; None where the body tells."""
    status, code = reply.status, str(reply.status)
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        said = "It leads to another address: give that of the service itself."
        return Answer(Failure.BAD_ANSWER, code, said)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Answer(Failure.TOO_FAST, code, reply.text, after=reply.after)
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return Answer(Failure.TOO_LONG, code, reply.text)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        lost = status in GATEWAYS
        return Answer(
            Failure.UNREACHABLE, code, reply.text, may_have_arrived=lost, after=reply.after
        )
    is_gone = status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
    if is_gone and not _object(reply.text):
        return Answer(Failure.WRONG_KEY, code, reply.text)
    return None


def _object(text: str) -> Mapping[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}
