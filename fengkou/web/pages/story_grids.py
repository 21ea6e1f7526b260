"""The tables of a story's page."""

from collections.abc import Mapping, Sequence

from fengkou.web.asked import Asked
from fengkou.web.grid import (
    UNKNOWN,
    Cell,
    Grid,
    away,
    instant,
    minutes,
    number,
    share,
    story_title,
    text,
)
from pipelines.digest.contents import TracePoint
from pipelines.messages import Messages
from warehouse.readers.story_page import StoryTitle, ToldAndCame, ToldDesk
from warehouse.readers.topic import TopicBoard, TopicMerge, TopicPart


def lists(spread: Sequence[TopicBoard], asked: Asked) -> Grid:
    """The lists that it stood on."""
    return Grid(
        "lists",
        asked.words.say("web.story.lists"),
        ("web.list", "web.best_rank", "web.first_seen", "web.last_seen"),
        tuple(
            {
                "list": text(asked.language.choose(each.name_zh, each.name_en)),
                "best_rank": number(each.best_rank),
                "first_seen": instant(each.first_seen_at, asked.at),
                "last_seen": instant(each.last_seen_at, asked.at),
            }
            for each in spread
        ),
    )


def ranks(points: Sequence[TracePoint]) -> Grid:
    """Its ranks over time, for programs; no rank where the list was read and did not hold it."""
    return Grid(
        "ranks",
        "",
        ("web.board", "web.read_at", "web.rank"),
        tuple(
            {
                "board": text(point.board),
                "read_at": instant(point.at, None),
                "rank": number(point.rank),
            }
            for point in points
        ),
    )


def forecasts(found: Sequence[ToldAndCame], spread: Sequence[TopicBoard], asked: Asked) -> Grid:
    """What was expected from hour to hour, beside what came."""
    words = asked.words
    names = {each.board: asked.language.choose(each.name_zh, each.name_en) for each in spread}
    return Grid(
        "forecasts",
        words.say("web.story.forecasts"),
        (
            *("web.told_at", "web.list", "web.rank", "web.stage", "web.chance_3h", "web.came"),
            *(
                "web.minutes_left",
                "web.minutes_left_actual",
                "web.peak_rank",
                "web.peak_rank_actual",
            ),
            "web.note",
        ),
        tuple(_forecast(each, names, asked) for each in found),
        words.say("web.story.no_forecasts"),
    )


def _forecast(told: ToldAndCame, names: Mapping[str, str], asked: Asked) -> dict[str, Cell]:
    words = asked.words
    key = f"stage.{told.stage}"
    stage = words.say(key) if words.knows(key) else told.stage
    return {
        "told_at": instant(told.made_at, asked.at),
        "list": text(names.get(told.board, told.board)),
        "rank": number(told.rank),
        "stage": Cell(stage, told.stage),
        "chance_3h": share(told.chance_3h),
        "came": _came(told, words),
        "minutes_left": minutes(told.minutes_left, words),
        "minutes_left_actual": minutes(told.minutes_left_actual, words),
        "peak_rank": number(None if told.peak_rank is None else round(told.peak_rank)),
        "peak_rank_actual": number(told.peak_rank_actual),
        "note": _note(told, words),
    }


def _came(told: ToldAndCame, words: Messages) -> Cell:
    """Whether it came to the top ten within three hours; nothing where it was there, or nobody knows yet."""
    if told.chance_3h is None or told.has_reached_3h is None:
        return UNKNOWN
    said = words.say("web.came.top" if told.has_reached_3h else "web.came.not")
    return Cell(said, told.has_reached_3h, tone="ok" if told.has_reached_3h else "")


def _note(told: ToldAndCame, words: Messages) -> Cell:
    """What a reader must know of a forecast that was not said in its time."""
    if told.is_replayed:
        return Cell(words.say("web.replayed"), "replayed")
    return UNKNOWN if told.is_honest else Cell(words.say("outlook.knew_later"), "knew_later")


def titles(found: Sequence[StoryTitle], asked: Asked) -> Grid:
    """What lists called it."""
    words = asked.words
    return Grid(
        "titles",
        words.say("web.story.titles"),
        ("web.title", "web.source", "web.joined", "web.chance_same"),
        tuple(
            {
                "title": away(each.title, each.url),
                "source": text(each.source),
                "joined": instant(each.joined_at, asked.at),
                "chance_same": share(each.chance),
            }
            for each in found
        ),
    )


def deliveries(found: Sequence[ToldDesk], asked: Asked) -> Grid:
    """Which desks were told of it, and when."""
    words = asked.words
    return Grid(
        "deliveries",
        words.say("web.story.deliveries"),
        (
            *("web.desk", "web.kind", "web.rules", "web.decided", "web.channel", "web.sent"),
            *("web.failure", "web.chance_3h", "web.rank"),
        ),
        tuple(
            {
                "desk": Cell(each.desk, each.desk, asked.link(f"/desks/{each.desk}")),
                "kind": Cell(words.say(f"tag.{each.kind}"), each.kind),
                "rules": text(words.say("join.names").join(each.rules)),
                "decided": instant(each.decided_at, asked.at),
                "channel": text(each.channel),
                "sent": instant(each.sent_at, asked.at),
                "failure": text(each.failure),
                "chance_3h": share(each.chance_3h),
                "rank": number(each.best_rank),
            }
            for each in found
        ),
        words.say("web.story.no_deliveries"),
    )


def parts(found: Sequence[TopicPart], asked: Asked) -> Grid:
    """Other stories of the bigger one that it is part of."""
    words = asked.words
    return Grid(
        "parts",
        words.say("parts.heading"),
        ("web.story", "web.first_seen"),
        tuple(
            {
                "story": story_title(
                    each.title, asked.story(each.topic_id), words.say("topic.untitled")
                ),
                "first_seen": instant(each.first_seen_at, asked.at),
            }
            for each in found
        ),
    )


def merged(found: Sequence[TopicMerge], asked: Asked) -> Grid:
    """Stories that were merged into it."""
    return Grid(
        "merged",
        asked.words.say("card.merged"),
        ("web.title", "web.joined", "web.chance_same"),
        tuple(
            {
                "title": text(each.title),
                "joined": instant(each.merged_at, asked.at),
                "chance_same": share(each.chance),
            }
            for each in found
        ),
    )
