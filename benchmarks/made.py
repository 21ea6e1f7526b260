"""An archive of simulated boards, for a machine that has no real one."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from crawlers.simulation.world import World

START = datetime(2026, 3, 1, tzinfo=UTC)
BOARDS = ("weibo_side_hotsearch", "zhihu_hot_list_web", "baidu_board_api", "toutiao_hot_board")
DAYS = 4
EVERY = timedelta(minutes=20)


def archive(file: Path) -> Path:
    """Four boards over four days, a capture each twenty minutes; written to ``file``."""
    world = World(start=START, hours=DAYS * 24, story_count=DAYS * 100)
    rows = []
    for n in range(timedelta(days=DAYS) // EVERY):
        at = START + n * EVERY
        for board in BOARDS:
            rows += [
                {
                    "source": board,
                    "captured_at": at.isoformat(),
                    "rank": entry.rank,
                    "title": entry.title,
                    "url": entry.url,
                    "heat": entry.heat,
                }
                for entry in world.ranked(board, at)
            ]
    parquet.write_table(pa.Table.from_pylist(rows), file)
    return file
