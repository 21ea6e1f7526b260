"""The terminal: shows what a chat would, to try a desk without one."""

import sys
from datetime import datetime
from typing import ClassVar

from fengkou.channels.channel import About, Answer, Channel, Limits, Part
from fengkou.channels.written import Form, Payload, parts_of
from pipelines.desks.render.markup import PLAIN
from pipelines.desks.render.told import Told
from pipelines.desks.render.told_lines import Sheet
from pipelines.language import Language


class Console(Channel):
    """Writes each message to standard output, an empty line after it."""

    about: ClassVar = About("The terminal", secret="")
    limits: ClassVar = Limits(size=65_536, counts="text")

    def write(self, told: Told, language: Language) -> tuple[Part, ...]:
        return parts_of(told, told.sheet, language, Form(self.limits.size, _payload, _size))

    def send(self, part: Part, at: datetime) -> Answer:
        sys.stdout.write(f"{part.payload['text']}\n\n")
        sys.stdout.flush()
        return Answer(failure=None)


def _payload(sheet: Sheet) -> Payload:
    return {"text": PLAIN.write(sheet.whole)}


def _size(payload: Payload) -> int:
    return len(payload["text"].encode())
