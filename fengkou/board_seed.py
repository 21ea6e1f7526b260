"""What the catalogue says of each board, for the warehouse: neither of the two imports the other."""

from crawlers import catalog
from warehouse.connection import Connection
from warehouse.load.catalogue import BoardRow, replace_boards


def seed_boards(con: Connection) -> int:
    """Write what the catalogue says of each board; how many there are."""
    return replace_boards(
        con,
        [
            BoardRow(
                board=facts.name,
                source=facts.source,
                name_zh=facts.title_zh,
                name_en=facts.title_en,
                cadence_minutes=facts.cadence_minutes,
                heat_unit=facts.heat_unit,
                list_board=facts.list_board,
                place=facts.place,
                expected_low=facts.expected_count[0],
                expected_high=facts.expected_count[1],
            )
            for facts in catalog.facts()
        ],
    )
