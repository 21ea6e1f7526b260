"""Readers that break, each in its own way, for the fuzzer to find."""

import json
import time

from fuzzing.changes import json_text
from fuzzing.target import Target


def raises(data: bytes) -> None:
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(rows, list) and not all(isinstance(row, str) for row in rows):
        raise KeyError("a row that is no text")


def hangs(data: bytes) -> None:
    if data.startswith(b"{"):
        time.sleep(3_600)


def keeps(_: bytes) -> None:
    return None


def seeds() -> list[bytes]:
    return [b'["bridge", "ferry"]']


TARGETS = {
    "raises": Target(raises, seeds, json_text),
    "hangs": Target(hangs, seeds, lambda _, __: b"{}"),
    "keeps": Target(keeps, seeds, json_text),
}
