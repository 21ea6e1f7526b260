"""Words that burst over their own usual, and what they stand with."""

from datetime import timedelta

from fengkou.reads import BurstingToken
from fengkou.web.answers import Answer, of_grids
from fengkou.web.asked import Asked
from fengkou.web.grid import Cell, Grid, instant, number, story_title, text
from pipelines.clock import start_of_hour
from warehouse import query
from warehouse.readers.companions import companions_at

WORDS_SHOWN = 60
"""What bursts less is the news of one list."""

COLUMNS = (
    "web.word", "web.title_count", "web.usual", "web.burst", "web.list_count", "web.companions",
    "web.newest_title", "web.hour",
)  # fmt: skip


def words(asked: Asked) -> Answer:
    said = asked.words
    at = start_of_hour(asked.newest) + timedelta(hours=1)
    bursting = query.rows(
        asked.con, BurstingToken, "readers/trending_tokens", at=at, shown=WORDS_SHOWN
    )
    beside = companions_at(asked.con, [each.token for each in bursting], at)
    join = said.say("join.names")
    grid = Grid(
        "words",
        "",
        COLUMNS,
        tuple(
            {
                "word": Cell(each.token, each.token, asked.link("/search", q=each.token)),
                "title_count": number(each.title_count),
                "usual": number(round(each.usual_titles, 1)),
                "burst": number(round(each.burst, 1)),
                "list_count": number(each.board_count),
                "companions": text(join.join(beside.get(each.token, ()))),
                "newest_title": story_title(each.title, asked.story(each.topic_id), ""),
                "hour": instant(each.window_start, asked.at),
            }
            for each in bursting
        ),
        said.say("web.no_words"),
    )
    return of_grids(
        asked,
        "grids.html.jinja",
        grid,
        heading=said.say("web.words"),
        notes=(said.say("web.words.told"),),
    )
