"""The file of a hand: it reads back as it was written, and whatever else it says is refused."""

import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.landing_format import DamagedError, checksum
from pipelines.topics.hand_format import PARTS_AT_LEAST, decode, encode, file_name, number_in
from pipelines.topics.hands import Hand, HandKind, HandTitle
from pipelines.topics.short_id import LARGEST

AT = datetime(2026, 3, 1, 10, 0, 0, 7)  # noqa: DTZ001 - naive UTC
SPLIT = Hand(
    7,
    HandKind.SPLIT,
    AT,
    "ann",
    (LARGEST,),
    ((HandTitle(LARGEST, "weibo", "甲", AT),), (HandTitle(2, "zhihu", "乙", AT),)),
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001
titles = st.builds(HandTitle, st.integers(0, LARGEST), texts, texts, instants)


@st.composite
def hands(draw: st.DrawFn) -> Hand:
    kind = draw(st.sampled_from(HandKind))
    parts = draw(
        st.lists(
            st.lists(titles, min_size=1, max_size=3), min_size=PARTS_AT_LEAST[kind], max_size=3
        )
    )
    ids = draw(st.lists(st.integers(0, LARGEST), max_size=3))
    undoes = draw(st.none() | st.integers(1, 99))
    number = draw(st.integers(1, 999_999_999))
    said_at, said_by, name = draw(instants), draw(texts), draw(texts)
    return Hand(number, kind, said_at, said_by, tuple(ids), tuple(map(tuple, parts)), name, undoes)


@given(hands())
def test_a_hand_reads_back_as_it_was_said(hand: Hand) -> None:
    assert number_in(file_name(hand.number)) == hand.number
    assert decode(encode(hand), hand.number) == hand


@given(st.data())
def test_a_file_that_was_cut_short_or_changed_is_refused(data: st.DataObject) -> None:
    content = encode(SPLIT)
    place = data.draw(st.integers(0, len(content) - 2))
    changed = bytearray(content)
    changed[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    for damaged in (content[:place], bytes(changed)):
        try:
            found = decode(damaged, SPLIT.number)
        except DamagedError:
            continue
        assert found == SPLIT  # a space for a space's like changes nothing that is said


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"format": 2}, "upgrade"),
        ({"number": 8}, "number 8"),
        ({"kind": "glue"}, "expected one of"),
        ({"parts": []}, "0 parts"),
        ({"parts": [[], []]}, "empty"),
        ({"parts": [[{"item_id": 1}], []]}, "titles with"),
        ({"topic_ids": [LARGEST + 1]}, "as an id"),
        ({"topic_ids": [True]}, "as an id"),
        ({"said_at": "yesterday"}, "yesterday"),
        ({"undoes": "1"}, "as undoes"),
        ({"more": 1}, "expected an object with"),
    ],
)
def test_what_no_hand_says_is_told(changes: dict[str, object], told: str) -> None:
    document = json.loads(encode(SPLIT)) | changes
    document["checksum"] = checksum(document)
    with pytest.raises(DamagedError, match=told):
        decode(json.dumps(document).encode(), SPLIT.number)


@pytest.mark.parametrize(
    "name", ["1.json", "0000001.json", "000000.json", "000001 (1).json", ".000001.json"]
)
def test_other_names_are_of_no_hand(name: str) -> None:
    assert number_in(name) is None
