"""A desk's file gives the desk that its words describe."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fengkou.desks.desk_file import LARGEST, read_desk, read_text, version_of
from fengkou.desks.faults import DeskFaultyError
from fengkou.desks.written_words import Known
from pipelines.desks.desk import (
    MATERIAL,
    Budget,
    ChannelSettings,
    Desk,
    DigestTime,
    Near,
    Pattern,
    QuietHours,
    Rule,
    Send,
    Urgency,
    When,
    Where,
    Window,
    Word,
)
from pipelines.forecast.stages import Stage
from pipelines.language import Language

KNOWN = Known(("weibo_hot_band", "zhihu_hot_list_web"))

WHOLE = """\
desk: chips
title: 芯片组
tz: Asia/Urumqi
language: en
not_boards: [zhihu_hot_list_web]
not: [抽奖]
watch:
  - id: 芯片
    any: [芯片, 618, 3.15, 012, no, "=AMD", mac*, {near: [英伟达, 出口], within: 12}, {re: '国产.{0,4}显卡'}]
    all: ["new york"]
    not: [薯片]
    alias: {英伟达: [NVIDIA, 黄仁勋]}
    where: {boards: [weibo_hot_band], categories: [technology]}
    when: {all_of: {chance: 0.5, boards: 2, rank: 10, stage: [rising]}}
    send: {as: breaking, per_day: 6, wake: true, channels: [room]}
  - id: plain
    any: [光刻机]
quiet: ["23:00-07:30"]
budget: {per_hour: 4, per_day: 20}
digests:
  - {at: "09:00", window: "yesterday 0-24", channels: [room]}
  - {at: 18:30, window: 9-18:30}
  - at: 8:05
channels:
  room: {kind: wecom, secret: ROOM_HOOK, sign: ROOM_SIGN, mention: 86}
"""


def read(text: str) -> Desk:
    return read_desk(text, Path("chips.yaml"), KNOWN)


def test_every_word_of_a_file_is_heeded() -> None:
    assert read(WHOLE) == Desk(
        name="chips",
        title="芯片组",
        zone=ZoneInfo("Asia/Urumqi"),
        language=Language.EN,
        version=version_of(WHOLE),
        where=Where(not_boards=frozenset(["zhihu_hot_list_web"])),
        none_of=(Word("抽奖"),),
        rules=(
            Rule(
                id="芯片",
                any_of=(
                    *map(Word, ("芯片", "618", "3.15", "012", "no", "=AMD", "mac*")),
                    Near((Word("英伟达"), Word("出口")), 12),
                    Pattern("国产.{0,4}显卡"),
                ),
                all_of=(Word("new york"),),
                none_of=(Word("薯片"),),
                aliases={"英伟达": ("NVIDIA", "黄仁勋")},
                where=Where(
                    boards=frozenset(["weibo_hot_band"]), categories=frozenset(["technology"])
                ),
                when=When(0.5, 2, 10, frozenset([Stage.RISING]), needs_all=True),
                send=Send(Urgency.BREAKING, 6, wakes=True, channels=("room",)),
            ),
            Rule(id="plain", any_of=(Word("光刻机"),), when=MATERIAL),
        ),
        quiet=(QuietHours(time(23), time(7, 30)),),
        budget=Budget(4, 20),
        digests=(
            DigestTime(time(9), Window(time(0), time(0)), ("room",)),
            DigestTime(time(18, 30), Window(time(9), time(18, 30))),
            DigestTime(time(8, 5)),
        ),
        channels=(ChannelSettings("room", "wecom", "ROOM_HOOK", "ROOM_SIGN", {"mention": "86"}),),
    )


def test_conditions_without_a_way_are_enough_one_by_one() -> None:
    plain = read("desk: a\nwatch: [{id: r, any: [芯片], when: {boards: 3, rank: 5}}]")
    named = read("desk: a\nwatch: [{id: r, any: [芯片], when: {any_of: {boards: 3, rank: 5}}}]")
    assert plain.rules[0].when == named.rules[0].when == When(boards=3, rank=5)


def test_a_version_is_of_the_text() -> None:
    text = "desk: a\nwatch: [{id: r, any: [芯片]}]\n"
    assert read(text).version == version_of(text) != read(f"{text}# why\n").version


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x" * (LARGEST + 1), f"1:1: found {LARGEST + 1} bytes, expected at most {LARGEST}."),
        ("desk: a\ntitle: 中文".encode("gb18030"), "2:8: found bytes that are no UTF-8."),
    ],
)
def test_what_is_no_text_of_a_desk_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(content)
    with pytest.raises(DeskFaultyError) as refused:
        read_text(file)
    assert f"{file}:{said}" in str(refused.value)


def test_a_mark_of_byte_order_is_no_part_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbfdesk: a\n")
    assert read_text(file) == "desk: a\n"


def test_patterns_that_are_too_much_together_are_refused_before_the_desk_runs() -> None:
    heavy = "".join(f"      - re: '[^{n}]{{0,900}}x[^y]{{900}}z{n}'\n" for n in range(120))
    text = f"desk: tech\nwatch:\n  - id: heavy\n    any:\n{heavy}"
    with pytest.raises(DeskFaultyError, match="120 patterns that are too large together"):
        read(text)
