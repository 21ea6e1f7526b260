from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from pipelines.desks.desk import (
    Budget,
    QuietHours,
    Rule,
    Send,
    Urgency,
    When,
    Word,
)
from pipelines.desks.flags import Flag
from pipelines.desks.telling import Silence
from tests.listening_desks import (
    DAYS,
    DESK,
    HOURS,
    MINUTES,
    NOON,
    ROOM,
    RULE,
    TOWER,
    Listening,
    kinds,
    line,
    matched,
    story,
    titles,
    with_rule,
)

LOW = line(rank=30)
SECOND = line("zhihu", 30, item=2)


def test_a_story_is_told_once_for_ever() -> None:
    desk = Listening()
    assert kinds(desk.hear(NOON, story())) == ["new"]
    for hours in range(1, 60):
        assert desk.hear(NOON + hours * HOURS, story()) == []


@pytest.mark.parametrize(
    ("lines", "is_told"),
    [
        ((LOW,), False),
        ((line(rank=11),), False),
        ((line(rank=10),), True),
        ((LOW, SECOND), True),
        ((LOW, line(rank=30, item=2)), False),
    ],
)
def test_without_a_word_on_it_a_rule_tells_of_a_top_ten_or_a_second_list(
    lines: tuple[object, ...], is_told: bool
) -> None:
    assert bool(Listening().hear(NOON, story(1, *lines))) is is_told  # type: ignore[arg-type]


def test_what_is_not_material_yet_is_held_once_and_told_when_it_is() -> None:
    desk = Listening()
    for minutes in range(0, 30, 10):
        assert desk.hear(NOON + minutes * MINUTES, story(1, LOW)) == []
    assert [held.gate for held in desk.record.held] == ["not_yet"]
    assert kinds(desk.hear(NOON + 40 * MINUTES, story(1, LOW, SECOND))) == ["new"]


def test_a_merger_makes_no_second_new() -> None:
    desk = Listening()
    desk.hear(NOON, story(1), story(2))
    assert desk.hear(NOON + HOURS, story(2, former=[1])) == []
    assert desk.hear(NOON + 2 * HOURS, story(7, former=[1, 2])) == []


def test_a_part_that_was_split_from_a_told_story_makes_no_second_new() -> None:
    desk = Listening()
    desk.hear(NOON, story(1))
    assert desk.hear(NOON + HOURS, story(1), story(9, former=[1])) == []


def test_a_renamed_story_makes_no_second_new() -> None:
    desk = Listening()
    desk.hear(NOON, story(1))
    assert desk.hear(NOON + HOURS, replace(story(1), headline="另一个名字")) == []


def test_a_clock_that_was_set_back_and_a_second_tick_at_once_decide_nothing() -> None:
    desk = Listening()
    desk.hear(NOON, story(1))
    assert desk.decide(NOON, story(2)) is None
    assert desk.decide(NOON - HOURS, story(2)) is None
    assert titles(desk.hear(NOON + MINUTES, story(2))) == ["芯片的事 2"]


def test_midnight_makes_no_second_new() -> None:
    desk = Listening()
    desk.hear(NOON, story())
    assert desk.hear(NOON + 12 * HOURS + MINUTES, story()) == []


def test_what_was_away_for_days_is_told_once_as_back() -> None:
    desk = Listening()
    desk.hear(NOON, story())
    back = NOON + 4 * DAYS
    again = story(came_back_at=back)
    assert kinds(desk.hear(back, again)) == ["back"]
    assert desk.hear(back + HOURS, again) == []


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((line(), SECOND, line("baidu", 30)), "lists"),
        ((line(rank=3),), "rank"),
        ((line(rank=1),), "rank"),
    ],
)
def test_who_was_told_hears_again_when_a_story_rises_by_a_step(
    lines: tuple[object, ...], code: str
) -> None:
    desk = Listening()
    desk.hear(NOON, story(1, line(), SECOND))
    (update,) = desk.hear(NOON + HOURS, story(1, *lines))  # type: ignore[arg-type]
    assert update.message.kind == "update"
    assert [change.code for change in update.message.stories[0].changes] == [code]
    assert desk.hear(NOON + 3 * HOURS, story(1, *lines)) == []  # type: ignore[arg-type]


