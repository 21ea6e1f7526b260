"""Why a card's titles are one story: the strongest that holds for all of them, and true letter by letter."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.digest.bonds import SPAN_HOURS, BoundTitle, Joining, bond
from pipelines.digest.contents import Bond, SharedWord
from pipelines.digest.render.bond_sentences import bond_sentence
from pipelines.digest.render.formats import Format, render
from pipelines.language import Language
from pipelines.messages import messages_in
from pipelines.text.titles import fold_title
from pipelines.text.tokens import tokenise
from tests.pipelines.digest.made_digests import AT, BOND, BOTH, DIGEST, TOPIC

FOUNDER = Joining(1.0, by_hand=False, is_founder=True)
RULED = Joining(0.72, by_hand=False, is_founder=False)
BROUGHT = Joining(1.0, by_hand=True, is_founder=False)


def title(text: str, minutes: float | None = 0) -> BoundTitle:
    return BoundTitle(
        shown=text,
        folded=fold_title(text),
        words=frozenset(word.token for word in tokenise(text) if word.is_keyword),
        first_seen_at=None if minutes is None else AT + timedelta(minutes=minutes),
    )


def bound(*titles: str, past: dict[str, int] | None = None) -> Bond:
    found = bond([title(text) for text in titles], past or {}, (FOUNDER, RULED))
    assert found
    return found


def test_a_single_title_needs_no_bond() -> None:
    assert bond([title("青川大桥通车")], {}, (FOUNDER, RULED)) is None


def test_words_of_every_title_are_told_the_rarest_first() -> None:
    found = bound("台风登陆福建", "福建迎台风", "福建因台风停课", past={"福建": 2, "台风": 900})
    assert found.kind == "words"
    assert found.words == (SharedWord("福建", 3), SharedWord("台风", 3))


def test_a_part_of_a_word_that_all_have_is_not_told_beside_it() -> None:
    whole = BoundTitle("泽连斯基访美", "泽连斯基访美", frozenset({"泽连斯基", "连斯基"}), AT)
    other = BoundTitle("泽连斯基抵美", "泽连斯基抵美", frozenset({"泽连斯基", "连斯基"}), AT)
    found = bond((whole, other), {}, (FOUNDER, RULED))
    assert found
    assert found.words == (SharedWord("泽连斯基", 2),)


def test_a_word_is_told_as_it_is_printed() -> None:
    assert bound("IBM发布芯片", "芯片来自ibm").words[:1] == (SharedWord("IBM", 2),)


def test_letters_within_a_latin_word_are_not_that_word() -> None:
    titles = ("RAIN大作", "AI大作", "AI比赛")
    words = frozenset({"ai"})
    found = bond([BoundTitle(each, each, words, AT) for each in titles], {}, (FOUNDER, RULED))
    assert found
    assert found.kind is None


def test_words_that_meet_in_a_title_chain_the_others() -> None:
    found = bound("台风逼近", "台风登陆福建", "福建停课")
    assert found.kind == "chain"
    assert {word.word: word.title_count for word in found.words} == {"台风": 2, "福建": 2}


def test_words_that_meet_in_none_bind_each_title_with_another_alone() -> None:
    assert bound("台风逼近", "台风登陆", "福建停课", "福建停航").kind == "pairs"


def test_titles_that_share_no_word_are_told_by_the_rule_alone() -> None:
    found = bound("台风逼近", "学校停课")
    assert (found.kind, found.words, found.least_chance) == (None, (), 0.72)


def test_titles_that_differ_by_signs_are_the_same() -> None:
    assert bound("台风“青鸟”登陆", "台风青鸟 登陆").kind == "same"


def test_titles_of_one_item_are_of_one_entry() -> None:
    found = bond([title("台风逼近"), title("学校停课")], {}, (FOUNDER,))
    assert found
    assert (found.kind, found.least_chance) == ("entry", None)


def test_who_people_brought_is_counted_and_the_rule_is_not_asked_of_them() -> None:
    found = bond([title("台风逼近"), title("学校停课")], {}, (FOUNDER, BROUGHT, BROUGHT))
    assert found
    assert (found.hand_count, found.least_chance) == (2, None)


def test_a_latin_word_with_its_number_is_that_word() -> None:
    found = bound("Claude写诗", "用Claude写诗", "Claude4")
    assert SharedWord("Claude", 3) in found.words


def test_titles_that_differ_by_blanks_are_of_one_time() -> None:
    told = title("经销商关店 电动车锁死"), title("经销商关店电动车锁死", 154)
    assert (found := bond(told, {}, (FOUNDER, RULED)))
    assert found.span_minutes is None


@pytest.mark.parametrize(
    ("minutes", "span"), [(90, 90), (SPAN_HOURS * 60, SPAN_HOURS * 60), (SPAN_HOURS * 60 + 1, None)]
)
def test_a_span_of_more_than_a_day_tells_nothing(minutes: int, span: int | None) -> None:
    found = bond([title("台风逼近"), title("台风登陆", minutes)], {}, (FOUNDER, RULED))
    assert found
    assert found.span_minutes == span


def test_a_span_is_not_known_where_one_title_was_never_printed() -> None:
    found = bond([title("台风逼近"), title("台风登陆", None)], {}, (FOUNDER, RULED))
    assert found
    assert found.span_minutes is None


@given(
    st.lists(st.text("台风福建登陆停课AIai12 ", min_size=1, max_size=9), min_size=2, unique=True)
)
def test_whatever_is_said_of_words_is_true_letter_by_letter(texts: list[str]) -> None:
    found = bond([title(text) for text in texts], {}, (FOUNDER, RULED))
    assert found
    assert found.title_count == len(texts)
    for word in found.words:
        holding = [text for text in texts if word.word.casefold() in text.casefold()]
        assert 2 <= word.title_count <= len(holding)
    if found.kind == "words":
        assert all(word.title_count == len(texts) for word in found.words)
    if found.kind == "chain":
        assert all(
            any(word.word.casefold() in text.casefold() for word in found.words) for text in texts
        )


# --- in words


def test_a_bond_is_one_sentence_of_what_is_seen_first() -> None:
    zh, en = (bond_sentence(BOND, messages_in(language)) for language in (Language.ZH, Language.EN))
    assert zh == (
        "为什么是同一件事：3 个标题都有「青川大桥」；首次上榜最多相隔 86 分钟；归入时把握最低 82%。"
    )
    assert en == (
        "Why these are one story: the 3 titles share “青川大桥”; first listed at most 86 min apart; "
        "the rule was at least 82% sure of each."
    )


@BOTH
def test_every_kind_has_a_sentence(language: Language) -> None:
    words = messages_in(language)
    for kind in ("entry", "same", "words", "chain", "pairs", None):
        shared = (SharedWord("台风", 2), SharedWord("福建", 3))
        told = bond_sentence(Bond(3, kind, shared, 0.0, 1, 1.0), words)
        assert told.startswith(words.say("bond.heading"))
        assert "{" not in told
    assert bond_sentence(None, words) == ""
    assert bond_sentence(Bond(2, None, (), None, 0, None), words) == ""


@BOTH
@pytest.mark.parametrize("kind", [Format.HTML, Format.MARKDOWN, Format.JSON])
def test_a_card_says_why_its_titles_are_one_story(kind: Format, language: Language) -> None:
    assert TOPIC.bond
    heading = messages_in(language).say("bond.heading")
    assert render(DIGEST, language)[kind].decode().count(heading) == 1
