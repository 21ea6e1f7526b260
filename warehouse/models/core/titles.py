"""Each title that was printed, read once."""

import pyarrow as pa

from pipelines.text.identity import stable_id
from pipelines.text.titles import clean_title, fold_title
from warehouse.declaration import Table
from warehouse.incremental import Distinct
from warehouse.ingredients import FOLDING


def _read(found: pa.Table) -> pa.Table:
    printed: list[str] = found["title"].to_pylist()
    cleaned = [clean_title(title) for title in printed]
    return pa.table(
        {
            "title": printed,
            "title_id": pa.array([stable_id(title) for title in cleaned], pa.int64()),
            "clean_title": cleaned,
            "folded_title": [fold_title(title) for title in cleaned],
        },
        schema=TABLE.schema,
    )


TABLE = Table(
    description="Each distinct title as printed, cleaned and folded once.",
    grain=("title",),
    columns={
        "title": (pa.string(), "the title as printed"),
        "title_id": (pa.int64(), "the same for all titles that read the same when clean"),
        "clean_title": (pa.string(), "one visible line, without #…#, mended"),
        "folded_title": (
            pa.string(),
            "without width, case, script variant, spaces and punctuation",
        ),
    },
    reads=("raw.entries",),
    code_version="1",
    growth=Distinct("models/core/titles.new", _read),
    made_with=FOLDING,
)
