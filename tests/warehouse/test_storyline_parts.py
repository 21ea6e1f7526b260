"""The other parts of a story on its card: as known at the digest's instant, the newest first."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from fengkou import operations
from fengkou.cli.topic_tables import card_lines
from fengkou.home import Home
from pipelines.digest.contents import Period, TopicCard
from pipelines.language import Language
from pipelines.topics.short_id import short_id
from warehouse.connection import Connection
from warehouse.instants import to_naive
from warehouse.readers.digest import make_digest
from warehouse.readers.storylines import PARTS_SHOWN, SEEN_WITHIN_HOURS, storylines_at
from warehouse.readers.topic import topic_history


def link(con: Connection, at: datetime, storyline_id: int | None, *topic_ids: int) -> None:
    """Say that from ``at`` on those topics are part of the storyline, or of none."""
    names = [] if storyline_id is None else ["青禾杯"]
    for topic_id in topic_ids:
        con.execute(
            "INSERT INTO core.storyline_links VALUES (?, ?, ?, 40.0, ?)",
            [topic_id, to_naive(at), storyline_id, names],
        )


def cards(con: Connection, at: datetime) -> dict[int, TopicCard]:
    """The day's cards by topic, those that came first before the others."""
    digest = make_digest(con, at, Period.DAY)
    by_age = sorted(digest.topics, key=lambda card: (card.life.first_seen_at, card.topic_id))
    return {card.topic_id: card for card in by_age}


@pytest.fixture
def con(built_home: Home) -> Iterator[Connection]:
    """Of a day whose topics are part of nothing yet."""
    with operations.opened(built_home) as con:
        con.execute("DELETE FROM core.storyline_links")
        yield con


@pytest.fixture
def at(instants: list[datetime]) -> datetime:
    return instants[20]


def test_a_card_tells_the_newest_parts_of_its_story_as_the_digest_calls_them(
    con: Connection, at: datetime
) -> None:
    ids = [*cards(con, at)][:6]
    link(con, at, ids[0], *ids)
    told = cards(con, at)
    for topic_id in ids:
        card = told[topic_id]
        assert card.storyline_id == ids[0]
        came = [part.first_seen_at for part in card.other_parts]
        assert len(came) == PARTS_SHOWN
        assert came == sorted(came, reverse=True)
        assert topic_id not in {part.topic_id for part in card.other_parts}
        for part in card.other_parts:
            assert part.topic_id in ids
            assert part.title == told[part.topic_id].title
            assert part.first_seen_at == told[part.topic_id].life.first_seen_at
    assert {card.storyline_id for card in told.values() if card.topic_id not in ids} == {None}


def test_what_was_linked_later_or_no_more_is_no_part(
    con: Connection, at: datetime, instants: list[datetime]
) -> None:
    now, left, late, *_ = cards(con, at)
    link(con, instants[10], now, now, left)
    link(con, instants[15], None, left)
    link(con, at + timedelta(seconds=1), now, late)
    known = storylines_at(con, [now, late, left], to_naive(at))
    later = storylines_at(con, [now], to_naive(at + timedelta(seconds=1)))
    before = storylines_at(con, [now], to_naive(instants[12]))
    assert {topic_id: line.parts for topic_id, line in known.items()} == {now: ()}
    assert [part.topic_id for part in later[now].parts] == [late]
    assert [part.topic_id for part in before[now].parts] == [left]


def test_what_was_on_no_list_for_two_days_is_no_part(con: Connection, at: datetime) -> None:
    first, second, *_ = cards(con, at)
    link(con, at, first, first, second)
    long_after = at + timedelta(hours=SEEN_WITHIN_HOURS + 12)
    soon, late = (
        storylines_at(con, [first], to_naive(instant))[first].parts for instant in (at, long_after)
    )
    assert [part.topic_id for part in soon] == [second]
    assert late == ()


def test_a_topic_tells_its_story_as_of_the_newest_list(con: Connection, at: datetime) -> None:
    first, second, *_ = cards(con, at)
    assert topic_history(con, first).storyline_id is None
    link(con, at, second, first, second)
    history = topic_history(con, first)
    assert history.storyline_id == second
    (part,) = history.other_parts
    assert part.topic_id == second
    lines = [str(line) for line in card_lines(history, Language.ZH)]
    (place,) = (n for n, line in enumerate(lines) if line.startswith("同一事件的其他进展"))
    assert lines[place + 1].endswith(f"{part.title}  {short_id(second)}")
