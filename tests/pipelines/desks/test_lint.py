"""What seems amiss with a desk's words is told with its titles."""

from collections.abc import Iterable, Mapping

import pytest

from pipelines.desks.desk import Desk, Where
from pipelines.desks.lint import Lint, LintKind, SeenTitle, check, read_titles
from pipelines.desks.render.lint_text import lint_line
from pipelines.language import Language
from pipelines.messages import messages_in
from pipelines.text.tokens import tokenise
from tests.pipelines.desks.made_desks import AT, desk, rule


def lints(
    of_desk: Desk, titles: Iterable[str], words: Mapping[str, tuple[str, ...]] | None = None
) -> list[Lint]:
    seen = [SeenTitle(number, title, AT) for number, title in enumerate(titles)]
    cut = {
        title.title_id: (words or {}).get(title.title)
        or tuple(token.token for token in tokenise(title.title))
        for title in seen
    }
    return [*check(read_titles(of_desk, seen), cut)]


def kinds(found: Iterable[Lint]) -> list[LintKind]:
    return [lint.kind for lint in found]


LONGER = {f"王小小第{n}次夺冠": ("王小小", f"第{n}次", "夺冠") for n in range(4)}
OTHERS = {f"王小谈外卖{n}": ("王小", "谈", f"外卖{n}") for n in range(24)}
SOME = dict([*OTHERS.items()][:6])


def test_a_longer_word_that_swallows_a_term_is_named_with_its_newest_titles() -> None:
    (found,) = lints(desk(rule(any=["王小"])), LONGER | SOME, LONGER | SOME)
    assert (found.kind, found.term, found.by) == (LintKind.SWALLOWED, "王小", "王小小")
    assert (found.count, found.of_count) == (4, 10)
    assert found.titles == tuple([*LONGER][:0:-1])


def test_a_longer_word_in_few_of_the_titles_is_none_of_its_business() -> None:
    assert not lints(desk(rule(any=["王小"])), LONGER | OTHERS, LONGER | OTHERS)
    assert not lints(desk(rule(any=["王小"])), [*LONGER][:2], LONGER)


def test_a_title_that_has_the_term_by_itself_too_is_not_swallowed() -> None:
    titles = {f"王小小与王小{n}": ("王小小", "与", "王小", f"{n}") for n in range(4)}
    assert not lints(desk(rule(any=["王小"])), titles, titles)


def test_full_width_titles_are_swallowed_where_they_are_printed() -> None:
    titles = {f"ＡＩ１７１航班{n}": ("ai171", "航班") for n in range(3)}
    found = lints(desk(rule(any=["AI"])), titles, titles)
    assert [lint.by for lint in found if lint.kind is LintKind.SWALLOWED] == ["ai171"]


def test_a_term_that_no_title_has_is_told() -> None:
    found = lints(desk(rule(any=["芯片", "绝无此词"])), ["芯片涨价"])
    assert [(lint.kind, lint.term) for lint in found] == [(LintKind.NEVER_SEEN, "绝无此词")]


def test_what_keeps_no_title_out_is_told_of_rules_and_of_the_desk() -> None:
    made = desk(rule(any=["芯片"], none=["薯片", "广告"]), none_of=["抽奖", "转发"])
    found = lints(made, ["芯片涨价", "芯片广告", "薯片", "芯片抽奖", "转发"])
    assert [(lint.rule_id, lint.term) for lint in found] == [("r", "薯片"), (None, "转发")]
    assert set(kinds(found)) == {LintKind.EXCLUDES_NOTHING}


@pytest.mark.parametrize("word", ["ai", "=AI", "*ai*", '"eu"'])
def test_a_latin_word_of_two_letters_is_told(word: str) -> None:
    found = lints(desk(rule(any=[word])), ["AI与EU ai"])
    assert kinds(found)[0] is LintKind.SHORT


@pytest.mark.parametrize("word", ["5G", "AMD", "王"])
def test_other_short_words_are_not(word: str) -> None:
    assert LintKind.SHORT not in kinds(lints(desk(rule(any=[word])), ["5G与AMD与王"]))


def test_a_short_word_that_stands_for_another_is_told_too() -> None:
    found = lints(desk(rule(any=["人工智能"], alias={"人工智能": ["AI"]})), ["人工智能"])
    assert [(lint.kind, lint.term) for lint in found] == [(LintKind.SHORT, "AI")]


def test_a_rule_whose_titles_another_takes_all_is_told_once() -> None:
    same = desk(rule("a", any=["芯片"]), rule("b", any=["芯片", "光刻机"]), rule("c", any=["芯片"]))
    found = lints(same, ["芯片涨价", "光刻机", "芯片"])
    assert [(lint.rule_id, lint.by) for lint in found] == [("a", "b"), ("c", "a")]


def test_a_rule_is_not_covered_by_one_that_looks_elsewhere() -> None:
    elsewhere = Where(boards=frozenset({"zhihu_hot"}))
    assert not lints(desk(rule("a", any=["芯片"]), rule("b", elsewhere, any=["芯片"])), ["芯片"])[
        1:
    ]


@pytest.mark.parametrize("language", Language)
def test_each_kind_is_told_in_each_language(language: Language) -> None:
    for kind in LintKind:
        lint = Lint(kind, "chips", "王小", "王小小", 4, 10)
        assert "chips" in lint_line(lint, messages_in(language))
    of_desk = Lint(LintKind.EXCLUDES_NOTHING, None, "抽奖", of_count=3)
    assert "抽奖" in lint_line(of_desk, messages_in(language))
