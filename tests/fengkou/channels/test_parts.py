"""Whatever strangers type, no part is longer than its service takes, and no link is cut."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from fengkou.channels.channel import Part
from fengkou.channels.from_desk import channel_for
from pipelines.desks.desk import ChannelSettings
from pipelines.desks.render.told import Told, tell
from pipelines.desks.render.told_lines import Link
from pipelines.language import Language
from tests.fengkou.channels.drawn_messages import messages
from tests.pipelines.desks.messages import LINKS

MOST = {
    "wecom": 4_096,
    "feishu": 20_480,
    "dingtalk": 20_000,
    "serverchan": 32 * 1024,
    "apprise": 4_096,
}
SETTINGS = {
    "wecom": "https://qyapi.example/send?key=1",
    "feishu": "https://feishu.example/hook/1",
    "dingtalk": "https://dingtalk.example/send?access_token=1",
    "serverchan": "SCT1",
    "apprise": f"tgram://123456789:{'A' * 35}/12345",
}
ADDRESS = re.compile("https?://")


def counted(kind: str, payload: Any) -> int:
    """Bytes as the service counts them, by its manual."""
    if kind == "wecom" and payload["msgtype"] == "markdown_v2":
        return len(payload["markdown_v2"]["content"].encode())
    if kind in {"serverchan", "apprise"}:
        return len(payload["desp" if kind == "serverchan" else "text"].encode())
    return len(json.dumps(payload, ensure_ascii=False).encode())


def texts(value: Any) -> Iterator[str]:
    """Every text of a payload."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from texts(each)


def addresses(told: Told) -> tuple[str, ...]:
    """Every address that the message leads to, as it is and as Markdown writes it."""
    marks = str.maketrans({mark: f"%{ord(mark):02X}" for mark in "()[]"})
    links = [atom for line in (*told.sheet.lines, told.buttons) for atom in line]
    urls = [atom.url for atom in links if isinstance(atom, Link)]
    return tuple(form for url in urls for form in (url, url.translate(marks)))


def assert_whole(kind: str, told: Told, parts: tuple[Part, ...], known: tuple[str, ...]) -> None:
    shown = [list(texts(part.payload)) for part in parts]
    for part, said in zip(parts, shown, strict=True):
        assert counted(kind, part.payload) <= MOST[kind]
        for text in said:
            for found in ADDRESS.finditer(text):
                assert text.startswith(known, found.start()), (kind, text)
    assert [(part.number, part.count) for part in parts] == [
        (number, len(parts)) for number in range(1, len(parts) + 1)
    ]
    heading = told.sheet.heading if kind in {"apprise", "feishu"} else ""  # others widen its signs
    assert any(heading in text for text in shown[0])


@pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")
@pytest.mark.parametrize(
    "count", [500, pytest.param(10_000, marks=pytest.mark.slow)], ids=["some", "many"]
)
def test_no_part_is_too_long_and_no_address_is_cut(count: int) -> None:
    channels = {
        kind: channel_for(ChannelSettings("team", kind, "HOOK"), {"HOOK": SETTINGS[kind]})
        for kind in MOST
    }
    cut: Counter[str] = Counter()
    for number, drawn in enumerate(messages(count, seed=count)):
        told = tell(drawn, Language.ZH, {1: LINKS})
        known = addresses(told)
        # Every message to the one that takes least, and to another in turn.
        for kind in {"wecom", sorted(channels)[number % len(channels)]}:
            channel = channels[kind]
            parts = channel.write(told, Language.ZH)
            assert_whole(kind, told, parts, known)
            cut[kind] += len(parts) > 1
            if len(parts) > 1:
                again = channel.write(replace(told, is_again=True), Language.ZH)
                assert len(again) == len(parts), "a part that is sent again is the part that it was"
                assert all(counted(kind, part.payload) <= MOST[kind] for part in again)
    assert cut["wecom"] > count / 20
    assert cut["apprise"] > count / 20 / len(channels)
