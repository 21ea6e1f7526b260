"""A made digest: one topic on two boards; of three boards one shows a login and one was not landed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipelines.boards.contract import Breach, Kept
from pipelines.boards.standing import BoardStanding, Verdict, list_standings
from pipelines.digest.contents import (
    Digest,
    Outlook,
    Period,
    Placement,
    Reason,
    TopicCard,
    TracePoint,
)
from pipelines.forecast.explanation import Cause
from pipelines.forecast.stages import Stage
from pipelines.language import Language

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai
BOTH = pytest.mark.parametrize("language", Language)
"""For what every language must say."""

CLIMB = Reason(
    board_count=3,
    causes=(Cause("climb", {"gain": 14, "minutes": 20}), Cause("elsewhere", {"boards": 3})),
    rank_gain=14,
    over_minutes=20,
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
        rank_before=25,
        best_rank=2,
        heat=123_000,
        heat_before=82_000,
        heat_unit="views",
    )
    return replace(usual, **changed)  # type: ignore[arg-type]


TOPIC = TopicCard(
    topic_id=9007199254740993,  # 2**53 + 1: a program that reads it as a double gets another
    title="青川大桥今晨通车",
    outlook=OUTLOOK,
    first_seen_at=ago(130),
    placements=(
        place(),
        place("zhihu_hot", name_zh="知乎热榜", rank=18, rank_before=None, since_at=ago(45)),
    ),
    keywords=("青川大桥", "通车"),
    reason=CLIMB,
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
DIGEST = Digest(at=AT, since=ago(60), period=Period.HOUR, boards=BOARDS, topics=(TOPIC,))
EMPTY = replace(DIGEST, topics=())
