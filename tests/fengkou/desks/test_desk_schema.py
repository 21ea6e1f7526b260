"""Editors check a desk's file as it is checked here."""

import pytest
from jsonschema import Draft202012Validator

from fengkou.desks.desk_entry import schema
from fengkou.desks.desk_file import read_desk, read_text
from fengkou.desks.desk_folder import known_now
from fengkou.desks.desk_text import SCHEMA_LINE
from fengkou.desks.examples import EXAMPLES, examples
from fengkou.desks.yaml_text import read_yaml

EDITOR = Draft202012Validator(schema())


@pytest.mark.parametrize("name", examples())
def test_an_example_is_a_desk_that_an_editor_accepts(name: str) -> None:
    file = EXAMPLES / f"{name}.yaml"
    text = read_text(file)
    assert read_desk(text, file, known_now(), name=name).rules
    assert text.startswith(SCHEMA_LINE)
    EDITOR.validate(read_yaml(text).value)


@pytest.mark.parametrize(
    "words",
    [
        "languag: zh",
        "language: fr",
        "categories: [tech]",
        "boards: [Weibo]",
        "quiet: [night]",
        "budget: {per_hour: 0}",
        "digests: [{window: 9-9}]",
        "channels: {room: {kind: wecom, secret: 'https://chat.example/'}}",
        "not: [[a]]",
        "not: [{near: [a], within: 3}]",
        "watch: [{id: r, not: [a]}]",
        "watch: [{id: r, any: [a], when: {chance: 40}}]",
        "watch: [{id: r, any: [a], send: {as: loud}}]",
        "watch: []",
    ],
)
def test_an_editor_sees_what_is_wrong(words: str) -> None:
    document = {"watch": [{"id": "r", "any": ["a"]}], **read_yaml(f"desk: tech\n{words}").value}
    assert not EDITOR.is_valid(document)


def test_every_key_is_explained() -> None:
    made = schema()
    for table in (made, *made["$defs"].values()):
        for key, said in table["properties"].items():
            assert said.get("description"), f"{key} has no description in desk_entry.py"
