"""The schemas that editors use take what the models take."""

import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from crawlers.boards.board_entry import schema as boards_schema
from crawlers.places import FILE
from crawlers.places import schema as places_schema

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
GOOD = """
[boards.example_hot]
kind = "json"
url = "https://api.example.com/hot"
entries_at = [""]
fields = { title = "word", url = ["link", "mobile.link"] }
paid_when = [{ kind = [7, "ad"] }]
expected_count = [3, 50]
"""


def test_the_places_name_their_schema_and_keep_to_it() -> None:
    line, _, _ = FILE.read_text(encoding="utf-8").partition("\n")
    named = FILE.parent / Path(line.removeprefix("#:schema "))
    assert named.resolve() == REFERENCE / "places.schema.json"
    Draft202012Validator(places_schema()).validate(tomllib.loads(FILE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("old", "new", "is_good"),
    [
        ("", "", True),
        ('kind = "json"', 'kind = "yaml"', False),
        ("[3, 50]", "[3]", False),
        ("fields", "feilds", False),
        ('["link", "mobile.link"]', "[]", False),
        ("[boards.example_hot]", "[boards.Example]", False),
        ('[7, "ad"]', "1.5", False),
    ],
)
def test_an_editor_sees_what_is_wrong(old: str, new: str, is_good: bool) -> None:
    document = tomllib.loads(GOOD.replace(old, new) if old else GOOD)
    assert Draft202012Validator(boards_schema()).is_valid(document) is is_good
