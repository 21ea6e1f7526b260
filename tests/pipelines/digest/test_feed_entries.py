"""A feed has one entry a story: it keeps its id, and is updated where its story tells something new."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.digest.contents import Period, Section
from pipelines.digest.editions import Edition, ToldStory, edition
from pipelines.digest.feed_entries import KEPT_HOURS, feed_entries
from pipelines.digest.render.json import to_json
from pipelines.language import Language
from tests.examples import examples
from tests.pipelines.digest.made_digests import AT, DIGEST, LINE, TOPIC

STORY = ToldStory(7, Section.RISING, "青川大桥通车", list_count=2, best_rank=12, has_card=True)


def told(hour: float, *stories: ToldStory) -> Edition:
    at = AT + timedelta(hours=hour)
    return Edition(f"{at:%dT%H%M}", Period.HOUR, Language.ZH, at, stories)


def hours(at: datetime) -> float:
    return (at - AT) / timedelta(hours=1)


@pytest.mark.parametrize(
    ("changed", "is_news"),
    [
        ({}, False),
        ({"section": Section.TOP}, True),
        ({"title": "青川大桥今晨通车"}, True),
        ({"title": "青川大橋通車"}, False),  # the same in other script
        ({"list_count": 3}, True),
        ({"list_count": 1}, False),
        ({"best_rank": 11}, False),
        ({"best_rank": 10}, True),
        ({"best_rank": 30}, False),
    ],
)
def test_an_entry_is_updated_where_its_story_tells_something_new(
    changed: dict[str, object], is_news: bool
) -> None:
    again = replace(STORY, **changed)  # type: ignore[arg-type]
    (entry,) = feed_entries([told(0, STORY), told(1, again), told(2, STORY), told(3, again)])
    assert hours(entry.changed_at) == (1 if is_news else 0)
    assert entry.stem == told(1 if is_news else 0).stem
    assert (entry.entry_id, hours(entry.told_at)) == ("7", 3)


def test_an_entry_stays_for_two_days_after_its_story_was_told_last() -> None:
    editions = [told(0, STORY), told(KEPT_HOURS)]
    assert [entry.entry_id for entry in feed_entries(editions)] == ["7"]
    assert feed_entries([*editions, told(KEPT_HOURS + 1)]) == ()


def test_a_story_that_comes_again_after_that_begins_anew() -> None:
    (entry,) = feed_entries([told(0, STORY), told(KEPT_HOURS + 1), told(KEPT_HOURS + 2, STORY)])
    assert hours(entry.begun_at) == hours(entry.changed_at) == KEPT_HOURS + 2


def test_a_line_neither_begins_nor_changes_an_entry() -> None:
    line = replace(STORY, has_card=False, section=Section.FADING)
    assert feed_entries([told(0, line)]) == ()
    (entry,) = feed_entries([told(0, STORY), told(1, line)])
    assert hours(entry.changed_at) == hours(entry.told_at) == 0


def test_a_story_keeps_its_entry_when_its_topic_is_merged_into_another() -> None:
    merged = replace(STORY, topic_id=3, former_ids=(7, 9))
    (entry,) = feed_entries([told(0, STORY), told(1, merged), told(2, merged)])
    assert (entry.entry_id, hours(entry.changed_at)) == ("7", 0)
    (entry,) = feed_entries([told(0, STORY), told(1, replace(merged, best_rank=1))])
    assert (entry.entry_id, entry.topic_id, hours(entry.changed_at)) == ("7", 3, 1)


def test_of_two_stories_that_turn_out_to_be_one_the_entry_told_first_goes_on() -> None:
    other = replace(STORY, topic_id=3, title="大桥")
    merged = replace(other, former_ids=(7,))
    (entry,) = feed_entries([told(0, STORY), told(1, other), told(2, merged)])
    assert (entry.entry_id, hours(entry.changed_at)) == ("7", 0)


def test_a_topic_that_stands_by_itself_again_has_an_entry_of_its_own() -> None:
    merged = replace(STORY, topic_id=3, title="大桥", former_ids=(7,))
    split = [replace(merged, former_ids=()), STORY]
    first, second = feed_entries([told(0, STORY), told(1, merged), told(2, *split)])
    assert (first.entry_id, first.topic_id) == (f"7/{told(2).stem}", 7)
    assert (second.entry_id, second.topic_id) == ("7", 3)


stories = st.builds(
    ToldStory,
    topic_id=st.integers(1, 4),
    section=st.sampled_from(Section),
    title=st.sampled_from(["桥", "渡口"]),
    list_count=st.integers(1, 6),
    best_rank=st.integers(1, 20),
    has_card=st.just(True),
    former_ids=st.sets(st.integers(1, 4), max_size=2).map(tuple),
)


@examples(60)
@given(st.lists(st.tuples(st.integers(0, 120), stories), max_size=25), st.randoms())
def test_the_order_of_writing_does_not_matter(
    tellings: list[tuple[int, ToldStory]], shuffled: object
) -> None:
    editions = [told(hour, story) for hour, story in dict(tellings).items()]
    mixed = list(editions)
    shuffled.shuffle(mixed)  # type: ignore[attr-defined]
    entries = feed_entries(editions)
    assert feed_entries(mixed) == entries
    for entry in entries:
        assert sum(entry.entry_id == other.entry_id for other in entries) == 1
        assert entry.begun_at <= entry.changed_at <= entry.told_at


def test_an_edition_is_what_its_json_told() -> None:
    card = replace(TOPIC, former_ids=(5, 6))
    read = edition(to_json(replace(DIGEST, topics=(card,)), Language.EN).encode(), "x.en")
    assert (read.stem, read.period, read.language, read.at) == ("x.en", "hour", "en", AT)
    assert read.stories == (
        ToldStory(TOPIC.topic_id, TOPIC.section, TOPIC.title, 3, 2, True, (5, 6)),
        ToldStory(LINE.topic_id, LINE.section, LINE.title, 1, 1, False),
    )


@pytest.mark.parametrize("damaged", [b"", b"[]", b'{"at": 3}', b"\xff", b'{"period": "hour"}'])
def test_what_is_no_digest_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        edition(damaged, "x")
