"""A file of words is read as TrendRadar reads it; what it means otherwise than it looks is told by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.desks.frequency_words import Trap, imported
from pipelines.desks.matching import Matcher
from pipelines.desks.render.trap_text import trap_lines
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.pipelines.desks.made_desks import desk, rule


def traps(text: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.trap) for finding in imported(text).findings]


def test_groups_become_rules() -> None:
    found = imported(
        "# 说明\n[GLOBAL_FILTER]\n震惊\n\n[WORD_GROUPS]\n[AI 相关]\n人工智能\n芯片 => 芯\n\n"
        "+商业航天\n+发射\n星链\n!军演\n@8\n"
    )
    assert found.none_of == ("震惊",)
    assert found.rules == (
        {"id": "AI-相关", "any": ["人工智能", "芯片"]},
        {
            "id": "商业航天-发射-星链",
            "any": ["星链"],
            "all": ["商业航天", "发射"],
            "not": ["军演"],
            "send": {"per_day": 8},
        },
    )


@pytest.mark.parametrize(
    ("trap", "text", "line"),
    [
        (Trap.LEAKS, "苹果\n!水果\n\n荔枝", 2),
        (Trap.NOTHING_WANTED, "# 说明\n!广告\n!抽奖", 2),
        (Trap.SWALLOWED, "[GLOBAL_FILTER]\n震惊\n\n芯片\n光刻机", 4),
        (Trap.FILTER_PATTERN, "[GLOBAL_FILTER]\n/赌博|博彩/\n\n[WORD_GROUPS]\n\n芯片", 2),
        (Trap.BAD_PATTERN, "芯片\n/(未闭/", 2),
        (Trap.CAP_UNREAD, "芯片\n@3 条", 2),
        (Trap.CAP_UNREAD, "芯片\n@0", 2),
        (Trap.BLANK_NOT_EMPTY, "苹果\n \n荔枝", 2),
        (Trap.UNFOLDED, "臺灣", 1),
        (Trap.UNFOLDED, "ＣｈａｔＧＰＴ", 1),
        (Trap.SLOW_PATTERN, "/(a+)+$/", 1),
        (Trap.SLOW_PATTERN, "/(?:a|aa)*b/", 1),
        (Trap.WITHIN_WORDS, "苹果\nmac", 2),
        (Trap.WITHIN_WORDS, "/华为|huawei/", 1),
        (Trap.BOUNDARY, r"/\bAI\b/i => AI", 1),
        (Trap.MARKER_WITHIN, "芯片\n[汽车]\n新车", 2),
        (Trap.FILTER_SIGN, "[GLOBAL_FILTER]\n!x\n+y\n\n[WORD_GROUPS]\n芯片", 2),
        (Trap.CAP_PER_DAY, "芯片\n@5", 2),
        (Trap.LEFT_OUT, "芯片\n？？？", 2),
        (Trap.LEFT_OUT, "芯片\n/(?<=国)产(?!品)/", 2),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_each_trap_is_told_with_its_line(
    trap: Trap, text: str, line: int, language: Language
) -> None:
    told = [finding for finding in imported(text).findings if finding.trap is trap]
    assert [finding.line for finding in told][:1] == [line]
    assert str(line) in trap_lines(told, messages_in(language))[0]


def test_a_trap_of_many_lines_is_told_once() -> None:
    findings = imported("\n".join(f"word{chr(97 + n)}" for n in range(8))).findings
    assert trap_lines(findings, messages_in(Language.EN))[0].startswith(
        "Lines 1, 2, 3, 4, 5, 6, 7, 8: worda, wordb, wordc, wordd, worde (8 in all): TrendRadar finds"
    )


def test_a_plain_file_has_none() -> None:
    assert traps("胖东来\n于东来\n\n[大疆]\n大疆\n\n+国足\n+主教练\n") == []


def test_what_one_group_excludes_stays_in_the_others() -> None:
    found = imported("苹果\n!水果\n\n荔枝")
    assert found.none_of == ()
    assert found.rules[0]["not"] == ["水果"]
    assert "not" not in found.rules[1]


def test_a_group_that_only_excludes_excludes_for_all() -> None:
    found = imported("!广告\n\n芯片")
    assert found.none_of == ("广告",)
    assert [rule["id"] for rule in found.rules] == ["芯片"]


def test_groups_that_are_swallowed_are_imported_as_they_are_read() -> None:
    found = imported("[GLOBAL_FILTER]\n震惊\n\n芯片\n光刻机")
    assert found.rules == ()
    assert found.none_of == ("震惊", "芯片", "光刻机")
    assert {Trap.SWALLOWED, Trap.NOTHING_WANTED} == {finding.trap for finding in found.findings}


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("/胖东来|于东来/ => 胖东来", ["胖东来", "于东来"]),
        (r"/大疆|\bDJI\b|\bPony Ma\b/", ["大疆", "DJI", "Pony Ma"]),
        (r"/(?<![a-zA-Z])ai(?![a-zA-Z])/", ["ai"]),
        (r"/(?:华为|鸿蒙)/", ["华为", "鸿蒙"]),
        (r"/\bClaude/", ["Claude*"]),
        (r"/phone\b/", ["*phone"]),
        (r"/Gemini\.2/", ["Gemini.2"]),
        ("/国产.{0,4}(GPU|显卡)/", [{"re": "国产.{0,4}(GPU|显卡)"}]),
        ("M*A*S*H", ['"M*A*S*H"']),
        ("=符号", ['"=符号"']),
        ("618", ["618"]),
    ],
)
def test_expressions_that_list_words_become_words(line: str, terms: list[object]) -> None:
    assert imported(line).rules[0]["any"] == terms


def test_a_list_that_has_to_be_there_stays_one_expression() -> None:
    (found,) = imported("新品\n+/华为|\\bDJI\\b/").rules
    assert found["all"] == [{"re": r"华为|\bDJI\b"}]


def test_rules_have_names_of_their_own_that_a_file_can_hold() -> None:
    long = "[" + "很长的名字" * 20 + "]\n芯片"
    ids = [
        found["id"] for found in imported(f"[a/b: c]\nx\n\n[a/b: c]\ny\n\n{long}\n\n{long}").rules
    ]
    assert ids[:2] == ["a-b-c", "a-b-c-2"]
    assert len(set(ids)) == 4
    assert all(isinstance(name, str) and len(name) <= 40 for name in ids)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_a_line_will_do(end: str) -> None:
    assert len(imported(end.join(["\ufeff芯片", "", "汽车"])).rules) == 2


# --- beside what TrendRadar does, written anew from its rules ------------------------------------

WORDS = ["芯片", "汽车", "手机", "国产", "出海", "片", "机"]
LINES = st.builds(str.__add__, st.sampled_from(["", "", "", "+", "!"]), st.sampled_from(WORDS))
GROUPS = st.lists(st.lists(LINES, min_size=1, max_size=4), min_size=1, max_size=4)


def trendradar_takes(groups: list[list[str]], title: str) -> list[int]:
    """The groups that take a title, each with its own exclusions."""
    alone = [
        line[1:] for group in groups if all(line[0] == "!" for line in group) for line in group
    ]
    taken = []
    for number, group in enumerate(groups):
        said = {sign: [line[1:] for line in group if line[0] == sign] for sign in "+!"}
        plain = [line for line in group if line[0] not in "+!"]
        if (
            (plain or said["+"])
            and all(word in title for word in said["+"])
            and (not plain or any(word in title for word in plain))
            and not any(word in title for word in said["!"] + alone)
        ):
            taken.append(number)
    return taken


@given(GROUPS, st.lists(st.sampled_from([*WORDS, "新"]), max_size=4).map("".join))
def test_an_imported_desk_takes_what_the_groups_take(groups: list[list[str]], title: str) -> None:
    found = imported("\n\n".join("\n".join(group) for group in groups))
    matcher = Matcher(
        desk(*(rule(**written) for written in found.rules), none_of=found.none_of)  # type: ignore[arg-type]
    )
    assert bool([*matcher.titles([("key", title)])]) is bool(trendradar_takes(groups, title))


@given(st.text(alphabet=st.sampled_from("ab芯片+!@/|()\\*=[]{}> \t\r\n#\"'0臺Ａ.？"), max_size=60))
def test_whatever_stands_in_a_file_is_read_and_what_comes_of_it_can_be_looked_for(
    text: str,
) -> None:
    found = imported(text)
    Matcher(
        desk(*(rule(**written) for written in found.rules), none_of=found.none_of)  # type: ignore[arg-type]
    )
    assert all(
        1 <= finding.line <= text.count("\n") + text.count("\r") + 1 for finding in found.findings
    )
