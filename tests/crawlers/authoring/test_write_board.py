"""A board is put into boards.toml beside what stands there, whole or not at all."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.authoring.write_board import SCHEMA_FILE, SCHEMA_LINE, add, entry_text
from crawlers.boards import boards_toml
from crawlers.boards.errors import CatalogError

ENTRY = {"shape": "newsnow", "url": "https://hot.example.com/api/s?id=x"}
OWN_WORDS = """\
# Ours, do not sort.
[boards.first_hot]   # asked by the desk of sports
shape = "newsnow"
url = "https://hot.example.com/api/s?id=first" # behind the proxy

# [boards.later_hot]
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_an_operator_wrote_stays(tmp_path: Path, ends: str) -> None:
    file = tmp_path / "boards.toml"
    before = OWN_WORDS.replace("\n", ends).encode()
    file.write_bytes(before)
    add(file, "second_hot", ENTRY)
    assert file.read_bytes().startswith(before.rstrip())
    assert set(boards_toml.entries_in(file, file.read_text())) == {"first_hot", "second_hot"}


def test_a_new_file_names_its_schema(tmp_path: Path) -> None:
    file = tmp_path / "house" / "boards.toml"
    add(file, "first_hot", ENTRY)
    assert file.read_text(encoding="utf-8").startswith(f"{SCHEMA_LINE}\n")
    schema = json.loads((file.parent / SCHEMA_FILE).read_text(encoding="utf-8"))
    assert "cadence_minutes" in schema["properties"]["boards"]["additionalProperties"]["properties"]
    assert {path.name for path in file.parent.iterdir()} == {"boards.toml", SCHEMA_FILE}


def test_an_operators_file_gets_no_schema_that_it_does_not_name(tmp_path: Path) -> None:
    file = tmp_path / "boards.toml"
    file.write_text(OWN_WORDS, encoding="utf-8")
    add(file, "second_hot", ENTRY)
    assert [path.name for path in tmp_path.iterdir()] == ["boards.toml"]


def test_a_file_that_is_no_toml_is_not_written_to(tmp_path: Path) -> None:
    file = tmp_path / "boards.toml"
    file.write_text("[boards", encoding="utf-8")
    with pytest.raises(CatalogError, match="is not TOML"):
        add(file, "second_hot", ENTRY)
    assert file.read_text(encoding="utf-8") == "[boards"


VALUES = st.recursive(
    st.text() | st.integers(-(2**31), 2**31) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(), VALUES, max_size=4))
def test_what_is_written_is_read_back(entry: dict[str, object]) -> None:
    assert tomllib.loads(entry_text("some_hot", entry)) == {"boards": {"some_hot": entry}}
