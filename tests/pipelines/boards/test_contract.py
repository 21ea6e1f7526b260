"""A board's contract: what breaks it, how grave that is, and what its past allows."""

from dataclasses import replace
from typing import Any

import pytest

from pipelines.boards.contract import (
    HISTORY_ENOUGH,
    NO_HISTORY,
    Facts,
    History,
    Judgement,
    Kept,
    Snapshot,
    judge,
)

FACTS = Facts(expected_count=(40, 52), cadence_minutes=10, heat_unit="heat")
USUAL = History(
    snapshot_count=500,
    gap_minutes=10,
    count_low=49,
    count_high=50,
    heat_share=1.0,
    heat_low=5.2,
    heat_high=6.1,
    frozen_minutes=40,
    new_share=0.06,
    other_share=0.1,
    missing_ranks=0,
)
LIST = Snapshot(
    is_list=True,
    ranked_count=50,
    line_count=51,
    heat_share=1.0,
    heat_log10=5.7,
    gap_minutes=10,
    frozen_minutes=10,
    new_share=0.04,
    other_share=0.1,
)


def judged(history: History = USUAL, facts: Facts = FACTS, **changed: object) -> Judgement:
    return judge(replace(LIST, **changed), history, facts)  # type: ignore[arg-type]


def claims(found: Judgement) -> tuple[str, ...]:
    return tuple(breach.claim for breach in found.breaches)


def test_a_usual_list_is_ok_with_or_without_a_past() -> None:
    assert judged().verdict is Kept.OK
    assert judged(NO_HISTORY).verdict is Kept.OK
    assert judged().breaches == ()


@pytest.mark.parametrize(
    ("changed", "verdict", "claim"),
    [
        ({"ranked_count": 30}, Kept.DEGRADED, "shrunk"),
        ({"ranked_count": 120}, Kept.DEGRADED, "too_many"),
        ({"reject_count": 20}, Kept.DEGRADED, "lines_unread"),
        ({"missing_ranks": 10}, Kept.DEGRADED, "ranks_broken"),
        ({"heat_share": 0.2}, Kept.DEGRADED, "no_heat"),
        ({"heat_log10": 9.0}, Kept.DEGRADED, "heat_range"),
        ({"new_share": 0.95}, Kept.DEGRADED, "mostly_new"),
        ({"frozen_minutes": 360.0}, Kept.STALE, "frozen"),
        ({"other_share": 0.9}, Kept.FAILED, "another_board"),
    ],
)
def test_a_broken_claim_is_named(changed: dict[str, Any], verdict: Kept, claim: str) -> None:
    found = judged(**changed)
    assert (found.verdict, claims(found)) == (verdict, (claim,))


def test_what_stood_here_a_moment_ago_is_no_other_boards() -> None:
    copied: dict[str, Any] = {"other_share": 0.9, "changed_share": 0.3}
    assert judged(**copied).verdict is Kept.OK
    assert claims(judged(**copied, ranked_count=30)) == ("shrunk",)
    assert claims(judged(other_share=0.9, changed_share=0.7)) == ("another_board",)
    assert claims(judged(**copied, was_another=True)) == ("another_board",)


def test_the_gravest_claim_gives_the_verdict_and_comes_first() -> None:
    found = judged(ranked_count=30, frozen_minutes=360.0, other_share=0.9)
    assert found.verdict is Kept.FAILED
    assert claims(found) == ("another_board", "frozen", "shrunk")


def test_a_broken_claim_brings_the_figures_that_it_is_told_with() -> None:
    (shrunk,) = judged(ranked_count=30).breaches
    assert shrunk.figures == {"count": 30, "least": 49, "most": 50}
    (frozen,) = judged(frozen_minutes=360.0).breaches
    assert frozen.figures == {"minutes": 360.0, "most": 60}


@pytest.mark.parametrize(
    ("reason", "claim"), [("login_wall", "login_wall"), ("http_403", "no_list"), ("", "no_list")]
)
def test_what_is_no_list_is_failed(reason: str, claim: str) -> None:
    found = judge(Snapshot(is_list=False, reason=reason), USUAL, FACTS)
    assert (found.verdict, claims(found)) == (Kept.FAILED, (claim,))


def test_without_a_past_the_catalogue_counts() -> None:
    young = replace(USUAL, snapshot_count=HISTORY_ENOUGH - 1, count_low=20, count_high=20)
    assert claims(judged(young, ranked_count=30)) == ("too_few",)
    assert judged(young, ranked_count=40).verdict is Kept.OK


def test_what_a_board_usually_is_outweighs_the_catalogue() -> None:
    short = replace(USUAL, count_low=20, count_high=20, heat_share=0.0)
    assert judged(short, ranked_count=20, heat_share=0.0).verdict is Kept.OK


def test_a_board_that_nobody_described_is_held_to_its_past_alone() -> None:
    assert judged(NO_HISTORY, Facts(), ranked_count=3, heat_share=0.0).verdict is Kept.OK
    assert claims(judged(NO_HISTORY, Facts(), ranked_count=0, heat_share=None)) == ("too_few",)


def test_a_board_that_often_rests_may_rest_long() -> None:
    restful = replace(USUAL, frozen_minutes=600)
    assert judged(restful, frozen_minutes=800.0).verdict is Kept.OK
    assert judged(restful, frozen_minutes=1000.0).verdict is Kept.STALE


def test_a_slow_board_may_rest_three_cadences() -> None:
    daily = replace(FACTS, cadence_minutes=720)
    assert judged(facts=daily, frozen_minutes=1440.0).verdict is Kept.OK


def test_a_night_without_a_past_is_no_frozen_list() -> None:
    assert judged(NO_HISTORY, frozen_minutes=300.0).verdict is Kept.OK
    assert judged(NO_HISTORY, frozen_minutes=360.0).verdict is Kept.STALE


def test_after_a_long_gap_new_titles_are_no_wonder() -> None:
    assert judged(new_share=0.95, gap_minutes=600).verdict is Kept.OK


def test_boards_that_always_agree_are_not_taken_for_each_other() -> None:
    twins = replace(USUAL, other_share=0.95)
    assert judged(twins, other_share=0.97).verdict is Kept.OK
    assert judged(twins, other_share=0.97, new_share=1.0).verdict is Kept.FAILED


def test_a_new_board_that_agrees_with_another_is_believed_until_its_list_is_another() -> None:
    assert judged(NO_HISTORY, other_share=0.9).verdict is Kept.OK
    assert judged(NO_HISTORY, other_share=0.9, new_share=1.0).verdict is Kept.FAILED


def test_a_rank_or_two_may_be_withdrawn() -> None:
    assert judged(missing_ranks=2).verdict is Kept.OK


def test_a_rejected_line_is_told_once() -> None:
    assert judged(missing_ranks=8, reject_count=8).verdict is Kept.OK
