"""Cutting titles into words."""

import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.lexicon import read_words
from pipelines.text.titles import clean_title, comparable
from pipelines.text.tokens import Cutter, Token, cut, tokenise, uncut_words
from tests.examples import examples

many = examples(100)
hostile_text = st.text(st.characters(), max_size=80)

# Invented sentences, of the kinds that boards print.
SENTENCES = """\
青禾市发布今年首个高温红色预警
外卖员跳河救起落水儿童获得表彰
地铁三号线早高峰故障停运四十分钟
博物馆周一不再闭馆引发市民讨论
高校毕业生就业率同比上升三个百分点
台风将于明天下午在沿海地区登陆
夜市因噪音投诉调整营业时间
考古学家出土两千年前完整漆器
商场扶梯逆行后全面停用检修
马拉松比赛起点临时改道
国产电影票房突破十亿元
新能源汽车出口数量再创新高
图书管理员十年给山村小学送书
中小学试行秋假一周家长怎么看
医生提醒夏天不要空腹喝冰水
手机因电池问题召回一万两千台
动物园熊猫双胞胎满月首次亮相
大雨导致多趟列车晚点
退休教师免费为学生辅导数学
公园樱花提前盛开吸引大量游客
""".splitlines()


def _words(title: str) -> list[str]:
    return [token.token for token in tokenise(title)]


@many
@given(hostile_text)
def test_the_words_joined_are_the_text(printed: str) -> None:
    text = comparable(clean_title(printed))
    assert "".join(cut(text)) == text


@many
@given(hostile_text)
def test_any_title_is_cut_into_words_that_say_something(printed: str) -> None:
    assert all(token.token.strip() for token in tokenise(clean_title(printed)))


@pytest.mark.parametrize("title", ["", "！？……", "🎉🥟", "一" * 300, "\u0301\u0301", "٣ ٤", "ﷺ"])
def test_a_strange_title_is_cut_without_complaint(title: str) -> None:
    assert isinstance(tokenise(title), tuple)


@pytest.mark.parametrize("word", read_words("user"))
def test_a_user_word_is_cut_whole(word: str) -> None:
    assert word in _words(f"今天{word}发布")


def test_no_user_word_is_a_stop_word() -> None:
    assert not set(read_words("user")) & set(read_words("stop"))


def test_no_stop_word_is_a_keyword() -> None:
    stop = set(read_words("stop"))
    tokens = [token for word in stop for token in tokenise(f"今天{word}登陆")]
    assert not [token.token for token in tokens if token.is_keyword and token.token in stop]


def test_traditional_wide_and_upper_case_titles_have_the_same_words() -> None:
    assert tokenise("臺灣颱風登陸 ＡＩ預警") == tokenise("台湾台风登陆 ai预警")


def test_signs_and_spaces_are_no_words() -> None:
    assert _words("《台风》，登陆！ #预警#") == ["台风", "登陆", "预警"]


def test_names_and_numbers_are_keywords_and_particles_are_not() -> None:
    tokens = tokenise("北京的台风了 AI 3")
    assert {t.token for t in tokens if t.is_keyword} == {"北京", "台风", "ai", "3"}


def test_a_word_has_its_part_of_speech() -> None:
    assert tokenise("北京") == (Token("北京", "ns", True),)


def test_jieba_cuts_the_same_words() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own source warns when it is first compiled
        import jieba

        for word in read_words("user"):
            jieba.add_word(word)
        theirs = [list(jieba.cut(sentence, HMM=True)) for sentence in SENTENCES]
    assert [_long(cut(sentence)) for sentence in SENTENCES] == [_long(one) for one in theirs]


def _long(words: list[str]) -> list[str]:
    return [word for word in words if len(word) > 1]


LISTED = (
    "奥古斯丁·维拉", "Blue Harbour", "D++", "6·18", "Q&A", "D#", ".ORG", "Zoë Café", "みなと", "바다",
    "3·20晚会", "Ｅ＋＋", "维他命C", "#青禾节#", "Tom &amp; Co",
)  # fmt: skip


@pytest.mark.parametrize("word", LISTED)
@pytest.mark.parametrize("title", ["昨天{}在河湾发布了", "{}涨价", "为什么都在聊{}", "{}"])
def test_a_listed_word_is_cut_whole_whatever_signs_are_in_it(word: str, title: str) -> None:
    folded = comparable(clean_title(word))
    tokens = Cutter(LISTED).tokenise(clean_title(title.format(word)))
    assert [token.token for token in tokens].count(folded) == 1


@pytest.mark.parametrize("title", ["abD++涨价", "16·18路公交停运", "Blue Harbourside 开放"])
def test_a_listed_word_is_not_found_within_another(title: str) -> None:
    words = {token.token for token in Cutter(LISTED).tokenise(title)}
    assert words.isdisjoint(comparable(word) for word in LISTED)


def test_what_cannot_be_cut_whole_is_named() -> None:
    assert uncut_words(LISTED) == ()
    never = ("·", "++", "🎉", "海", "长" * 400)
    assert uncut_words(("奥古斯丁·维拉", *never)) == never
