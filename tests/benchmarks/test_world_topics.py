"""The topics of the simulated world, which knows its stories, are its stories."""

import pytest

from benchmarks import world_topics
from benchmarks.world_topics import Topic
from fengkou.home import Home

pytestmark = pytest.mark.xdist_group("world_topics")  # one worker builds it, not each

BRIDGE, FERRY = ("bridge opens", 1), ("ferry sinks", 2)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Topic]:
    home = Home(tmp_path_factory.mktemp("world") / "home")
    world_topics.made(home)
    return world_topics.topics(home)


@pytest.mark.slow
def test_its_topics_are_its_stories(found: list[Topic]) -> None:
    stories = world_topics.of_stories(found)
    for some in (found, stories):
        precision, recall = world_topics.precision_and_recall(some)
        assert precision >= 0.98
        assert recall >= 0.9
    assert sum(bool(topic.told) for topic in stories) > 100


@pytest.mark.slow
def test_no_card_of_the_newest_digest_joins_two_stories(found: list[Topic]) -> None:
    cards = [topic for topic in found if topic.is_told]
    assert len(cards) > 10
    assert [topic.told for topic in cards if len(topic.stories) > 1] == []


def test_pairs_in_one_topic_and_of_one_story_are_counted() -> None:
    joined = [Topic((BRIDGE, BRIDGE, FERRY), True), Topic((FERRY,), False)]
    assert world_topics.precision_and_recall(joined) == (1 / 3, 1 / 2)
    apart = [Topic((BRIDGE, BRIDGE), True), Topic((FERRY, FERRY), False)]
    assert world_topics.precision_and_recall(apart) == (1, 1)
