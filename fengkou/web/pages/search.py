"""Stories of all history by a title, a keyword or a name: those seen last first."""

from dataclasses import dataclass

from fengkou.web.answers import Answer, of_grids
from fengkou.web.asked import MOST_PAGES, Asked
from fengkou.web.grid import Grid, instant, number, story_id, story_title, text
from warehouse.readers.search import search as find

SHOWN = 30
"""Stories of a page: what a phone scrolls through."""

COLUMNS = (
    "web.story", "web.found_title", "web.first_seen", "web.last_seen", "web.best_rank", "web.list_count",
    "column.topic_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """Addresses of the pages before and after; empty where there are none."""

    back: str
    on: str


def search(asked: Asked) -> Answer:
    words, sought, page = asked.words, asked.query, asked.page
    found = find(asked.con, sought, SHOWN, (page - 1) * SHOWN) if sought else []
    grid = Grid(
        "stories",
        "",
        COLUMNS,
        tuple(
            {
                "story": story_title(
                    each.label, asked.story(each.topic_id), words.say("topic.untitled")
                ),
                "found_title": text(each.title if each.title != each.label else None),
                "first_seen": instant(each.first_seen_at, asked.at),
                "last_seen": instant(each.last_seen_at, asked.at),
                "best_rank": number(each.best_rank),
                "list_count": number(each.list_count),
                "topic_id": story_id(each.topic_id),
            }
            for each in found
        ),
        words.say("web.nothing_found") if sought else words.say("web.search.told"),
    )
    total = found[0].found_count if found else 0
    has_more = page * SHOWN < total and page < MOST_PAGES
    turn = Turn(
        asked.link("/search", q=sought, page=page - 1) if page > 1 else "",
        asked.link("/search", q=sought, page=page + 1) if has_more else "",
    )
    return of_grids(
        asked,
        "grids.html.jinja",
        grid,
        heading=words.say("web.search"),
        document={"q": sought, "page": page, "found_count": total},
        notes=(words.say("web.found", total),) if total else (),
        turn=turn,
        query=sought,
    )