def test_what_falls_and_rises_again_to_where_it_was_is_no_news() -> None:
    desk = Listening()
    desk.hear(NOON, story(1, line(rank=2)))
    desk.hear(NOON + HOURS, story(1, line(rank=40)))
    assert desk.hear(NOON + 2 * HOURS, story(1, line(rank=3))) == []


def test_a_chance_that_crosses_the_line_of_the_rule_is_news_only_from_well_below_it() -> None:
    desk = with_rule(Rule("chips", (Word("芯片"),), when=When(chance=0.5, boards=2)))
    for told_at, is_news in ((0.3, True), (0.45, False)):
        listening = Listening(desk)
        listening.hear(NOON, story(1, line(), SECOND, chance=told_at))
        later = listening.hear(NOON + HOURS, story(1, line(), SECOND, chance=0.6))
        assert kinds(later) == (["update"] if is_news else [])


def test_updates_come_an_hour_apart_and_three_a_day() -> None:
    desk = Listening()
    desk.hear(NOON, story(1, line(rank=10)))
    assert desk.hear(NOON + 59 * MINUTES, story(1, line(rank=3))) == []
    assert kinds(desk.hear(NOON + 60 * MINUTES, story(1, line(rank=3)))) == ["update"]
    boards = [line(f"board{number}", 1, item=number) for number in range(8)]
    assert kinds(desk.hear(NOON + 3 * HOURS, story(1, *boards[:1]))) == ["update"]
    assert kinds(desk.hear(NOON + 5 * HOURS, story(1, *boards[:3]))) == ["update"]
    assert desk.hear(NOON + 7 * HOURS, story(1, *boards[:5])) == []
    assert kinds(desk.hear(NOON + 26 * HOURS, story(1, *boards[:5]))) == ["update"]


def test_the_news_of_one_instant_goes_in_one_message() -> None:
    (message,) = Listening().hear(NOON, story(1), story(2), story(3))
    assert len(message.message.stories) == 3


def test_a_story_that_two_rules_take_is_told_once_with_both() -> None:
    desk = Listening(replace(DESK, rules=(RULE, replace(RULE, id="export"))))
    (message,) = desk.hear(NOON, matched(story(), "chips", "export"))
    assert [hit.rule_id for hit in message.message.stories[0].rules] == ["chips", "export"]


def test_a_refutation_goes_at_once_to_those_who_were_told() -> None:
    some = with_rule(
        Rule("chips", (Word("芯片"),), send=Send(channels=("room",))),
        replace(DESK, channels=(ROOM, TOWER), budget=Budget(per_day=1)),
    )
    desk = Listening(some)
    desk.hear(NOON, story())
    denied = story(1, line(title="官方辟谣：芯片出口系误传"))
    (correction,) = desk.hear(NOON + 5 * MINUTES, denied)
    assert correction.message.kind == "correction"
    assert correction.channels == ("room",)
    assert Flag.REFUTED in correction.message.stories[0].flags
    assert desk.hear(NOON + 2 * HOURS, denied) == []


class TestQuietHours:
    NIGHT = replace(DESK, quiet=(QuietHours(time(23), time(7, 30)),))
    MIDNIGHT = NOON + 12 * HOURS
    MORNING = NOON + 19 * HOURS + 30 * MINUTES

    def test_what_comes_by_night_is_told_together_in_the_morning(self) -> None:
        desk = Listening(self.NIGHT)
        for number in range(1, 4):
            assert desk.hear(self.MIDNIGHT + number * HOURS, story(number)) == []
        assert desk.hear(self.MORNING - MINUTES) == []
        (collected,) = desk.hear(self.MORNING)
        assert collected.message.kind == "quiet"
        assert len(collected.message.stories) == 3
        assert desk.hear(self.MORNING + HOURS, story(1), story(2), story(3)) == []

    @pytest.mark.parametrize(
        ("urgency", "wakes", "is_told"),
        [
            (Urgency.BREAKING, True, True),
            (Urgency.BREAKING, False, False),
            (Urgency.ALERT, True, False),
        ],
    )
    def test_only_a_breaking_rule_that_says_so_wakes(
        self, urgency: Urgency, wakes: bool, is_told: bool
    ) -> None:
        rule = replace(RULE, send=Send(urgency, wakes=wakes))
        desk = Listening(with_rule(rule, self.NIGHT))
        assert bool(desk.hear(self.MIDNIGHT, story())) is is_told


