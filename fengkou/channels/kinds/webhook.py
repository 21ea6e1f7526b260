"""A program of your own: the message as signed JSON, as docs/reference/message.schema.json describes it."""

import hmac
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import ClassVar

from fengkou.channels.channel import About, Answer, Channel, Failure, Limits, Part, Setup
from fengkou.channels.hook import Reply, checked, post
from fengkou.channels.robot import of_status
from fengkou.channels.secrets import Secrets
from fengkou.channels.written import as_json, whole_body
from pipelines.desks.render.document import document
from pipelines.desks.render.markup import PLAIN
from pipelines.desks.render.told import Told, as_again
from pipelines.language import Language

TIMESTAMP, SIGNATURE = "X-Fengkou-Timestamp", "X-Fengkou-Signature"


class Webhook(Channel):
    """One POST a message. With a key its headers say when (Unix seconds) and bear the signature: sha256= and
    the hexadecimal HMAC-SHA256 of "seconds.body". Any 2xx is an answer that it was taken."""

    about: ClassVar = About(
        "Webhook", "an https address that takes a POST of JSON", sign="a key that both sides know"
    )
    limits: ClassVar = Limits(1_000_000, "the whole body")

    def __init__(self, setup: Setup) -> None:
        super().__init__(setup)
        self.address = checked(setup.secret, setup.name)
        self.secrets = Secrets.of(self.address, setup.sign)

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        sheet = as_again(told.sheet, language) if told.is_again else told.sheet
        text = PLAIN.write(sheet.whole)
        payload = document(told.message, text, told.links, is_again=told.is_again)
        return (Part(1, 1, payload, whole_body(payload)),)

    def send(self, part: Part, at: datetime) -> Answer:
        body, headers, signature = as_json(part.payload), {}, ""
        if self.setup.sign:
            seconds = str(int(at.timestamp()))
            said = f"{seconds}.".encode() + body
            signature = hmac.digest(self.setup.sign.encode(), said, "sha256").hex()
            headers = {TIMESTAMP: seconds, SIGNATURE: f"sha256={signature}"}
        reply = post(self.address, body, headers)
        answer = reply if isinstance(reply, Answer) else _judged(reply)
        return replace(answer, said=self.secrets.told(answer.said, signature))


def _judged(reply: Reply) -> Answer:
    if HTTPStatus.OK <= reply.status < HTTPStatus.MULTIPLE_CHOICES:
        return Answer(None, str(reply.status))
    if reply.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return Answer(Failure.WRONG_SIGNATURE, str(reply.status), reply.text)
    if reply.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Answer(Failure.WRONG_KEY, str(reply.status), reply.text)
    return of_status(reply) or Answer(Failure.UNKNOWN, str(reply.status), reply.text)
