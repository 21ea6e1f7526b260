"""Which item each printed line means."""

import pyarrow as pa

from pipelines.text.identity import item_identity, stable_id
from warehouse.arrow import to_arrow
from warehouse.declaration import Table
from warehouse.incremental import Distinct
from warehouse.ingredients import FOLDING


def _identify(found: pa.Table) -> pa.Table:
    rows: list[tuple[object, ...]] = []
    for printed in found.to_pylist():
        kind, identity = item_identity(
            printed["native_id"] or None, printed["url"] or None, printed["folded_title"]
        )
        item_id = stable_id(printed["source"], kind, identity)
        rows.append(
            (
                printed["reference_id"],
                item_id,
                printed["title_id"],
                printed["source"],
                kind,
                identity,
            )
        )
    return to_arrow(rows, TABLE.schema)


TABLE = Table(
    description="What a source prints (id, address, title) and the item it means.",
    grain=("reference_id",),
    columns={
        "reference_id": (
            pa.uint64(),
            "hash of source, native id, address and title as printed",
        ),
        "item_id": (pa.int64(), "the item"),
        "title_id": (pa.int64(), "the title"),
        "source": (pa.string(), "the source"),
        "identity_kind": (
            pa.string(),
            "native, url or title: what the identity is taken from",
        ),
        "identity": (pa.string(), "the identity within the source"),
    },
    reads=("raw.entries", "core.titles"),
    code_version="3",
    growth=Distinct("models/core/item_references.new", _identify),
    made_with=FOLDING,
)
