"""Raw: what was landed, appended to the warehouse."""

from collections.abc import Iterator

import dagster as dg

from crawlers import catalog
from dagster_project.defs.resources import HomeResource
from fengkou import operations

TABLES = {
    "snapshots": "One capture of one board, failed ones too.",
    "entries": "One line of a snapshot, as printed.",
    "rejects": "Lines that could not become entries, with the reason.",
    "topic_hands": "What people said of topics.",
    "desk_tellings": "Stories that desks were to hear of.",
    "desk_messages": "Messages of desks.",
    "desk_attempts": "Requests to the channels of desks.",
    "desk_texts": "Texts by which desks ran.",
}


@dg.multi_asset(
    name="load_landing",
    specs=[
        dg.AssetSpec(
            ["raw", table],
            group_name="raw",
            description=description,
            kinds={"duckdb"},
            deps=[["landing", board] for board in catalog.names()],
        )
        for table, description in TABLES.items()
    ],
    op_tags={"fengkou/writes": "warehouse"},
)
def load_landing(fengkou: HomeResource) -> Iterator[dg.MaterializeResult[None]]:
    """Append every landed capture, and every hand, that the warehouse does not hold yet."""
    loaded = operations.load(fengkou.home())
    counts = {
        "snapshots": loaded.snapshot_count,
        "entries": loaded.rows_kept,
        "rejects": loaded.rows_rejected,
        "topic_hands": loaded.hand_count,
        **loaded.desk_rows,
    }
    for table, count in counts.items():
        yield dg.MaterializeResult(asset_key=["raw", table], metadata={"rows_added": count})
