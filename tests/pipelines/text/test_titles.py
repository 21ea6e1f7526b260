"""Titles, addresses and identities: what is set aside, and what never is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.identity import URL_LENGTH_LIMIT, canonical_url, item_identity, stable_id
from pipelines.text.titles import TITLE_LENGTH_LIMIT, clean_title, comparable, fold_title
from tests.examples import examples

# What boards and archives really print: words, marks, hidden characters, entities, halves of pairs.
PIECES = [
    *("北岚县", "台灣", "ＡＩ", "ai", "3比2", "#", "＃", "&amp;", "&lt;", "&#8203;", "&"),
    *("\u200b", "\ufeff", "\u202e", "\u2800", "\ud83c", "\x00", "\x85", "\n", "\t", " ", "\u3000"),
    *("👨\u200d👩\u200d👧", "ä¸\xadå\x9b½", "，", "“", "<b>", "é", "ß", "İ", "٣", "乾", "隆", "-"),
]
hostile_text = st.one_of(
    st.text(st.characters(), max_size=60),  # lone surrogates too
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
many = examples(100)


@pytest.mark.parametrize(
    ("printed", "clean"),
    [
        ("#北岚县发布红色预警#", "北岚县发布红色预警"),
        ("＃北岚县＃", "北岚县"),
        ("# #北岚县# #", "北岚县"),
        ("北岚县#红色#预警", "北岚县#红色#预警"),
        ("C#", "C#"),
        ("零\u200b宽\u200d字\ufeff符", "零宽字符"),
        ("控\x00制\x07字\x9f符", "控制字符"),
        ("\u202e反向\u202c标题", "反向标题"),
        ("\u2800盲文\u2800", "盲文"),
        ("\u2800\u3164 \u200b", ""),
        ("", ""),
        ("第一行\n第二行\r\n\t第三行", "第一行 第二行 第三行"),
        ("\u3000全角空格\u00a0\u3000", "全角空格"),
        ("半\ud83c个\udf89字符", "半个字符"),
        ("🎉 全是表情 🥟", "🎉 全是表情 🥟"),
        ("ＡＩ大模型", "ＡＩ大模型"),
        ("臺灣", "臺灣"),
        ("猫 &amp; 狗 &lt;3", "猫 & 狗 <3"),
        ("猫 &amp;amp; 狗", "猫 & 狗"),
        ("20250612", "20250612"),
    ],
)
def test_a_title_is_cleaned(printed: str, clean: str) -> None:
    assert clean_title(printed) == clean


def test_utf8_that_was_read_as_latin_1_is_mended() -> None:
    assert clean_title("北岚县发布红色预警".encode().decode("latin-1")) == "北岚县发布红色预警"


@pytest.mark.parametrize("title", ["Café déjà vu", "ÀÉÎ", "Größe über alles", "±1°C"])
def test_a_title_that_is_really_latin_stays(title: str) -> None:
    assert clean_title(title) == title


def test_a_page_that_leaked_into_a_title_is_cut() -> None:
    assert len(clean_title("很长" * 5_000)) == TITLE_LENGTH_LIMIT


@pytest.mark.parametrize(
    "printed",
    [
        *("#" * 3_000_000, "# " * 1_000_000, "＃#" * 1_000_000, "#" * 1_000_000 + "a"),
        *("&" + "amp;" * 1_000_000, "&#" + "9" * 1_000_000 + ";", "a" + "\u0301\u0323" * 500_000),
        *(" " * 3_000_000, "\u200b" * 3_000_000, "ä¸" * 1_000_000, "\ud83c" * 1_000_000),
    ],
    ids=lambda printed: repr(printed[:4]),
)
def test_a_page_that_leaked_into_a_title_is_cleaned_as_fast_as_a_title(printed: str) -> None:
    begun = time.thread_time()
    cleaned = clean_title(printed)
    fold_title(cleaned)
    assert len(cleaned) <= TITLE_LENGTH_LIMIT
    assert time.thread_time() - begun < 0.5


def test_a_title_of_entities_alone_is_whole() -> None:
    assert clean_title("&quot;" * 299 + "x") == '"' * 299 + "x"


@many
@given(hostile_text)
def test_a_clean_title_is_one_visible_line_that_can_be_stored(printed: str) -> None:
    cleaned = clean_title(printed)
    assert cleaned == cleaned.strip()
    assert len(cleaned.splitlines()) <= 1
    cleaned.encode("utf-8")


@many
@given(hostile_text)
def test_cleaning_twice_changes_nothing(printed: str) -> None:
    cleaned = clean_title(printed)
    assert clean_title(cleaned) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＩ大模型", "ai 大模型"),
        ("臺灣地震", "台湾地震"),
        ("后天《零点列车》首映！", "后天零点列车首映"),
        ("乾 隆 年 间", "乾隆年间"),
        ("4 - 1 战胜", "4-1战胜"),
    ],
)
def test_titles_that_read_alike_fold_alike(one: str, other: str) -> None:
    assert fold_title(one) == fold_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("4-1", "41"), ("1.5万人", "15万人"), ("A胜B", "B胜A"), ("？？？", "！！！"), ("涨", "跌")],
)
def test_titles_that_differ_in_meaning_fold_apart(one: str, other: str) -> None:
    assert fold_title(one) != fold_title(other)


def test_traditional_characters_become_simplified_only_when_compared() -> None:
    assert clean_title("臺灣颱風") == "臺灣颱風"
    assert comparable("臺灣颱風") == "台湾台风"


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


plain_titles = st.text(
    "青禾市北岚县发布预警乾隆皇后后来头发发财abcXYZ，。！", min_size=1, max_size=20
)


@many
@given(plain_titles, st.data())
def test_width_case_and_spaces_do_not_tell_titles_apart(title: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "\u3000"]), min_size=20, max_size=20))
    spaced = "".join(char + gap for char, gap in zip(title, gaps, strict=False)).strip()
    assert fold_title(_wide(spaced).upper()) == fold_title(title)


@many
@given(plain_titles)
def test_folding_twice_changes_nothing(title: str) -> None:
    assert fold_title(fold_title(title)) == fold_title(title)


@many
@given(hostile_text)
def test_what_is_left_of_a_title_folds_to_something(printed: str) -> None:
    cleaned = clean_title(printed)
    assert bool(fold_title(cleaned)) == bool(cleaned)


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("http://Example.COM/a/?utm_source=x&b=2&a=1#top", "https://example.com/a?a=1&b=2"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8080/", "https://example.com:8080/"),
        ("https://example.com/a?id=1&amp;spm=9", "https://example.com/a?id=1"),
        ("https://example.com/a?id=1&timestamp=2", "https://example.com/a?id=1&timestamp=2"),
        ("https://example.com/a?Refer=hot&band_rank=3", "https://example.com/a"),
        ("javascript:void(0);", None),
        ("sinaweibo://search", None),
        ("http://[", None),
        ("https://example.com/" + "a" * URL_LENGTH_LIMIT, None),
        ("https://", None),
        ("", None),
    ],
)
def test_an_address_without_its_tracking(printed: str, canonical: str | None) -> None:
    assert canonical_url(printed) == canonical


@many
@given(hostile_text)
def test_any_text_has_an_address_or_none(text: str) -> None:
    canonical_url(text)
    canonical_url(f"https://example.com/{text}")


def test_the_sources_own_id_is_the_first_identity() -> None:
    how = item_identity("42", "https://example.com/a", "题目")
    assert how == ("native", "42")


def test_an_address_is_the_second_identity() -> None:
    how = item_identity(None, "http://example.com/a?utm_medium=x", "题目")
    assert how == ("url", "https://example.com/a")


@pytest.mark.parametrize("url", [None, "", "javascript:void(0);"])
def test_the_folded_title_is_the_last_identity(url: str | None) -> None:
    assert item_identity(None, url, "题目") == ("title", "题目")


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://s.weibo.com/weibo?q=%23%E5%8C%97%E5%B2%9A%E5%8E%BF%23", "北岚县"),
        ("https://www.baidu.com/s?wd=北岚县+预警", "北岚县 预警"),
        ("https://example.com/s?q=%25E5%258C%2597%25E5%25B2%259A%25E5%258E%25BF", "北岚县"),
        ("https://trends.example.com/explore?q=%E5%8F%B0%E7%81%A3%20AI", "台灣 ＡＩ"),
    ],
)
def test_an_address_that_carries_the_title_is_no_identity(url: str, title: str) -> None:
    assert item_identity(None, url, fold_title(title))[0] == "title"


def test_an_address_of_megabytes_is_no_identity() -> None:
    begun = time.thread_time()
    url = "https://example.com/?q=" + "%CC%81%CC%A3" * 100_000
    assert item_identity(None, url, "题目") == ("title", "题目")
    assert time.thread_time() - begun < 0.5


def test_an_address_is_the_identity_of_a_title_of_signs() -> None:
    assert item_identity(None, "https://example.com/q/7", fold_title("？？？"))[0] == "url"


def test_an_id_is_the_same_on_every_machine() -> None:
    assert stable_id("weibo", "title", "北岚县发布红色预警") == 1_067_869_189_013_858_000


def test_ids_tell_apart_where_their_parts_meet() -> None:
    assert stable_id("ab", "c") != stable_id("a", "bc")


@many
@given(st.lists(hostile_text, max_size=3))
def test_an_id_fits_a_signed_bigint(parts: list[str]) -> None:
    assert 0 <= stable_id(*parts) < 2**63
