"""How the lists stand: which are read, which are not, since when and why."""

from datetime import timedelta

from fengkou.web.answers import Answer, of_grids
from fengkou.web.asked import Asked
from fengkou.web.grid import Cell, Grid, instant, text
from pipelines.boards.standing import list_standings
from pipelines.digest.render.board_sentences import list_sentence
from pipelines.digest.render.safe_text import plain
from warehouse.instants import to_naive
from warehouse.readers.boards import boards_at

LIVE_WITHIN = timedelta(days=2)
"""A home that captured nothing for longer is an archive: its lists are told as of its end."""

COLUMNS = ("web.list", "web.board", "web.verdict", "web.last_list", "web.standing")


def sources(asked: Asked) -> Answer:
    words = asked.words
    is_live = asked.now - asked.at < LIVE_WITHIN
    at = max(asked.now, asked.at) if is_live else asked.at
    standings = list_standings(boards_at(asked.con, to_naive(at)))
    grid = Grid(
        "lists",
        "",
        COLUMNS,
        tuple(
            {
                "list": text(each.name(asked.language)),
                "board": Cell(plain(each.board), plain(each.board)),
                "verdict": Cell(
                    words.say(f"verdict.{each.verdict}"), str(each.verdict), tone=each.verdict
                ),
                "last_list": instant(each.last_ok_at, at),
                "standing": text(list_sentence(each, asked.language)),
            }
            for each in sorted(standings, key=lambda each: (each.verdict == "ok", each.board))
        ),
        words.say("boards.none"),
    )
    as_of = words.say("web.as_of", time=instant(at, None).text)
    return of_grids(
        asked, "grids.html.jinja", grid, heading=words.say("web.sources"), notes=(as_of,)
    )
