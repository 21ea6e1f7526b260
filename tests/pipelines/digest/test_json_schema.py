"""The published schema takes what is written, and nothing that it does not name."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from pipelines.digest.contents import Digest, Later, Period
from pipelines.digest.render.json import to_json
from pipelines.digest.render.json_document import schema
from pipelines.forecast.record import Bin, Call, CallVerdict, Record
from pipelines.language import Language
from tests.pipelines.digest.made_digests import AT, BOTH, DIGEST, EMPTY, LINE, TOPIC, ago

RECORD = Record(
    since=ago(1440),
    until=AT,
    calls=(
        Call(
            "桥", "weibo_hot", "微博热搜", "Weibo Hot", CallVerdict.RIGHT, ago(90), 0.6, 12, ago(60)
        ),
        Call("渡口", "weibo_hot", "微博热搜", "Weibo Hot", CallVerdict.UNSEEN),
    ),
    bins=(Bin(12, 0.25, float("nan")),),
    leads=(30.0,),
    bins_days=28,
)
FULL = replace(
    DIGEST,
    period=Period.DAY,
    topics=(TOPIC, replace(TOPIC, topic_id=3, outlook=None, url=None, category="society")),
    later=(Later("evening", AT, (LINE,), ()),),
    record=RECORD,
)
SCHEMA = Draft202012Validator(schema())


@BOTH
@pytest.mark.parametrize("digest", [DIGEST, EMPTY, FULL], ids=["hour", "empty", "day"])
def test_what_is_written_keeps_to_the_schema(digest: Digest, language: Language) -> None:
    SCHEMA.validate(json.loads(to_json(digest, language)))


def test_a_key_that_the_schema_does_not_name_is_refused_wherever_it_stands() -> None:
    whole = json.loads(to_json(FULL))
    places = list(objects(whole))
    assert len(places) > 20
    for place in places:
        document = deepcopy(whole)
        found(document, place)["surprise"] = "?"
        assert not SCHEMA.is_valid(document), place


def test_every_key_is_written_and_each_of_a_part_is_told() -> None:
    document = schema()
    Draft202012Validator.check_schema(document)
    for part in (document, *document["$defs"].values()):
        assert part["description"]
        if part.get("properties"):
            assert part["additionalProperties"] is False
            assert set(part["required"]) == set(part["properties"])


def test_the_published_schema_is_this_one() -> None:
    file = Path(__file__).parents[3] / "docs" / "reference" / "digest.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == schema()


def objects(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of each object in a document, but for figures: their names are data, their values numbers."""
    if isinstance(value, dict):
        yield place
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value if isinstance(value, list) else ())
    )
    for key, part in parts:
        yield from objects(part, (*place, key))


def found(value: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        value = value[key]
    return value
