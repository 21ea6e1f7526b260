"""Which board serves which list, how the list stands by it, and what is told of the others."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.boards.standing import (
    ROUND,
    BoardStanding,
    ListStanding,
    Verdict,
    list_standings,
)
from pipelines.language import Language

AT = datetime(2025, 3, 14, 1, 0, tzinfo=UTC)
OWN = BoardStanding(
    "weibo_hot",
    "微博热搜",
    "Weibo Hot",
    tried_at=AT,
    last_ok_at=AT,
    list_board="weibo_hot",
    list_zh="微博热搜",
    list_en="Weibo Hot",
    served_by="weibo_hot",
)
STAND_IN = replace(OWN, board="mirror_weibo", name_zh="镜站", name_en="The mirror", place=1)


def standing(*boards: BoardStanding) -> ListStanding:
    (found,) = list_standings(boards)
    return found


def test_a_list_stands_as_the_board_that_serves_it() -> None:
    for verdict in Verdict:
        found = standing(replace(OWN, verdict=verdict), STAND_IN)
        assert (found.board, found.verdict, found.server.board) == ("weibo_hot", verdict, OWN.board)
        assert not found.is_stood_in
        assert found.passed_over is None


def served_by_the_stand_in(verdict: Verdict) -> ListStanding:
    failed = replace(OWN, verdict=Verdict.FAILED, served_by=STAND_IN.board)
    return standing(failed, replace(STAND_IN, verdict=verdict, served_by=STAND_IN.board))


@pytest.mark.parametrize(
    ("verdict", "shown"),
    [
        (Verdict.OK, Verdict.DEGRADED),
        (Verdict.DEGRADED, Verdict.DEGRADED),
        (Verdict.STALE, Verdict.STALE),
        (Verdict.FAILED, Verdict.FAILED),
        (Verdict.MISSING, Verdict.MISSING),
    ],
)
def test_a_list_that_a_stand_in_serves_is_degraded_at_best(
    verdict: Verdict, shown: Verdict
) -> None:
    found = served_by_the_stand_in(verdict)
    assert (found.verdict, found.server.board) == (shown, "mirror_weibo")
    assert found.is_stood_in
    assert found.passed_over is not None
    assert found.passed_over.board == "weibo_hot"
    assert found.name(Language.ZH) == "微博热搜"


def test_a_list_whose_own_board_is_not_asked_passes_none_over() -> None:
    found = standing(replace(STAND_IN, served_by=STAND_IN.board))
    assert (found.board, found.server.board, found.verdict) == (
        "weibo_hot",
        "mirror_weibo",
        Verdict.DEGRADED,
    )
    assert found.passed_over is None


def test_while_nobody_served_the_first_board_speaks_for_the_list() -> None:
    failed = replace(OWN, verdict=Verdict.FAILED, served_by=None)
    assert standing(replace(STAND_IN, served_by=None), failed).server.board == "weibo_hot"


def test_stand_ins_that_failed_in_the_same_round_are_told_and_those_of_another_are_not() -> None:
    failed = replace(OWN, verdict=Verdict.FAILED)
    again = replace(STAND_IN, verdict=Verdict.FAILED)
    assert standing(failed, again).failing == (again,)
    before = replace(again, tried_at=AT - ROUND - timedelta(seconds=1))
    assert standing(failed, before).failing == ()
    assert standing(failed, replace(again, tried_at=None)).failing == ()


def test_of_a_list_that_is_fine_nothing_failing_is_told() -> None:
    assert standing(OWN, replace(STAND_IN, verdict=Verdict.FAILED)).failing == ()


boards = st.builds(
    lambda name, list_board, place, verdict, served_by: replace(
        OWN,
        board=name,
        list_board=list_board,
        place=place,
        verdict=verdict,
        served_by=served_by,
    ),
    st.sampled_from("abcd"),
    st.sampled_from("abx"),
    st.integers(0, 3),
    st.sampled_from(Verdict),
    st.sampled_from(["a", "b", "c", None]),
)


@given(st.lists(boards, max_size=8))
def test_each_list_stands_once_by_one_of_its_own_boards(found: list[BoardStanding]) -> None:
    lists = list_standings(found)
    assert [each.board for each in lists] == sorted({board.list_board for board in found})
    for each in lists:
        assert each.server in found
        assert each.server.list_board == each.board
        assert not (each.is_stood_in and each.verdict is Verdict.OK)


@given(st.lists(boards, max_size=8, unique_by=lambda board: (board.list_board, board.place)))
def test_the_order_of_the_boards_does_not_matter(found: list[BoardStanding]) -> None:
    assert list_standings(found) == list_standings(found[::-1])
