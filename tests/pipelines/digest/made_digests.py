"""A made digest: one topic on two boards; of three boards one shows a login and one was not landed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, Verdict, list_standings
from pipelines.digest.contents import (
    Bond,
    Claim,
    Digest,
    Life,
    Outlook,
    Period,
    Placement,
    Section,
    SharedWord,
    StoryLine,
    TopicCard,
    TracePoint,
)
from pipelines.forecast.stages import Stage
from pipelines.language import Language

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
BOTH = pytest.mark.parametrize("language", Language)
"""For what every language must say."""

CLIMB = (
    Claim("climb", {"gain": 22, "minutes": 58, "rank": 3}, "weibo_hot"),
    Claim("on_lists", {"lists": 2}),
)
OUTLOOK = Outlook(
    stage=Stage.RISING,
    board="weibo_hot",
    name_zh="微博热搜",
    name_en="Weibo Hot",
    rank=18,
    peak_rank=(4.2, 8.6, 14.1),
    minutes_left=(35.0, 290.0, 1010.0),
    chances=(0.104, 0.346, 0.402),
    spread_chance=0.004,
    peak_heat_share=0.75,
    stay_chances=(0.97, 0.9, 0.7, 0.42),
    model_id="starting",
)


def ago(minutes: int) -> datetime:
    return AT - timedelta(minutes=minutes)


def place(board: str = "weibo_hot", **changed: object) -> Placement:
    usual = Placement(
        board=board,
        name_zh="微博热搜",
        name_en="Weibo Hot",
        title="青川大桥通车",
        url="https://example.com/bridge",
        since_at=ago(118),
        seen_at=ago(2),
        rank=3,
        list_length=50,
        rank_before=25,
        minutes_before=58.0,
        best_rank=2,
        heat=123_000,
        heat_before=82_000,
        heat_unit="views",
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


LIFE = Life(
    first_seen_at=ago(130),
    present_since_at=ago(130),
    list_count=3,
    best_rank=2,
    best_at=ago(20),
    best_board="weibo_hot",
)
BOND = Bond(
    title_count=3,
    kind="words",
    words=(SharedWord("青川大桥", 3),),
    span_minutes=85.2,
    hand_count=0,
    least_chance=0.8234,
)
TOPIC = TopicCard(
    topic_id=9007199254740993,  # 2**53 + 1: a program that reads it as a double gets another
    section=Section.RISING,
    title="青川大桥今晨通车",
    url="https://example.com/bridge",
    life=LIFE,
    outlook=OUTLOOK,
    older_titles=("青川大桥将通车",),
    placements=(
        place(),
        place("zhihu_hot", name_zh="知乎热榜", rank=18, rank_before=None, since_at=ago(45)),
    ),
    keywords=("青川大桥", "通车"),
    claims=CLIMB,
    bond=BOND,
    trace=tuple(
        TracePoint(ago(10 * step), board, rank)
        for board in ("weibo_hot", "toutiao_hot")
        for step, rank in enumerate((3, 8, None, 25))
    ),
)


def board(
    name: str, zh: str, en: str, verdict: Verdict = Verdict.OK, **more: object
) -> BoardStanding:
    """A board that serves its own list."""
    standing = BoardStanding(name, zh, en, verdict, list_board=name, list_zh=zh, list_en=en)
    return replace(standing, served_by=name, **more)  # type: ignore[arg-type]


WALL = {
    "contract_verdict": Kept.FAILED,
    "breaches": (Breach("login_wall", Kept.FAILED),),
    "reason": "login_wall",
    "detail": "Instead of a list, a login.",
    "last_ok_at": ago(180),
}
BOARDS = list_standings(
    [
        board("weibo_hot", "微博热搜", "Weibo Hot", last_ok_at=ago(2)),
        board("toutiao_hot", "今日头条热榜", "Toutiao Hot", Verdict.FAILED, **WALL),
        board("baidu_hot", "百度热搜", "Baidu Hot", Verdict.MISSING),
    ]
)
FINE = tuple(standing for standing in BOARDS if standing.verdict is Verdict.OK)
LINE = StoryLine(
    section=Section.FADING,
    topic_id=17,
    title="渡口停航",
    url="https://example.com/ferry",
    life=replace(LIFE, best_rank=1, list_count=1, left_at=ago(30)),
)
DIGEST = Digest(
    at=AT,
    since=ago(60),
    period=Period.HOUR,
    boards=BOARDS,
    topics=(TOPIC,),
    lines=(LINE,),
    read_at=ago(2),
    quiet_since={Section.BURST: ago(200)},
)
EMPTY = replace(DIGEST, topics=(), lines=())
