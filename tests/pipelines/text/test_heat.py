"""Heat as boards print it, and text that only looks like it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.heat import HEAT_LENGTH_LIMIT, SUFFIXES, UNITS, Heat, read_heat
from tests.examples import examples

BOARDS = Path(__file__).parents[2] / "boards"
many = examples(150)


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1563 万热度", 15_630_000, "热度"),
        ("电影 371170", 371_170, None),
        ("剧集 694476", 694_476, None),
        ("1.5w", 15_000, None),
        ("-5", -5, None),  # more readers against it than for it
        ("1.2万", 12_000, None),
        ("123.4万", 1_234_000, None),
        ("1.2亿", 120_000_000, None),
        ("3億", 300_000_000, None),
        ("118K", 118_000, None),
        ("20K+", 20_000, None),
        ("200+", 200, None),
        ("1,234 stars today", 1_234, "stars today"),
        ("128喜欢", 128, "喜欢"),
        ("3.5亿次播放", 350_000_000, "次播放"),
        ("１２万", 120_000, None),
        (" 42 ", 42, None),
        ("0", 0, None),
        ("10万+", 100_000, None),
        ("2천+", 2_000, None),
        ("阅读10w+", 100_000, "阅读"),
        ("热度：1.2万", 12_000, "热度"),
        ("2.3亿热度 · 1.8万回答", 230_000_000, "热度"),
        ("讨论1.2万 阅读3.4亿", 12_000, "讨论"),
        ("1.2万讨论 3.4亿阅读", 12_000, "讨论"),
        ("12 points | 3 comments", 12, "points"),
        ("12,34", 12.34, None),
        ("-7,5", -7.5, None),
        ("98,7万", 987_000, None),
        ("3.456.789", 3_456_789, None),
        ("2.345,5", 2_345.5, None),
        ("2.345.678,25", 2_345_678.25, None),
        ("98.765", 98.765, None),
        ("98,765", 98_765, None),
        ("2.5亿次浏览", 250_000_000, "次浏览"),
        ("3万人次", 30_000, "人次"),
        ("共 860 条评论", 860, "条评论"),
        ("约980万", 9_800_000, None),
        ("≈ 860", 860, None),
        ("超过3千万热度", 30_000_000, "热度"),
        ("阅读 约2.5亿", 250_000_000, "阅读"),
        ("7.5万次播放 · 860条弹幕", 75_000, "次播放"),
        ("🔥 7.5万", 75_000, None),
    ],
)
def test_a_printed_heat_is_read(printed: str, value: float, unit: str | None) -> None:
    assert read_heat(printed) == Heat(value, unit)


@pytest.mark.parametrize(
    "printed",
    [
        *("", " ", "热度累计中", "我的知乎2021", "广告", "荐", "推广 ", "新", "+", "万", "1.2.3"),
        *(
            "12,345,6",
            "1,2,3",
            "1 234",
            "2小时前",
            "1e5",
            "NaN",
            "∞",
            "5比2",
            "3 / 5",
            "1万 2万",
            "9" * 400,
        ),
        *("约", "🔥", "第3名", "≈"),
        *("5热度 · 新", "5 · 3回答", "5热度 · 3", "· 5热度"),
        *("1" + " " * 2_000 + "x", "1" + " " * 1_000_000 + "万", "1" + "\u0301\u0323" * 500_000),
    ],
)
def test_text_without_a_number_has_no_heat(printed: str) -> None:
    assert read_heat(printed) is None


def test_spaces_around_a_heat_are_no_part_of_its_length() -> None:
    assert read_heat(" " * 1_000_000 + "1.2 万 +" + " " * 1_000_000) == Heat(12_000, None)
    assert read_heat("1" + " " * (HEAT_LENGTH_LIMIT - 2) + "万") == Heat(10_000, None)


def test_every_heat_on_the_recorded_pages_is_read() -> None:
    rows = [
        json.loads(line)
        for file in BOARDS.glob("*/entries.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    printed = {row["heat"] for row in rows if row.get("heat")}
    assert printed
    assert {text for text in printed if read_heat(text) is None} == set()


@many
@given(
    st.integers(0, 10**9),
    st.sampled_from(sorted(SUFFIXES)),
    st.sampled_from([unit for unit in UNITS.split("|") if unit.isalpha() and not unit.isascii()]),
    st.sampled_from(["", " "]),
)
def test_what_is_printed_is_read_back(number: int, suffix: str, unit: str, gap: str) -> None:
    heat = Heat(number * SUFFIXES[suffix], unit)
    assert read_heat(f"{number}{gap}{suffix}{unit}") == heat
    assert read_heat(f"{number:,}{gap}{suffix.upper()}+{unit}") == heat


@many
@given(st.text(max_size=40))
def test_any_text_has_a_finite_heat_or_none(text: str) -> None:
    heat = read_heat(text)
    assert heat is None or 0 <= heat.value < float("inf")
