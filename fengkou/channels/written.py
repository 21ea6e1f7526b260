"""Messages as the parts of a channel: cut to its limits, and measured as it measures."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from fengkou.channels.channel import Part
from pipelines.desks.render.pieces import pieces
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


def parts_of(
    sheet: Sheet,
    language: Language,
    most: int,
    payload: Callable[[Sheet], Payload],
    measure: Callable[[Payload], int] = whole_body,
) -> tuple[Part, ...]:
    """The sheet in parts of at most ``most`` bytes by ``measure``, each as ``payload`` writes it."""
    sheets = pieces(sheet, most, lambda each: measure(payload(each)), messages_in(language))
    written = [payload(each) for each in sheets]
    return tuple(
        Part(number, len(written), each, measure(each)) for number, each in enumerate(written, 1)
    )
