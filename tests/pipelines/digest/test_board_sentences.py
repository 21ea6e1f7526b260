"""How a list stands, in words: what breaks a board's contract, who stands in, and since when nothing came."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, Verdict, list_standings
from pipelines.digest.render.board_sentences import board_sentence, list_sentence
from pipelines.language import Language

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)
OWN = BoardStanding(
    "weibo_hot",
    "微博热搜",
    "Weibo Hot",
    ranked_count=50,
    tried_at=AT,
    last_ok_at=AT,
    age_minutes=2.0,
    list_board="weibo_hot",
    list_zh="微博热搜",
    list_en="Weibo Hot",
    served_by="weibo_hot",
)
STAND_IN = replace(OWN, board="mirror_weibo", name_zh="镜站", name_en="the mirror", place=1)
REFUSED = replace(
    OWN,
    verdict=Verdict.FAILED,
    contract_verdict=Kept.FAILED,
    breaches=(Breach("no_list", Kept.FAILED),),
    reason="http_403",
    detail="It answered 403.",
)
SHRUNK = Breach("shrunk", Kept.DEGRADED, {"count": 31, "least": 49, "most": 50})
FEWER: dict[str, Any] = {
    "verdict": Verdict.DEGRADED,
    "contract_verdict": Kept.DEGRADED,
    "breaches": (SHRUNK,),
}


def both(standing: BoardStanding) -> tuple[str, str]:
    return board_sentence(standing, Language.ZH), board_sentence(standing, Language.EN)


def told(*boards: BoardStanding) -> tuple[str, str]:
    (standing,) = list_standings(boards)
    return list_sentence(standing, Language.ZH), list_sentence(standing, Language.EN)


def test_a_board_that_keeps_its_contract_is_fine() -> None:
    assert both(OWN) == ("正常，50 条。", "Fine, 50 entries.")


@pytest.mark.parametrize(
    ("claim", "figures", "zh", "en"),
    [
        ("shrunk", {"count": 31, "least": 49, "most": 50},
         "只有 31 条，通常 49–50 条。", "only 31 entries, where 49–50 are usual."),
        ("too_few", {"count": 0, "least": 1, "most": float("inf")},
         "只有 0 条，通常 1 条。", "only 0 entries, where 1 are usual."),
        ("shrunk", {"count": 1, "least": 30, "most": 30},
         "只有 1 条，通常 30 条。", "only 1 entry, where 30 are usual."),
        ("too_many", {"count": 120, "least": 49, "most": 50},
         "多达 120 条，通常 49–50 条。", "as many as 120 entries, where 49–50 are usual."),
        ("lines_unread", {"rejected": 20, "printed": 71},
         "71 行中有 20 行无法读取。", "20 of 71 lines could not be read."),
        ("ranks_broken", {"missing": 10},
         "位次不连续，缺 10 位。", "its ranks have gaps: 10 are missing."),
        ("no_heat", {"share": 0.2, "usual": 1.0},
         "20% 的条目有热度，通常 100%。", "20% of its entries have a heat, where 100% are usual."),
        ("heat_range", {},
         "热度与平时相差十倍以上。", "its heat is ten times over or under its usual range."),
        ("mostly_new", {"share": 0.95},
         "95% 的标题一天内未在本榜出现过。", "95% of its titles were not on this board in the day before."),
        ("frozen", {"minutes": 360.4, "most": 60},
         "榜单 6 小时没有变化，通常不超过 60 分钟。",
         "the list has not changed for 6 h, where 60 min are the most."),
        ("another_board", {"share": 0.9},
         "内容疑为百度热搜：90% 的标题正在该榜上。",
         "it shows what Baidu Hot shows: 90% of its titles stand there now."),
    ],
)  # fmt: skip
def test_a_broken_claim_is_told_with_its_figures(
    claim: str, figures: dict[str, float], zh: str, en: str
) -> None:
    breach = Breach(claim, Kept.DEGRADED, figures)
    standing = replace(OWN, breaches=(breach,), other_zh="百度热搜", other_en="Baidu Hot")
    assert both(standing) == (zh, en)


def test_broken_claims_are_told_in_their_order() -> None:
    frozen = Breach("frozen", Kept.STALE, {"minutes": 400, "most": 60})
    zh, en = both(replace(OWN, breaches=(frozen, SHRUNK)))
    assert zh == "榜单 6 小时 40 分没有变化，通常不超过 60 分钟；只有 31 条，通常 49–50 条。"
    assert en.index("6 h 40 min") < en.index("; only 31")


def test_a_claim_of_a_later_version_is_shown_by_its_code() -> None:
    assert both(replace(OWN, breaches=(Breach("too_loud", Kept.DEGRADED),))) == (
        "too_loud。",
        "too_loud.",
    )


def test_what_is_no_list_is_told_in_the_words_of_the_fetch() -> None:
    assert both(REFUSED) == ("未取到榜单：对方返回 403。", "It answered 403.")
    wall = replace(
        REFUSED, breaches=(Breach("login_wall", Kept.FAILED),), reason="login_wall", detail=""
    )
    assert board_sentence(wall, Language.ZH) == "未取到榜单：要求登录或验证。"
    assert re.match(r"No list: .+\.$", board_sentence(wall, Language.EN))


def test_a_reason_that_nobody_put_into_words_is_shown_by_its_code() -> None:
    odd = replace(REFUSED, reason="hail_storm", detail="")
    assert both(odd) == ("未取到榜单：hail_storm。", "No list: hail_storm.")


def test_an_overdue_board_says_for_how_long_whatever_its_last_list_was() -> None:
    late = replace(
        OWN, verdict=Verdict.STALE, is_overdue=True, age_minutes=90.4, breaches=(SHRUNK,)
    )
    assert both(late) == ("已有 90 分钟没有新榜单。", "No new list for 90 min.")


def test_a_board_that_is_dead_for_days_is_told_in_days() -> None:
    late = replace(OWN, verdict=Verdict.STALE, is_overdue=True, age_minutes=4323.0)
    assert both(late) == ("已有 3 天没有新榜单。", "No new list for 3 days.")


def test_an_overdue_board_that_failed_says_why_it_failed() -> None:
    late = replace(REFUSED, is_overdue=True, age_minutes=90.4)
    assert both(late)[1] == "It answered 403."


def test_a_board_that_never_had_a_list_is_not_told_to_be_late() -> None:
    never = replace(REFUSED, verdict=Verdict.MISSING, is_overdue=True, last_ok_at=None)
    assert both(never)[1] == "It answered 403."


def test_what_version_0_1_said_is_told_as_it_was() -> None:
    old = replace(OWN, said_zh="只有 3 条。", said_en="only 3 entries.", breaches=(SHRUNK,))
    assert both(old) == ("只有 3 条。", "only 3 entries.")


def test_a_stand_in_that_serves_is_named_with_why_the_list_s_own_board_does_not() -> None:
    serves = replace(STAND_IN, served_by="mirror_weibo")
    assert told(replace(REFUSED, served_by="mirror_weibo"), serves) == (
        "由镜站代供：未取到榜单：对方返回 403。",
        "Served by the mirror: It answered 403.",
    )


def test_of_a_stand_in_that_is_degraded_it_is_told_too() -> None:
    serves = replace(STAND_IN, served_by="mirror_weibo", **FEWER)
    zh, en = told(replace(REFUSED, served_by="mirror_weibo"), serves)
    assert zh.endswith("对方返回 403。代供的镜站：只有 31 条，通常 49–50 条。")
    assert en.endswith(
        "It answered 403. Its stand-in the mirror: only 31 entries, where 49–50 are usual."
    )


def test_a_stand_in_that_serves_no_more_is_told_after_the_list_s_own_board() -> None:
    late = replace(
        STAND_IN, served_by="mirror_weibo", verdict=Verdict.STALE, is_overdue=True, age_minutes=75.0
    )
    assert told(replace(REFUSED, served_by="mirror_weibo"), late) == (
        "未取到榜单：对方返回 403。代供的镜站：已有 75 分钟没有新榜单。",
        "It answered 403. Its stand-in the mirror: No new list for 75 min.",
    )


def test_stand_ins_that_failed_too_are_told_after() -> None:
    again = replace(REFUSED, board="mirror_weibo", name_zh="镜站", name_en="the mirror", place=1)
    zh, en = told(REFUSED, replace(again, reason="timeout", detail="It took too long."))
    assert zh == "未取到榜单：对方返回 403。代供的镜站：未取到榜单：超时。"
    assert en == "It answered 403. Its stand-in the mirror: It took too long."


def test_a_list_whose_own_board_is_not_asked_says_so() -> None:
    assert told(replace(STAND_IN, served_by="mirror_weibo")) == (
        "由镜站代供：未抓取。",
        "Served by the mirror: Not asked.",
    )
