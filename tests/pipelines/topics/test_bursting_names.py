"""What a name is, and how far the topics that carry it are more than usual."""

import pytest

from pipelines.topics.bursting_names import (
    LIFT,
    PRIOR_TOPICS,
    SHARED_BURST,
    TELLING_TOPICS,
    TOLD_FOR,
    NamedTopics,
    NameKind,
    may_name,
    name_kind,
)
from pipelines.topics.contradictions import Word
from pipelines.topics.similarity import NewItem
from tests.made_items import HOUR, NOON

PAST = 10 * TELLING_TOPICS


def tell(topics: NamedTopics, *words: str, first_id: int = 1) -> None:
    """A topic of one title for each, with that word."""
    for n, word in enumerate(words, first_id):
        token, tag = word.split("/")
        topics.place(NewItem(n, NOON, "made", f"{n}", (Word(token, tag),)), n, NOON)
        topics.tell_anew(n)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        (Word("松涧", "ns"), NameKind.PLACE),
        (Word("裴沅芷", "nr"), NameKind.PROPER),
        (Word("labubu", "eng"), NameKind.PROPER),
        (Word("云栖杯", "n"), NameKind.PROPER),
        (Word("考试", "v"), NameKind.COMMON),
        (Word("桥梁", "n"), NameKind.COMMON),
    ],
    ids=["a place", "a person", "Latin letters", "in no dictionary", "a verb", "a thing"],
)
def test_names_are_told_by_tag_letters_and_dictionary(word: Word, kind: NameKind) -> None:
    assert name_kind(word) is kind


def test_a_number_and_a_single_sign_name_nothing() -> None:
    assert [may_name(word) for word in ("2025", "3-1", "桥", "c919", "大桥")] == [
        *(False, False, False),
        *(True, True),
    ]


def test_a_burst_grows_with_the_carriers_and_sinks_with_what_is_usual() -> None:
    bursts = []
    for carriers, past in ((5, 0), (9, 0), (9, 3)):
        topics = NamedTopics({"云栖杯": past}, PAST)
        tell(topics, *["云栖杯/nz"] * carriers, *["桥梁/n"] * 20)
        bursts.append(topics.burst("云栖杯"))
    few, many, usual = bursts
    assert SHARED_BURST < few < many
    assert usual < many


def test_what_is_in_fewer_topics_than_thrice_the_usual_does_not_burst() -> None:
    told = 40
    usual = 4.0
    past = usual / told * (PAST + PRIOR_TOPICS)
    for carriers in (round(usual * LIFT) - 1, round(usual * LIFT) + 1):
        topics = NamedTopics({"云栖杯": past}, PAST)
        tell(topics, *["云栖杯/nz"] * carriers, *["桥梁/n"] * (told - carriers))
        assert (topics.burst("云栖杯") > 0) == (carriers > usual * LIFT)


def test_a_topic_carries_the_names_that_its_titles_share() -> None:
    topics = NamedTopics({}, PAST)
    for n in range(8):
        extra = Word("裴沅芷", "nr") if n == 0 else Word(f"词{n}", "n")
        topics.place(NewItem(n, NOON, "made", f"{n}", (Word("云栖杯", "nz"), extra)), 0, NOON)
    topics.tell_anew(0)
    assert [*topics.names_of(0)] == ["云栖杯"]


def test_a_topic_is_told_no_more_three_days_after_its_last_title_and_is_the_past_then() -> None:
    topics = NamedTopics({}, PAST)
    tell(topics, "云栖杯/nz", "云栖杯/nz")
    assert topics.begin_hour(NOON + TOLD_FOR) == []
    assert topics.carriers("云栖杯") == {1, 2}
    assert sorted(topics.begin_hour(NOON + TOLD_FOR + HOUR)) == [1, 2]
    assert topics.carriers("云栖杯") == set()


def test_what_a_name_held_to_a_storyline_is_less_usual_of_it() -> None:
    bursts = []
    for held in (False, True):
        topics = NamedTopics({}, PAST)
        tell(topics, *["云栖杯/nz"] * 40)
        for topic_id in range(1, 41) if held else ():
            topics.hold(topic_id, {"云栖杯"})
        topics.begin_hour(NOON + TOLD_FOR + HOUR)
        tell(topics, *["云栖杯/nz"] * 6, first_id=100)
        bursts.append(topics.burst("云栖杯"))
    assert 0 < bursts[0] < bursts[1]
