"""Which stories a desk takes, by which line; and why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.desks.desk import Where
from pipelines.desks.matching import Matcher
from pipelines.desks.stories import Span
from pipelines.desks.words import TermError
from tests.pipelines.desks.made_desks import desk, line, rule, story


def test_one_line_has_to_say_it_all() -> None:
    matcher = Matcher(desk(rule(any=["芯片"], all=["出口"])))
    assert not matcher.match([story(line("芯片涨价"), line("出口新规"))])
    assert matcher.match([story(line("芯片涨价"), line("芯片出口新规"))])


def test_what_a_title_may_not_have_keeps_no_other_title_of_the_story_out() -> None:
    matcher = Matcher(desk(rule(any=["芯片"], none=["广告"])))
    (matched,) = matcher.match([story(line("芯片广告", rank=1), line("芯片涨价", rank=5))])
    assert matched.hits["r"].line.title == "芯片涨价"


def test_the_best_line_is_the_one_that_stands_highest_now() -> None:
    lines = (line("芯片甲", rank=None), line("芯片乙", rank=7), line("芯片丙", rank=3))
    (matched,) = Matcher(desk(rule(any=["芯片"]))).match([story(*lines)])
    assert matched.hits["r"].line.title == "芯片丙"
    (left,) = Matcher(desk(rule(any=["芯片"]))).match([story(lines[0])])
    assert left.hits["r"].line.rank is None


def test_a_story_has_a_hit_of_each_rule_in_the_order_of_the_file() -> None:
    matcher = Matcher(desk(rule("z", any=["芯片"]), rule("a", any=["涨价"]), rule("n", any=["梨"])))
    (matched,) = matcher.match([story(line("芯片涨价"))])
    assert [(name, hit.term, hit.spans) for name, hit in matched.hits.items()] == [
        ("z", "芯片", (Span(0, 2),)),
        ("a", "涨价", (Span(2, 4),)),
    ]


def test_a_hit_tells_every_term_that_was_needed() -> None:
    matcher = Matcher(
        desk(rule(any=["手机", "英伟达"], all=["芯片"], alias={"英伟达": ["NVIDIA"]}))
    )
    (matched,) = matcher.match([story(line("NVIDIA芯片"))])
    assert matched.hits["r"].term == "英伟达 (NVIDIA) + 芯片"


@pytest.mark.parametrize(
    ("where", "is_taken"),
    [
        (Where(), True),
        (Where(boards=frozenset({"weibo_hot"})), True),
        (Where(boards=frozenset({"zhihu_hot"})), False),
        (Where(not_boards=frozenset({"weibo_hot"})), False),
        (Where(not_boards=frozenset({"zhihu_hot"})), True),
        (Where(categories=frozenset({"technology"})), True),
        (Where(categories=frozenset({"sport"})), False),
    ],
)
def test_lines_count_where_the_desk_and_the_rule_look(where: Where, is_taken: bool) -> None:
    told = story(line("芯片"), category="technology")
    by_rule = Matcher(desk(rule(where=where, any=["芯片"])))
    by_desk = Matcher(desk(rule(any=["芯片"]), where=where))
    assert bool(by_rule.match([told])) is bool(by_desk.match([told])) is is_taken


def test_a_story_of_no_known_category_is_in_no_chosen_one() -> None:
    where = Where(categories=frozenset({"sport"}))
    assert not Matcher(desk(rule(where=where, any=["芯片"]))).match([story(line("芯片"))])


def test_other_words_for_a_word_that_no_rule_says_are_refused() -> None:
    with pytest.raises(TermError, match="which rule r does not say"):
        Matcher(desk(rule(any=["芯片"], alias={"手机": ["phone"]})))


def test_rules_may_mean_different_things_by_one_word() -> None:
    matcher = Matcher(
        desk(rule("a", any=["苹果"], alias={"苹果": ["Apple"]}), rule("b", any=["苹果"]))
    )
    (matched,) = matcher.match([story(line("Apple发布会"))])
    assert [*matched.hits] == ["a"]


def test_patterns_too_large_to_be_looked_for_are_refused_and_never_miss_in_silence() -> None:
    heavy = [{"re": f"[^{n}]{{0,900}}x[^y]{{900}}z{n}"} for n in range(120)]
    with pytest.raises(TermError, match="too large together"):
        Matcher(desk(rule(any=heavy)))


def test_reasons_name_what_hit_what_lacks_and_what_took_it_out() -> None:
    matcher = Matcher(
        desk(
            rule("taken", any=["芯片"]),
            rule("lacks", any=["手机", "电脑"], all=["涨价", "芯片"]),
            rule("out", any=["芯片"], none=["涨价"]),
            rule("board", Where(not_boards=frozenset({"weibo_hot"})), any=["芯片"]),
            rule("category", Where(categories=frozenset({"sport"})), any=["芯片"]),
            rule("nothing", any=["梨"]),
            none_of=["抽奖"],
        )
    )
    readings = matcher.explain(
        story(line("芯片涨价", rank=2), line("芯片抽奖", rank=1), category="technology")
    )
    by_id = {reading.rule_id: reading for reading in readings}
    assert [*by_id] == ["taken", "lacks", "out", "board", "category", "nothing"]
    assert [reading.rule_id for reading in readings if reading.hit] == ["taken"]
    taken = by_id["taken"]
    assert [place.line.title for place in taken.lines] == ["芯片抽奖", "芯片涨价"]
    assert [place.is_taken for place in taken.lines] == [False, True]
    assert [(out.found.said, out.by) for out in taken.lines[0].excluded] == [("抽奖", "desk")]
    lacks = by_id["lacks"].lines[1]
    assert [found.said for found in lacks.found] == ["涨价", "芯片"]
    assert lacks.missing == ("手机", "电脑")
    assert [(out.found.said, out.by) for out in by_id["out"].lines[1].excluded] == [
        ("涨价", "rule")
    ]
    assert by_id["board"].lines[0].board_kept_out_by == "rule"
    assert by_id["category"].category_kept_out_by == "rule"
    assert by_id["category"].lines[1].is_taken
    assert by_id["nothing"].lines == ()


WORDS = st.sampled_from(["芯片", "ai", "mac*", "=AMD", "618", "AI芯片", "a", "片", "英"])
TITLES = st.lists(
    st.sampled_from(["芯片", "AI", " ", "macOS", "AMD", "618", "1", "英", "x", "，"]), max_size=6
).map("".join)


@given(
    st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=2), st.lists(WORDS, max_size=2), TITLES
)
def test_reasons_and_matching_agree(
    any_of: list[str], all_of: list[str], none_of: list[str], title: str
) -> None:
    matcher = Matcher(desk(rule(any=any_of, all=all_of, none=none_of)))
    told = story(line(title))
    (reading,) = matcher.explain(told)
    taken = bool(matcher.match([told]))
    assert taken is (reading.hit is not None)
    assert taken is any(place.is_taken for place in reading.lines)
    assert taken is bool([*matcher.titles([(1, title)])])
