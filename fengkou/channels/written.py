"""Messages as the parts of a channel: cut to its limits, and measured as it measures."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fengkou.channels.channel import Part
from pipelines.desks.render.pieces import pieces
from pipelines.desks.render.told import Told, as_again
from pipelines.desks.render.told_lines import Sheet
from pipelines.language import Language
from pipelines.messages import messages_in

Payload = Mapping[str, Any]


def as_json(payload: Payload) -> bytes:
    """The bytes that go out: characters as themselves, for ``\\u`` escapes double a Chinese text."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def whole_body(payload: Payload) -> int:
    """Bytes of the JSON of a payload."""
    return len(as_json(payload))


@dataclass(frozen=True, slots=True)
class Form:
    """How a channel writes a sheet, how its service counts what is written, and how much it takes."""

    most: int
    payload: Callable[[Sheet], Payload]
    measure: Callable[[Payload], int] = whole_body


def parts_of(told: Told, sheet: Sheet, language: Language, form: Form) -> tuple[Part, ...]:
    """A sheet of what is told, in as many parts as it needs.

    They are cut so that each would fit marked as sent again: a part that is, is the part that it was.
    """

    def measured(each: Sheet) -> int:
        return form.measure(form.payload(as_again(each, language)))

    written = [
        form.payload(as_again(each, language) if told.is_again else each)
        for each in pieces(sheet, form.most, measured, messages_in(language))
    ]
    return tuple(
        Part(number, len(written), each, form.measure(each))
        for number, each in enumerate(written, 1)
    )
