"""What is asked of the warehouse with lists."""

from datetime import datetime

import duckdb
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples
from warehouse.query import bindable

TYPES = {int: "BIGINT", float: "DOUBLE", str: "VARCHAR", datetime: "TIMESTAMP"}
CON = duckdb.connect()

texts = st.text(st.characters(exclude_characters="\0", codec="utf-8"))
lists = st.one_of(
    st.lists(st.integers(-(2**63), 2**63 - 1)),
    st.lists(st.floats(allow_nan=False)),
    st.lists(texts | st.sampled_from(["NULL", "[", "]", ",", "'", '"', "\\", " a ", ""])),
    st.lists(
        st.datetimes(datetime.fromisoformat("1900-01-01"), datetime.fromisoformat("2200-01-01"))
    ),
)


@given(lists)
@examples(200)
def test_a_list_comes_to_a_query_as_it_was(told: list[object]) -> None:
    kind = TYPES[type(told[0])] if told else "BIGINT"
    found = CON.execute(f"SELECT $told::{kind}[]", {"told": bindable(told)}).fetchone()
    assert found == (told,)


def test_what_is_no_list_of_one_of_these_is_bound_as_it_is() -> None:
    for value in (None, 3, "text", [None, 1], [b"bytes"], (1, 2)):
        assert bindable(value) is value
