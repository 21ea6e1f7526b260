"""Which boards answer with what is not their list, kept where whoever collects reads it without the lock."""

from collections.abc import Mapping

from fengkou.home import Home
from fengkou.kept_choices import keep_choice, read_kept
from pipelines.boards.contract import Kept
from pipelines.digest.render.board_sentences import board_sentence
from pipelines.language import Language
from warehouse.connection import Connection
from warehouse.readers.boards import boards_at
from warehouse.readers.newest import newest_attempt

FILE = "bad_standing.json"


def keep_standing(home: Home, con: Connection) -> None:
    """Write how the boards stood at the newest capture."""
    newest = newest_attempt(con)
    standings = boards_at(con, newest) if newest else []
    # Where no list came the next fetch will tell; of one that answers, and wrongly, only its past can.
    bad = {
        standing.board: board_sentence(standing, Language.EN)
        for standing in standings
        if standing.contract_verdict is not Kept.OK and not standing.reason
    }
    keep_choice(home.published / FILE, bad)


def bad_standing(home: Home) -> Mapping[str, str]:
    """Board -> why its newest list is not what it should be, as last built."""
    return {board: str(why) for board, why in read_kept(home.published / FILE).items()}
