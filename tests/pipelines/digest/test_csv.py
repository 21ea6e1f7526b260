"""A spreadsheet takes chances for numbers and times for times, of cards and of one-line stories alike."""

import csv
import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from pipelines.digest.contents import Digest
from pipelines.digest.render.csv import COLUMNS, to_csv
from pipelines.language import Language
from pipelines.messages import messages_in
from tests.examples import examples
from tests.pipelines.digest.made_digests import BOTH, DIGEST, LIFE, LINE, OUTLOOK, TOPIC, ago


def rows(digest: Digest, language: Language = Language.EN) -> list[Mapping[str, str]]:
    """The rows by the keys of their columns."""
    text = to_csv(digest, language).decode("utf-8-sig")
    words = messages_in(language)
    keys = {words.say(f"column.{column}"): column for column in COLUMNS}
    told = csv.DictReader(io.StringIO(text, newline=""))
    return [{keys[name]: cell for name, cell in row.items()} for row in told]


def share(cell: str) -> float:
    """A cell as a spreadsheet reads it."""
    assert cell.endswith("%")
    return float(cell.removesuffix("%")) / 100


@given(st.lists(st.floats(0, 1), min_size=2, max_size=2))
@examples(60)
def test_chances_are_numbers_in_their_order_however_small(chances: list[float]) -> None:
    cells = []
    for chance in sorted(chances):
        card = replace(TOPIC, outlook=replace(OUTLOOK, chances=(0.0, chance, 1.0)))
        cells.append(share(rows(replace(DIGEST, topics=(card,)))[0]["chance_3h"]))
    assert cells == sorted(cells)
    assert all(
        abs(cell - chance) <= 0.0005 + 1e-9
        for cell, chance in zip(cells, sorted(chances), strict=True)
    )


def test_a_chance_that_a_page_tells_as_less_than_one_in_a_hundred_is_told_as_it_is() -> None:
    assert rows(DIGEST)[0]["chance_spread_6h"] == "0.4%"


@BOTH
def test_a_one_line_story_has_its_facts_in_columns(language: Language) -> None:
    line = rows(DIGEST, language)[2]
    assert line["topic"] == LINE.title
    assert line["list_count"] == "1"
    assert line["day_best_rank"] == "1"
    assert line["day_best_board"] == language.choose("微博热搜", "Weibo Hot")
    told = ("first_seen_at", "day_best_at", "left_at")
    times = [datetime.strptime(f"{line[column]}+0800", "%Y-%m-%d %H:%M%z") for column in told]
    assert times == [ago(130), ago(20), ago(30)]
    assert line["unread_since"] == ""


def test_so_has_every_row_of_a_card_and_what_could_not_be_read_since_is_not_told_as_left() -> None:
    card = replace(TOPIC, life=replace(LIFE, unread_since=ago(40)))
    for row in rows(replace(DIGEST, topics=(card,)))[:2]:
        assert (row["list_count"], row["day_best_rank"], row["left_at"]) == ("3", "2", "")
        assert row["unread_since"] == "2025-03-14 08:20"
