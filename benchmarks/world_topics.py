"""``python -m benchmarks.world_topics [HOME]``: topics of the simulated world beside its own stories.

HOME is one that ``make run`` left, var/simulated; without one the same two days are made and built here.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import comb
from pathlib import Path

from rich.console import Console
from rich.table import Table

from crawlers import landing
from crawlers.simulation.looks import LOOKS
from crawlers.simulation.world import World
from dagster_project.run import SIMULATED_EVERY, SIMULATED_HOURS
from fengkou import operations
from fengkou.home import Home
from pipelines.captures import Outcome, Page, Status
from pipelines.digest.contents import Period
from pipelines.language import Language
from warehouse.connection import open_published

AT = datetime(2026, 11, 3, 13, tzinfo=UTC)  # an evening in Shanghai

Story = int | str
"""A story's number, or the title of what is no story and tells itself alone."""


@dataclass(frozen=True, slots=True)
class Topic:
    """The titles of a topic, each with what it tells; ``is_told``: it is a card of the newest digest."""

    told: tuple[tuple[str, Story], ...]
    is_told: bool

    @property
    def stories(self) -> set[Story]:
        """Two, where the topic joins what it should not."""
        return {story for _, story in self.told}


def made(home: Home, at: datetime = AT) -> None:
    """What ``make run`` would have left of the two days up to ``at`` (aware): built and published."""
    count = timedelta(hours=SIMULATED_HOURS) // SIMULATED_EVERY
    instants = [at - n * SIMULATED_EVERY for n in reversed(range(count))]
    world = World(instants[0], SIMULATED_HOURS)
    for board in sorted(LOOKS):
        for instant in instants:
            page = Page(tuple(world.ranked(board, instant)))
            outcome = Outcome(board, instant, Status.OK, "made", page=page)
            landing.write(home.landing, outcome, b"made", durable=False)
    operations.build(home, now=at)
    operations.write_digest_at(home, at, Period.HOUR, Language.EN)


def stories() -> Mapping[str, Story]:
    """Which story of the world a title tells, whichever board words it so; titles of nothing else."""
    world = World(AT, SIMULATED_HOURS)  # its stories have the same words at any time
    return {
        look.words(story.tale): story.number
        for look in LOOKS.values()
        if not look.own_things
        for story in world.stories
    }


def topics(home: Home) -> list[Topic]:
    """The topics of a home of the simulated world as they are now, largest first."""
    story_of = stories()
    titles = defaultdict(list)
    with open_published(home.published) as con:
        for topic_id, title in con.execute(
            "SELECT topic_id, title FROM mart.topic_titles ORDER BY topic_id, item_id"
        ).fetchall():
            titles[topic_id].append((title, story_of.get(title, title)))
    cards = _cards(home)
    found = [Topic(tuple(told), topic_id in cards) for topic_id, told in titles.items()]
    return sorted(found, key=lambda topic: -len(topic.told))


def _cards(home: Home) -> Collection[int]:
    newest = max((home.digests / Period.HOUR).glob("*.json"))
    return {int(card["topic_id"]) for card in json.loads(newest.read_bytes())["topics"]}


def precision_and_recall(found: Iterable[Topic]) -> tuple[float, float]:
    """Of the pairs in one topic, those of one story; of those of one story, the pairs in one topic."""
    topics = list(found)
    by_story = Counter(story for topic in topics for _, story in topic.told)
    within = Counter((n, story) for n, topic in enumerate(topics) for _, story in topic.told)
    right = _pairs(within.values())
    return (
        right / max(1, _pairs(len(topic.told) for topic in topics)),
        right / max(1, _pairs(by_story.values())),
    )


def of_stories(found: Iterable[Topic]) -> list[Topic]:
    """The same without all that is worded alike wherever it stands, which is easily told."""
    return [
        Topic(tuple(pair for pair in topic.told if isinstance(pair[1], int)), topic.is_told)
        for topic in found
    ]


def _pairs(counts: Iterable[int]) -> int:
    return sum(comb(count, 2) for count in counts)


def table(found: list[Topic]) -> Table:
    """The figures, and the largest topics that join two stories."""
    printed = Table(
        "", "titles", "topics", "precision", "recall", title="topics beside the stories"
    )
    for name, some in (("all that is listed", found), ("stories", of_stories(found))):
        precision, recall = precision_and_recall(some)
        titles = sum(len(topic.told) for topic in some)
        count = sum(bool(topic.told) for topic in some)
        printed.add_row(name, f"{titles}", f"{count}", f"{precision:.3f}", f"{recall:.3f}")
    return printed


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.world_topics", description=__doc__)
    parser.add_argument("home", type=Path, nargs="?", help="a home of make run")
    options = parser.parse_args()
    console = Console(width=110)
    with tempfile.TemporaryDirectory() as folder:
        home = Home((options.home or Path(folder)).absolute())
        if options.home is None:
            made(home)
        found = topics(home)
    console.print(table(found))
    joined = [topic for topic in found if len(topic.stories) > 1]
    cards = sum(topic.is_told for topic in joined)
    console.print(
        f"{len(joined)} topics join stories; {cards} of them are cards of the newest digest"
    )
    for topic in joined:
        console.print(f"\n{'card' if topic.is_told else 'topic'} of {len(topic.told)} titles")
        first = {story: title for title, story in reversed(topic.told)}
        for story, title in first.items():
            console.print(
                f"  {sum(s == story for _, s in topic.told):3} {title[:70]}", markup=False
            )


if __name__ == "__main__":
    main()
