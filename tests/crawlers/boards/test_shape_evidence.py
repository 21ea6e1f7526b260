import pytest

from crawlers import catalog
from crawlers.boards.shape_evidence import problem, sentence


@pytest.mark.parametrize(
    ("known_from", "said"),
    [
        ("recorded 2026-10-09", "recorded response, 2026-10-09"),
        ("sister 2026-09", "recorded response of a sister list, 2026-09"),
        ("documented", "documentation"),
        ("documented 2026", "documentation, 2026"),
        ("code", "other people's code only, proved by no response"),
    ],
)
def test_evidence_is_said_with_its_day(known_from: str, said: str) -> None:
    assert (problem(known_from), sentence(known_from)) == ("", said)


@pytest.mark.parametrize("known_from", ["", "recorded", "seen 2026-10-09", "recorded yesterday"])
def test_evidence_of_no_kind_or_day_is_a_problem(known_from: str) -> None:
    assert "known_from" in problem(known_from)


def test_the_boards_say_what_they_are_known_from() -> None:
    facts = {fact.name: fact.known_from for fact in catalog.facts()}
    assert facts["baidu_board_api"] == "recorded 2026-10-09"
    assert facts["ifeng_home_hot"] == "code"
