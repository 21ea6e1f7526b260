"""What the warehouse's tests capture: three boards over half a day; and building what a test asks of."""

import multiprocessing
from datetime import UTC, datetime

from crawlers.boards.names import built_in_names
from fengkou import operations
from fengkou.home import Home
from warehouse.graph import upstream

START = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
"""18:00 in Shanghai: twelve hours from here cross midnight."""

BOARDS = ("weibo_side_hotsearch", "zhihu_hot_list_web", "baidu_board_api")

CHILDREN = multiprocessing.get_context("forkserver")
"""Forked from a server that has imported everything, the tests too, and done nothing: a child is at its
work at once, and is without the threads of this process."""
CHILDREN.set_forkserver_preload(
    [
        *("fengkou.operations", "lightgbm"),
        *(f"crawlers.spiders.{board}" for board in built_in_names()),
        *(f"tests.warehouse.test_{what}" for what in ("kill", "publish", "topics")),
    ]
)

Fingerprints = dict[str, tuple[int, int]]
"""Table -> rows and an order-free hash of them."""


def build_up_to(home: Home, *tables: str) -> dict[str, int]:
    """Load what was landed, and bring these tables and what they are made of up to it; rows written."""
    operations.load(home)
    with operations.opened(home) as con:
        return {step.table: step.build(con) for step in upstream(*tables)}