class TestBudgets:
    def test_what_is_over_an_hours_budget_is_told_in_one_message_with_its_count(self) -> None:
        desk = Listening(replace(DESK, budget=Budget(per_hour=2)))
        for number in range(1, 6):
            desk.hear(NOON + number * MINUTES, story(number))
        assert kinds(desk.record.outgoing) == ["new", "new"]
        (overflow,) = desk.hear(NOON + 62 * MINUTES)
        assert overflow.message.kind == "overflow"
        assert titles([overflow]) == [f"芯片的事 {number}" for number in (3, 4, 5)]

    def test_what_is_over_a_days_budget_waits_for_the_next_day(self) -> None:
        desk = Listening(replace(DESK, budget=Budget(per_day=1)))
        desk.hear(NOON, story(1))
        assert desk.hear(NOON + HOURS, story(2)) == []
        assert desk.hear(NOON + 11 * HOURS, story(3)) == []
        (overflow,) = desk.hear(NOON + 12 * HOURS + MINUTES)
        assert titles([overflow]) == ["芯片的事 2", "芯片的事 3"]

    def test_a_rule_has_its_own_budget(self) -> None:
        talkative = replace(RULE, send=Send(per_day=1))
        desk = Listening(replace(DESK, rules=(talkative, replace(RULE, id="export"))))
        desk.hear(NOON, matched(story(1), "chips"))
        assert desk.hear(NOON + MINUTES, matched(story(2), "chips")) == []
        assert desk.hear(NOON + 2 * MINUTES, matched(story(3), "chips", "export"))

    def test_twelve_of_many_are_told_and_the_others_counted(self) -> None:
        desk = Listening(replace(DESK, budget=Budget(per_hour=1)))
        desk.hear(NOON, story(1))
        desk.hear(NOON + MINUTES, *(story(number) for number in range(2, 32)))
        (overflow,) = desk.hear(NOON + 62 * MINUTES)
        assert (len(overflow.message.stories), overflow.message.more) == (12, 18)


def test_a_desk_that_opens_hears_in_one_message_of_what_stands_there() -> None:
    desk = Listening.__new__(Listening)
    desk.desk, desk.record = DESK, Listening().record.__class__()
    (opening,) = desk.hear(NOON, story(1), story(2))
    assert (opening.message.kind, len(opening.message.stories)) == ("overflow", 2)


@pytest.mark.parametrize(
    ("scope", "value", "is_told"),
    [
        ("rule", "chips", False),
        ("rule", "other", True),
        ("story", "1", False),
        ("story", "2", True),
        ("word", "出口", False),
        ("word", "进口", True),
    ],
)
def test_a_silence_holds_until_its_end(scope: str, value: str, is_told: bool) -> None:
    silence = Silence(scope, value, NOON - DAYS, NOON + 4 * HOURS, "lin")
    desk = Listening(silences=[silence])
    assert bool(desk.hear(NOON, story())) is is_told
    if not is_told:
        assert [held.gate for held in desk.record.held] == ["silenced"]
        assert kinds(desk.hear(NOON + 4 * HOURS, story())) == ["new"]


def test_an_outage_tells_each_story_once() -> None:
    desk = Listening()
    desk.hear(NOON, story(1))
    (message,) = desk.hear(NOON + 30 * HOURS, story(1), story(2))
    assert titles([message]) == ["芯片的事 2"]


def test_an_hour_that_the_clock_skips_loses_no_story() -> None:
    from zoneinfo import ZoneInfo

    berlin = replace(
        DESK, zone=ZoneInfo("Europe/Berlin"), quiet=(QuietHours(time(1), time(2, 30)),)
    )
    desk = Listening(berlin)
    night = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 1:30, and at 2:00 it is 3:00
    assert desk.hear(night, story()) == []
    assert kinds(desk.hear(night + 31 * MINUTES)) == ["quiet"]
