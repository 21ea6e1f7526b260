import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from pipelines.text.csv_records import records, values_of

texts = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=12)


@given(
    st.lists(st.lists(texts, min_size=2, max_size=4), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
)
def test_what_a_csv_writer_wrote_reads_back(rows: list[list[str]], delimiter: str) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(
        rows
    )
    lines = file.getvalue().split("\n")
    assert [values for _, values in records(lines, 0, delimiter)] == rows


@given(st.lists(st.text('",x', max_size=12), max_size=30))
def test_no_line_is_lost_whatever_its_quotes(lines: list[str]) -> None:
    numbers = [number for number, _ in records(lines, 0, ",")]
    assert numbers == sorted(set(numbers))
    signs = "".join(lines).replace('"', "").replace(",", "")
    read = "".join(value for _, values in records(lines, 0, ",") for value in values)
    assert read.replace('"', "").replace(",", "").replace("\n", "") == signs


def test_a_quote_in_the_midst_is_a_sign() -> None:
    assert values_of('第3场"加演","河口"渡轮,x', ",") == (['第3场"加演"', '"河口"渡轮', "x"], None)
