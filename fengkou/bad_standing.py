"""Which boards answer with what is not their list, kept where whoever collects reads it without the lock."""

import json
from collections.abc import Mapping

from fengkou.home import Home
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
    home.published.mkdir(parents=True, exist_ok=True)
    partial = home.published / f".{FILE}.partial"
    partial.write_text(json.dumps(bad, indent=1, sort_keys=True), encoding="utf-8")
    partial.replace(home.published / FILE)


def bad_standing(home: Home) -> Mapping[str, str]:
    """Board -> why its newest list is not what it should be, as last built."""
    file = home.published / FILE
    if not file.exists():
        return {}
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return found
